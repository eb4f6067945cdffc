// What the visitor writes: the questions before it, the field, and what is told while typing.
import { config, say } from "./config.js";
import { icon, make } from "./draw.js";
import { ask as request, isKnown } from "./session.js";
import { keep, kept } from "./store.js";

const SEND = "M12 19V5m-7 7 7-7 7 7";
const CLIP = "m21 11-8.6 8.6a5 5 0 0 1-7-7L14 4a3.3 3.3 0 0 1 4.7 4.7l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4L15.5 7";
const TAKEN = "image/*,video/mp4,video/webm,audio/*,.pdf,.txt,.csv,.docx,.xlsx,.pptx";
const TELL_EVERY_MS = 900;
const TELL_AGAIN_MS = 12_000;
const COUNT_FROM = 0.8; // of the longest text

const field = make("textarea", { rows: "1", dir: "auto", "aria-label": say("write"), placeholder: say("write"), "enterkeyhint": "send" });
const button = make("button", { type: "submit", class: "send", "aria-label": say("send"), disabled: true }, icon(SEND));
const count = make("span", { class: "count", role: "status" });
const picker = make("input", { type: "file", multiple: true, accept: TAKEN, hidden: true, tabindex: "-1" });
const clip = make("button", { type: "button", class: "clip", "aria-label": say("attach"), onclick: () => picker.click() }, icon(CLIP, 20));
export const form = make("form", { class: "write", novalidate: true }, make("div", { class: "box" }, clip, field, button), picker, count);
if (config.preview) form.append(make("p", { class: "hint", text: say("preview") }));

// In code points, as the server counts; white space around the words is not sent.
const lengthOf = (text) => [...text.trim()].length;

export const focus = () => (form.hidden ? questions.querySelector("input") : field)?.focus({ preventScroll: true });

export function begin(onSend, onFile) {
  field.value = kept("draft") ?? "";
  const submit = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || lengthOf(text) > config.longest) return;
    onSend(text);
    field.value = "";
    typed();
    field.focus();
  };
  form.addEventListener("submit", submit);
  field.addEventListener("input", typed);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  picker.addEventListener("change", () => { [...picker.files].forEach(onFile); picker.value = ""; });
  field.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    if (files.length) { event.preventDefault(); [...files].forEach(onFile); }
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (!form.hidden) [...event.dataTransfer.files].forEach(onFile);
  });
  fit();
}

function typed() {
  keep("draft", field.value || undefined);
  fit();
  tellSoon();
}

function fit() {
  const length = lengthOf(field.value), over = length - config.longest;
  button.disabled = !field.value.trim() || over > 0;
  count.textContent = over > 0 ? say("too_long", { n: over }) : length > config.longest * COUNT_FROM ? String(-over) : "";
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

// --- While typing --------------------------------------------------------------------

let timer, repeats, told = "";
function tellSoon() {
  if (isKnown()) timer ??= setTimeout(tell, field.value ? TELL_EVERY_MS : 0);
}

// Said again while something stands there, because whoever listens forgets it after a while.
function tell() {
  timer = undefined;
  clearTimeout(repeats);
  const text = document.hidden ? "" : field.value.slice(0, config.longest);
  if (!text && !told) return;
  told = text;
  const body = { active: Boolean(text), text: config.preview ? text : "" };
  request("typing", { method: "POST", body }).catch(() => {});
  if (text) repeats = setTimeout(tell, TELL_AGAIN_MS);
}
addEventListener("visibilitychange", () => tell());

// --- The questions before the first message ---------------------------------------------

export const questions = make("form", { class: "ask" });

// Ask what the business wants to know, unless it is known. ``needed``: nobody has answered yet.
export function ask(needed) {
  const open = needed && !kept("who") && (config.ask.name || config.ask.email);
  questions.hidden = !open;
  form.hidden = open;
  if (!open || questions.childElementCount) return;
  questions.append(make("p", { text: say("ask") }));
  if (config.ask.name) questions.append(line("name", "text", "name", 100));
  if (config.ask.email) questions.append(line("email", "email", "email", 254));
  questions.append(make("button", { type: "submit", text: say("begin") }));
  questions.addEventListener("submit", (event) => {
    event.preventDefault();
    keep("who", Object.fromEntries(new FormData(questions)));
    ask(false);
    focus();
  });
}

const line = (name, type, complete, longest) => make("label", {}, say(name),
  make("input", { name, type, autocomplete: complete, maxlength: longest, required: true, dir: "auto" }));
