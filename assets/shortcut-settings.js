// What the settings of message shortcuts need in the browser: a text with a live preview,
// and a file that is looked at before it is imported.
import { createElement as h, useMemo, useRef, useState } from "react";
import { fill, unfilled } from "./composer/filling.js";
import { lengthOf } from "./composer/count.js";
import { valuesNow } from "./composer/shortcuts.js";

// --- The text ----------------------------------------------------------------------------

// A text area of a form, with its variables at hand, and below it what a customer would read.
export function ShortcutText({ name, value, limit, readOnly = false, error = "", grammar, samples, words, ...rest }) {
  const [text, setText] = useState(value);
  const [chosen, setChosen] = useState(0);
  const area = useRef(null);
  const people = samples?.length ? samples : [{ name: words.somebody, known: words.known }];
  const sample = people[Math.min(chosen, people.length - 1)];
  const left = limit - (text.length > limit * 0.7 ? lengthOf(text) : text.length);

  const insert = (variable) => {
    if (!variable) return;
    area.current.focus();
    document.execCommand("insertText", false, `{{${variable}}}`);
    if (variable === "ask:") area.current.setSelectionRange(area.current.selectionStart - 2, area.current.selectionStart - 2);
  };
  return h("div", rest,
    h("label", null,
      h("span", { className: "field-label" }, words.text),
      h("textarea", { ref: area, name, value: text, rows: 7, readOnly, spellCheck: true, dir: "auto", "data-testid": `field-${name}`,
        "aria-invalid": Boolean(error), "aria-description": error || words.hint, onChange: (event) => setText(event.target.value) })),
    h("div", { className: "below" },
      error ? h("p", { role: "alert", className: "wrong" }, error) : h("p", { "aria-hidden": true }, words.hint),
      left <= limit * 0.2 && h("span", { className: "left", "data-over": left < 0 }, left < 0 ? words.tooMany.replace("{}", -left) : words.left.replace("{}", left))),
    !readOnly && h("select", { className: "variables", value: "", "aria-label": words.insert, "data-testid": "insert-variable", onChange: (event) => insert(event.target.value) },
      h("option", { value: "" }, words.insert),
      grammar.names.map((one) => h("option", { key: one, value: one }, grammar.labels[one] ?? one)),
      h("option", { value: "ask:" }, words.ask), h("option", { value: "cursor" }, words.cursor)),
    h("div", { className: "preview-head" }, h("span", null, words.preview),
      h("label", null, h("span", null, words.writtenTo),
        h("select", { value: chosen, "data-testid": "preview-for", onChange: (event) => setChosen(Number(event.target.value)) },
          people.map((one, index) => h("option", { key: index, value: index }, one.name))))),
    h(Preview, { text, known: sample.known, grammar }));
}

function Preview({ text, known, grammar }) {
  const parts = useMemo(() => {
    const values = valuesNow(known);
    const said = fill(text, values, grammar).text.trim(), found = [];
    let end = 0;
    for (const { from, to, label } of unfilled(said, values, grammar)) {
      found.push(said.slice(end, from), h("mark", { key: from }, label));
      end = to;
    }
    return [...found, said.slice(end)];
  }, [text, known, grammar]);
  return h("div", { className: "preview", dir: "auto", "data-testid": "shortcut-preview" }, ...parts);
}

// --- A file --------------------------------------------------------------------------------

const SHOWN = 100; // lines of a report

const post = async (file, dry) => {
  const answer = await fetch(`/api/shortcuts/import${dry ? "?dry=1" : ""}`, {
    method: "POST", body: file, headers: { "Content-Type": "text/csv" }, credentials: "same-origin" });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? "");
  return body;
};

// A button, and the dialog behind it: choose a file, see what would happen, let it happen.
export function ImportShortcuts({ words, onDone, ...rest }) {
  const dialog = useRef(null), input = useRef(null);
  const [state, setState] = useState({ phase: "none" }); // none, busy, seen {file, report}, wrong {said}
  const open = () => { setState({ phase: "none" }); dialog.current.showModal(); };

  const look = async (file) => {
    setState({ phase: "busy" });
    try { setState({ phase: "seen", file, report: await post(file, true) }); }
    catch (error) { setState({ phase: "wrong", said: error.message || words.failed }); }
  };
  const take = async () => {
    const { file } = state;
    setState({ phase: "busy" });
    try {
      const { counts } = await post(file, false);
      dialog.current.close();
      onDone(counts.create + counts.update);
    } catch (error) { setState({ phase: "wrong", said: error.message || words.failed }); }
  };
  const counts = state.report?.counts;
  const changes = counts ? counts.create + counts.update : 0;

  return h("div", rest,
    h("button", { type: "button", className: "import-open", "data-testid": "import-shortcuts", onClick: open }, words.open),
    h("dialog", { ref: dialog, className: "import", "aria-labelledby": "import-title", "data-testid": "import-dialog",
      onDragOver: (event) => event.preventDefault(),
      onDrop: (event) => { event.preventDefault(); const [file] = event.dataTransfer.files; if (file) look(file); } },
    h("h2", { id: "import-title" }, words.title), h("p", null, words.intro),
    h("input", { ref: input, type: "file", accept: ".csv,text/csv,text/plain", hidden: true, tabIndex: -1, "aria-label": words.choose, "data-testid": "import-file",
      onChange: (event) => { const [file] = event.target.files; event.target.value = ""; if (file) look(file); } }),
    h("div", { role: "status", "aria-live": "polite" },
      state.phase === "busy" && h("p", null, words.looking),
      state.phase === "wrong" && h("p", { className: "wrong", "data-testid": "import-problem" }, state.said),
      state.phase === "seen" && h(Report, { report: state.report, changes, words })),
    h("div", { className: "import-buttons" },
      h("button", { type: "button", className: "quiet", onClick: () => dialog.current.close() }, words.cancel),
      h("button", { type: "button", className: state.phase === "seen" && !counts.error && changes ? "quiet" : "go", autoFocus: true, "data-testid": "import-choose", disabled: state.phase === "busy",
        onClick: () => input.current.click() }, state.phase === "none" ? words.choose : words.another),
      state.phase === "seen" && !counts.error && changes > 0
        && h("button", { type: "button", className: "go", "data-testid": "import-go", onClick: take }, words.go.replace("{}", changes)))));
}

function Report({ report, changes, words }) {
  const { counts, lines } = report;
  const said = words.counts.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  const first = (one) => one.outcome === "error" ? 0 : one.note ? 1 : 2; // what is to be read comes before the rest
  const told = [...lines].sort((one, other) => first(one) - first(other));
  return h("div", { "data-testid": "import-report" },
    h("p", { className: "counts" }, said),
    counts.error > 0 && h("p", { className: "wrong" }, words.wrong),
    counts.error === 0 && changes === 0 && h("p", null, words.nothing),
    told.length > 0 && h("ul", { className: "lines", tabIndex: 0 }, told.slice(0, SHOWN).map((one) =>
      h("li", { key: one.line, "data-testid": "import-line", "data-outcome": one.outcome },
        h("span", { className: "where" }, words.line.replace("{}", one.line)),
        h("span", { className: "what" }, one.outcome === "error" ? one.problem : `/${one.code}`),
        h("span", { className: "how" }, words.outcomes[one.outcome]),
        one.note && h("span", { className: "note", "data-testid": "import-note" }, one.note)))),
    told.length > SHOWN && h("p", null, words.more.replace("{}", told.length - SHOWN)));
}
