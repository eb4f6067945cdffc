// The sheet of all keys: "?" opens it, and a line of one's own menu; Esc closes it.
import { createElement as h, useEffect, useRef } from "react";
import { Keyboard, X } from "lucide-react";
import { icon } from "./composer/kit.js";
import { KEYS, letSingles, pressed } from "./keys.js";

const OPEN = "jumper:keys";
const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
const DRAWN = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Enter: "↵", Escape: "Esc", PageDown: "Page ↓", PageUp: "Page ↑",
  Ctrl: MAC ? "⌘" : "Ctrl", Alt: MAC ? "⌥" : "Alt" };

export function KeysButton({ label, ...rest }) {
  return h("button", { ...rest, type: "button", "data-testid": "open-keys", onClick: (event) => { rest.onClick?.(event); dispatchEvent(new Event(OPEN)); } }, icon(Keyboard, 16), label);
}

// From a conversation of the list to the one below it (above it, by -1); the list keeps the focus.
function go(by) {
  const rows = [...document.querySelectorAll("[data-testid=customer-row]")];
  const here = rows.findIndex((row) => location.pathname === `/c/${row.dataset.conversation}`);
  const there = here < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[here + by];
  if (!there) return;
  there.focus();
  there.click();
}

// Who begins lines with Enter does not send with it.
const counts = (name, sendKey) => name !== "send" || sendKey === "enter";

const drawn = (written) => written.split(/\+(?=.)/).flatMap((part, place) => [place ? " " : null, h("kbd", { key: part }, DRAWN[part] ?? part)]);

// singles: does this agent want keys that are one sign? onSwitch(on) keeps that.
export function KeysSheet({ singles, sendKey, words, onSwitch, ...rest }) {
  const dialog = useRef(null), opener = useRef(null);
  letSingles(singles);
  useEffect(() => {
    const open = () => {
      if (dialog.current.open) return;
      const here = document.activeElement; // one's own menu is gone by then
      opener.current = here === document.body || here.closest("[role=dialog]") ? document.querySelector("[data-testid=me]") : here;
      dialog.current.showModal();
      dialog.current.querySelector("h2").focus();
    };
    const onKey = (event) => {
      const act = pressed(event, "sheet") ? open : pressed(event, "nextRow") ? () => go(1) : pressed(event, "previousRow") ? () => go(-1) : null;
      if (act) { event.preventDefault(); act(); }
    };
    addEventListener(OPEN, open);
    addEventListener("keydown", onKey);
    return () => { removeEventListener(OPEN, open); removeEventListener("keydown", onKey); };
  }, []);
  const closed = () => opener.current?.focus({ preventScroll: true });
  const row = ([name, keys]) => h("div", { key: name, className: "key", "data-testid": "key-row", "data-key": name },
    h("dt", null, words.keys[name]),
    h("dd", null, keys.map((written, place) => h("span", { key: written, className: "keys", "data-off": !singles && written.length === 1 ? "" : undefined },
      place ? `${words.or} ` : null, drawn(written)))));
  return h("dialog", { ...rest, ref: dialog, "data-testid": "keys-sheet", "aria-labelledby": "keys-title", onClose: closed,
    onClick: (event) => { if (event.target === event.currentTarget) dialog.current.close(); } },
  h("div", { className: "inside" },
    h("header", null, h("h2", { id: "keys-title", tabIndex: -1 }, words.title),
      h("button", { type: "button", className: "close", "aria-label": words.close, title: words.close, onClick: () => dialog.current.close() }, icon(X, 18))),
    h("label", { className: "switch" },
      h("input", { type: "checkbox", role: "switch", checked: singles, "data-testid": "single-keys", "aria-describedby": "single-keys-hint", onChange: (event) => onSwitch(event.target.checked) }),
      h("span", null, h("b", null, words.singles), h("span", { id: "single-keys-hint" }, words.singlesHint))),
    h("div", { className: "groups" }, Object.entries(KEYS).map(([group, rows]) => h("section", { key: group, "aria-label": words.groups[group] },
      h("h3", null, words.groups[group]),
      h("dl", null, Object.entries(rows).filter(([name]) => counts(name, sendKey)).map(row)))))));
}
