// The files that go with a shortcut: handed in one by one, and saved with its form.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Paperclip, X } from "lucide-react";
import { icon } from "./composer/kit.js";

const MIB = 1024 * 1024;
const sizeOf = (bytes) => (bytes >= MIB ? `${(bytes / MIB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);
let last = 0;

// A file on its way to the server; ``told`` hears of its progress and of what came of it.
function handIn(file, told, words) {
  const request = new XMLHttpRequest();
  request.open("POST", "/api/shortcuts/files");
  request.responseType = "json";
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-Filename", encodeURIComponent(file.name.slice(-200)));
  request.upload.onprogress = (event) => told({ done: event.loaded / event.total });
  request.onerror = () => told({ problem: words.failed });
  request.onload = () => told(request.status === 201
    ? { id: request.response.file, name: request.response.name, size: request.response.size }
    : { problem: request.response?.error || words.failed });
  request.send(file);
  return request;
}

// limits: {most, bytes, tooMany, tooLarge, accept}. The field holds the ids between commas.
export function ShortcutFiles({ name, files, readOnly = false, error = "", limits, words, ...rest }) {
  const [kept, setKept] = useState(() => files.map((file) => ({ ...file, key: file.id, problem: "" })));
  const [said, setSaid] = useState("");
  const field = useRef(null), chooser = useRef(null), button = useRef(null), requests = useRef(new Map());
  const waits = useRef(false);
  waits.current = kept.some((file) => !file.id && !file.problem);
  const ids = kept.filter((file) => file.id).map((file) => file.id).join(",");

  useEffect(() => () => requests.current.forEach((request) => request.abort()), []);
  useLayoutEffect(() => { // nothing is saved without a file that is on its way
    const form = field.current?.form;
    const hold = (event) => { if (waits.current) { event.preventDefault(); event.stopPropagation(); setSaid(words.wait); } };
    form?.addEventListener("submit", hold, true);
    return () => form?.removeEventListener("submit", hold, true);
  }, []);

  const add = (chosen) => {
    setSaid("");
    if (kept.length + chosen.length > limits.most) { setSaid(limits.tooMany); return; }
    for (const file of chosen) {
      if (file.size > limits.bytes) { setSaid(limits.tooLarge.replace("{}", file.name)); continue; }
      const key = `new-${last += 1}`;
      const told = (marks) => setKept((before) => before.map((one) => (one.key === key ? { ...one, ...marks } : one)));
      setKept((before) => [...before, { key, id: "", name: file.name, size: file.size, done: 0, problem: "" }]);
      requests.current.set(key, handIn(file, told, words));
    }
  };
  const remove = ({ key }) => {
    requests.current.get(key)?.abort();
    setKept((before) => before.filter((one) => one.key !== key));
    setSaid("");
    button.current?.focus();
  };
  if (readOnly && !kept.length) return null;
  const row = (file) => h("li", { key: file.key, "data-testid": "shortcut-file-row", "data-ready": Boolean(file.id) },
    icon(Paperclip, 16),
    file.id ? h("a", { href: `/api/shortcuts/files/${file.id}`, target: "_blank", rel: "noreferrer" }, h("bdi", null, file.name)) : h("bdi", { className: "name" }, file.name),
    file.problem ? h("span", { className: "wrong", role: "alert" }, file.problem)
      : file.id ? h("span", { className: "size" }, sizeOf(file.size))
        : h("progress", { value: file.done, max: 1, "aria-label": `${words.uploading} ${file.name}` }),
    !readOnly && h("button", { type: "button", className: "off", "aria-label": `${words.remove}: ${file.name}`, title: words.remove, onClick: () => remove(file) }, icon(X, 16)));
  return h("div", { ...rest, role: "group", "aria-label": words.title,
    onDragOver: (event) => { if (!readOnly) event.preventDefault(); },
    onDrop: (event) => { if (!readOnly) { event.preventDefault(); add([...event.dataTransfer.files]); } } },
  h("span", { className: "field-label" }, words.title),
  kept.length > 0 && h("ul", null, kept.map(row)),
  !readOnly && h("div", { className: "add" },
    h("button", { ref: button, type: "button", className: "attach", "data-testid": "attach-to-shortcut", onClick: () => chooser.current.click() }, icon(Paperclip, 15), words.attach),
    said || error ? h("p", { role: "alert", className: "wrong" }, said || error) : h("p", null, words.hint),
    h("input", { ref: chooser, type: "file", multiple: true, hidden: true, tabIndex: -1, accept: limits.accept, "aria-label": words.attach, "data-testid": "shortcut-file-input",
      onChange: (event) => { const chosen = [...event.target.files]; event.target.value = ""; if (chosen.length) add(chosen); } }),
    h("input", { ref: field, type: "hidden", name, value: ids, readOnly: true })));
}
