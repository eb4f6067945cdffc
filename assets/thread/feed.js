// Scrolls a conversation: stays at the end while the reader is there, and otherwise keeps
// the row under the eye where it is, whatever is added, folded or loaded around it.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLostFocus } from "../focus.js";
import { pressed } from "../keys.js";
import { News } from "./news.js";
import { find, Position } from "./position.js";

const NEAR = 400; // px from the lower edge within which newer messages are asked for

let taken = 0; // the last turn by which the reader was taken somewhere; there is one feed on a page

// Takes the reader to where the server says, once what stands there is drawn.
const follow = (target, feed, position) => {
  if (target.kind === "latest") position.toEnd();
  else if (target.kind === "beginning") position.toBeginning();
  else {
    const row = find(feed, target.id);
    if (row && target.kind === "hit") position.point(row);
    else if (row) position.land(row);
  }
};

export function Feed({ conversation, divider = "", newer = false, waiting = 0, target, label, jumpLabel, newerLabel,
  onSeen, onNewer, onLatest, onBeginning, children, ...rest }) {
  const feed = useRef(null), rows = useRef(null), position = useRef(null), news = useRef(null);
  const opened = useRef(""), asked = useRef(false);
  const now = useRef(null);
  now.current = { waiting, onSeen, onNewer, onLatest };
  const [missed, setMissed] = useState(0);
  const [away, setAway] = useState(false);
  const [spoken, setSpoken] = useState("");

  const latest = () => { now.current.onLatest?.(); };
  const look = () => {
    setMissed(news.current.count(now.current.waiting));
    setAway(!position.current.following);
    if (news.current.unseen()) now.current.onSeen?.({ conversation: opened.current });
  };
  const settle = () => {
    if (!opened.current) return;
    asked.current = false;
    position.current.settle();
    const fresh = news.current.arrived();
    if (fresh.length) setSpoken(fresh.map((row) => row.textContent).join(". "));
    look();
  };

  useLayoutEffect(() => {
    position.current = new Position(feed.current);
    news.current = new News(feed.current, position.current);
    const changes = new MutationObserver(settle);
    changes.observe(rows.current, { childList: true, subtree: true });
    const sizes = new ResizeObserver(() => { if (opened.current) { position.current.settle(); look(); } });
    sizes.observe(rows.current);
    sizes.observe(feed.current);
    const sent = () => {
      if (position.current.newer) { latest(); return; }
      position.current.toEnd();
      look();
    };
    addEventListener("jumper:sent", sent);
    document.addEventListener("visibilitychange", look);
    return () => {
      changes.disconnect(); sizes.disconnect();
      removeEventListener("jumper:sent", sent);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);

  useLayoutEffect(() => {
    const letGo = newer && !position.current.newer;
    position.current.newer = newer;
    if (letGo) news.current.letGo();
  }, [newer, conversation]);

  useLayoutEffect(() => {
    opened.current = conversation;
    news.current.begin();
    setSpoken(""); setMissed(0); setAway(false);
    if (conversation) { position.current.open(divider); look(); }
  }, [conversation]);

  useLayoutEffect(() => {
    if (!target?.turn || target.turn === taken) return;
    taken = target.turn;
    news.current.known = null;
    follow(target, feed.current, position.current);
    look();
  }, [target?.turn]);

  // Who stays at the end while it is let go of, since so much was loaded before, is taken to it.
  useEffect(() => { if (newer && position.current.following) latest(); }, [newer]);
  useEffect(() => { if (opened.current) look(); }, [waiting]);
  useLostFocus(feed, (box) => box.focus({ preventScroll: true }));

  const askForNewer = () => {
    if (!position.current.newer || asked.current) return;
    asked.current = true;
    onNewer?.();
  };
  const jump = () => {
    feed.current.focus({ preventScroll: true });
    if (newer) { latest(); return; }
    position.current.toEnd();
    look();
  };
  const onScroll = () => {
    position.current.note();
    look();
    if (position.current.below() < NEAR) askForNewer();
  };
  // Whoever asks for a page by a key may have the button out of sight; the page is read from there.
  const onClickCapture = (event) => {
    const edge = event.target.closest?.(".load, .feed-newer");
    if (!edge) return;
    edge.scrollIntoView({ block: "nearest" });
    position.current.note();
  };
  const onKeyDown = (event) => {
    if (pressed(event, "beginning")) { event.preventDefault(); feed.current.focus({ preventScroll: true }); onBeginning?.(); }
    if (pressed(event, "latest")) { event.preventDefault(); jump(); }
  };
  return h("div", { ...rest, className: `feed-frame ${rest.className ?? ""}` },
    h("div", { ref: feed, className: "feed", role: "log", "aria-live": "off", "aria-label": label, tabIndex: 0,
      "data-testid": "thread", "data-conversation": conversation, "data-newer": newer ? "" : undefined, onScroll, onKeyDown, onClickCapture },
      h("div", { ref: rows, className: "feed-rows" }, children,
        newer && h("button", { type: "button", className: "feed-newer", "data-testid": "load-next", onClick: askForNewer }, newerLabel))),
    away && h("button", { type: "button", className: "feed-jump", "data-testid": "jump-to-latest",
      "aria-label": missed ? `${jumpLabel} (${missed})` : jumpLabel, title: jumpLabel, onClick: jump },
      missed ? h("span", { className: "feed-count" }, missed) : null, "↓"),
    h("div", { className: "unseen", "aria-live": "polite" }, spoken));
}
