// What must happen in the browser because the server does not know the moment:
// ages, countdowns, the connection, copies, remembered folds, the list's patches.
import { createElement, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { useMoment } from "./clock.js";

export { ServerClock } from "./clock.js";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

// --- Ages -----------------------------------------------------------------------------

const age = (at, moment) => {
  const gone = moment - at;
  if (gone < MINUTE) return "now";
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} m`;
  if (gone < DAY) return `${Math.floor(gone / HOUR)} h`;
  const then = new Date(at);
  if (gone < 6 * DAY) return then.toLocaleDateString("en-GB", { weekday: "short" });
  const sameYear = then.getFullYear() === new Date(moment).getFullYear();
  return then.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
};
const full = (at) => new Date(at).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" });

// "now", "4 m", "3 h", "Fri", "3 Mar"; the whole moment on hover.
export function Age({ at, ...rest }) {
  const then = Date.parse(at);
  const words = useMoment((moment) => (Number.isNaN(then) ? "" : age(then, moment)));
  if (!words) return null;
  return createElement("time", { ...rest, dateTime: at, title: full(then) }, words);
}

const long = (ms) => {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
  if (days >= 2) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (days || hours) return `${days * 24 + hours} h ${minutes % 60} m`;
  return minutes ? `${minutes} m` : `${Math.max(0, Math.floor(ms / 1000))} s`;
};

// For how long somebody has been waiting: "20 s", "2 h 5 m".
export function Since({ at, ...rest }) {
  const then = Date.parse(at);
  const words = useMoment((moment) => (Number.isNaN(then) ? "" : long(moment - then)));
  return words ? createElement("time", { ...rest, dateTime: at, title: full(then) }, words) : null;
}

// How long until then: "29 m", "12 s".
export function Until({ at, ...rest }) {
  const then = Date.parse(at);
  const words = useMoment((moment) => (Number.isNaN(then) ? "" : long(Math.max(0, then - moment))), then);
  return words ? createElement("time", { ...rest, dateTime: at, title: full(then) }, words) : null;
}

// The clock on somebody's wall: "12:07".
export function LocalTime({ zone, ...rest }) {
  const words = useMoment((moment) => {
    try {
      return zone ? new Date(moment).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }) : "";
    } catch { return ""; } // a zone that this browser does not know
  });
  return words ? createElement("time", rest, words) : null;
}

const dayName = (at, moment) => {
  const midnight = new Date(moment); midnight.setHours(0, 0, 0, 0);
  const days = Math.floor((at - midnight.getTime()) / DAY);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
};

// A moment in the reader's own zone: "tomorrow 09:43", "3 Mar 2026", "14:02:11".
export function Moment({ at, only = "", before = "", ...rest }) {
  const then = Date.parse(at);
  const words = useMoment((moment) => {
    if (Number.isNaN(then)) return "";
    if (only === "day") return new Date(then).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
    if (only === "second") {
      const exact = new Date(then).toLocaleTimeString("en-GB");
      return dayName(then, moment) === "today" ? exact : `${dayName(then, moment)} ${exact}`;
    }
    const time = new Date(then).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return `${before}${dayName(then, moment)} ${time}`;
  });
  return words ? createElement("time", { ...rest, dateTime: at, title: full(then) }, words) : null;
}

// --- Reply window -------------------------------------------------------------------------

// "closed", or "<urgency>|<time left>": green, amber below 6 h, red below 1 h.
const windowNow = (closes, shut, moment) => {
  if (shut) return Number.isNaN(closes) || closes > moment ? "closed|" : `closed|${long(moment - closes)}`;
  if (Number.isNaN(closes)) return "";
  const left = closes - moment;
  if (left <= 0) return `closed|${long(-left)}`;
  return `${left < HOUR ? "red" : left < 6 * HOUR ? "amber" : "green"}|${long(left)}`;
};

// brief: for a row, which says hours only while there is plenty of time.
export function WindowChip({ closesAt, shut = false, brief = false, closedWord = "closed", ...rest }) {
  const closes = Date.parse(closesAt);
  const state = useMoment((moment) => windowNow(closes, shut, moment), closes);
  const [urgency, time] = state.split("|");
  if (!urgency) return null;
  const closed = urgency === "closed";
  const short = urgency === "green" ? time.split(" ", 2).join(" ") : time;
  const words = closed ? (brief || !time ? closedWord : `${closedWord} ${time} ago`) : brief ? short : `${time} left`;
  return createElement("span", { ...rest, "data-urgency": urgency, "data-brief": brief ? "" : undefined }, words);
}

// --- Connection -----------------------------------------------------------------------------

const LOST = 6; // failed attempts, about 4 s, after which "reconnecting" would be a promise

export function Connection({ errors = 0, ready = false, titles = {}, labels = {}, ...rest }) {
  const online = useSyncExternalStore(
    (changed) => {
      addEventListener("online", changed); addEventListener("offline", changed);
      return () => { removeEventListener("online", changed); removeEventListener("offline", changed); };
    },
    () => navigator.onLine, () => true);
  const state = !online || errors >= LOST ? "offline" : errors > 0 || !ready ? "reconnecting" : "live";
  return createElement("span",
    { ...rest, "data-state": state, role: "status", title: titles[state] },
    createElement("i", { "aria-hidden": true }),
    createElement("span", null, labels[state]));
}

// --- Small things -----------------------------------------------------------------------------

// A button that copies a text and says so for a moment.
export function CopyButton({ text, label = "Copy", done = "Copied", ...rest }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const later = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(later);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return createElement("button", { ...rest, type: "button", onClick: copy }, copied ? done : label);
}

// A <details> that stays as the agent left it, in this browser.
export function Fold({ name, summary, children, ...rest }) {
  const element = useRef(null);
  const key = `jumper.fold.${name}`;
  useEffect(() => { if (localStorage.getItem(key) === "shut") element.current.open = false; }, [key]);
  const keep = (event) => localStorage.setItem(key, event.currentTarget.open ? "open" : "shut");
  return createElement("details", { ...rest, ref: element, open: true, onToggle: keep },
    createElement("summary", null, summary), children);
}

// Opens a sheet where there is no room for the column that it is on wider screens.
export function SheetButton({ sheet, wide, label, children, ...rest }) {
  const [roomy, setRoomy] = useState(true);
  useEffect(() => {
    const query = matchMedia(wide);
    const look = () => { setRoomy(query.matches); if (query.matches) document.getElementById(sheet)?.hidePopover(); };
    look();
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, [sheet, wide]);
  if (roomy) return createElement("span", rest, children);
  const open = () => document.getElementById(sheet)?.togglePopover();
  return createElement("button", { ...rest, type: "button", "aria-description": label, title: label, onClick: open }, children);
}

// A form whose answer is a file. Were it posted by the browser itself, the page would begin to
// leave, and its socket would go.
export function DownloadForm({ action, failed, children, ...rest }) {
  const [wrong, setWrong] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.currentTarget));
    const answer = await fetch(action, { method: "POST", body }).catch(() => null);
    setWrong(!answer?.ok);
    if (!answer?.ok) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
    link.download = named ? decodeURIComponent(named[1]) : "data.zip";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  return createElement("form", { ...rest, onSubmit: submit }, children, wrong && createElement("p", { role: "alert" }, failed));
}

// --- The Customer List ---------------------------------------------------------------------------

// The list added up, for the base it began with. Module-wide: there is one list on a page.
let list = { base: null, number: 0, rows: new Map(), sorted: [], gap: false };

// base {number, rows}: the whole list; patches: the last few changes, each
// {number, rows: new or drawn otherwise, gone: ids that left}. Adding up the same
// patches again changes nothing, so it may be called while drawing.
export function foldRows(base, patches) {
  if (base !== list.base) {
    list = { base, number: base?.number ?? 0, rows: new Map((base?.rows ?? []).map((row) => [row.id, row])), gap: false };
    list.sorted = sorted(list.rows);
  }
  for (const patch of patches ?? []) {
    if (patch.number <= list.number) continue;
    if (patch.number > list.number + 1) { list.gap = true; break; }
    for (const id of patch.gone) list.rows.delete(id);
    for (const row of patch.rows) list.rows.set(row.id, row);
    list.number = patch.number;
    list.sorted = sorted(list.rows);
  }
  return list.sorted;
}
const sorted = (rows) => [...rows.values()].sort((one, other) => (one.key < other.key ? 1 : one.key > other.key ? -1 : 0));

// Asks for the whole list when a patch was missed.
export function ListGap({ base, patches, onGap }) {
  useEffect(() => { foldRows(base, patches); if (list.gap) { list.gap = false; onGap?.(); } }, [base, patches]);
  return null;
}

const scrolls = new Map();
const middle = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1] ?? 0;

// A scrolling box that stands where it stood when it comes back on another page, and
// whose rows stay under the eye when others move up: the browser's own anchoring would
// follow the very row that moves.
export function KeptScroll({ name, children, ...rest }) {
  const box = useRef(null);
  useLayoutEffect(() => {
    const element = box.current;
    element.scrollTop = scrolls.get(name) ?? 0;
    let tops = new Map();
    const measure = () => { tops = new Map([...element.children].map((row) => [row, row.offsetTop])); };
    const settle = () => {
      const from = element.scrollTop, to = from + element.clientHeight, before = tops;
      measure();
      if (from < 8) return;
      const seen = [...before].filter(([row, top]) => top + 8 > from && top < to && tops.has(row));
      element.scrollTop = from + middle(seen.map(([row, top]) => tops.get(row) - top));
    };
    const observer = new MutationObserver(settle);
    observer.observe(element, { childList: true });
    measure();
    return () => observer.disconnect();
  }, [name]);
  return createElement("div", { ...rest, ref: box, onScroll: () => scrolls.set(name, box.current.scrollTop) }, children);
}
