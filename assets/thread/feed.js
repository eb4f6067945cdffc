// Scrolls a conversation, and says what is new in it.
import { createElement as h, useLayoutEffect, useRef, useState } from "react";
import { Position, rowsOf } from "./position.js";

const NEAR_END = 40; // rows; what is loaded from before stands further up
const nearEnd = (rows) => [...rows].slice(-NEAR_END);

// The rows below the one with this id, and the last one of a kind; both are near the end.
const after = (rows, id) => {
  const found = [];
  for (let index = rows.length - 1; index >= 0 && rows[index].dataset.message !== id; index -= 1) found.unshift(rows[index]);
  return found;
};
const lastOf = (rows, kind) => {
  for (let index = rows.length - 1; index >= 0; index -= 1) if (rows[index].dataset.kind === kind) return rows[index].dataset.message;
  return "";
};

// Scrolls a conversation: stays at the end while the reader is there, and otherwise keeps
// the row under the eye where it is, whatever is added, folded or loaded around it.
export function Feed({ conversation, divider = "", label, jumpLabel, onSeen, children, ...rest }) {
  const feed = useRef(null), rows = useRef(null), position = useRef(null);
  const lastSeen = useRef(""), told = useRef(""), opened = useRef("");
  const [missed, setMissed] = useState(0);
  const [away, setAway] = useState(false);
  const [spoken, setSpoken] = useState("");

  const look = () => {
    const here = rowsOf(feed.current);
    const { following } = position.current;
    if (following || !lastSeen.current) lastSeen.current = here[here.length - 1]?.dataset.message ?? "";
    setAway(!following);
    setMissed(following ? 0 : after(here, lastSeen.current).filter((row) => row.dataset.kind !== "status").length);
    const heard = lastOf(here, "customer") + lastOf(here, "note"); // a note may name the reader
    if (heard && heard !== told.current && (following || !told.current) && document.visibilityState === "visible") {
      told.current = heard; // opening shows what is new; later messages only when they are in sight
      onSeen?.({ conversation: opened.current });
    }
  };

  useLayoutEffect(() => {
    position.current = new Position(feed.current);
    let known = null; // ids of the rows near the end: what comes late stands above the last one
    const settle = () => {
      if (!opened.current) return;
      position.current.settle();
      const here = nearEnd(rowsOf(feed.current));
      const fresh = known ? here.filter((row) => row.dataset.kind === "customer" && !known.has(row.dataset.message)) : [];
      known = here.length ? new Set(here.map((row) => row.dataset.message)) : null;
      if (fresh.length) {
        setSpoken(fresh.map((row) => row.textContent).join(". "));
        if (position.current.following) told.current = "";
      }
      look();
    };
    const begin = () => { known = null; };
    const changes = new MutationObserver(settle);
    changes.observe(rows.current, { childList: true, subtree: true });
    const sizes = new ResizeObserver(() => { if (opened.current) { position.current.settle(); look(); } });
    sizes.observe(rows.current);
    sizes.observe(feed.current);
    const toEnd = () => { position.current.following = true; position.current.toEnd(); look(); };
    addEventListener("jumper:sent", toEnd);
    document.addEventListener("visibilitychange", look);
    feed.current.begin = begin;
    return () => {
      changes.disconnect(); sizes.disconnect();
      removeEventListener("jumper:sent", toEnd);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);

  useLayoutEffect(() => {
    opened.current = conversation;
    lastSeen.current = told.current = "";
    setSpoken(""); setMissed(0); setAway(false);
    feed.current.begin();
    if (conversation) { position.current.open(divider); look(); }
  }, [conversation]);

  const jump = () => { position.current.following = true; position.current.toEnd(); look(); feed.current.focus(); };
  return h("div", { ...rest, className: `feed-frame ${rest.className ?? ""}` },
    h("div", { ref: feed, className: "feed", role: "log", "aria-live": "off", "aria-label": label, tabIndex: 0,
      "data-testid": "thread", "data-conversation": conversation,
      onScroll: () => { position.current.note(); look(); } },
      h("div", { ref: rows, className: "feed-rows" }, children)),
    away && h("button", { type: "button", className: "feed-jump", "data-testid": "jump-to-latest",
      "aria-label": missed ? `${jumpLabel} (${missed})` : jumpLabel, title: jumpLabel, onClick: jump },
      missed ? h("span", { className: "feed-count" }, missed) : null, "↓"),
    h("div", { className: "unseen", "aria-live": "polite" }, spoken));
}
