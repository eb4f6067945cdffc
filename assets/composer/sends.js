// Sends on their way: handed in until they are confirmed, and shown meanwhile.
import { createElement as h, useEffect } from "react";
import { Clock3, FileText, Lock } from "lucide-react";
import * as desk from "../desk.js";
import { icon, useWaiting } from "./kit.js";

const AGAIN_AFTER = 4000; // ms after which an unconfirmed send is handed in again, under its own key

export const handIn = (entry, onSend, anyway = false) => onSend({
  conversation: entry.conversation, mode: entry.mode, text: entry.text,
  key: entry.key, beside: { files: entry.files.map(({ id, caption }) => ({ attachment: id, caption })), quote: entry.quote?.message ?? "" }, anyway,
});

// Hands unconfirmed sends in again: the server knows them by their key.
export function useInsistence(onSend) {
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
        entry.files.map((file) => (file.url && file.kind === "image"
          ? h("img", { key: file.id, className: "outgoing-picture", src: file.url, alt: file.name })
          : h("div", { key: file.id, className: "outgoing-file" }, icon(FileText, 16), h("bdi", null, file.name)))),
        entry.text && h("div", { className: "text", dir: "auto" }, entry.text),
        h("div", { className: "foot" }, h("span", { className: "tick", title: words.sending, role: "img", "aria-label": words.sending }, icon(Clock3, 13))))));
}

function OutgoingNote({ entry, words }) {
  return h("div", { className: "note", ...marks(entry, "note") }, icon(Lock, 15),
    h("div", { className: "said" }, h("div", { className: "note-head" }, words.sending),
      h("div", { className: "text", dir: "auto" }, entry.text)));
}
