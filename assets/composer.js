// The composer: text and caret live here, the server is told what is sent and what is
// drafted. Nothing typed is lost until the server has confirmed it. Its parts stand in
// the folder beside it.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Check } from "lucide-react";
import { Ask } from "./composer/ask.js";
import { Box } from "./composer/box.js";
import { icon, lengthOf, useWaiting } from "./composer/kit.js";
import { AttachMenu, Tray, usePhoto } from "./composer/photo.js";
import { handIn, useInsistence } from "./composer/sends.js";
import { Shut, useWindow } from "./composer/window.js";
import * as desk from "./desk.js";

export { Outgoing } from "./composer/sends.js";

const ASKING = "ask";

export function Composer({ box, answer, saved, closesAt, botsUntil, shut, colleague, limits, words, onSend, onDraft, ...rest }) {
  const { conversation, agent } = box;
  if (agent) desk.open(agent); // before any box asks for its draft
  const [mode, setMode] = useState("reply");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState("");
  const [over, setOver] = useState(false);
  const waiting = useWaiting();
  const boxRef = useRef({});
  const { photo, take, drop } = usePhoto(conversation, limits, words, setNotice);
  const { closed, peopleOnly } = useWindow(closesAt, botsUntil, shut);
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
    onClick: () => { setMode(name); setNotice(""); requestAnimationFrame(() => boxRef.current.focus?.()); }, ...extra }, words_);

  if (!conversation) return null;
  return h("section", { ...rest, "data-testid": "composer", "data-mode": mode, "data-over": over, "aria-label": note ? words.sendNote : words.reply,
    onDragOver: (event) => { if (!note && !closed && event.dataTransfer.types.includes("Files")) { event.preventDefault(); setOver(true); } },
    onDragLeave: () => setOver(false),
    onDrop: (event) => { setOver(false); if (onFiles(event.dataTransfer.files)) event.preventDefault(); } },
  h("div", { className: "modes" }, tab("reply", words.reply), tab("note", words.sendNote, { "data-testid": "note-mode" }),
    h("span", { className: "mode-hint", "data-people-only": peopleOnly && !note }, note ? words.teamOnly : peopleOnly ? words.peopleOnly : words.channel)),
  !note && closed
    ? h(Shut, { words, draft: desk.draft(conversation, mode, box[mode]).text })
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
