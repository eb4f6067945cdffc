// The conversation: what is stored, what still waits, and who is typing.
import { config, say } from "./config.js";
import { icon, initials, lay, linked, make } from "./draw.js";
import * as queue from "./queue.js";

const NEAR_MS = 5 * 60_000; // messages this close together stand as one group
const TYPING_MS = 6000;
const AT_END_PX = 60;
const BOT = "M12 8V4m-6 4h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zm-4 6H2m20 0h-2M9 13v2m6-2v2";

const bubbles = new Map();
let seen = "", more = false, typing = null, fades, onChoice = () => {}, onEarlier = () => {};
let scroller, list;

export const log = make("div", { class: "log", role: "log", tabindex: "0", "aria-label": say("log") });

export function begin(choose, earlier) {
  onChoice = choose;
  onEarlier = earlier;
  scroller = log;
  list = make("ol");
  log.append(list);
  draw();
}

export const unread = () => stored().filter(({ by, state }) => by !== "you" && state !== "read");
export const oldest = () => stored()[0]?.id ?? "";
export const isEmpty = () => !bubbles.size && !queue.waiting().length;

const stored = () => [...bubbles.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.place - b.place));

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
  const height = scroller.scrollHeight;
  log.setAttribute("aria-live", "off"); // what is old is not announced
  page.bubbles.forEach(put);
  more = page.more;
  draw();
  scroller.scrollTop += scroller.scrollHeight - height;
  setTimeout(() => log.removeAttribute("aria-live"), 500);
}

export const clear = () => { bubbles.clear(); seen = ""; more = false; typing = null; draw(); };

let place = 0;
function put(bubble) {
  bubbles.set(bubble.id, { ...bubble, place: bubbles.get(bubble.id)?.place ?? place++ });
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
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX;
  lay(list, items());
  if (atEnd) toEnd();
}
export const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };

function items() {
  const said = [...stored(), ...queue.waiting().filter(({ ref }) => ![...bubbles.values()].some((one) => one.ref === ref)).map(pending)];
  const drawn = [];
  if (more) drawn.push(one("earlier", "", () => earlierButton()));
  else if (config.greeting) drawn.push(one("greeting", config.greeting, () => message({ by: "business", text: config.greeting }, true)));
  let before;
  for (const bubble of said) {
    const day = new Date(bubble.at).toDateString();
    if (day !== (before && new Date(before.at).toDateString())) drawn.push(one(`day ${day}`, dayName(bubble.at), () => make("li", { class: "day", text: dayName(bubble.at) })));
    const opens = !before || before.by !== bubble.by || before.name !== bubble.name || new Date(bubble.at) - new Date(before.at) > NEAR_MS;
    const key = bubble.ref ? `ref ${bubble.ref}` : bubble.id;
    const { id, state, place: _, waits, ...shown } = bubble;
    drawn.push(one(key, JSON.stringify([shown, opens]), () => message(bubble, opens)));
    before = bubble;
  }
  const last = said.at(-1);
  if (last?.choices?.length) drawn.push(one(`choices ${last.id}`, "", () => choices(last)));
  if (last) drawn.push(...standing(said));
  if (typing) drawn.push(one("typing", JSON.stringify(typing), () => dots(typing)));
  return drawn;
}

const one = (key, sign, draw) => ({ key, sign, draw });
const pending = (item) => ({ ...item, by: "you", name: "", files: [], choices: [], waits: true });

// How far the visitor's last message has come, under it.
function standing(said) {
  const mine = said.filter(({ by, fault }) => by === "you" && !fault);
  const last = mine.at(-1);
  if (!last || said.at(-1) !== last) return [];
  const readUpTo = said.findIndex(({ id }) => id && id === seen);
  const words = last.waits && !last.stored ? say("waiting") : readUpTo >= said.indexOf(last) ? say("seen") : say("sent");
  return [one("standing", words, () => make("li", { class: "standing", "aria-live": "off", text: words }))];
}

function message(bubble, opens) {
  const { by, name, text, at, fault } = bubble;
  const mine = by === "you";
  const who = mine ? say("you") : name || config.name;
  const item = make("li", { class: `said ${mine ? "mine" : "theirs"} ${by}${opens ? " opens" : ""}`, "data-by": by });
  if (!mine) item.append(opens ? face(by, who) : make("span"));
  const stack = make("div", { class: "stack" });
  if (opens && !mine) stack.append(make("span", { class: "name", dir: "auto", text: who }));
  else stack.append(make("span", { class: "unseen", text: `${who}: ` }));
  if (text) stack.append(make("p", { dir: "auto", title: at && full(at) }, ...linked(text)));
  if (fault) stack.append(failure(bubble));
  item.append(stack);
  return item;
}

function face(by, who) {
  const inside = by === "bot" ? icon(BOT, 16) : initials(who);
  return make("span", { class: `face ${by}`, "aria-hidden": "true" }, inside);
}

function failure({ ref, fault }) {
  const retry = () => { queue.retry(ref); draw(); };
  return make("span", { class: "fault" }, `${say("failed")}. ${say(fault)} `,
    make("button", { type: "button", onclick: retry, text: say("again") }));
}

function choices(bubble) {
  const item = make("li", { class: "choices" });
  for (const { id, title } of bubble.choices) {
    item.append(make("button", { type: "button", dir: "auto", text: title, onclick: () => onChoice(id, title) }));
  }
  return item;
}

function dots({ by, name }) {
  const words = name ? say("typing", { name }) : say("typing_unnamed");
  return make("li", { class: `said theirs ${by} opens typing` }, face(by, name || config.name),
    make("p", {}, make("span", { class: "unseen", text: words }), make("i"), make("i"), make("i")));
}

const earlierButton = () => make("li", { class: "earlier" },
  make("button", { type: "button", text: say("earlier"), onclick: onEarlier }));

const language = document.documentElement.lang;
const full = (at) => new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
function dayName(at) {
  const day = new Date(at), today = new Date();
  const ago = Math.round((new Date(today.toDateString()) - new Date(day.toDateString())) / 86_400_000);
  if (ago === 0) return say("today");
  if (ago === 1) return say("yesterday");
  return day.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}
