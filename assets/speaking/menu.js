// The menus beside a message, walked by arrows and left by Escape.
import { createElement as h, useEffect, useRef } from "react";
import { icon } from "../composer/kit.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function Menu({ first = "button", onClose, children, ...rest }) {
  const menu = useRef(null);
  const items = () => [...menu.current.querySelectorAll("button")];
  useEffect(() => { (menu.current.querySelector(first) ?? items()[0]).focus(); }, []);
  const onKeyDown = (event) => {
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); event.stopPropagation(); onClose(); return; }
    const all = items(), here = all.indexOf(document.activeElement);
    const to = { Home: 0, End: all.length - 1 }[event.key] ?? (STEPS[event.key] && (here + STEPS[event.key] + all.length) % all.length);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].focus();
  };
  return h("div", { ...rest, ref: menu, role: "menu", onKeyDown }, children);
}

export function EmojiMenu({ reactions, reacted, words, onChoose, onClose }) {
  return h(Menu, { className: "emoji-menu", first: "[aria-checked=true]", "aria-label": words.react, "data-testid": "reaction-menu", onClose },
    reactions.map((emoji) => h("button", { key: emoji, type: "button", role: "menuitemradio", "aria-checked": emoji === reacted, tabIndex: -1,
      "aria-label": emoji === reacted ? `${words.unreact} ${emoji}` : `${words.react} ${emoji}`, "data-testid": "reaction", "data-emoji": emoji,
      onClick: () => onChoose(emoji === reacted ? "" : emoji) }, emoji)));
}

// items: {id, Icon, label, act}; one without a label is left out.
export function ActionMenu({ items, label, below, onClose }) {
  return h(Menu, { className: "action-menu", "data-below": below || undefined, "aria-label": label, "data-testid": "message-menu", onClose },
    items.filter((one) => one.label).map((one) => h("button", { key: one.id, type: "button", role: "menuitem", tabIndex: -1,
      "data-testid": `message-${one.id}`, onClick: one.act }, icon(one.Icon, 16), one.label)));
}
