// Searching inside a conversation: a field, how many there are, from one to the next.
import { createElement as h, useEffect, useRef, useState } from "react";
import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { icon } from "../composer/kit.js";
import { pressed } from "../keys.js";

const FIND = "jumper:find";
const PAUSE = 250; // ms without a key after which it is searched

export function FindButton({ label, ...rest }) {
  return h("button", { ...rest, type: "button", "aria-label": label, title: `${label} (Ctrl+F)`, "data-testid": "find-open",
    onClick: () => dispatchEvent(new Event(FIND)) }, icon(Search));
}

const thread = () => document.querySelector("[data-testid=thread]");

export function FindBar({ conversation, found, words, longest, onFind, onGo, ...rest }) {
  const field = useRef(null), later = useRef(0), opener = useRef(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const answered = text.trim() && found?.conversation === conversation && found.text === text;
  const ids = answered ? found.ids : [];

  const close = () => {
    setOpen(false); setText("");
    document.querySelectorAll("[data-hit]").forEach((row) => row.removeAttribute("data-hit"));
    (opener.current?.isConnected && opener.current !== document.body ? opener.current : thread())?.focus({ preventScroll: true });
  };
  useEffect(() => {
    const begin = () => { opener.current = document.activeElement; setOpen(true); requestAnimationFrame(() => { field.current?.focus(); field.current?.select(); }); };
    // A second Ctrl+F is the browser's own: it searches the page.
    const onKey = (event) => {
      if (!pressed(event, "find")) return;
      if (document.activeElement === field.current || document.querySelector("dialog[open], [role=dialog]")) return;
      event.preventDefault();
      begin();
    };
    addEventListener(FIND, begin);
    addEventListener("keydown", onKey);
    return () => { removeEventListener(FIND, begin); removeEventListener("keydown", onKey); clearTimeout(later.current); };
  }, []);
  useEffect(() => { setOpen(false); setText(""); }, [conversation]);
  useEffect(() => { setAt(0); if (ids.length) onGo?.({ message: ids[0] }); }, [answered && found]);

  if (!open) return null;
  const type = (event) => {
    const wanted = event.target.value;
    setText(wanted);
    clearTimeout(later.current);
    later.current = setTimeout(() => onFind?.({ conversation, text: wanted }), PAUSE);
  };
  const step = (by) => {
    if (!ids.length) return;
    const next = (at + by + ids.length) % ids.length;
    setAt(next);
    onGo?.({ message: ids[next] });
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (pressed(event, "findOlder")) { event.preventDefault(); step(1); }
    if (pressed(event, "findNewer")) { event.preventDefault(); step(-1); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
  };
  const said = !answered ? "" : found.total ? words.count.replace("{}", at + 1).replace("{}", found.total) : words.none;
  const button = (id, Icon, label, act) => h("button", { type: "button", "aria-label": label, title: label, "data-testid": id, onClick: act }, icon(Icon, 16));
  return h("div", { ...rest, className: `find ${rest.className ?? ""}`, role: "search", "data-testid": "find", onKeyDown },
    icon(Search, 16),
    h("input", { ref: field, type: "text", value: text, maxLength: longest, "aria-label": words.label, placeholder: words.label, "data-testid": "find-input", onChange: type }),
    h("span", { className: "find-count", role: "status", "data-testid": "find-count" }, said),
    button("find-older", ChevronUp, words.older, () => step(1)),
    button("find-newer", ChevronDown, words.newer, () => step(-1)),
    button("find-close", X, words.close, close));
}
