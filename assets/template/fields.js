// The fields of a template: a line with suggestions, a file, a place.
import { createElement as h, useEffect, useId, useRef, useState } from "react";
import { Paperclip, X } from "lucide-react";
import { icon } from "../composer/kit.js";
import { suggestions } from "./suggest.js";
import { wrongPlace } from "./rules.js";

const matching = (all, value) => {
  const typed = value.trim().toLowerCase();
  return all.filter((one) => one.text.toLowerCase() !== typed && (!typed || one.text.toLowerCase().startsWith(typed)));
};

// One line. Down opens what could stand here; Enter takes it, or goes on.
export function TextField({ gap, label, value, wrong, known, language, words, fieldRef, onChange, onNext }) {
  const [at, setAt] = useState(-1);
  const [focused, setFocused] = useState(false);
  const list = useId();
  const offered = focused ? matching(suggestions(gap, known, language), value) : [];
  useEffect(() => { setAt(-1); }, [value, focused]);
  const onKeyDown = (event) => {
    if (event.key === "ArrowDown" && offered.length) { event.preventDefault(); setAt((at + 1) % offered.length); }
    if (event.key === "ArrowUp" && offered.length) { event.preventDefault(); setAt(at <= 0 ? offered.length - 1 : at - 1); }
    if (event.key === "Escape" && at >= 0) { event.preventDefault(); event.stopPropagation(); setAt(-1); }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (offered[at]) onChange(offered[at].text); else onNext();
  };
  return h("div", { className: "field" },
    h("label", { htmlFor: `${list}-field` }, label),
    h("input", { id: `${list}-field`, ref: fieldRef, type: "text", value, dir: "auto", autoComplete: "off", placeholder: gap.example ? words.example.replace("{}", gap.example) : "",
      role: "combobox", "aria-expanded": offered.length > 0, "aria-controls": list, "aria-activedescendant": offered[at] ? `${list}-${at}` : undefined,
      "aria-invalid": Boolean(wrong), "aria-describedby": wrong ? `${list}-wrong` : undefined, "data-testid": "template-field", "data-gap": gap.key,
      onFocus: () => setFocused(true), onBlur: () => setFocused(false), onChange: (event) => onChange(event.target.value), onKeyDown }),
    wrong && h("p", { id: `${list}-wrong`, className: "wrong", role: "alert" }, wrong),
    h("div", { id: list, className: "offers", role: "listbox", "aria-label": words.suggestions, hidden: !offered.length },
      offered.map((one, place) => h("button", { key: one.what, id: `${list}-${place}`, type: "button", role: "option", tabIndex: -1, "aria-selected": place === at,
        "data-testid": "template-suggestion", title: words[one.what], onMouseDown: (event) => { event.preventDefault(); onChange(one.text); } }, h("bdi", null, one.text)))));
}

// A file that stands above: uploaded at once, shown when it is with the server.
export function FileField({ kind, file, address, words, fieldRef, onChange }) {
  const input = useRef(null), request = useRef(null);
  const [problem, setProblem] = useState("");
  useEffect(() => () => request.current?.abort(), []);
  const take = (chosen) => {
    request.current?.abort();
    setProblem("");
    const upload = new XMLHttpRequest();
    request.current = upload;
    const shown = { name: chosen.name, url: URL.createObjectURL(chosen), done: 0, id: "" };
    onChange(shown);
    const fail = (why) => { onChange(null); setProblem(why || words.uploadFailed); };
    upload.open("POST", address);
    upload.responseType = "json";
    upload.setRequestHeader("Content-Type", "application/octet-stream");
    upload.setRequestHeader("X-Filename", encodeURIComponent(chosen.name.slice(-200)));
    upload.upload.onprogress = (event) => onChange({ ...shown, done: event.loaded / event.total });
    upload.onerror = () => fail("");
    upload.onload = () => {
      const told = upload.response ?? {};
      if (upload.status !== 201) fail(told.error);
      else if (told.kind !== kind) fail(words.wrongFile.replace("{}", words[kind].toLowerCase()));
      else onChange({ ...shown, done: 1, id: told.attachment, name: told.name });
    };
    upload.send(chosen);
  };
  const drop = (event) => { event.preventDefault(); event.stopPropagation(); if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]); };
  return h("div", { className: "field", onDragOver: (event) => event.preventDefault(), onDrop: drop },
    h("span", { className: "label" }, words[kind]),
    file ? h("div", { className: "file" }, h("bdi", null, file.name),
      file.id ? null : h("progress", { value: file.done, max: 1, "aria-label": `${words.uploading} ${file.name}` }),
      h("button", { type: "button", className: "icon-button", "aria-label": words.removeFile, title: words.removeFile, onClick: () => { request.current?.abort(); onChange(null); } }, icon(X, 15)))
      : h("button", { ref: fieldRef, type: "button", className: "outline-button", "data-testid": "template-file", onClick: () => input.current.click() }, icon(Paperclip, 15), words.choose),
    h("input", { ref: input, type: "file", hidden: true, tabIndex: -1, "aria-label": words[kind], "data-testid": "template-file-input",
      accept: kind === "document" ? undefined : `${kind}/*`, onChange: (event) => { const [chosen] = event.target.files; event.target.value = ""; if (chosen) take(chosen); } }),
    problem && h("p", { className: "wrong", role: "alert" }, problem));
}

const PARTS = [["latitude", "latitude"], ["longitude", "longitude"], ["name", "placeName"], ["address", "placeAddress"]];

export function PlaceField({ place, words, fieldRef, onChange, onNext }) {
  const own = useRef({});
  const wrong = wrongPlace(place);
  const next = (index) => { if (index + 1 < PARTS.length) own.current[index + 1].focus(); else onNext(); };
  return h("fieldset", { className: "place" }, h("legend", null, words.location),
    PARTS.map(([part, label], index) => h("label", { key: part, className: "field" }, words[label],
      h("input", { ref: (element) => { own.current[index] = element; if (!index && element) fieldRef(element); }, type: "text", dir: "auto", inputMode: index < 2 ? "decimal" : "text",
        value: place[part], autoComplete: "off", "data-testid": "template-field", "data-gap": `header:${part}`, "aria-invalid": Boolean(place[part].trim() && wrong[part]),
        onChange: (event) => onChange({ ...place, [part]: event.target.value }),
        onKeyDown: (event) => { if (event.key === "Enter") { event.preventDefault(); next(index); } } }),
      place[part].trim() && wrong[part] ? h("span", { className: "wrong", role: "alert" }, words.noNumber) : null)));
}
