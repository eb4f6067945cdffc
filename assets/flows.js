// Starting a flow: one field to search in, arrow keys to move, Enter to start.
import { createElement as h, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { DropdownMenu } from "@radix-ui/themes";
import { Search, X } from "lucide-react";
import { icon } from "./composer/kit.js";
import { plain } from "./template/shelf.js";

const OPEN = "jumper:flows";

// For a conversation (its public id). `opener` gets the focus back.
export const openFlows = (conversation, opener = document.activeElement) => dispatchEvent(new CustomEvent(OPEN, { detail: { conversation, opener } }));

const newKey = () => crypto.randomUUID();

// Those that hold every word: what can start now first, and of these what is called so.
function useFound(flows, query) {
  return useMemo(() => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    const rank = (one) => (one.why_not ? 2 : 0) + (words.every((word) => plain(one.name).includes(word)) ? 0 : 1);
    return flows.filter((one) => words.every((word) => plain(`${one.name} ${one.about}`).includes(word)))
      .sort((one, other) => rank(one) - rank(other)); // stable: else by name
  }, [flows, query]);
}

function Option({ one, chosen, onPoint, onTake }) {
  const row = useRef(null);
  useEffect(() => { if (chosen) row.current.scrollIntoView({ block: "nearest" }); }, [chosen]);
  return h("div", { ref: row, id: `flow-${one.id}`, role: "option", className: "option", "data-testid": "flow-option", "data-flow": one.name, "aria-selected": chosen,
    "aria-disabled": Boolean(one.why_not) || undefined, onMouseMove: () => { if (!chosen) onPoint(); }, onMouseDown: (event) => event.preventDefault(), onClick: onTake },
  h("span", { className: "option-name", dir: "auto" }, one.name),
  one.about && h("span", { className: "option-about", dir: "auto" }, one.about),
  one.why_not && h("span", { className: "option-why" }, one.why_not));
}

const NONE = [];

function Flows({ flows, words, onStart }) {
  const [query, setQuery] = useState(""), [active, setActive] = useState("");
  const found = useFound(flows ?? NONE, query);
  const field = useRef(null);
  useLayoutEffect(() => {
    field.current.setAttribute("autofocus", ""); // for a dialog that opens now
    field.current.focus();
  }, []);
  const at = Math.max(0, found.findIndex((one) => one.id === active));
  const take = (one) => { setActive(one.id); if (!one.why_not) onStart(one.id); };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { event.preventDefault(); setActive(found[(at + step + found.length) % found.length].id); }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) { event.preventDefault(); if (found[at] && !event.repeat) take(found[at]); }
  };
  const nothing = !flows ? words.loading : flows.length ? words.none : words.empty;
  return h("div", { className: "choose" },
    h("label", { className: "search" }, icon(Search, 16),
      h("input", { ref: field, type: "text", value: query, placeholder: words.search, "aria-label": words.search, autoComplete: "off", spellCheck: false,
        role: "combobox", "aria-expanded": true, "aria-controls": "flow-list", "aria-activedescendant": found.length ? `flow-${found[at].id}` : undefined,
        "data-testid": "flow-search", onChange: (event) => { setQuery(event.target.value); setActive(""); }, onKeyDown })),
    h("div", { id: "flow-list", className: "options", role: "listbox", "aria-label": words.list },
      found.length === 0 && h("p", { className: "nothing", role: "status" }, nothing),
      found.map((one, place) => h(Option, { key: one.id, one, chosen: place === at, onPoint: () => setActive(one.id), onTake: () => take(one) }))),
    h("p", { className: "instead" }, words.instead));
}

const backTo = (opener) => {
  const there = opener?.isConnected && opener !== document.body ? opener : document.querySelector("[data-testid=composer-input], [data-testid=bot-toggle]");
  there?.focus({ preventScroll: true });
};

export function FlowDialog({ offered, words, onAsk, onStart, ...rest }) {
  const dialog = useRef(null), opener = useRef(null);
  const [place, setPlace] = useState(null);
  useEffect(() => {
    const open = (event) => {
      const asked = { conversation: event.detail.conversation, key: newKey() };
      opener.current = event.detail.opener;
      setPlace(asked);
      onAsk(asked);
    };
    addEventListener(OPEN, open);
    return () => removeEventListener(OPEN, open);
  }, []);
  useLayoutEffect(() => { if (place && !dialog.current.open) dialog.current.showModal(); }, [place]);
  if (!place) return null;
  const close = () => { dialog.current?.close(); setPlace(null); requestAnimationFrame(() => backTo(opener.current)); };
  const start = (flow) => { onStart({ conversation: place.conversation, flow }); close(); };
  return h("dialog", { ...rest, ref: dialog, "data-testid": "flow-dialog", "aria-labelledby": "flow-title",
    onCancel: (event) => { event.preventDefault(); close(); }, onClick: (event) => { if (event.target === event.currentTarget) close(); } },
  h("div", { className: "inside" },
    h("header", null, h("h2", { id: "flow-title" }, words.title),
      h("button", { type: "button", className: "icon-button", "aria-label": words.close, title: words.close, onClick: close }, icon(X, 16))),
    h(Flows, { key: place.key, flows: offered.key === place.key ? offered.flows : null, words, onStart: start })));
}

// An item of a menu, which closes first.
export function OtherFlow({ conversation, children, ...rest }) {
  const choose = (event) => {
    const opener = document.getElementById(event.target.closest("[role=menu]").getAttribute("aria-labelledby"));
    setTimeout(() => openFlows(conversation, opener));
  };
  return h(DropdownMenu.Item, { ...rest, onSelect: choose }, children);
}
