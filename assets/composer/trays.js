// Files that wait to be sent, by conversation: chosen, checked, uploaded, in their order.
// They outlive a look into another conversation, and a send that was refused.
import { useSyncExternalStore } from "react";
import { problemWith, rowFor } from "./fits.js";

const NONE = [];
const trays = new Map(); // conversation → files: {key, name, size, kind, url, done, id, problem, caption}
const requests = new Map(); // key → what stops it, while it is on its way
const watchers = new Set();
let last = 0;

const put = (conversation, files) => {
  if (files.length) trays.set(conversation, files); else trays.delete(conversation);
  watchers.forEach((watcher) => watcher());
};
const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };
const filesIn = (conversation) => trays.get(conversation) ?? NONE;
const change = (conversation, key, marks) =>
  put(conversation, filesIn(conversation).map((file) => (file.key === key ? { ...file, ...marks } : file)));

// --- Coming and going ------------------------------------------------------------------------

// Takes files for a conversation; says of those that cannot be sent why. ``item``: the
// item of the menu that they were chosen under, if any.
export function add(conversation, chosen, limits, words, item) {
  if (filesIn(conversation).length + chosen.length > limits.most) return limits.tooMany;
  const problems = [];
  for (const file of chosen) {
    const problem = problemWith(file, limits, item);
    if (problem) problems.push(chosen.length > 1 ? `${file.name}: ${problem}` : problem);
    else upload(conversation, file, rowFor(file, limits.takes).kind, words);
  }
  return problems.join(" ");
}

const pictureOf = (file, kind) => (kind === "image" || kind === "video" ? URL.createObjectURL(file) : "");

function upload(conversation, file, kind, words) {
  const key = ++last;
  const waiting = { key, name: file.name, size: file.size, kind, url: pictureOf(file, kind), done: 0, id: "", problem: "", caption: "" };
  put(conversation, [...filesIn(conversation), waiting]);
  const request = new XMLHttpRequest();
  requests.set(key, request);
  request.open("POST", `/api/attachments/${conversation}`);
  request.responseType = "json";
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-Filename", encodeURIComponent(file.name.slice(-200)));
  request.upload.onprogress = (event) => change(conversation, key, { done: event.loaded / event.total });
  request.onerror = () => change(conversation, key, { problem: words.uploadFailed });
  request.onload = () => change(conversation, key, request.status === 201
    ? { done: 1, id: request.response.attachment, kind: request.response.kind, name: request.response.name }
    : { problem: request.response?.error || words.uploadFailed });
  request.onloadend = () => requests.delete(key);
  request.send(file);
}

// Copies of the files that go with a shortcut. Says of those that cannot be sent here why.
export function addCopies(conversation, files, limits, words) {
  if (filesIn(conversation).length + files.length > limits.most) return limits.tooMany;
  const problems = [];
  for (const file of files) {
    const problem = problemWith(file, limits);
    if (problem) problems.push(`${file.name}: ${problem}`);
    else copy(conversation, file, rowFor(file, limits.takes).kind, words);
  }
  return problems.join(" ");
}

async function copy(conversation, file, kind, words) {
  const key = ++last, stop = new AbortController();
  put(conversation, [...filesIn(conversation), { key, name: file.name, size: file.size, kind, url: "", done: 0, id: "", problem: "", caption: "" }]);
  requests.set(key, stop);
  const refused = { problem: words.uploadFailed };
  try {
    const answer = await fetch(`/api/attachments/${conversation}/shortcut`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ file: file.id }), signal: stop.signal });
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 201) change(conversation, key, { done: 1, id: told.attachment, name: told.name, kind: told.kind, size: told.size, url: drawn(told.kind, told.attachment) });
    else change(conversation, key, told.error ? { problem: told.error } : refused);
  } catch { change(conversation, key, refused); }
  requests.delete(key);
}

// What the server fetched from a link, under an item of the menu. Gives the sentence of a refusal, empty for none.
export async function addLink(conversation, link, item, limits, words, signal) {
  if (filesIn(conversation).length >= limits.most) return limits.tooMany;
  const answer = await fetch(`/api/attachments/${conversation}/link`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ link, item: item.item }), signal });
  const told = await answer.json().catch(() => ({}));
  if (answer.status !== 201) return told.error || words.uploadFailed;
  giveBack(conversation, [{ id: told.attachment, name: told.name, kind: told.kind, size: told.size, caption: "" }]);
  return "";
}

const drawn = (kind, id) => (kind === "image" || kind === "video" ? `/media/${id}` : "");

// Files that are with the server already, back into the tray.
export function giveBack(conversation, files) {
  if (!files.length) return;
  const shown = files.map((file) => ({ ...file, key: ++last, done: 1, problem: "",
    url: file.url || drawn(file.kind, file.id) }));
  queueMicrotask(() => put(conversation, [...filesIn(conversation), ...shown])); // never while something is drawn
}

export function remove(conversation, key) {
  requests.get(key)?.abort();
  put(conversation, filesIn(conversation).filter((file) => file.key !== key));
}

export const caption = (conversation, key, text) => change(conversation, key, { caption: text });
export const empty = (conversation) => put(conversation, []);
export const useTray = (conversation) => useSyncExternalStore(watch, () => filesIn(conversation), () => NONE);
