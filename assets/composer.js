// The composer: text and caret live here, the server is told what is sent and what is
// drafted. Nothing typed is lost until the server has confirmed it. Its parts stand in
// the folder beside it.
import { createElement as h, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Check, Lock, SquareSlash, Workflow } from "lucide-react";
import { Ask } from "./composer/ask.js";
import { Box } from "./composer/box.js";
import { sentLength } from "./composer/count.js";
import { EmojiButton } from "./composer/emoji.js";
import { useDrop } from "./composer/drop.js";
import { unfilled } from "./composer/filling.js";
import { icon, useWaiting } from "./composer/kit.js";
import { MediaDialog } from "./composer/media.js";
import { AttachMenu } from "./composer/menu.js";
import { named, useColleagues } from "./composer/people.js";
import { Quoted, setQuote, useQuote } from "./composer/quote.js";
import { handIn, useInsistence } from "./composer/sends.js";
import { useSlash } from "./composer/shortcuts.js";
import { Tray } from "./composer/tray.js";
import * as trays from "./composer/trays.js";
import { useUndo } from "./composer/undo.js";
import { Unfilled } from "./composer/unfilled.js";
import { Shut, useWindow } from "./composer/window.js";
import * as desk from "./desk.js";
import { openFlows } from "./flows.js";
import { pressed } from "./keys.js";
import { openTemplates } from "./template.js";

export { Outgoing } from "./composer/sends.js";

const ASKING = "ask";
const CONTROL = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "") ? "⌘" : "Ctrl";
const keysOf = (sendKey) => (sendKey === "ctrl-enter" ? `${CONTROL} ↵` : "↵");

