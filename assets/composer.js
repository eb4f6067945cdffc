// The composer: text and caret live here, the server is told what is sent and what is
// drafted. Nothing typed is lost until the server has confirmed it.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { Check, Clock3, Image as Photo, Lock, Plus, X } from "lucide-react";
import { useMoment } from "./live.js";
import * as desk from "./desk.js";

const DRAFT_AFTER = 600; // ms after the last key
const AGAIN_AFTER = 4000; // ms after which an unconfirmed send is handed in again, under its own key
const LINES = 8, LINE = 20;

const useWaiting = () => useSyncExternalStore(desk.watch, desk.waiting, desk.waiting);
const icon = (Icon, size = 18) => h(Icon, { size, strokeWidth: 1.75, "aria-hidden": true });
const lengthOf = (text) => [...text].length; // in characters, as the server counts

// --- Sends on their way ---------------------------------------------------------------

const handIn = (entry, onSend, anyway = false) => onSend({
  conversation: entry.conversation, mode: entry.mode, text: entry.text,
  key: entry.key, attachment: entry.attachment ?? "", anyway,
});

// Hands unconfirmed sends in again: the server knows them by their key.
function useInsistence(onSend) {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!navigator.onLine) return;
      for (const entry of desk.waiting()) {
        if (entry.state === "sending" && Date.now() - entry.at > AGAIN_AFTER) handIn(entry, onSend);
      }
    }, AGAIN_AFTER);
    return () => clearInterval(timer);
  }, [onSend]);
}

// Bubbles of what was sent a moment ago, until the conversation itself has them.
export function Outgoing({ conversation, rows, words }) {
  const waiting = useWaiting();
  const here = new Set((rows ?? []).slice(-40).map((row) => row.key).filter(Boolean));
  const arrived = waiting.filter((entry) => here.has(entry.key)).map((entry) => entry.key).join(" ");
  useEffect(() => { arrived.split(" ").filter(Boolean).forEach(desk.settle); }, [arrived]);
  return waiting.filter((entry) => entry.conversation === conversation && entry.state !== "ask" && !here.has(entry.key))
    .map((entry) => h(entry.mode === "note" ? OutgoingNote : OutgoingBubble, { key: entry.key, entry, words }));
}

const marks = (entry, kind) => ({
  "data-testid": "message", "data-message": entry.key, "data-kind": kind, "data-delivery": "queued",
});

function OutgoingBubble({ entry, words }) {
  return h("div", { className: "line", "data-side": "out", ...marks(entry, "agent") },
    h("span", { className: "speaker" }),
    h("div", { className: "said" },
      h("div", { className: "bubble" },
        entry.picture && h("img", { className: "outgoing-picture", src: entry.picture, alt: "" }),
        entry.text && h("div", { className: "text", dir: "auto" }, entry.text),
        h("div", { className: "foot" }, h("span", { className: "tick", title: words.sending, role: "img", "aria-label": words.sending }, icon(Clock3, 13))))));
}

function OutgoingNote({ entry, words }) {
  return h("div", { className: "note", ...marks(entry, "note") }, icon(Lock, 15),
    h("div", { className: "said" }, h("div", { className: "note-head" }, words.sending),
      h("div", { className: "text", dir: "auto" }, entry.text)));
}

// --- The box --------------------------------------------------------------------------------

