// Filling a template in: a field for each gap; Enter leads to the next one, at last it sends.
import { createElement as h, useEffect, useLayoutEffect, useRef } from "react";
import { FileField, PlaceField, TextField } from "./fields.js";
import { FILE, PLACE, lacking, wrongWith } from "./rules.js";
import { titled } from "./shelf.js";

const named = (name) => { const words = name.replaceAll("_", " ").trim(); return words.charAt(0).toUpperCase() + words.slice(1); };

function labelOf(gap, template, words) {
  const [part] = gap.key.split(":");
  if (part === "button") {
    const button = template.form.buttons[Number(gap.key.split(":")[1])];
    return button.kind === "copy_code" ? words.code : `${words.addressEnd}: ${button.title}`;
  }
  const label = /^\d+$/.test(gap.name) ? words.value.replace("{}", gap.name) : named(gap.name);
  return part === "header" ? `${label} (${words.inHeader})` : label;
}

export function Fill({ template, values, shelf, uploads, problems, asking, sending, notice, words, onChange, onBack, onSend }) {
  const fields = useRef([]), send = useRef(null);
  const missing = lacking(template, values, shelf.rules, words);
  const ready = missing.length === 0 && !sending;
  useLayoutEffect(() => {
    const first = template.gaps.findIndex((gap) => missing.includes(gap.key));
    (fields.current[first] ?? fields.current[0] ?? send.current)?.focus();
  }, [template.id]);
  useEffect(() => { if (asking) send.current?.focus(); }, [asking]);
  // The next field that lacks something, after this one; when none does, it is sent.
  const next = (index) => {
    const open = template.gaps.map((gap, place) => [place, gap.key]).filter(([place, key]) => place !== index && missing.includes(key));
    const [place] = open.find(([one]) => one > index) ?? open[0] ?? [-1];
    if (place >= 0) fields.current[place]?.focus();
    else if (ready) onSend();
  };
  const own = (index) => (element) => { fields.current[index] = element; };
  const field = (gap, index) => {
    const common = { key: gap.key, words, fieldRef: own(index), onNext: () => next(index) };
    if (gap.key === FILE) return h(FileField, { ...common, kind: gap.name, file: values.file, address: uploads, onChange: (file) => onChange({ ...values, file }) });
    if (gap.key === PLACE) return h(PlaceField, { ...common, place: values.place, onChange: (place) => onChange({ ...values, place }) });
    return h(TextField, { ...common, gap, label: labelOf(gap, template, words), value: values.texts[gap.key] ?? "", known: shelf.known, language: template.language,
      wrong: problems[gap.key] || wrongWith(gap.key, template, values.texts, shelf.rules, words),
      onChange: (text) => onChange({ ...values, texts: { ...values.texts, [gap.key]: text } }) });
  };
  return h("form", { className: "fill", onSubmit: (event) => { event.preventDefault(); if (ready) onSend(); } },
    h("p", { className: "about" }, [template.name, template.tongue, titled(template.category), words.approved].join(" · ")),
    h("div", { className: "fields" }, template.gaps.map(field)),
    notice && h("p", { className: "refusal", role: "alert" }, notice),
    h("div", { className: "end" },
      h("button", { type: "button", className: "quiet-button", onClick: onBack }, words.back),
      h("span", { className: "space" }),
      !ready && !sending && h("span", { className: "quiet" }, words.missing),
      h("button", { ref: send, type: "submit", className: "main-button", "data-testid": "template-send", disabled: !ready }, sending ? words.sending : asking ? words.sendAnyway : words.send)));
}
