// What can be done with a message: react, quote, copy, look closer.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Check, Copy, Ellipsis, Info, Link, Reply, SmilePlus } from "lucide-react";
import { icon } from "./composer/kit.js";
import { startQuote } from "./composer/quote.js";
import { Details } from "./speaking/details.js";
import { ActionMenu, EmojiMenu } from "./speaking/menu.js";
import { useNear } from "./speaking/near.js";

const DONE_FOR = 2000; // ms for which it says that something was copied
const MENU_HEIGHT = 200; // px, about

const wordsOf = (row) => [...row.querySelectorAll(".text")].map((one) => one.textContent).join("\n");

// A page that is not served safely has no clipboard of its own.
const copy = async (text) => {
  if (navigator.clipboard) { await navigator.clipboard.writeText(text); return; }
  const box = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
  box.select();
  document.execCommand("copy");
  box.remove();
};

export function MessageTools({ message, kind, quotes, reactions, reacted, who, at, after, failure, words, onReact, ...rest }) {
  const root = useRef(null), opener = useRef("message-more"); // the button that gets the focus back: it may be another one by then
  const [near, setNear] = useNear(root);
  const [open, setOpen] = useState(""); // "", "emoji", "menu" or "details"
  const [below, setBelow] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => { if (!near) setOpen((now) => (now === "details" ? now : "")); }, [near]);
  useEffect(() => {
    if (!copied) return undefined;
    const later = setTimeout(() => setCopied(false), DONE_FOR);
    return () => clearTimeout(later);
  }, [copied]);

  const canReact = kind === "customer" && reactions?.length > 0, canQuote = quotes && kind !== "note";
  const row = () => root.current.closest("[data-message]");
  const conversation = () => root.current.closest(".feed").dataset.conversation;
  const back = () => root.current?.querySelector(`[data-testid=${opener.current}]`)?.focus();
  const close = () => { back(); setNear(true); setOpen(""); requestAnimationFrame(back); };
  const toggle = (what) => (event) => {
    opener.current = event.currentTarget.dataset.testid;
    setBelow(event.currentTarget.getBoundingClientRect().top - root.current.closest(".feed").getBoundingClientRect().top < MENU_HEIGHT);
    setOpen(open === what ? "" : what);
  };
  const take = (text) => () => copy(text()).then(() => { setCopied(true); close(); });
  const quote = () => { setOpen(""); startQuote({ message, who, text: wordsOf(row()) || words.aFile }); };
  const items = [
    { id: "copy", Icon: Copy, label: words.copy, act: take(() => wordsOf(row())) },
    { id: "copy-link", Icon: Link, label: words.copyLink, act: take(() => `${location.origin}/c/${conversation()}?m=${message}`) },
    { id: "menu-quote", Icon: Reply, label: canQuote && words.quote, act: quote },
    { id: "menu-react", Icon: SmilePlus, label: canReact && words.react, act: () => setOpen("emoji") },
    { id: "show-details", Icon: Info, label: words.details, act: () => { back(); setOpen("details"); } },
  ];
  const tool = (id, Icon, label, given) => h("button", { type: "button", "aria-label": label, title: label, "data-testid": `message-${id}`, ...given }, icon(Icon, 16));
  const opens = (what) => ({ "aria-haspopup": "menu", "aria-expanded": open === what, onClick: toggle(what) });
  return h("span", { ...rest, ref: root, className: `message-tools ${rest.className ?? ""}`, "data-near": near },
    near && canReact && tool("react", SmilePlus, words.react, opens("emoji")),
    near && canQuote && tool("quote", Reply, words.quote, { onClick: quote }),
    near && tool("more", copied ? Check : Ellipsis, copied ? words.copied : words.more, opens("menu")),
    h("span", { className: "unseen", role: "status" }, copied ? words.copied : ""),
    near && open === "menu" && h(ActionMenu, { items, label: words.more, below, onClose: close }),
    near && open === "emoji" && h(EmojiMenu, { reactions, reacted, words, onClose: close, onChoose: (emoji) => { onReact({ conversation: conversation(), message, emoji }); close(); } }),
    open === "details" && h(Details, { who, at, after, failure, words, onClose: close }));
}

// A quote above an answer; it leads to the message that it quotes, loaded or not.
export function QuoteLink({ message, label, onGo, children, ...rest }) {
  return h("button", { ...rest, type: "button", title: label, "data-testid": "quote-link", onClick: () => onGo?.({ message }) }, children);
}