const grow = (area) => {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, LINES * LINE + 16)}px`;
};

// One textarea for one conversation and mode; another of either is another box.
function Box({ conversation, mode, server, saved, placeholder, onText, onDraft, onSubmit, onPaste, boxRef }) {
  const [text, setText] = useState(() => desk.draft(conversation, mode, server).text);
  const timer = useRef(0), dirty = useRef(false), handedIn = useRef(false);

  const save = () => {
    clearTimeout(timer.current);
    if (!dirty.current) return;
    dirty.current = false;
    handedIn.current = true;
    const { text: latest, revision } = desk.draft(conversation, mode, null);
    onDraft({ conversation, mode, text: latest, revision });
  };
  const put = (value) => { setText(value); dirty.current = true; clearTimeout(timer.current); timer.current = setTimeout(save, DRAFT_AFTER); };
  const type = (value) => { desk.write(conversation, mode, value); put(value); };

  boxRef.current = {
    text,
    empty: () => { clearTimeout(timer.current); dirty.current = false; setText(""); },
    reload: () => put(desk.draft(conversation, mode, null).text),
  };
  const area = useRef(null);
  useEffect(() => { // whoever opens a conversation with the keyboard writes on from there
    const lost = document.activeElement === document.body && matchMedia("(hover: hover)").matches;
    if (lost) area.current.focus({ preventScroll: true });
  }, []);
  useEffect(() => { // what a reload or a lost connection kept from the server
    if (desk.draft(conversation, mode, null).revision > server.revision) { dirty.current = true; save(); }
    return () => save(); // another conversation opens: hand the draft in at once
  }, []);
  useLayoutEffect(() => { grow(area.current); onText(text); }, [text]);
  useEffect(() => { // written on another machine since
    const newest = desk.draft(conversation, mode, server);
    if (!dirty.current && newest.text !== text) setText(newest.text);
  }, [server.revision]);
  useEffect(() => {
    if (saved.conversation !== conversation || saved.mode !== mode || !saved.revision) return;
    const here = desk.draft(conversation, mode, null);
    if (saved.revision <= here.revision) desk.saved(saved);
    else if (handedIn.current) { desk.saved(saved); type(here.text); } // refused: another machine was ahead
  }, [saved]);

  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an IME is choosing
    event.preventDefault();
    if (!event.repeat) onSubmit();
  };
  return h("textarea", {
    ref: area, value: text, rows: 1, dir: "auto", placeholder, "aria-label": placeholder,
    "data-testid": "composer-input", className: "composer-text", autoComplete: "off", enterKeyHint: "send",
    onChange: (event) => type(event.target.value), onKeyDown, onPaste,
  });
}

// --- One photo ---------------------------------------------------------------------------------

const problemWith = (file, limits, words) => {
  if (!limits.images.includes(file.type)) return words.wrongKind;
  return file.size > limits.imageBytes ? words.tooBig : "";
};

// Uploads a photo and tells how far it is: {name, url, done, id}, or what is wrong with it.
function usePhoto(conversation, limits, words, onProblem) {
  const [photo, setPhoto] = useState(null);
  const request = useRef(null);
  const drop = () => { request.current?.abort(); request.current = null; setPhoto(null); };
  useEffect(() => drop, [conversation]);

  const take = (file) => {
    const problem = problemWith(file, limits, words);
    onProblem(problem);
    if (problem) return;
    drop();
    const url = URL.createObjectURL(file);
    setPhoto({ name: file.name, url, done: 0, id: "" });
    const upload = new XMLHttpRequest();
    request.current = upload;
    upload.open("POST", `/api/attachments/${conversation}`);
    upload.responseType = "json";
    upload.upload.onprogress = (event) => setPhoto((one) => one && { ...one, done: event.loaded / event.total });
    const fail = () => { setPhoto(null); onProblem(upload.response?.error || words.uploadFailed); };
    upload.onerror = fail;
    upload.onload = () => {
      if (upload.status !== 201) { fail(); return; }
      setPhoto((one) => one && { ...one, done: 1, id: upload.response.attachment });
    };
    const form = new FormData();
    form.append("file", file);
    upload.send(form);
  };
  return { photo, take, drop };
}

function Tray({ photo, onDrop, words }) {
  return h("div", { className: "tray", "data-testid": "attachment-preview" },
    h("img", { src: photo.url, alt: photo.name }),
    h("div", { className: "tray-words" }, h("span", null, photo.name),
      photo.id ? null : h("progress", { value: photo.done, max: 1, "aria-label": words.uploading })),
    h("button", { type: "button", className: "tool", "aria-label": words.removeFile, title: words.removeFile, onClick: onDrop }, icon(X, 16)));
}

function AttachMenu({ words, accept, onFile }) {
  const [open, setOpen] = useState(false);
  const input = useRef(null), opener = useRef(null), item = useRef(null);
  useEffect(() => { if (open) item.current.focus(); }, [open]);
  const close = () => { setOpen(false); opener.current.focus(); };
  return h("div", { className: "attach", onBlur: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false); },
    onKeyDown: (event) => { if (event.key === "Escape" && open) close(); } },
  h("button", { ref: opener, type: "button", className: "tool", "data-testid": "attach", "aria-label": words.attach, title: words.attach,
    "aria-haspopup": "menu", "aria-expanded": open, onClick: () => setOpen(!open) }, icon(Plus)),
  open && h("div", { className: "menu", role: "menu" },
    h("button", { ref: item, type: "button", role: "menuitem", "data-testid": "attach-photo",
      onClick: () => { input.current.click(); close(); } }, icon(Photo), words.photo)),
  h("input", { ref: input, type: "file", accept, hidden: true, "data-testid": "attach-upload", tabIndex: -1, "aria-label": words.photo,
    onChange: (event) => { const [file] = event.target.files; event.target.value = ""; if (file) onFile(file); } }));
}

// --- A colleague answers --------------------------------------------------------------------------

function Ask({ question, words, onAnswer }) {
  const dialog = useRef(null);
  useEffect(() => { if (question && !dialog.current.open) dialog.current.showModal(); });
  if (!question) return null;
  const answer = (yes) => { dialog.current.close(); onAnswer(yes); };
  return h("dialog", { ref: dialog, className: "ask", "data-testid": "ask-colleague", "aria-labelledby": "ask-title",
    onCancel: (event) => { event.preventDefault(); answer(false); } },
  h("h2", { id: "ask-title" }, question.title), h("p", null, question.words),
  h("div", { className: "ask-buttons" },
    h("button", { type: "button", className: "ask-no", onClick: () => answer(false) }, words.cancel),
    h("button", { type: "button", className: "ask-yes", autoFocus: true, onClick: () => answer(true) }, words.sendAnyway)));
}

// --- The composer ------------------------------------------------------------------------------------

const ASKING = "ask";

export function Composer({ box, answer, saved, closesAt, shut, colleague, limits, words, onSend, onDraft, ...rest }) {
  const { conversation, agent } = box;
  if (agent) desk.open(agent); // before any box asks for its draft
  const [mode, setMode] = useState("reply");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState("");
  const [over, setOver] = useState(false);
  const waiting = useWaiting();
  const boxRef = useRef({});
  const { photo, take, drop } = usePhoto(conversation, limits, words, setNotice);
  const closed = useMoment((moment) => (shut || (closesAt && Date.parse(closesAt) <= moment) ? "closed" : "")) === "closed";
  const note = mode === "note";
  useEffect(() => { setNotice(""); setMode("reply"); }, [conversation]);
  useInsistence(onSend);

  const limit = note ? limits.note : photo ? limits.caption : limits.text;
  const left = limit - (text.length > limit * 0.7 ? lengthOf(text) : text.length);
  const ready = (text.trim() !== "" || (!note && photo?.id)) && left >= 0 && (!photo || photo.id || note);

  const giveBack = (entry) => {
    desk.settle(entry.key);
    desk.takeBack(entry);
    if (entry.conversation === conversation && entry.mode === mode) boxRef.current.reload?.();
  };
  const submit = () => {
    if (!ready || (!note && closed)) return;
    setNotice("");
    const entry = desk.send(conversation, mode, boxRef.current.text, note ? "" : photo?.id ?? "", photo?.url);
    boxRef.current.empty();
    if (!note) drop();
    dispatchEvent(new Event("jumper:sent"));
    if (!note && colleague) desk.mark(entry.key, ASKING);
    else handIn(entry, onSend);
  };

  useEffect(() => { // what the server says about one of our sends
    const entry = desk.waiting().find((one) => one.key === answer.key);
    if (!entry) return;
    if (answer.result === "stored") setTimeout(() => desk.settle(entry.key), 5000); // its row is here by then
    else if (answer.result === "ask") desk.mark(entry.key, ASKING);
    else { giveBack(entry); if (entry.conversation === conversation) setNotice(answer.words); }
  }, [answer]);

  const asking = waiting.find((entry) => entry.state === ASKING && entry.conversation === conversation);
  const answered = (yes) => {
    if (yes) { desk.mark(asking.key, "sending"); handIn(asking, onSend, true); } else giveBack(asking);
  };
  const onFiles = (files) => { if (!note && !closed && files.length) { take(files[0]); return true; } return false; };
  const tab = (name, words_, extra) => h("button", {
    type: "button", className: "mode", "aria-pressed": mode === name,
    onClick: () => { setMode(name); setNotice(""); requestAnimationFrame(() => document.querySelector("[data-testid=composer-input]")?.focus()); }, ...extra }, words_);

  if (!conversation) return null;
  return h("section", { ...rest, "data-testid": "composer", "data-mode": mode, "data-over": over, "aria-label": note ? words.sendNote : words.reply,
    onDragOver: (event) => { if (!note && !closed && event.dataTransfer.types.includes("Files")) { event.preventDefault(); setOver(true); } },
    onDragLeave: () => setOver(false),
    onDrop: (event) => { setOver(false); if (onFiles(event.dataTransfer.files)) event.preventDefault(); } },
  h("div", { className: "modes" }, tab("reply", words.reply), tab("note", words.sendNote, { "data-testid": "note-mode" }),
    h("span", { className: "mode-hint" }, note ? words.teamOnly : words.channel)),
  !note && closed
    ? h("p", { className: "shut", "data-testid": "composer-notice", role: "status" }, `${words.closed} ${words.draftKept}`)
    : h("div", { className: "writing" },
      notice && h("p", { className: "refusal", "data-testid": "composer-notice", role: "alert" }, notice),
      !note && photo && h(Tray, { photo, onDrop: drop, words }),
      h(Box, { key: `${agent}:${conversation}:${mode}`, boxRef, conversation, mode, server: box[mode], saved,
        placeholder: note ? words.notePlaceholder : words.placeholder, onText: setText, onDraft, onSubmit: submit,
        onPaste: (event) => { if (onFiles(event.clipboardData.files)) event.preventDefault(); } }),
      h("div", { className: "tools" },
        note ? null : h(AttachMenu, { words, accept: limits.images.join(","), onFile: take }),
        h("span", { className: "space" }),
        left <= limit * 0.2 && h("span", { className: "left", "data-over": left < 0, role: "status" }, left < 0 ? words.tooMany.replace("{}", -left) : words.left.replace("{}", left)),
        text && saved.conversation === conversation && saved.mode === mode && saved.revision === desk.draft(conversation, mode, null).revision
          ? h("span", { className: "draft-saved" }, icon(Check, 13), words.draftSaved) : null,
        h("button", { type: "button", className: "send", "data-testid": "send", disabled: !ready, onClick: submit },
          note ? words.sendNote : words.send, note ? null : h("kbd", { "aria-hidden": true }, "↵")))),
  h(Ask, { question: asking && { title: words.askTitle.replace("{}", answer.key === asking.key && answer.colleague || colleague), words: words.askWords.replace("{}", answer.key === asking.key && answer.colleague || colleague) }, words, onAnswer: answered }));
}
