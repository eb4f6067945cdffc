// What the simulator's page needs in the browser: the demo clock, times of bubbles, a chat
// that stays at its end, and the player of a voice note.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";

const EN = "en-GB";
const SECOND = 1000, DAY = 86_400_000;
const NEAR = 80; // so many px from its end a chat follows what arrives

// --- Times ------------------------------------------------------------------------------

// The demo clock: `at` is its time when it was last told, from there it counts on.
export function DemoClock({ at, form = "full", ...rest }) {
  const [now, setNow] = useState(null);
  useEffect(() => {
    const ahead = Date.parse(at) - Date.now();
    if (Number.isNaN(ahead)) return undefined;
    const look = () => setNow(new Date(Date.now() + ahead));
    look();
    const timer = setInterval(look, SECOND);
    return () => clearInterval(timer);
  }, [at]);
  if (!now) return h("time", rest);
  const words = form === "time"
    ? now.toLocaleTimeString(EN, { hour: "2-digit", minute: "2-digit" })
    : form === "day"
      ? now.toLocaleDateString(EN, { weekday: "long", day: "numeric", month: "long", year: "numeric" })
      : now.toLocaleTimeString(EN);
  return h("time", { ...rest, dateTime: now.toISOString() }, words);
}

// "18:04" in the reader's zone; the whole moment on hover.
export function TimeOfDay({ at, ...rest }) {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return null;
  const title = then.toLocaleString(EN, { dateStyle: "full", timeStyle: "medium" });
  return h("time", { ...rest, dateTime: at, title },
    then.toLocaleTimeString(EN, { hour: "2-digit", minute: "2-digit" }));
}

// The day that begins between two messages; nothing within one day.
export function ChatDay({ at, before, ...rest }) {
  const then = new Date(at);
  if (before && new Date(before).toDateString() === then.toDateString()) return null;
  return h("div", rest, then.toLocaleDateString(EN, { weekday: "short", day: "numeric", month: "short" }));
}

// --- A chat ---------------------------------------------------------------------------------

// Shows the end when another chat is opened, when the owner of the phone writes, and when
// something arrives while the end is in sight.
export function ChatFeed({ chat, last, mine, typing, label, children, ...rest }) {
  const box = useRef(null), near = useRef(true);
  const toEnd = () => { if (box.current) box.current.scrollTop = box.current.scrollHeight; };
  useLayoutEffect(toEnd, [chat]);
  useLayoutEffect(() => { if (near.current || mine) toEnd(); }, [last, mine, typing]);
  const look = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    near.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  return h("div", { ...rest, ref: box, onScroll: look, role: "log", "aria-label": label, tabIndex: 0 }, children);
}

// --- Voice notes ------------------------------------------------------------------------------

const BARS = 27;
const heights = (name) => {
  let seed = 7;
  for (const sign of name) seed = (seed * 31 + sign.charCodeAt(0)) % 9973;
  return Array.from({ length: BARS }, (_, place) => {
    seed = (seed * 137 + 71) % 9973;
    return 22 + Math.round((seed % 58) * (0.55 + 0.45 * Math.sin((place / BARS) * Math.PI)));
  });
};
const length = (seconds) => {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

export function VoiceNote({ src, play, pause, children, ...rest }) {
  const sound = useRef(null);
  const [playing, setPlaying] = useState(false);
  const [place, setPlace] = useState(0);
  const [whole, setWhole] = useState(0);
  // What was loaded before anybody listened is known to the element already.
  useEffect(() => { if (sound.current.readyState) setWhole(sound.current.duration); }, [src]);
  const toggle = () => (playing ? sound.current.pause() : sound.current.play().catch(() => setPlaying(false)));
  const icon = playing ? "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z" : "M7 4.5v15l12-7.5z";
  return h("div", rest,
    h("audio", {
      ref: sound, src, preload: "metadata",
      onDurationChange: (event) => setWhole(event.target.duration),
      onTimeUpdate: (event) => setPlace(event.target.currentTime),
      onPlay: () => setPlaying(true), onPause: () => setPlaying(false),
      onEnded: () => { setPlaying(false); setPlace(0); },
    }),
    h("button", { type: "button", onClick: toggle, "aria-label": playing ? pause : play },
      h("svg", { width: 20, height: 20, viewBox: "0 0 24 24", fill: "currentColor", "aria-hidden": true },
        h("path", { d: icon }))),
    h("span", { className: "wave", "aria-hidden": true },
      heights(src).map((height, at) => h("i", {
        key: at, style: { height: `${height}%` },
        "data-played": whole && at / BARS < place / whole ? "" : undefined,
      }))),
    h("span", { className: "length" }, length(playing ? place : whole)));
}
