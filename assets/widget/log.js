// The conversation: what is stored, what still waits, and who is typing.
import { config, say } from "./config.js";
import { lay, make } from "./draw.js";
import * as files from "./files.js";
import { choices, dots, message } from "./message.js";
import * as queue from "./queue.js";

const NEAR_MS = 5 * 60_000; // messages this close together stand as one group
const TYPING_MS = 6000;
const AT_END_PX = 60;

const bubbles = new Map();
let seen = "", more = false, typing = null, fades, onChoice = () => {}, onEarlier = () => {};
let list, atEnd = true;

export const log = make("div", { class: "log", role: "log", tabindex: "0", "aria-label": say("log") });

export function begin(choose, earlier) {
  onChoice = choose;
  onEarlier = earlier;
  list = make("ol");
  log.append(list);
  log.addEventListener("scroll", () => { atEnd = isAtEnd(); });
  new ResizeObserver(() => atEnd && toEnd()).observe(list); // a picture that comes moves nothing away
  draw();
}

export const unread = () => stored().filter(({ by, state }) => by !== "you" && state !== "read");
export const oldest = () => stored()[0]?.id ?? "";
export const isEmpty = () => !bubbles.size && !queue.waiting().length;

const stored = () => [...bubbles.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.turn - b.turn));

// What the stream said. ``afresh``: nothing else is shown any more.
export function take(frame, afresh) {
  if (afresh) bubbles.clear();
  frame.bubbles.forEach(put);
  queue.drop(new Set(frame.bubbles.map(({ ref }) => ref)));
  if (afresh) more = frame.more;
  seen = frame.seen;
  if (frame.bubbles.some(({ by }) => by !== "you")) typing = null;
  draw();
}

export function takeEarlier(page) {
  const height = log.scrollHeight;
  log.setAttribute("aria-live", "off"); // what is old is not announced
  page.bubbles.forEach(put);
  more = page.more;
  draw();
  log.scrollTop += log.scrollHeight - height;
  setTimeout(() => log.removeAttribute("aria-live"), 500);
}

export const clear = () => { bubbles.clear(); seen = ""; more = false; typing = null; draw(); };

let turn = 0; // messages of the same moment stand as they came
function put(bubble) {
  bubbles.set(bubble.id, { ...bubble, turn: bubbles.get(bubble.id)?.turn ?? turn++ });
}

// They were looked at; the server is told elsewhere.
export const markRead = (ids) => ids.forEach((id) => bubbles.has(id) && (bubbles.get(id).state = "read"));

export function showTyping(who) {
  typing = who;
  clearTimeout(fades);
  fades = setTimeout(() => { typing = null; draw(); }, TYPING_MS);
  draw();
}

export function draw() {
  if (!list) return;
  lay(list, items());
  if (atEnd) toEnd();
}
export const toEnd = () => { atEnd = true; log.scrollTop = log.scrollHeight; };
const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < AT_END_PX;

function items() {
  const known = new Set([...bubbles.values()].map(({ ref }) => ref));
  const unsaid = [...queue.waiting(), ...files.waiting().map(upload)].filter(({ ref }) => !known.has(ref));
  const said = [...stored(), ...unsaid.map(pending)];
  const drawn = [];
  if (more) drawn.push(one("earlier", "", () => earlierButton()));
  else if (config.greeting) drawn.push(one("greeting", config.greeting, () => message({ by: "business", text: config.greeting }, true, onChoice)));
  let before;
  for (const bubble of said) {
    const day = new Date(bubble.at).toDateString();
    if (day !== (before && new Date(before.at).toDateString())) drawn.push(one(`day ${day}`, dayName(bubble.at), () => make("li", { class: "day", text: dayName(bubble.at) })));
    const opens = !before || before.by !== bubble.by || before.name !== bubble.name || new Date(bubble.at) - new Date(before.at) > NEAR_MS;
    const key = bubble.ref ? `ref ${bubble.ref}` : bubble.id;
    const { id, state, turn: _, waits, stored: __, ...shown } = bubble;
    drawn.push(one(key, JSON.stringify([shown, opens]), () => message(bubble, opens, onChoice)));
    before = bubble;
  }
  const last = said.at(-1);
  if (last?.choices?.length) drawn.push(one(`choices ${last.id}`, "", () => choices(last.choices, onChoice)));
  if (last) drawn.push(...standing(said));
  if (typing) drawn.push(one("typing", JSON.stringify(typing), () => dots(typing)));
  return drawn;
}

const one = (key, sign, draw) => ({ key, sign, draw });
const pending = ({ shown, ...item }) => ({ ...item, by: "you", name: "", files: shown ? [shown] : [], choices: [], waits: true });
const upload = ({ ref, at, kind, file, fault }) => ({ ref, at, fault, isUpload: true, shown: { kind: fault ? "document" : kind, name: file.name, size: file.size } });

// How far the visitor's last message has come, under it.
function standing(said) {
  const mine = said.filter(({ by, fault }) => by === "you" && !fault);
  const last = mine.at(-1);
  if (!last || said.at(-1) !== last) return [];
  const readUpTo = said.findIndex(({ id }) => id && id === seen);
  const words = last.waits && !last.stored ? say("waiting") : readUpTo >= said.indexOf(last) ? say("seen") : say("sent");
  return [one("standing", words, () => make("li", { class: "standing", "aria-live": "off", text: words }))];
}

const earlierButton = () => make("li", { class: "earlier" },
  make("button", { type: "button", text: say("earlier"), onclick: onEarlier }));

const language = document.documentElement.lang;
function dayName(at) {
  const day = new Date(at), today = new Date();
  const ago = Math.round((new Date(today.toDateString()) - new Date(day.toDateString())) / 86_400_000);
  if (ago === 0) return say("today");
  if (ago === 1) return say("yesterday");
  return day.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}
