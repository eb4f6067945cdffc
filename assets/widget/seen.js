// Telling how far the business's messages have come. Gathered for a moment; a lost one is told
// again with the next, because the feed says what is still untold.
import { ask } from "./session.js";

const GATHER_MS = 300;
const MOST = 100;
let delivered = new Set(), read = new Set(), timer;

export function got(ids) { ids.forEach((id) => delivered.add(id)); soon(); }
export function looked(ids) { ids.forEach((id) => read.add(id)); soon(); }

function soon() {
  if (delivered.size + read.size) timer ??= setTimeout(tell, GATHER_MS);
}

async function tell() {
  timer = undefined;
  const body = { delivered: [...delivered].slice(0, MOST), read: [...read].slice(0, MOST) };
  body.delivered.forEach((id) => delivered.delete(id));
  body.read.forEach((id) => read.delete(id));
  await ask("seen", { method: "POST", body }).catch(() => {});
  soon();
}
