// Messages that are not stored yet. They outlive the page, and every tab sees the same ones.
import { config } from "./config.js";
import { ask, random, renew } from "./session.js";
import { keep, kept, onKept } from "./store.js";

const LONGEST_WAIT_MS = 15_000;
const FOR_GOOD = 600; // seconds: who must wait longer is told, and decides

let again, tries = 0;
let changed = () => {}, stored = () => {}, slowed = () => {};

export const waiting = () => kept("queue") ?? [];

export function watch(onChange, onStored, onSlowed) {
  changed = onChange;
  stored = onStored;
  slowed = onSlowed;
  onKept("queue", onChange);
  addEventListener("online", send);
}

const put = (items) => { keep("queue", items); changed(); };
const replace = (ref, now) => put(waiting().flatMap((one) => (one.ref === ref ? now : [one])));

// Keep a message until it is stored, and bring it at once.
export function add(message) {
  put([...waiting(), { ref: random(), at: new Date().toISOString(), ...message }]);
  send();
}

export function retry(ref) {
  replace(ref, waiting().filter((one) => one.ref === ref).map(({ fault, ...one }) => one));
  send();
}

// It stands in the conversation now.
export const drop = (refs) => {
  const left = waiting().filter(({ ref }) => !refs.has(ref));
  if (left.length < waiting().length) keep("queue", left);
};

// Bring everything, one after the other; of several tabs one at a time does.
let isSending = false;
export async function send() {
  clearTimeout(again);
  if (isSending) return;
  isSending = true;
  let isDone = false;
  const bring = () => { isDone = true; return bringAll(); };
  await navigator.locks?.request(`jumper:${config.key}`, bring).catch(() => {}); // refused in some frames
  if (!isDone) await bringAll();
  isSending = false;
}

async function bringAll() {
  for (let one; (one = waiting().find(({ fault, stored }) => !fault && !stored));) {
    if (!(await bring(one))) return;
  }
}

// Whether to go on with the next one.
async function bring({ ref, at, shown, ...message }) {
  try {
    await ask("messages", { method: "POST", body: { id: ref, ...message } });
  } catch (error) {
    return excuse(ref, error);
  }
  tries = 0;
  replace(ref, waiting().filter((one) => one.ref === ref).map((one) => ({ ...one, stored: true })));
  stored();
  return true;
}

function excuse(ref, { status, code, waitS }) {
  if (status === 401) { renew(); later(0); return false; }
  if (status && status !== 503 && !(waitS && waitS < FOR_GOOD)) {
    replace(ref, waiting().filter((one) => one.ref === ref).map((one) => ({ ...one, fault: code || "unreadable" })));
    return true;
  }
  if (status === 429) slowed(code);
  later(waitS ? waitS * 1000 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries++));
  return false;
}

const later = (ms) => { clearTimeout(again); again = setTimeout(send, ms); };
