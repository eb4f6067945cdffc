// A list above the box that follows what is being typed there: shortcuts after "/",
// colleagues after "@". The box keeps the focus; the list is worked from its keys.
import { createElement as h, memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { pressed } from "../keys.js";

const SEEN = 8; // rows in sight
const AROUND = 3; // rows drawn above and below them
const ROW = 34; // px of a row, as the look has it

// source: {label, testId, tokenAt(text, caret) → {from, to, query} or null, find(query) →
// hits or null while they are not known, row(hit, query), attributes(hit), pick(hit, token,
// send), foot, said(count), empty, waiting}
export function useSuggestions({ text, caret, touched, boxRef, sources }) {
  const id = useId();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(""); // a token as it was when it was sent away
  const literal = useRef(-1); // where a sign stands for itself

  const found = touched ? tokenOf(sources, text, caret) : null;
  if (text[literal.current] !== "/") literal.current = -1;
  const key = found ? `${found.source.testId}:${found.token.from}:${found.token.query}` : "";
  const hits = useMemo(() => (found ? found.source.find(found.token.query) : null), [key, found?.source.find]);
  const gone = !found || key === dismissed || found.token.from === literal.current || found.source.closes(found.token.query, hits);
  const open = !gone;
  const shown = open && hits ? hits : [];
  const at = Math.min(active, Math.max(0, shown.length - 1));
  useEffect(() => { setActive(0); }, [key]);
  useEffect(() => { if (!found) setDismissed(""); }, [found === null]);

  const move = (to) => setActive((to + shown.length) % shown.length);
  const steps = {
    listNext: () => move(at + 1), listPrevious: () => move(at - 1),
    listFirst: () => setActive(0), listLast: () => setActive(shown.length - 1),
    listPageDown: () => setActive(Math.min(shown.length - 1, at + SEEN)), listPageUp: () => setActive(Math.max(0, at - SEEN)),
  };
  const pick = (hit, send = false) => { setDismissed(key); found.source.pick(hit, found.token, send); };

  // True when the key was the list's.
  const onKeyDown = (event) => {
    if (!open) return false;
    const step = steps[Object.keys(steps).find((name) => pressed(event, name))];
    if (pressed(event, "keepTyped")) { setDismissed(key); event.stopPropagation(); }
    else if (event.key === "/" && found.token.query === "" && found.source.doubled) { literal.current = found.token.from; setDismissed(key); }
    else if (pressed(event, "insert") || pressed(event, "insertAndSend")) {
      if (shown.length) pick(shown[at], pressed(event, "insertAndSend")); else setDismissed(key);
    } else if (step) { if (shown.length) step(); }
    else return false;
    event.preventDefault();
    return true;
  };

  const list = open && h(List, { id, at, shown, known: hits !== null, source: found.source, query: found.token.query,
    onPick: (hit) => { pick(hit); boxRef.current.focus(); } });
  const aria = open
    ? { "aria-controls": id, "aria-haspopup": "listbox", "aria-autocomplete": "list", ...(shown.length ? { "aria-activedescendant": `${id}-${at}` } : {}) }
    : {};
  return { open, onKeyDown, list, aria, dismiss: () => setDismissed(key) };
}

const tokenOf = (sources, text, caret) => {
  for (const source of sources) {
    const token = source.tokenAt(text, caret);
    if (token) return { source, token };
  }
  return null;
};

// Drawn anew only when it differs. above, below: rows in whose place there is room.
const Row = memo(function Row({ id, hit, place, total, chosen, source, query, chooser, above, below }) {
  return h("li", { id, role: "option", className: "popup-row", style: { marginTop: above * ROW, marginBottom: below * ROW },
    "aria-selected": chosen, "aria-posinset": place + 1, "aria-setsize": total, ...source.attributes(hit),
    onMouseDown: (event) => event.preventDefault(), // the box keeps the focus
    onClick: () => chooser.current(hit) }, source.row(hit, query));
});

// Only the rows in sight are drawn, and a few around them: there may be thousands.
function List({ id, at, shown, known, source, query, onPick }) {
  const area = useRef(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => { // the chosen row is always in sight
    const here = area.current;
    if (!here) return;
    if (at * ROW < here.scrollTop) here.scrollTop = at * ROW;
    else if ((at + 1 - SEEN) * ROW > here.scrollTop) here.scrollTop = (at + 1 - SEEN) * ROW;
    setTop(here.scrollTop);
  }, [at, shown]);
  const first = Math.max(0, Math.min(Math.floor(top / ROW) - AROUND, shown.length - SEEN));
  const drawn = shown.slice(first, first + SEEN + 2 * AROUND + 1);
  const below = shown.length - first - drawn.length; // rows that are not drawn
  const chooser = useRef(null);
  chooser.current = onPick;
  return h("div", { className: "popup" },
    shown.length
      ? h("ul", { ref: area, id, role: "listbox", "aria-label": source.label, className: "popup-rows", "data-testid": source.testId, tabIndex: 0,
        onScroll: (event) => setTop(event.currentTarget.scrollTop) },
        drawn.map((hit, place) => h(Row, { key: hit.id, id: `${id}-${first + place}`, hit, place: first + place, total: shown.length, chosen: first + place === at, source, query, chooser,
          above: place === 0 ? first : 0, below: place === drawn.length - 1 ? below : 0 })))
      : h("p", { id, className: "popup-empty", "data-testid": source.testId, role: "status" }, known ? source.empty : source.waiting),
    source.foot && h("div", { className: "popup-foot", "aria-hidden": true }, source.foot),
    h("span", { className: "unseen", role: "status" }, shown.length ? source.said(shown.length) : ""));
}

// What stands before the caret, after a sign that begins a word: {from, to, query}.
export function tokenAfter(sign, text, caret, most) {
  const begin = Math.max(0, text.lastIndexOf("\n", caret - 1) + 1, caret - most - 1);
  for (let from = caret - 1; from >= begin; from -= 1) {
    if (text[from] !== sign || (from > 0 && !/[\s(]/.test(text[from - 1]))) continue;
    const query = text.slice(from + 1, caret);
    return /^\s/.test(query) ? null : { from, to: caret, query };
  }
  return null;
}
