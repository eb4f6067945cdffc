// The message that the next reply answers: chosen in the thread, shown above the box.
import { createElement as h, useEffect, useSyncExternalStore } from "react";
import { X } from "lucide-react";
import { icon } from "./kit.js";

const QUOTE = "jumper:quote";
const quotes = new Map(); // conversation → {message, who, text}
const watchers = new Set();

const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };

export const setQuote = (conversation, quote) => {
  if (quote) quotes.set(conversation, quote); else quotes.delete(conversation);
  queueMicrotask(() => watchers.forEach((watcher) => watcher())); // never while something is drawn
};

// Said by the thread; whichever composer is open hears it.
export const startQuote = (quote) => dispatchEvent(new CustomEvent(QUOTE, { detail: quote }));

// The open conversation's quote. ``onStart``: one was chosen.
export function useQuote(conversation, onStart) {
  useEffect(() => {
    const hear = (event) => { setQuote(conversation, event.detail); onStart(); };
    addEventListener(QUOTE, hear);
    return () => removeEventListener(QUOTE, hear);
  }, [conversation]);
  return useSyncExternalStore(watch, () => quotes.get(conversation), () => undefined);
}

export function Quoted({ quote, words, onDrop }) {
  if (!quote) return null;
  return h("div", { className: "quoted", "data-testid": "composer-quote" },
    h("div", { className: "quoted-words" }, h("b", null, quote.who), h("span", { dir: "auto" }, quote.text)),
    h("button", { type: "button", className: "tool", "aria-label": words.unquote, title: words.unquote, onClick: onDrop }, icon(X, 16)));
}
