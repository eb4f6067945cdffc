// The chat of one visitor, put together.
import { config, isFramed, say, theme } from "./config.js";
import * as compose from "./compose.js";
import { icon, initials, make } from "./draw.js";
import * as files from "./files.js";
import * as frame from "./frame.js";
import * as log from "./log.js";
import * as queue from "./queue.js";
import * as seen from "./seen.js";
import * as session from "./session.js";
import { keep, kept } from "./store.js";
import * as stream from "./stream.js";

const SLOW_MS = 3000; // a line that is gone for less is not worth a word
const X = "M18 6 6 18M6 6l12 12";

const root = document.documentElement;
const on = frame.onColour(config.colour);
root.style.setProperty("--mine", config.colour);
root.style.setProperty("--on-mine", on);
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

let isOpen = !isFramed, slow;

// --- What is drawn --------------------------------------------------------------------

const who = make("p", { class: "who", role: "status" });
const line = make("p", { class: "line", role: "status" });
const close = isFramed && make("button", { type: "button", class: "close", "aria-label": say("close"), onclick: () => frame.tell("close") }, icon(X, 20));
document.body.append(
  make("main", { class: isFramed ? "chat framed" : "chat" },
    make("header", {}, make("span", { class: "face business", "aria-hidden": "true", text: initials(config.name) }),
      make("div", {}, make("h1", {}, make("bdi", { text: config.name })), who), close),
    log.log, line, compose.questions, compose.form));

function showWho({ by, name }) {
  who.textContent = by === "agent" && name ? say("answers", { name }) : say(by === "bot" ? "bot_answers" : "nobody_answers");
}

function showLine(state, code = "") {
  clearTimeout(slow);
  if (state === "live") line.textContent = "";
  else if (code && config.words[code]) line.textContent = say(code);
  else slow = setTimeout(() => { line.textContent = say(navigator.onLine ? "connecting" : "offline"); }, SLOW_MS);
}

// --- What happens ----------------------------------------------------------------------

function look() {
  const unread = log.unread();
  const isSeen = isOpen && !document.hidden;
  if (isSeen) {
    seen.looked(unread.map(({ id }) => id));
    log.markRead(unread.map(({ id }) => id));
  } else {
    seen.got(unread.filter(({ state }) => state === "sent").map(({ id }) => id));
  }
  frame.tell("unread", { count: isSeen ? 0 : unread.length });
}

const HEARD = {
  all(told) { keep("begun", true); log.take(told, true); showWho(told.answering); log.toEnd(); look(); },
  some(told) { log.take(told, false); showWho(told.answering); look(); },
  typing: log.showTyping,
  none() { keep("begun", undefined); },
  refused(code) {
    if (code === "bad_identity") { frame.tell("refused"); session.signIn(""); } else session.renew();
    begin();
  },
};
stream.follow((kind, data) => HEARD[kind]?.(data), showLine);

function write(text, choice = "") {
  queue.add({ text, ...(choice && { choice }), ...kept("who"), ...here() });
  log.draw();
  log.toEnd();
}

const here = () => ({
  language: navigator.language.slice(0, 20),
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
});

async function showEarlier() {
  const answer = await session.ask(`messages?before=${encodeURIComponent(log.oldest())}`).catch(() => null);
  if (answer) log.takeEarlier(await answer.json());
}

function stored() {
  keep("begun", true);
  line.textContent = "";
  stream.start();
}

// Begin with whoever this is now.
function begin() {
  log.clear();
  compose.ask(log.isEmpty() && !session.isKnown());
  showWho({ by: "" });
  stream.restart(session.isKnown());
  queue.send();
  look();
}

log.begin((id, title) => write(title, id), showEarlier);
compose.begin(write, (file) => { files.send(file); log.toEnd(); });
files.begin(log.draw, () => ({ ...kept("who"), ...here() }));
queue.watch(log.draw, stored, (code) => { line.textContent = say(code); });
addEventListener("visibilitychange", look);

if (isFramed) {
  addEventListener("keydown", (event) => { if (event.key === "Escape") frame.tell("close"); });
  frame.listen({
    hello({ passport, open }) {
      isOpen = open;
      session.signIn(String(passport ?? ""));
      begin();
    },
    forget() { session.signIn(""); session.renew(); begin(); },
    open() { isOpen = true; log.toEnd(); look(); compose.focus(); },
    closed() { isOpen = false; look(); },
  });
  frame.tell("ready", { words: frame.wordsForTheSite(), title: config.name, colour: config.colour, on });
} else {
  begin();
  compose.focus();
}
