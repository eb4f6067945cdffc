// Where one writes. Whatever else puts text here does it through the box's handle.
import { Fragment, createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { pressed } from "../keys.js";
import { useDraft } from "./draft.js";
import { useSuggestions } from "./suggestions.js";

const LINES = 8, LINE = 20;

const grow = (area) => {
  if (globalThis.CSS?.supports("field-sizing", "content")) return; // the browser does it, and lays out once
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

// Of the stretches the one after the selection (before it, backwards), round and round.
const next = (stretches, { selectionStart, selectionEnd }, backwards) => {
  if (backwards) return stretches.findLast((one) => one.to <= selectionStart) ?? stretches[stretches.length - 1];
  const after = stretches.find((one) => one.from >= selectionEnd);
  return after ?? stretches[0];
};

// The same text below the textarea, with stretches of it marked: {from, to}.
function Marked({ text, marks, area }) {
  const back = useRef(null);
  useLayoutEffect(() => {
    const follow = () => { back.current.style.transform = `translateY(${-area.current.scrollTop}px)`; };
    follow();
    area.current.addEventListener("scroll", follow);
    return () => area.current?.removeEventListener("scroll", follow);
  });
  const parts = [];
  let end = 0;
  for (const { from, to } of marks) {
    if (from < end || to > text.length) continue; // of a text that was here a moment ago
    parts.push(text.slice(end, from), h("mark", { key: from }, text.slice(from, to)));
    end = to;
  }
  return h("div", { className: "composer-back", "aria-hidden": true }, h("div", { ref: back, dir: "auto" }, ...parts, text.slice(end), "\n"));
}

// One textarea for one conversation and mode; another of either is another box.
//
// sources: what is suggested while one types (suggestions.js). lacking: stretches that are
// still to be filled in; Tab goes from one to the next. marks: stretches to be marked.
//
// boxRef.current is its handle: text, area, replace(from, to, text), insert(text) at the
// caret, select(from, to), focus(), empty() after a send, reload() of the kept draft,
// suggest (what is open there).
//
// sendKey: "enter", or "ctrl-enter" for who begins lines with Enter.
export function Box({ conversation, mode, server, saved, undone, placeholder, sources, lacking, marks, sendKey, onText, onDraft, onSubmit, onPaste, boxRef }) {
  const draft = useDraft({ conversation, mode, server, saved, undone, onDraft });
  const area = useRef(null), leaving = useRef(false);
  const [caret, setCaret] = useState(0);
  const [touched, setTouched] = useState(false); // nothing is suggested for what was written before
  const { text } = draft;
  const suggest = useSuggestions({ text, caret, touched, boxRef, sources });

  boxRef.current = {
    get text() { return area.current.value; },
    get area() { return area.current; },
    replace: (from, to, value) => replace(area.current, from, to, value),
    insert: (value) => replace(area.current, area.current.selectionStart, area.current.selectionEnd, value),
    select: (from, to) => { area.current.focus({ preventScroll: true }); area.current.setSelectionRange(from, to); },
    focus: () => area.current?.focus({ preventScroll: true }),
    empty: draft.empty,
    reload: draft.reload,
    suggest,
  };
  useLayoutEffect(() => { // what came from elsewhere is gone on with at its end
    if (document.activeElement !== area.current) area.current.setSelectionRange(text.length, text.length);
  }, [text]);
  useEffect(() => { // whoever opens a conversation with the keyboard writes on from there
    const lost = document.activeElement === document.body && matchMedia("(hover: hover)").matches;
    if (lost) area.current.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => { grow(area.current); onText(text); }, [text]);

  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an IME is choosing
    if (suggest.onKeyDown(event)) return;
    const left = leaving.current;
    leaving.current = event.key === "Escape"; // so that Tab can leave a box that lacks something
    const back = pressed(event, "gapBefore");
    if (lacking.length && !left && (back || pressed(event, "gap"))) {
      event.preventDefault();
      const { from, to } = next(lacking, area.current, back);
      area.current.setSelectionRange(from, to);
      return;
    }
    if (pressed(event, "newLine")) return; // the browser's own
    if (!pressed(event, "sendCtrl") && !(sendKey === "enter" && pressed(event, "send"))) return;
    event.preventDefault();
    if (!event.repeat) onSubmit();
  };
  return h(Fragment, null, suggest.list,
    h("div", { className: "box" },
      marks.length > 0 && h(Marked, { text, marks, area }),
      h("textarea", {
        ref: area, value: text, rows: 1, dir: "auto", placeholder, "aria-label": placeholder, ...suggest.aria,
        "data-testid": "composer-input", className: "composer-text", autoComplete: "off", enterKeyHint: sendKey === "ctrl-enter" ? "enter" : "send",
        onChange: (event) => { setTouched(true); setCaret(event.target.selectionStart); draft.type(event.target.value); },
        onSelect: (event) => setCaret(event.target.selectionStart),
        onBlur: () => setTouched(false), onKeyDown, onPaste,
      })));
}
