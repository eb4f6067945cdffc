// What an agent has written and the server has not confirmed yet: drafts and sends. It
// outlives a reload, a lost connection and the way from one conversation to the next.

import * as trays from "./composer/trays.js";

const EXPIRES = 60_000; // ms after which a send that never left goes back to the draft

let owner = ""; // the agent's public id: one browser may be several people's
let drafts = new Map(); // "<conversation>:<mode>" → {text, revision}
let outgoing = []; // {key, conversation, mode, text, files, at, state}; files: {id, name, kind, size, caption, url}
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

const name = (conversation, mode) => `${conversation}:${mode}`;

// The newest of what this page, this browser and the server hold.
export function draft(conversation, mode, server) {
  const key = name(conversation, mode);
  const found = [drafts.get(key), kept(`draft.${key}`), server].filter(Boolean);
  const newest = found.reduce((one, other) => (other.revision > one.revision ? other : one), { text: "", revision: 0 });
  drafts.set(key, newest);
  return newest;
}

export function write(conversation, mode, text) {
  const key = name(conversation, mode);
  const written = { text, revision: (drafts.get(key)?.revision ?? 0) + 1 };
  drafts.set(key, written);
  keep(`draft.${key}`, written);
  return written;
}

// The server holds this revision. True when that is what is on the page; a higher one
// comes from another machine, and what is on this page is written once more above it.
export function saved({ conversation, mode, revision }) {
  const key = name(conversation, mode);
  const here = drafts.get(key);
  if (!here || here.revision < revision) {
    if (here) drafts.set(key, { ...here, revision });
    return false;
  }
  if (here.revision === revision) keep(`draft.${key}`, null);
  return here.revision === revision;
}

// --- Sends --------------------------------------------------------------------------------

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Take the text out of the box and into a send with a key of its own.
export function send(conversation, mode, text, files) {
  const entry = { key: newKey(), conversation, mode, text, files, at: Date.now(), state: "sending" };
  const key = name(conversation, mode);
  // Two above: the server counts one up when it clears the draft.
  drafts.set(key, { text: "", revision: (drafts.get(key)?.revision ?? 0) + 2 });
  keep(`draft.${key}`, null);
  change([...outgoing, entry]);
  return entry;
}

export const settle = (key) => { if (outgoing.some((one) => one.key === key)) change(outgoing.filter((one) => one.key !== key)); };
export const mark = (key, state) => change(outgoing.map((one) => (one.key === key ? { ...one, state } : one)));

// Put a send's text back into the box, above whatever was typed since, and its files into the tray.
export function takeBack(entry) {
  trays.giveBack(entry.conversation, entry.files);
  const here = draft(entry.conversation, entry.mode, null);
  const text = here.text && entry.text ? `${entry.text}\n${here.text}` : entry.text || here.text;
  return write(entry.conversation, entry.mode, text);
}
