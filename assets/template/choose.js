// Choosing a template: one field to search in, arrow keys to move, Enter to take.
import { createElement as h, useEffect, useLayoutEffect, useRef } from "react";
import { RefreshCw, Search } from "lucide-react";
import { Age } from "../live.js";
import { icon } from "../composer/kit.js";
import { titled, useFound } from "./shelf.js";

const about = (one) => [one.tongue, titled(one.category)].join(" · ");

function Option({ one, chosen, onPoint, onTake }) {
  const row = useRef(null);
  useEffect(() => { if (chosen) row.current.scrollIntoView({ block: "nearest" }); }, [chosen]);
  return h("div", { ref: row, id: `template-${one.id}`, role: "option", className: "option", "data-testid": "template-option", "data-template": one.name,
    "data-language": one.language, "data-sendable": !one.why_not, "aria-selected": chosen, "aria-disabled": Boolean(one.why_not) || undefined,
    onMouseMove: () => { if (!chosen) onPoint(); }, onMouseDown: (event) => event.preventDefault(), onClick: onTake },
  h("span", { className: "option-name" }, one.name, h("span", { className: "quiet" }, about(one))),
  h("span", { className: "option-line", dir: "auto" }, one.why_not || one.line));
}

const sectionOf = (one) => (one.why_not ? "notSendable" : one.used_at ? "recent" : "all");

function Freshness({ shelf, refreshing, words, onRefresh }) {
  return h("footer", { className: "fresh" },
    shelf.failure ? h("span", { role: "status" }, shelf.failure)
      : shelf.synced_at ? h("span", null, words.synced, " ", h(Age, { at: shelf.synced_at })) : h("span", null, words.neverSynced),
    h("button", { type: "button", className: "quiet-button", "data-testid": "template-refresh", disabled: refreshing, onClick: onRefresh },
      icon(RefreshCw, 14), refreshing ? words.refreshing : words.refresh));
}

const NOT_YET = [];

// `shelf` is undefined while it is fetched: one may type already, and no key is lost.
export function Choose({ shelf, query, onQuery, active, onActive, refreshing, words, onTake, onRefresh }) {
  const templates = shelf?.templates ?? NOT_YET;
  const found = useFound(templates, query);
  const field = useRef(null);
  useLayoutEffect(() => {
    field.current.setAttribute("autofocus", ""); // for a dialog that opens now
    field.current.focus();
  }, []);
  const at = Math.max(0, found.findIndex((one) => one.id === active));
  useEffect(() => { if (found.length && found[at].id !== active) onActive(found[at].id); }, [found]);
  const move = (step) => { if (found.length) onActive(found[(at + step + found.length) % found.length].id); };
  const take = (one) => { onActive(one.id); if (!one.why_not) onTake(one); };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) { event.preventDefault(); move(Math.abs(step) === 1 ? step : Math.max(-at, Math.min(found.length - 1 - at, step))); }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) { event.preventDefault(); if (found[at]) take(found[at]); }
  };
  return h("div", { className: "choose" },
    h("label", { className: "search" }, icon(Search, 16),
      h("input", { ref: field, type: "text", value: query, placeholder: words.search, "aria-label": words.search, autoComplete: "off", spellCheck: false,
        role: "combobox", "aria-expanded": true, "aria-controls": "template-list", "aria-activedescendant": found.length ? `template-${found[at].id}` : undefined,
        "data-testid": "template-search", onChange: (event) => { onQuery(event.target.value); onActive(""); }, onKeyDown })),
    h("div", { id: "template-list", className: "options", role: "listbox", "aria-label": words.list },
      found.length === 0 && h("p", { className: "nothing", role: "status" }, !shelf ? words.loading : templates.length ? words.none : words.empty),
      found.map((one, place) => h("div", { key: one.id, role: "presentation" },
        (place === 0 || sectionOf(found[place - 1]) !== sectionOf(one)) && !query && h("div", { className: "section", role: "presentation" }, words[sectionOf(one)]),
        h(Option, { one, chosen: place === at, onPoint: () => onActive(one.id), onTake: () => take(one) })))),
    shelf && h(Freshness, { shelf, refreshing, words, onRefresh }));
}
