// What an agent has written and the server has not confirmed yet: drafts and sends. It
// outlives a reload, a lost connection and the way from one conversation to the next.

import { setQuote } from "./composer/quote.js";
import * as trays from "./composer/trays.js";

const EXPIRES = 60_000; // ms after which a send that never left goes back to the draft

let owner = ""; // the agent's public id: one browser may be several people's
let drafts = new Map(); // "<conversation>:<mode>" → {text, revision, key}
let outgoing = []; // {key, conversation, mode, text, files, quote, at, state}; files: {id, name, kind, size, caption, url}
const watchers = new Set();

const store = (name) => `jumper.${owner}.${name}`;
const keep = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(store(name));
    else localStorage.setItem(store(name), JSON.stringify(value));
  } catch { /* a full or forbidden store: what is on the page still counts */ }
};
const kept = (name) => {
  try { return JSON.parse(localStorage.getItem(store(name))); } catch { return null; }
};

const change = (entries) => {
  outgoing = entries;
  const lasting = entries.map((entry) => ({ ...entry, files: entry.files.map(({ url, ...file }) => file) }));
  keep("outgoing", lasting.length ? lasting : null);
  queueMicrotask(() => watchers.forEach((watcher) => watcher())); // never while something is drawn
};

export const me = () => owner;
export const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };
export const waiting = () => outgoing;

// Begin with what this agent left behind in this browser. Sends that waited too long
// become drafts again: nobody wants yesterday's answer to leave today.
export function open(agent) {
  if (agent === owner) return;
  owner = agent;
  drafts = new Map();
  const left = (kept("outgoing") ?? []).map((one) => ({ ...one, files: one.files ?? [] }));
  const [fresh, old] = [left.filter((one) => Date.now() - one.at < EXPIRES), left.filter((one) => Date.now() - one.at >= EXPIRES)];
  old.forEach(takeBack);
  change(fresh);
}

// --- Drafts ---------------------------------------------------------------------------

const NONE = { text: "", revision: 0, key: "" };
const name = (conversation, mode) => `${conversation}:${mode}`;

// The newest of what this page, this browser and the server hold.
export function draft(conversation, mode, server) {
  const key = name(conversation, mode);
  const found = [drafts.get(key), kept(`draft.${key}`), server].filter(Boolean);
  const newest = found.reduce((one, other) => (other.revision > one.revision ? other : one), NONE);
  drafts.set(key, newest);
  return newest;
}

// What this page holds, whatever another tab has written since.
export const held = (conversation, mode) => drafts.get(name(conversation, mode)) ?? NONE;

// A draft has a key from its first letter on, and is sent under it: whatever holds the
// same draft (another tab, another machine) sends it once.
export function write(conversation, mode, text, key) {
  const place = name(conversation, mode), here = drafts.get(place);
  const written = { text, revision: (here?.revision ?? 0) + 1, key: text && (key || (here?.text && here.key) || newKey()) };
  drafts.set(place, written);
  keep(`draft.${place}`, written);
  return written;
}

// The server answered a draft that was handed in. True when it holds what is on the page.
// If not, another machine is ahead: what is on this page goes on above its revision.
export function saved({ conversation, mode, revision, kept }) {
  const place = name(conversation, mode), here = drafts.get(place);
  if (!here) return false;
  if (!kept && here.revision <= revision) drafts.set(place, { ...here, revision });
  const same = kept && here.revision === revision;
  if (same) keep(`draft.${place}`, null);
  return same;
}

// --- Sends --------------------------------------------------------------------------------

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Take the text out of the box and into a send, under the draft's key.
export function send(conversation, mode, text, files, quote) {
  const place = name(conversation, mode), here = drafts.get(place);
  const entry = { key: (text && here?.key) || newKey(), conversation, mode, text, files, quote, at: Date.now(), state: "sending" };
  // Two above: the server counts one up when it clears the draft.
  drafts.set(place, { text: "", revision: (here?.revision ?? 0) + 2, key: "" });
  keep(`draft.${place}`, null);
  change([...outgoing, entry]);
  return entry;
}

export const settle = (key) => { if (outgoing.some((one) => one.key === key)) change(outgoing.filter((one) => one.key !== key)); };
export const mark = (key, state) => change(outgoing.map((one) => (one.key === key ? { ...one, state } : one)));

// Put a send's text back into the box, above whatever was typed since, its files into the tray and
// its quote above the box. It keeps its key, for it may have been stored all the same; not if it is used up.
export function takeBack(entry, usedUp = false) {
  trays.giveBack(entry.conversation, entry.files);
  if (entry.quote) setQuote(entry.conversation, entry.quote);
  const here = draft(entry.conversation, entry.mode, null);
  const text = here.text && entry.text ? `${entry.text}\n${here.text}` : entry.text || here.text;
  return write(entry.conversation, entry.mode, text, here.text ? here.key : usedUp ? newKey() : entry.key);
}
