// Files from this computer, or from a public link: one dialog with two tabs.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Link, Upload, X } from "lucide-react";
import { icon } from "./kit.js";
import * as trays from "./trays.js";

const TABS = ["upload", "link"];

function FromHere({ item, words, onFiles, problem }) {
  const input = useRef(null);
  const [over, setOver] = useState(false);
  return h("div", { className: "pick", "data-over": over,
    onDragOver: (event) => { event.preventDefault(); event.stopPropagation(); setOver(true); },
    onDragLeave: () => setOver(false),
    onDrop: (event) => { event.preventDefault(); event.stopPropagation(); setOver(false); onFiles([...event.dataTransfer.files]); } },
  h("button", { type: "button", className: "main-button", "data-testid": "attach-choose", onClick: () => input.current.click() }, words.chooseFiles),
  h("span", { className: "pick-or" }, words.orDrop),
  h("span", { className: "pick-hint" }, item.hint),
  h("input", { ref: input, type: "file", multiple: true, hidden: true, tabIndex: -1, accept: item.accept, "aria-label": item.words, "data-testid": "attach-input",
    onChange: (event) => { const chosen = [...event.target.files]; event.target.value = ""; if (chosen.length) onFiles(chosen); } }),
  problem && h("p", { className: "refusal", role: "alert", "data-testid": "attach-problem" }, problem));
}

function FromLink({ item, conversation, limits, words, onDone }) {
  const [link, setLink] = useState("");
  const [problem, setProblem] = useState("");
  const [opening, setOpening] = useState(null); // what stops it
  useEffect(() => () => opening?.abort(), [opening]);
  const open = async (event) => {
    event.preventDefault();
    if (!link.trim() || opening) return;
    const stop = new AbortController();
    setOpening(stop);
    setProblem("");
    const refused = await trays.addLink(conversation, link.trim(), item, limits, words, stop.signal).catch(() => words.uploadFailed);
    if (stop.signal.aborted) return;
    setOpening(null);
    if (refused) setProblem(refused); else onDone();
  };
  return h("form", { className: "pick-link", onSubmit: open },
    h("label", null, words.linkLabel,
      h("input", { type: "url", inputMode: "url", value: link, autoComplete: "off", spellCheck: false, placeholder: "https://",
        maxLength: 2000, "aria-describedby": "link-notice", "aria-invalid": Boolean(problem), "data-testid": "attach-link-field",
        onChange: (event) => { setLink(event.target.value); setProblem(""); } })),
    h("p", { id: "link-notice", className: "pick-hint", "data-testid": "attach-link-notice" }, words.linkNotice),
    problem && h("p", { className: "refusal", role: "alert", "data-testid": "attach-problem" }, problem),
    h("div", { className: "pick-end" },
      opening && h("span", { className: "pick-hint", role: "status" }, words.linkOpening),
      h("button", { type: "submit", className: "main-button", "data-testid": "attach-link-add", disabled: !link.trim() || Boolean(opening) }, words.linkAdd)));
}

export function MediaDialog({ item, conversation, limits, words, onClose }) {
  const dialog = useRef(null);
  const [tab, setTab] = useState("upload");
  const [problem, setProblem] = useState("");
  useEffect(() => { if (item) { dialog.current.showModal(); focusOn("attach-choose"); } }, [item]);
  const focusOn = (name) => dialog.current?.querySelector(`[data-testid=${name}]`)?.focus();
  if (!item) return null;
  const close = () => { setTab("upload"); setProblem(""); dialog.current?.close(); onClose(); };
  const take = (chosen) => {
    const refused = trays.add(conversation, chosen, limits, words, item);
    if (refused) setProblem(refused); else close();
  };
  const onKeyDown = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = TABS[1 - TABS.indexOf(tab)];
    setTab(other);
    focusOn(`attach-${other}`);
  };
  const button = (name, Icon) => h("button", { type: "button", role: "tab", id: `tab-${name}`, "data-testid": `attach-${name}`,
    "aria-selected": tab === name, "aria-controls": "pick-panel", tabIndex: tab === name ? 0 : -1, onClick: () => { setTab(name); requestAnimationFrame(() => focusOn(name === "link" ? "attach-link-field" : "attach-choose")); } }, icon(Icon, 16), words[name]);
  return h("dialog", { ref: dialog, className: "media-dialog", "data-testid": "attach-dialog", "aria-labelledby": "media-title",
    onCancel: (event) => { event.preventDefault(); close(); },
    onClick: (event) => { if (event.target === event.currentTarget) close(); } },
  h("div", { className: "media-inside" },
    h("header", null, h("h2", { id: "media-title" }, item.words),
      h("button", { type: "button", className: "tool", "aria-label": words.close, title: words.close, onClick: close }, icon(X, 16))),
    h("div", { role: "tablist", className: "media-tabs", "aria-label": item.words, onKeyDown }, button("upload", Upload), button("link", Link)),
    h("div", { role: "tabpanel", id: "pick-panel", "aria-labelledby": `tab-${tab}` },
      tab === "upload" ? h(FromHere, { item, words, onFiles: take, problem })
        : h(FromLink, { key: conversation, item, conversation, limits, words, onDone: close }))));
}
