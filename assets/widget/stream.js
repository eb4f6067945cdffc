// The line to the server: one stream for each browser, however many tabs show the chat. The
// newest tab holds it and passes on what it hears; when it goes, another takes over.
import { config } from "./config.js";
import { ask } from "./session.js";

const QUIET_MS = 45_000; // the server says at least every 20 s that it is there
const LONGEST_WAIT_MS = 15_000;
const FIRST_WAIT_MS = 500;

const wire = openWire(); // null where a frame may not have one
function openWire() {
  try { return new BroadcastChannel(`jumper:${config.key}`); } catch { return null; }
}
let place = ""; // of the last event heard
let role = "none"; // none, mine, elsewhere
let turn = 0; // grows with every change of role
let abort, quiet, wake = () => {};
let tell = () => {}, state = () => {};

export const follow = (onEvent, onState) => { tell = onEvent; state = onState; };

// Hold the line, if this page does not already.
export function start() {
  if (role !== "mine") hold(take("mine"));
}

// Forget where we were and whom we spoke for; hold the line anew if there is somebody to hear.
export function restart(isKnown) {
  place = "";
  take("none");
  if (isKnown) start();
}

// The browser has its network back, or the page is looked at again.
export const hurry = () => wake();

// Every change of role ends what was held before it.
function take(next) {
  role = next;
  abort?.abort();
  wake();
  return ++turn;
}

async function hold(mine) {
  for (let tries = 0; mine === turn;) {
    try {
      await listen(mine, () => { tries = 0; });
    } catch (error) {
      if (mine !== turn) return;
      const { status, code, waitS } = error;
      if (status === 401) { tell("refused", code); return; }
      if (status === 404) { take("none"); state("closed", code); return; }
      state("waiting", code);
      await pause(waitS ? waitS * 1000 : waitMs(tries++));
    }
  }
}

const waitMs = (tries) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + Math.random());
const pause = (ms) => new Promise((done) => { wake = done; setTimeout(done, ms); });

async function listen(mine, onLive) {
  abort = new AbortController();
  expect();
  const answer = await ask("stream", { signal: abort.signal, headers: place ? { "Last-Event-ID": place } : {} });
  if (answer.status === 204) { take("none"); tell("none"); return; } // nothing was ever said
  state("live");
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; mine === turn;) {
    const { done, value } = await reader.read();
    if (done) return pause(Math.random() * FIRST_WAIT_MS);
    onLive();
    expect();
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    events.forEach(hear);
  }
}

// A line that says nothing for too long is dead, whatever the browser believes.
function expect() {
  clearTimeout(quiet);
  quiet = setTimeout(() => (role === "elsewhere" ? start() : abort?.abort()), QUIET_MS);
}

function hear(text) {
  const event = {};
  for (const row of text.split("\n")) {
    const [, name, value] = /^(\w*): ?(.*)$/.exec(row) ?? [];
    if (name) event[name] = value;
  }
  if (!event.event) { wire?.postMessage({ kind: "beat" }); return; }
  const data = JSON.parse(event.data);
  if (event.event === "over") { over(data.why); return; }
  if (event.id) place = event.id;
  wire?.postMessage({ kind: event.event, data, place });
  tell(event.event, data);
}

// A newer tab holds the line now; or the server wants to be asked afresh.
function over(why) {
  if (why !== "elsewhere") { abort.abort(); return; }
  take(wire ? "elsewhere" : "none");
  expect();
}

wire?.addEventListener("message", ({ data: heard }) => {
  if (role !== "elsewhere") return;
  expect();
  if (heard.kind === "bye") setTimeout(() => role === "elsewhere" && start(), Math.random() * 300);
  else if (heard.kind !== "beat") { place = heard.place || place; tell(heard.kind, heard.data); }
});

addEventListener("pagehide", () => { if (role === "mine") wire?.postMessage({ kind: "bye" }); });
addEventListener("online", hurry);
addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
