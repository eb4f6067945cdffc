// The emoji picker: found by words, chosen with the arrow keys, the recent ones first.
import { createElement as h, useEffect, useId, useMemo, useRef, useState } from "react";
import { Smile } from "lucide-react";
import { me } from "../desk.js";
import { pressed } from "../keys.js";
import { find, grouped, load, recent, remember, step } from "./emoji-table.js";
import { icon } from "./kit.js";

const ROW = 36, SEEN = 7, AROUND = 3; // px of a row; rows in sight; rows drawn beyond them

// Only the rows in sight are drawn: there are two hundred and fifty.
function Grid({ id, rows, at, words, onChoose }) {
  const area = useRef(null);
  const [top, setTop] = useState(0);
  const here = rows.findIndex((row) => row.from !== undefined && at >= row.from && at < row.from + row.emoji.length);
  useEffect(() => { // the chosen one is always in sight, with the name of its group above it
    const { scrollTop } = area.current, above = here > 0 && rows[here - 1].name ? here - 1 : here;
    if (here < 0) return;
    if (above * ROW < scrollTop) area.current.scrollTop = above * ROW;
    else if ((here + 1) * ROW > scrollTop + SEEN * ROW) area.current.scrollTop = (here + 1 - SEEN) * ROW;
  }, [here, rows]);
  const first = Math.max(0, Math.floor(top / ROW) - AROUND), shown = rows.slice(first, first + SEEN + 2 * AROUND);
  return h("div", { ref: area, id, role: "listbox", "aria-label": words.emoji, className: "emoji-grid", "data-testid": "emoji-grid", tabIndex: -1,
    onScroll: (event) => setTop(event.currentTarget.scrollTop) },
  h("div", { style: { height: rows.length * ROW, position: "relative" } },
    shown.map((row, place) => h("div", { key: first + place, className: row.name ? "emoji-name" : "emoji-row", role: "presentation", style: { top: (first + place) * ROW } },
      row.name ?? row.emoji.map((one, column) => h("button", { key: one.emoji, id: `${id}-${row.from + column}`, type: "button", role: "option", tabIndex: -1,
        "aria-selected": row.from + column === at, "aria-label": one.label, title: one.label, "data-testid": "emoji", "data-emoji": one.emoji,
        onMouseDown: (event) => event.preventDefault(), onClick: () => onChoose(one) }, one.emoji))))));
}

function Picker({ words, onChoose, onClose }) {
  const id = useId(), field = useRef(null);
  const [table, setTable] = useState(null), [failed, setFailed] = useState(false);
  const [query, setQuery] = useState(""), [at, setAt] = useState(0);
  const used = useMemo(() => recent(me()), []);
  useEffect(() => { load().then(setTable, () => setFailed(true)); field.current.focus(); }, []);
  const found = useMemo(() => (table ? find(table, query, used, words.recentEmoji) : []), [table, query]);
  const rows = useMemo(() => grouped(found), [found]);
  const flat = useMemo(() => rows.flatMap((row) => row.emoji ?? []), [rows]);
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    const to = step(event.key, at, rows, flat.length);
    if (event.key === "Escape") { event.stopPropagation(); onClose(); }
    else if (event.key === "Enter") { if (flat[at]) onChoose(flat[at]); }
    else if (to !== undefined && !((event.key === "Home" || event.key === "End") && query)) setAt(to);
    else return;
    event.preventDefault();
  };
  const said = table ? (flat.length ? words.emojiFound.replace("{}", flat.length) : words.noEmoji) : "";
  return h("div", { className: "emoji-picker", role: "dialog", "aria-label": words.emoji, "data-testid": "emoji-picker", onKeyDown },
    h("input", { ref: field, type: "search", className: "emoji-search", placeholder: words.emojiSearch, "aria-label": words.emojiSearch, "data-testid": "emoji-search",
      role: "combobox", "aria-expanded": true, "aria-controls": id, "aria-autocomplete": "list", ...(flat.length ? { "aria-activedescendant": `${id}-${at}` } : {}),
      autoComplete: "off", value: query, onChange: (event) => { setQuery(event.target.value); setAt(0); } }),
    flat.length ? h(Grid, { id, rows, at, words, onChoose }) : h("p", { id, className: "popup-empty" }, failed ? words.emojiFailed : table ? words.noEmoji : words.emojiComing),
    h("div", { className: "popup-foot", "aria-hidden": true }, flat[at] ? h("span", null, `${flat[at].emoji} ${flat[at].label}`) : null),
    h("span", { className: "unseen", role: "status" }, query ? said : ""));
}

// A button of the composer; Alt+M does the same. ``onChoose``: an emoji for the caret.
export function EmojiButton({ words, onChoose, onClose }) {
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  useEffect(() => {
    const onKey = (event) => {
      if (pressed(event, "emoji")) { event.preventDefault(); setOpen((before) => !before); }
    };
    const onPress = (event) => { if (!root.current.contains(event.target)) setOpen(false); };
    addEventListener("keydown", onKey);
    addEventListener("pointerdown", onPress);
    return () => { removeEventListener("keydown", onKey); removeEventListener("pointerdown", onPress); };
  }, []);
  const close = () => { setOpen(false); onClose(); };
  const choose = ({ emoji }) => { remember(me(), emoji); close(); onChoose(emoji); };
  return h("div", { ref: root, className: "emoji", onBlur: (event) => { if (event.relatedTarget && !root.current.contains(event.relatedTarget)) setOpen(false); } },
    h("button", { type: "button", className: "tool", "data-testid": "open-emoji", "aria-label": words.emoji, title: `${words.emoji} (Alt+M)`, "aria-haspopup": "dialog", "aria-expanded": open,
      onMouseDown: (event) => event.preventDefault(), onClick: () => (open ? close() : setOpen(true)) }, icon(Smile)),
    open && h(Picker, { words, onChoose: choose, onClose: close }));
}
