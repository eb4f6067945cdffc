// The reply window of the open conversation, for controls that need it open: they are too
// many to be told one by one.
import { createElement as h, useLayoutEffect, useSyncExternalStore } from "react";
import { useMoment } from "./clock.js";

const OPEN = { closesAt: "", shut: false };
let here = { agent: OPEN, bot: OPEN };
const watchers = new Set();
const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };

// Says until when; `botsUntil` is empty where bots may write as long as people.
export function ReplyWindow({ closesAt, botsUntil, shut, shutToBots }) {
  useLayoutEffect(() => {
    here = { agent: { closesAt, shut }, bot: { closesAt: botsUntil || closesAt, shut: shutToBots } };
    watchers.forEach((watcher) => watcher());
  }, [closesAt, botsUntil, shut, shutToBots]);
  return null;
}

// Is it closed for this speaker, "agent" or "bot"? For "" it never is.
function useClosed(speaker) {
  const read = () => here[speaker] ?? OPEN;
  const { closesAt, shut } = useSyncExternalStore(watch, read, () => OPEN);
  const closes = Date.parse(closesAt);
  return useMoment((moment) => (shut || closes <= moment ? "closed" : ""), closes) === "closed";
}

// A button that needs the window open, and says why not while it is closed.
export function ReplyButton({ speaker = "agent", why, onClick, children, ...rest }) {
  const closed = useClosed(speaker);
  const off = closed ? { "aria-disabled": true, title: why, "aria-description": why } : { onClick };
  return h("button", { ...rest, type: "button", ...off }, children);
}

// Shows its children while the window is closed.
export function WhenClosed({ speaker = "agent", children }) {
  return useClosed(speaker) ? children : null;
}
