// What waits to be sent with the words: a picture, a name, a size, a caption of its own.
import { Fragment, createElement as h } from "react";
import { FileText, Music, X } from "lucide-react";
import { sentLength } from "./count.js";
import { icon } from "./kit.js";
import * as trays from "./trays.js";

const MIB = 1024 * 1024;
const sizeOf = (bytes) => (bytes >= MIB ? `${(bytes / MIB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

const Look = ({ file }) => {
  if (file.url && file.kind === "image") return h("img", { src: file.url, alt: "" });
  if (file.url && file.kind === "video") return h("video", { src: file.url, muted: true, preload: "metadata", "aria-hidden": true });
  return h("span", { className: "tray-icon" }, icon(file.kind === "audio" ? Music : FileText, 22));
};

// The first file carries the words of the box; the others may have some of their own.
function Words({ file, first, row, conversation, limits, words }) {
  if (file.problem) return h("span", { className: "tray-problem", role: "alert" }, file.problem);
  if (!file.id) return h("progress", { value: file.done, max: 1, "aria-label": `${words.uploading} ${file.name}` });
  if (!row?.captioned) return null;
  if (first) return h("span", { className: "tray-hint" }, words.wordsGoHere);
  const left = limits.caption - sentLength(file.caption);
  return h(Fragment, null,
    h("input", { className: "tray-caption", value: file.caption, dir: "auto", "aria-invalid": left < 0,
      placeholder: words.caption, "aria-label": `${words.caption}: ${file.name}`,
      onChange: (event) => trays.caption(conversation, file.key, event.target.value) }),
    left < limits.caption * 0.2 && h("span", { className: left < 0 ? "tray-problem" : "tray-hint", role: "status" },
      (left < 0 ? words.tooMany : words.left).replace("{}", Math.abs(left))));
}

export function Tray({ files, conversation, limits, words, onRemoved }) {
  if (!files.length) return null;
  const remove = (file) => { trays.remove(conversation, file.key); onRemoved(); };
  return h("ul", { className: "tray", "aria-label": words.files },
    files.map((file, place) => h("li", { key: file.key, className: "tray-file", "data-testid": "attachment-preview", "data-kind": file.kind, "data-ready": Boolean(file.id) },
      h(Look, { file }),
      h("div", { className: "tray-words" },
        h("span", { className: "tray-name", title: file.name }, h("bdi", null, file.name), h("span", { className: "tray-size" }, sizeOf(file.size))),
        h(Words, { file, first: place === 0, row: limits.takes.find((row) => row.kind === file.kind), conversation, limits, words })),
      h("button", { type: "button", className: "tool", "aria-label": `${words.removeFile}: ${file.name}`, title: words.removeFile, onClick: () => remove(file) }, icon(X, 16)))));
}
