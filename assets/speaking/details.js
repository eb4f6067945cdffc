// Everything that is known of when a message went where.
import { createElement as h, useEffect, useRef } from "react";
import { times } from "../thread/tick.js";
import { whole, zoneName } from "../thread/times.js";

export function Details({ who, at, after, failure, words, onClose }) {
  const dialog = useRef(null);
  useEffect(() => { dialog.current.showModal(); }, []);
  const then = new Date(at);
  const facts = [[words.from, who], [words.written, `${whole(then)} ${zoneName(then)}`], ...times(at, after, words.states), [words.reason, failure]];
  return h("dialog", { ref: dialog, className: "details", "aria-label": words.details, "data-testid": "message-details", onClose,
    onClick: (event) => { if (event.target === dialog.current) dialog.current.close(); } },
    h("h2", null, words.details),
    h("dl", null, facts.filter(([, value]) => value).map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", { dir: "auto" }, value)))),
    h("form", { method: "dialog" }, h("button", { autoFocus: true }, words.close)));
}
