// What can be said of a message: quote it in the reply, or react to it with an emoji.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Reply, SmilePlus } from "lucide-react";
import { icon } from "./composer/kit.js";
import { startQuote } from "./composer/quote.js";

// Is the pointer, a finger or the focus on the message? Only then are there buttons, so
// that a long conversation has no more stops for the keyboard than messages.
function useNear(root) {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const line = root.current?.closest(".line");
    if (!line) return undefined;
    const come = () => setNear(true);
    const leave = (event) => { if (event.pointerType === "mouse" && !line.contains(document.activeElement)) setNear(false); };
    const blur = (event) => { if (!line.contains(event.relatedTarget)) setNear(line.matches(":hover") && matchMedia("(hover: hover)").matches); };
    const elsewhere = (event) => { if (!line.contains(event.target)) setNear(false); };
    const heard = [["pointerenter", come], ["pointerdown", come], ["focusin", come], ["pointerleave", leave], ["focusout", blur]];
    heard.forEach(([name, act]) => line.addEventListener(name, act));
    document.addEventListener("pointerdown", elsewhere);
    return () => {
      heard.forEach(([name, act]) => line.removeEventListener(name, act));
      document.removeEventListener("pointerdown", elsewhere);
    };
  }, []);
  return near;
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function Emoji({ reactions, reacted, words, onChoose, onClose }) {
  const menu = useRef(null);
  const buttons = () => [...menu.current.querySelectorAll("button")];
  useEffect(() => { (menu.current.querySelector("[aria-checked=true]") ?? buttons()[0]).focus(); }, []);
  const onKeyDown = (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); onClose(); return; }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const all = buttons(), here = all.indexOf(document.activeElement);
    all[(here + step + all.length) % all.length].focus();
  };
  return h("div", { ref: menu, className: "emoji-menu", role: "menu", "aria-label": words.react, "data-testid": "reaction-menu", onKeyDown },
    reactions.map((emoji) => h("button", { key: emoji, type: "button", role: "menuitemradio", "aria-checked": emoji === reacted, tabIndex: -1,
      "aria-label": emoji === reacted ? `${words.unreact} ${emoji}` : `${words.react} ${emoji}`, "data-testid": "reaction", "data-emoji": emoji,
      onClick: () => onChoose(emoji === reacted ? "" : emoji) }, emoji)));
}

export function MessageTools({ message, kind, quotes, reactions, reacted, who, words, onReact, ...rest }) {
  const root = useRef(null), opener = useRef(null);
  const near = useNear(root);
  const [open, setOpen] = useState(false);
  useEffect(() => { if (!near) setOpen(false); }, [near]);
  const canReact = kind === "customer" && reactions?.length > 0;
  if (!quotes && !canReact) return null;
  const close = () => { setOpen(false); requestAnimationFrame(() => opener.current?.focus()); };
  const quote = () => {
    const bubble = root.current.closest(".line").querySelector(".bubble > .text");
    startQuote({ message, who, text: bubble?.textContent || words.aFile });
  };
  return h("span", { ...rest, ref: root, className: `message-tools ${rest.className ?? ""}`, "data-near": near },
    near && canReact && h("button", { ref: opener, type: "button", "aria-label": words.react, title: words.react, "aria-haspopup": "menu", "aria-expanded": open,
      "data-testid": "message-react", onClick: () => setOpen(!open) }, icon(SmilePlus, 16)),
    near && quotes && h("button", { type: "button", "aria-label": words.quote, title: words.quote, "data-testid": "message-quote", onClick: quote }, icon(Reply, 16)),
    near && open && h(Emoji, { reactions, reacted, words, onClose: close, onChoose: (emoji) => { onReact({ conversation: root.current.closest(".feed").dataset.conversation, message, emoji }); close(); } }));
}

// A quote above an answer; it leads to the message that it quotes, if that is on the page.
export function QuoteLink({ message, label, children, ...rest }) {
  const go = (event) => {
    const there = event.currentTarget.closest(".feed")?.querySelector(`[data-message="${CSS.escape(message)}"]`);
    if (!there) return;
    there.scrollIntoView({ block: "center" });
    there.querySelector("[data-testid=message-avatar]")?.focus({ preventScroll: true });
    there.classList.remove("found");
    requestAnimationFrame(() => there.classList.add("found"));
  };
  return h("button", { ...rest, type: "button", title: label, onClick: go }, children);
}
