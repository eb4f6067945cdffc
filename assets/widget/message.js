// How one message is drawn.
import { config, say } from "./config.js";
import { icon, initials, linked, make } from "./draw.js";
import * as files from "./files.js";
import * as queue from "./queue.js";

const BOT = "M12 8V4m-6 4h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zm-4 6H2m20 0h-2M9 13v2m6-2v2";
const PIN = "M20 10c0 5-8 12-8 12s-8-7-8-12a8 8 0 0 1 16 0zM12 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z";
const PAPER = "M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zM14 2v6h6M12 18v-6m-3 3 3 3 3-3";
const KIB = 1024, MIB = 1024 * KIB;
const language = document.documentElement.lang;
const full = (at) => new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

// ``opens``: it begins a group of one speaker.
export function message(bubble, opens, onChoice) {
  const { by, name, text, at, fault } = bubble;
  const mine = by === "you";
  const who = mine ? say("you") : name || config.name;
  const item = make("li", { class: `said ${mine ? "mine" : "theirs"} ${by}${opens ? " opens" : ""}`, "data-by": by });
  if (!mine) item.append(opens ? face(by, who) : make("span"));
  const stack = make("div", { class: "stack" });
  if (opens && !mine) stack.append(make("span", { class: "name" }, make("bdi", { text: who })));
  else stack.append(make("span", { class: "unseen", text: `${who}: ` }));
  const inCards = new Set((bubble.cards ?? []).map(({ picture }) => picture));
  stack.append(...(bubble.files ?? []).filter(({ id }) => !inCards.has(id)).map((row) => file(row, bubble.ref)));
  if (text) stack.append(make("p", { dir: "auto", title: at && full(at) }, ...linked(text)));
  if (bubble.place) stack.append(place(bubble.place));
  if (bubble.cards?.length) stack.append(make("div", { class: "cards" }, ...bubble.cards.map((one) => card(one, onChoice))));
  if (fault) stack.append(failure(bubble));
  item.append(stack);
  return item;
}

export function face(by, who) {
  return make("span", { class: `face ${by}`, "aria-hidden": "true" }, by === "bot" ? icon(BOT, 16) : initials(who));
}

export function choices(rows, onChoice) {
  return make("li", { class: "choices" }, ...rows.map(({ id, title }) =>
    make("button", { type: "button", dir: "auto", text: title, onclick: () => onChoice(id, title) })));
}

export function dots({ by, name }) {
  const words = name ? say("typing", { name }) : say("typing_unnamed");
  return make("li", { class: `said theirs ${by} opens typing` }, face(by, name || config.name),
    make("p", {}, make("span", { class: "unseen", text: words }), make("i"), make("i"), make("i")));
}

function failure({ ref, fault, isUpload }) {
  const again = () => (isUpload ? files.retry(ref) : queue.retry(ref));
  return make("span", { class: "fault" }, `${say("failed")}. ${say(fault)} `,
    make("button", { type: "button", onclick: again, text: say("again") }));
}

// --- Files -------------------------------------------------------------------------------

function file(row, ref) {
  const own = ref && files.previewOf(ref);
  if (row.kind === "image" && (row.ready || own)) return picture(row, own);
  const open = make("button", { type: "button", class: "file", disabled: !row.ready,
    "aria-label": say(row.ready ? "download" : "file_coming", { name: row.name }) },
    icon(PAPER), make("span", { dir: "auto", text: row.name || say("file") }), make("small", { text: row.ready ? size(row.size) : say("file_coming") }));
  open.addEventListener("click", () => (row.kind === "document" ? save(row) : play(row, open)));
  return open;
}

function picture({ id, name, width, height, ready }, own) {
  const image = make("img", { class: "picture", alt: name || say("file"), width: width || null, height: height || null });
  if (own) image.src = own;
  else whenNear(image, () => files.fetchFile(id).then((address) => { image.src = address; }, () => {}));
  const link = make("a", { class: "frame", target: "_blank", rel: "noopener" }, image);
  if (ready) link.addEventListener("click", () => { link.href = image.src; });
  return link;
}

async function save({ id, name }) {
  const address = await files.fetchFile(id).catch(() => null);
  if (address) make("a", { href: address, download: name || "file" }).click();
}

async function play({ id, kind, name }, button) {
  const address = await files.fetchFile(id).catch(() => null);
  if (address) button.replaceWith(make(kind, { src: address, controls: true, "aria-label": name, class: "picture" }));
}

const size = (bytes) => (bytes >= MIB ? `${(bytes / MIB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / KIB))} KB`);

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (isIntersecting) { near.unobserve(target); target.onNear(); }
  }
}, { rootMargin: "300px" });
function whenNear(element, then) { element.onNear = then; near.observe(element); }

// --- Places and cards -----------------------------------------------------------------------

function place({ latitude, longitude, name, address }) {
  const href = `https://www.openstreetmap.org/?mlat=${latitude.toFixed(5)}&mlon=${longitude.toFixed(5)}#map=16/${latitude.toFixed(5)}/${longitude.toFixed(5)}`;
  return make("a", { class: "file", href, target: "_blank", rel: "noopener noreferrer" }, icon(PIN),
    make("span", { dir: "auto", text: name || address || say("place") }), make("small", { dir: "auto", text: name ? address : "" }));
}

function card({ title, subtitle, picture: id, link, link_title: words, choices: rows }, onChoice) {
  const image = id && picture({ id, name: title, ready: true });
  const isSafe = /^https?:\/\//i.test(link);
  return make("div", { class: "card" }, image, make("b", { dir: "auto", text: title }),
    subtitle && make("span", { dir: "auto", text: subtitle }),
    isSafe && make("a", { class: "button", href: link, target: "_blank", rel: "noopener noreferrer", text: words || link }),
    ...rows.map((row) => make("button", { type: "button", class: "button", dir: "auto", text: row.title, onclick: () => onChoice(row.id, row.title) })));
}
