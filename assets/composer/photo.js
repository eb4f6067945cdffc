// One photo: chosen, checked, uploaded, shown before it is sent.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Image as Photo, Plus, X } from "lucide-react";
import { icon } from "./kit.js";

const problemWith = (file, limits, words) => {
  if (!limits.images.includes(file.type)) return words.wrongKind;
  return file.size > limits.imageBytes ? words.tooBig : "";
};

// Uploads a photo and tells how far it is: {name, url, done, id}, or what is wrong with it.
export function usePhoto(conversation, limits, words, onProblem) {
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

export function Tray({ photo, onDrop, words }) {
  return h("div", { className: "tray", "data-testid": "attachment-preview" },
    h("img", { src: photo.url, alt: photo.name }),
    h("div", { className: "tray-words" }, h("span", null, photo.name),
      photo.id ? null : h("progress", { value: photo.done, max: 1, "aria-label": words.uploading })),
    h("button", { type: "button", className: "tool", "aria-label": words.removeFile, title: words.removeFile, onClick: onDrop }, icon(X, 16)));
}

export function AttachMenu({ words, accept, onFile }) {
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