export function Composer({
  box, answer, saved, limits, words, colleague, waits,
  closesAt, botsUntil, shut,
  shortcuts, people, sendKey, undone,
  onSend, onDraft, onUsed, onAttach, onUndo,
  ...rest
}) {
  const { conversation, agent } = box;
  if (agent) desk.open(agent); // before any box asks for its draft
  const [mode, setMode] = useState("reply");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState("");
  const waiting = useWaiting();
  const boxRef = useRef({});
  const files = trays.useTray(conversation);
  const [item, setItem] = useState(null); // of the menu, while its dialog is open
  const quote = useQuote(conversation, () => { setMode("reply"); requestAnimationFrame(() => boxRef.current.focus?.()); });
  const { closed, peopleOnly } = useWindow(closesAt, botsUntil, shut);
  const note = mode === "note";
  useEffect(() => { setNotice(""); setMode("reply"); }, [conversation]);
  useInsistence(onSend);

  const limit = note ? limits.note : limits.text;
  const left = limit - (text.length > limit * 0.7 ? sentLength(text) : text.length);
  const known = shortcuts.conversation === conversation ? shortcuts.known : {};
  const lacking = useMemo(() => unfilled(text, known, shortcuts.grammar), [text, known]);
  const enclosed = note ? [] : files;
  const ready = (text.trim() !== "" || enclosed.length > 0) && left >= 0 && enclosed.every((file) => file.id && sentLength(file.caption) <= limits.files.caption);

  const giveBack = (entry, usedUp = false) => {
    desk.settle(entry.key);
    desk.takeBack(entry, usedUp);
    if (entry.conversation === conversation && entry.mode === mode) boxRef.current.reload?.();
  };
  const submit = () => {
    if (!ready || (!note && closed)) return;
    const [first] = unfilled(boxRef.current.text, known, shortcuts.grammar);
    if (first) { boxRef.current.select(first.from, first.to); return; }
    setNotice("");
    const entry = desk.send(conversation, mode, boxRef.current.text, enclosed.map(({ id, name, kind, size, url, caption }) => ({ id, name, kind, size, url, caption })), note ? undefined : quote);
    boxRef.current.empty();
    if (!note) { trays.empty(conversation); setQuote(conversation, null); }
    dispatchEvent(new Event("jumper:sent"));
    if (!note && colleague) desk.mark(entry.key, ASKING);
    else handIn(entry, onSend);
  };

  const [leaving, setLeaving] = useState(""); // a shortcut is inserted first, and sent when box and tray have all of it
  useEffect(() => {
    const uploading = files.some((file) => !file.id && !file.problem);
    if (!leaving || (leaving === conversation && uploading)) return;
    setLeaving("");
    if (leaving === conversation) submit();
  }, [leaving, conversation, files]);
  const enclose = useCallback((copies) => {
    const refused = note ? words.noFilesInNotes : trays.addCopies(conversation, copies, limits.files, words);
    setNotice(refused);
    return refused;
  }, [note, conversation, limits.files, words]);
  const slash = useSlash({ shortcuts, agent, conversation, words, boxRef, onUsed, limits: note ? null : limits.files, onFiles: enclose,
    onInserted: () => requestAnimationFrame(() => setLeaving(conversation)) });
  const colleagues = useColleagues({ people, note, words, boxRef });
  const sources = useMemo(() => [slash, colleagues], [slash, colleagues]);
  const marks = useMemo(() => [...lacking, ...(note ? named(text, people) : [])].sort((one, other) => one.from - other.from), [lacking, note, text, people]);
  const openSlash = () => {
    const { area, suggest, insert } = boxRef.current;
    if (suggest.open) { suggest.dismiss(); boxRef.current.focus(); return; }
    insert(/(^|\s)$/.test(area.value.slice(0, area.selectionStart)) ? "/" : " /");
  };

  useEffect(() => { // what the server says about one of our sends
    const entry = desk.waiting().find((one) => one.key === answer.key);
    if (!entry) return;
    if (answer.result === "stored") setTimeout(() => desk.settle(entry.key), 5000); // its row is here by then
    else if (answer.result === "ask") desk.mark(entry.key, ASKING);
    else if (answer.result === "undone") desk.settle(entry.key);
    else { giveBack(entry, answer.result === "elsewhere"); if (entry.conversation === conversation) setNotice(answer.words); }
  }, [answer]);

  const choose = (one) => {
    if (one.item === "template") openTemplates(conversation);
    else if (one.kinds.length) setItem(one);
    else onAttach({ conversation, item: one.item });
  };

  const asking = waiting.find((entry) => entry.state === ASKING && entry.conversation === conversation);
  const answered = (yes) => {
    if (yes) { desk.mark(asking.key, "sending"); handIn(asking, onSend, true); } else giveBack(asking);
  };
  const onFiles = (chosen) => {
    if (note || closed || !chosen.length) return false;
    setNotice(trays.add(conversation, [...chosen], limits.files, words));
    return true;
  };
  const over = useDrop(note || closed || !conversation || item ? null : onFiles);
  const turn = (name) => { setMode(name); setNotice(""); requestAnimationFrame(() => boxRef.current.focus?.()); };
  const fresh = useUndo({ conversation, undone, onUndo, onDone: () => turn("reply") });
  useEffect(() => { // a note or a reply, from anywhere on the page
    const onKey = (event) => {
      const name = ["note", "reply"].find((each) => pressed(event, each));
      if (name && conversation) { event.preventDefault(); turn(name); }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [conversation]);
  const tab = (name, words_, extra) => h("button", { type: "button", className: "mode", "aria-pressed": mode === name, onClick: () => turn(name), ...extra }, words_);

  if (!conversation) return null;
  return h("section", { ...rest, "data-testid": "composer", "data-mode": mode, "data-over": over, "aria-label": note ? words.sendNote : words.reply,
    onKeyDownCapture: () => setLeaving(""), // whoever goes on writing sends it themselves
    onKeyDown: (event) => { if (pressed(event, "shortcuts") && boxRef.current.area) { event.preventDefault(); openSlash(); } } },
  h("div", { className: "modes" }, tab("reply", words.reply, { title: "Alt+L" }), tab("note", words.sendNote, { "data-testid": "note-mode", title: "Alt+P" }),
    h("span", { className: "mode-hint", "data-people-only": peopleOnly && !note }, note && icon(Lock, 12), note ? words.teamOnly : peopleOnly ? words.peopleOnly : words.channel)),
  !note && closed
    ? h(Shut, { conversation, words, templates: limits.menu.some((one) => one.item === "template"), draft: desk.draft(conversation, mode, box[mode]).text })
    : h("div", { className: "writing" },
      notice && h("p", { className: "refusal", "data-testid": "composer-notice", role: "alert" }, notice),
      waits && !note && h("p", { className: "waits", "data-testid": "composer-waits", role: "status" }, waits),
      !note && h(Quoted, { quote, words, onDrop: () => { setQuote(conversation, null); boxRef.current.focus?.(); } }),
      !note && h(Tray, { files, conversation, limits: limits.files, words, onRemoved: () => boxRef.current.focus?.() }),
      lacking.length > 0 && h(Unfilled, { lacking, words, onChoose: ({ from, to }) => boxRef.current.select(from, to) }),
      h(Box, { key: `${agent}:${conversation}:${mode}`, boxRef, conversation, mode, server: box[mode], saved, undone: fresh, sources, lacking, marks, sendKey,
        placeholder: note ? words.notePlaceholder : words.placeholder, onText: setText, onDraft, onSubmit: submit,
        onPaste: (event) => { if (onFiles(event.clipboardData.files)) event.preventDefault(); } }),
      h("div", { className: "tools" },
        note ? null : h(AttachMenu, { items: limits.menu, words, onChoose: choose }),
        h("button", { type: "button", className: "tool", "data-testid": "open-shortcuts", "aria-label": words.shortcuts, title: `${words.shortcuts} (Ctrl+/)`,
          onMouseDown: (event) => event.preventDefault(), onClick: openSlash }, icon(SquareSlash)),
        note ? null : h("button", { type: "button", className: "tool", "data-testid": "start-flow", "aria-label": words.startFlow, title: words.startFlow,
          onClick: () => openFlows(conversation) }, icon(Workflow)),
        h(EmojiButton, { words, onChoose: (emoji) => boxRef.current.insert(emoji), onClose: () => boxRef.current.focus() }),
        h("span", { className: "space" }),
        left < limit * 0.2 && h("span", { className: "left", "data-over": left < 0, role: "status" }, left < 0 ? words.tooMany.replace("{}", -left) : words.left.replace("{}", left)),
        text && saved.conversation === conversation && saved.mode === mode && saved.revision === desk.draft(conversation, mode, null).revision
          ? h("span", { className: "draft-saved" }, icon(Check, 13), words.draftSaved) : null,
        h("button", { type: "button", className: "send", "data-testid": "send", disabled: !ready, onClick: submit,
          title: sendKey === "ctrl-enter" ? words.sendsCtrlEnter.replace("{}", CONTROL) : words.sendsEnter },
          note ? words.sendNote : words.send, note ? null : h("kbd", { "aria-hidden": true }, keysOf(sendKey))))),
  over && h("div", { className: "drop-here", "aria-hidden": true }, words.drop),
  h(MediaDialog, { item: item?.kinds.length ? item : null, conversation, limits: limits.files, words, onClose: () => { setItem(null); boxRef.current.focus?.(); } }),
  h(Ask, { question: asking && { title: words.askTitle.replace("{}", answer.key === asking.key && answer.colleague || colleague), words: words.askWords.replace("{}", answer.key === asking.key && answer.colleague || colleague) }, words, onAnswer: answered }));
}
