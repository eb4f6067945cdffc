// What a conversation needs in the browser: rows joined in the reader's zone, a feed that
// stays where the eye is, profile icons that tell the time, pictures that open.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useMoment } from "./clock.js";

const MINUTE = 60_000, DAY = 86_400_000;
const TOGETHER = 5 * MINUTE; // consecutive messages of one person within this share an icon
const SPEAKERS = new Set(["customer", "agent", "bot"]);
const EN = "en-GB";

// --- Rows ---------------------------------------------------------------------------

const read = new WeakMap(); // row as sent → its time and its day here
const dressed = new WeakMap(); // row as sent → the row as last drawn, so that it stays the same object

const timeOf = (row) => {
  let time = read.get(row);
  if (!time) {
    const at = new Date(row.at);
    time = { at: at.getTime(), day: at.toDateString() };
    read.set(row, time);
  }
  return time;
};

const goesOn = (row, above) =>
  SPEAKERS.has(row.kind) && row.kind === above.kind && row.author === above.author
  && timeOf(row).at - timeOf(above).at < TOGETHER;

const dress = (row, marks) => {
  const before = dressed.get(row);
  if (before && Object.keys(marks).every((name) => before[name] === marks[name])) return before;
  const after = { ...row, ...marks };
  dressed.set(row, after);
  return after;
};

// One list out of the three that the server sends, with day lines, groups, ticks and the
// line above what is unread. A row that is drawn as before is the same object as before.
export function joinRows(history, recent, tail, ticks, divider) {
  const sent = [...(history ?? []), ...(recent ?? []), ...(tail ?? [])];
  let above = null, follow = false;
  return sent.map((row, index) => {
    const day = !above || timeOf(row).day !== timeOf(above).day;
    const next = sent[index + 1];
    const follows = follow && !day;
    const divide = divider?.id === row.id ? divider.words : "";
    follow = Boolean(next) && divider?.id !== next.id && goesOn(next, row);
    above = row;
    return dress(row, {
      day, divide, follows, shared: follow && timeOf(next).day === timeOf(row).day,
      delivery: ticks?.[row.id] ?? row.delivery,
    });
  });
}

// --- Times ----------------------------------------------------------------------------

const clock = (at, zone) =>
  at.toLocaleTimeString(EN, { hour: "2-digit", minute: "2-digit", ...(zone ? { timeZone: zone } : {}) });

