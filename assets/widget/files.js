// Files up and down. The bytes come and go with the visitor's secret in a header, never by an
// address that could be passed on.
import { ask, random } from "./session.js";
import * as queue from "./queue.js";

const LONGEST_WAIT_MS = 15_000;
const uploading = new Map(); // by ref: what is on its way. It lives as long as this page.
const previews = new Map(); // by ref: what this page has itself
const fetched = new Map(); // by id: a promise of an address inside this page
let changed = () => {}, facts = () => ({});

export const begin = (onChange, factsOfTheVisitor) => { changed = onChange; facts = factsOfTheVisitor; addEventListener("online", retryAll); };
export const waiting = () => [...uploading.values()];
export const previewOf = (ref) => previews.get(ref);

export function send(file) {
  const ref = random();
  const kind = /^(image|video|audio)\//.exec(file.type)?.[1] ?? "document";
  if (kind === "image") previews.set(ref, URL.createObjectURL(file));
  uploading.set(ref, { ref, file, kind, at: new Date().toISOString(), tries: 0 });
  bring(ref);
}

export function retry(ref) {
  delete uploading.get(ref).fault;
  bring(ref);
}
const retryAll = () => waiting().filter(({ fault }) => !fault).forEach(({ ref }) => bring(ref));

async function bring(ref) {
  const item = uploading.get(ref);
  if (!item || item.isMoving) return;
  item.isMoving = true;
  changed();
  try {
    const headers = { "Content-Type": item.file.type || "application/octet-stream", "X-Filename": encodeURIComponent(item.file.name) };
    const answer = await ask("files", { method: "POST", body: item.file, headers });
    const { file } = await answer.json();
    uploading.delete(ref);
    queue.add({ ref, text: "", file, shown: { kind: item.kind, name: item.file.name, size: item.file.size }, ...facts() });
  } catch ({ status, code }) {
    if (status && status !== 503) item.fault = code || "unreadable";
    else setTimeout(bring, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** item.tries++), ref);
  }
  item.isMoving = false;
  changed();
}

// An address inside this page under which the file of a message can be shown or saved.
export function fetchFile(id) {
  if (!fetched.has(id)) {
    const coming = ask(`files/${encodeURIComponent(id)}`).then((answer) => answer.blob()).then((blob) => URL.createObjectURL(blob));
    coming.catch(() => fetched.delete(id));
    fetched.set(id, coming);
  }
  return fetched.get(id);
}
