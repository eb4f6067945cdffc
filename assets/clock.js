// The page's clock: the server's time, measured by a round trip and counted on by a clock
// that nobody can set. Whoever shows a moment draws again when it comes.
import { useCallback, useEffect, useSyncExternalStore } from "react";

const SECOND = 1000, MINUTE = 60 * SECOND;
const BEAT = 10 * SECOND; // how often ages are looked at again
const MEASURE_AGAIN = 5 * MINUTE;
const GOOD_TRIP = 200; // a round trip of so many ms is exact enough
const TRIES = 3;

let zero = Date.now() - performance.now(); // the server's time when performance.now() was 0
let wall = zero; // the same by this machine's own clock; it jumps when that is set, or sleeps
let measuring = 0;

export const now = () => performance.now() + zero;

// --- Who looks at the time -----------------------------------------------------------------

const watchers = new Map(); // watcher → the moment that it waits for, NaN for none
let timer;

const tell = () => {
  watchers.forEach((_, watcher) => watcher());
  const ownClock = Date.now() - performance.now();
  if (Math.abs(ownClock - wall) > SECOND) { wall = ownClock; measure(); }
  wind();
};

// Looks again at the next beat, at the next moment that somebody waits for, and every
// second of the minute before it.
const wind = () => {
  clearTimeout(timer);
  if (!watchers.size) return;
  const present = now();
  const ahead = [...watchers.values()].map((at) => at - present).filter((left) => left > 0);
  const soonest = Math.min(...ahead, Infinity);
  const wait = soonest <= MINUTE ? soonest % SECOND || SECOND : Math.min(BEAT, soonest - MINUTE);
  timer = setTimeout(tell, wait + 1);
};

const watch = (watcher, at) => {
  watchers.set(watcher, at);
  wind();
  return () => { watchers.delete(watcher); wind(); };
};

// Words of the present moment, drawn again only when they change; exact at `at`, in ms.
export const useMoment = (words, at = NaN) => useSyncExternalStore(
  useCallback((watcher) => watch(watcher, at), [at]), () => words(now()), () => "");

// --- The server's time ---------------------------------------------------------------------

async function ask() {
  const left = performance.now();
  const answer = await fetch("/api/clock", { cache: "no-store" });
  const told = Date.parse((await answer.json()).now);
  const came = performance.now();
  return Number.isNaN(told) ? null : { zero: told - (left + came) / 2, took: came - left };
}

// Of a few round trips the quickest counts: it is wrong by half its length at most.
async function measure() {
  const mine = ++measuring;
  let best = null;
  for (let tries = 0; tries < TRIES && !(best?.took < GOOD_TRIP); tries += 1) {
    const one = await ask().catch(() => null);
    if (one && !(best?.took < one.took)) best = one;
  }
  if (!best || mine !== measuring) return;
  zero = best.zero;
  tell();
}

// Measures when the page begins, when the server says that its clock was moved (`at`
// changes), when the page comes back into sight or onto the network, and now and then.
export function ServerClock({ at }) {
  useEffect(() => { if (at) measure(); }, [at]);
  useEffect(() => {
    const look = () => { if (document.visibilityState === "visible") measure(); };
    const again = setInterval(look, MEASURE_AGAIN);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      clearInterval(again);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
    };
  }, []);
  return null;
}
