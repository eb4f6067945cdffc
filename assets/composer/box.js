// Where one writes. Whatever else puts text here does it through the box's handle.
import { createElement as h, useEffect, useLayoutEffect, useRef } from "react";
import { useDraft } from "./draft.js";

const LINES = 8, LINE = 20;

const grow = (area) => {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, LINES * LINE + 16)}px`;
};

// Puts text in the place of a stretch, as typing would: the browser's own undo takes it back.
const replace = (area, from, to, text) => {
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  const done = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
  if (done) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

// One textarea for one conversation and mode; another of either is another box.
//
// boxRef.current is its handle: text, area, replace(from, to, text), insert(text) at the
// caret, select(from, to), focus(), empty() after a send, reload() of the kept draft.
export function Box({ conversation, mode, server, saved, placeholder, onText, onDraft, onSubmit, onPaste, boxRef }) {
  const draft = useDraft({ conversation, mode, server, saved, onDraft });
  const area = useRef(null);
  const { text } = draft;

  boxRef.current = {
    text,
    get area() { return area.current; },
    replace: (from, to, value) => replace(area.current, from, to, value),
    insert: (value) => replace(area.current, area.current.selectionStart, area.current.selectionEnd, value),
    select: (from, to) => { area.current.focus({ preventScroll: true }); area.current.setSelectionRange(from, to); },
    focus: () => area.current?.focus({ preventScroll: true }),
    empty: draft.empty,
    reload: draft.reload,
  };
  useEffect(() => { // whoever opens a conversation with the keyboard writes on from there
    const lost = document.activeElement === document.body && matchMedia("(hover: hover)").matches;
    if (lost) area.current.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => { grow(area.current); onText(text); }, [text]);

  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an IME is choosing
    event.preventDefault();
    if (!event.repeat) onSubmit();
  };
  return h("textarea", {
    ref: area, value: text, rows: 1, dir: "auto", placeholder, "aria-label": placeholder,
    "data-testid": "composer-input", className: "composer-text", autoComplete: "off", enterKeyHint: "send",
    onChange: (event) => draft.type(event.target.value), onKeyDown, onPaste,
  });
}