const whole = (at) => {
  const day = at.toLocaleDateString(EN, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const time = at.toLocaleTimeString(EN, { timeStyle: "medium" });
  return `${day.replace(",", "")}, ${time}`;
};

const zoneName = (at) =>
  new Intl.DateTimeFormat(EN, { timeZoneName: "short" }).formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value ?? "";

const elsewhere = (at, zone) => {
  try {
    const there = clock(at, zone);
    return there === clock(at) ? "" : there;
  } catch { return ""; } // a zone that this browser does not know
};

// "18:04", in the reader's zone.
export function Clock({ at, ...rest }) {
  const then = new Date(at);
  return h("time", { ...rest, dateTime: at, title: whole(then) }, clock(then));
}

const dayWords = (at, moment, today, yesterday) => {
  const midnight = new Date(moment).setHours(0, 0, 0, 0);
  if (at >= midnight && at < midnight + DAY) return today;
  if (at < midnight && at >= midnight - DAY) return yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(moment).getFullYear();
  return new Date(at).toLocaleDateString(EN,
    { weekday: "short", day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }).replace(",", "");
};

// "Today", "Yesterday", "Sat 21 Nov"; ages at midnight.
export function DayLine({ at, today, yesterday, ...rest }) {
  const words = useMoment((moment) => dayWords(Date.parse(at), moment, today, yesterday));
  return h("div", { ...rest, role: "separator" }, words);
}

// --- The small profile icon -----------------------------------------------------------------

const TIP_HEIGHT = 52, GAP = 6;

// Beside the icon, but never outside the window: below it, or above where there is no room.
const besides = (element, atEnd) => {
  const box = element.getBoundingClientRect();
  const above = box.bottom + GAP + TIP_HEIGHT > innerHeight - 150;
  return {
    position: "fixed",
    ...(above ? { bottom: innerHeight - box.top + GAP } : { top: box.bottom + GAP }),
    ...(atEnd ? { right: document.documentElement.clientWidth - box.right } : { left: box.left }),
  };
};

// A button that says on hover, focus or tap who spoke and when.
export function SpeakerIcon({ author, at, zone = "", zoneWords = "", atEnd = false, children, ...rest }) {
  const button = useRef(null);
  const [place, setPlace] = useState(null);
  const show = () => setPlace(besides(button.current, atEnd));
  const hide = () => setPlace(null);
  useEffect(() => {
    if (!place) return undefined;
    const onKey = (event) => { if (event.key === "Escape") hide(); };
    const onPress = (event) => { if (!button.current.contains(event.target)) hide(); };
    addEventListener("scroll", hide, true);
    addEventListener("keydown", onKey);
    addEventListener("pointerdown", onPress);
    return () => {
      removeEventListener("scroll", hide, true);
      removeEventListener("keydown", onKey);
      removeEventListener("pointerdown", onPress);
    };
  }, [place]);
  const then = new Date(at);
  const mouse = (act) => (event) => { if (event.pointerType === "mouse") act(); }; // a finger that taps leaves at once
  const there = place && zone ? elsewhere(then, zone) : "";
  return h("span", { className: "speaker" },
    h("button", {
      ...rest, ref: button, type: "button", "data-testid": "message-avatar",
      "aria-label": `${author}, ${whole(then)}`,
      onPointerEnter: mouse(show), onPointerLeave: mouse(hide), onFocus: show, onBlur: hide, onClick: show,
    }, children),
    place && h("span", { className: "speaker-tip", role: "tooltip", "data-testid": "message-time", style: place },
      h("b", null, author),
      h("time", { dateTime: at }, `${whole(then)} ${zoneName(then)}`,
        there ? ` · ${zoneWords.replace("{}", there)}` : "")));
}

// --- Pictures -----------------------------------------------------------------------------

const LARGEST = 280; // px of a picture's longer side in a bubble

// Width and height known beforehand, so that nothing moves when the picture arrives.
const fitted = (width, height) => {
  if (!width || !height) return {};
  const scale = Math.min(1, LARGEST / width, LARGEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

// A picture that opens large, by click or key, and gives the focus back when it closes.
export function Picture({ src, name, width, height, openWord, closeWord, brokenWord, ...rest }) {
  const dialog = useRef(null);
  const [broken, setBroken] = useState(false);
  if (broken) return h("span", { className: "broken" }, brokenWord);
  return h("span", rest,
    h("button", { type: "button", className: "picture", "aria-label": name ? `${openWord}: ${name}` : openWord,
      onClick: () => dialog.current.showModal() },
      h("img", { ...fitted(width, height), src, alt: name || "", loading: "lazy", decoding: "async", onError: () => setBroken(true) })),
    h("dialog", { ref: dialog, className: "lightbox", "aria-label": name || openWord,
      onClick: (event) => { if (event.target === event.currentTarget) dialog.current.close(); } },
      h("form", { method: "dialog" }, h("button", { "aria-label": closeWord, autoFocus: true }, "×")),
      h("img", { src, alt: name || "", loading: "lazy" })));
}

// --- The feed -------------------------------------------------------------------------------

const AT_END = 80; // px from the end within which new messages are followed

const rowsOf = (feed) => feed.querySelectorAll("[data-message]");

// The first row that reaches below the upper edge, by halving: there may be a thousand.
const eyeRow = (feed) => {
  const rows = rowsOf(feed), edge = feed.getBoundingClientRect().top;
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].getBoundingClientRect().bottom > edge) high = middle; else low = middle + 1;
  }
  return rows[low] ?? null;
};

const find = (feed, id) => feed.querySelector(`[data-message="${id}"]`);
const offset = (feed, row) => row.getBoundingClientRect().top - feed.getBoundingClientRect().top;

class Position {
  constructor(feed) {
    this.feed = feed;
    this.following = true;
    this.anchor = null; // the row under the eye, and how far below the upper edge it stands
  }

  note() {
    const { scrollHeight, scrollTop, clientHeight } = this.feed;
    this.following = scrollHeight - scrollTop - clientHeight <= AT_END;
    const row = eyeRow(this.feed);
    this.anchor = row && { id: row.dataset.message, top: offset(this.feed, row) };
  }

  settle() {
    if (this.following) { this.toEnd(); return; }
    const row = this.anchor && find(this.feed, this.anchor.id);
    const moved = row ? offset(this.feed, row) - this.anchor.top : 0;
    if (Math.abs(moved) > 0.5) this.feed.scrollTop += moved;
  }

  toEnd() { this.feed.scrollTop = this.feed.scrollHeight; }

  open(divider) {
    const row = divider && find(this.feed, divider);
    this.toEnd();
    if (row && offset(this.feed, row) < 0) this.feed.scrollTop += offset(this.feed, row) - 80;
    this.note();
  }
}

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
