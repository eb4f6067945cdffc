// A shortcut's {{variables}}. They are filled in once: a value is never read again, so a
// customer who is called {{agent.email}} stays that. Pure.
//
// grammar: {pattern, names, labels}, as the server writes it (conversations/shortcuts).

const MOST = 20_000; // characters that come out at most; a draft holds no more
const ASK = "ask:", DATA = "customer.data.", CURSOR = "cursor";

const every = (text, grammar) => text.matchAll(new RegExp(grammar.pattern, "g"));

// What goes in: {text, caret}, caret where {{cursor}} stood, else -1. What has no value and
// no fallback stays as {{name}}, to be filled in by hand.
export function fill(body, values, grammar) {
  let text = "", caret = -1, end = 0;
  for (const found of every(body, grammar)) {
    text += body.slice(end, found.index);
    end = found.index + found[0].length;
    const name = found[1].trim();
    if (name === CURSOR) { if (caret < 0) caret = text.length; continue; }
    text += values[name] || found[2]?.trim() || (found[2] === undefined ? `{{${name}}}` : "");
  }
  text = (text + body.slice(end)).slice(0, MOST);
  return { text, caret: Math.min(caret, text.length) };
}

const fillable = (name, grammar) =>
  name.startsWith(ASK) || name.startsWith(DATA) || grammar.names.includes(name);

const label = (name, grammar) => {
  if (name.startsWith(ASK)) return name.slice(ASK.length).trim();
  if (name.startsWith(DATA)) return name.slice(DATA.length);
  return grammar.labels[name] ?? name;
};

// Where a text says what only looks like a variable: a value that was put in, word for word.
const spoken = (text, values) => {
  const looks = Object.values(values).filter((value) => value.includes("{{"));
  const stretches = [];
  for (const value of looks) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) stretches.push([at, at + value.length]);
  }
  return stretches;
};

// What is still to be filled in: [{from, to, label}], in the text's order.
export function unfilled(text, values, grammar) {
  if (!text.includes("{{")) return [];
  const said = spoken(text, values);
  return [...every(text, grammar)]
    .map((found) => ({ from: found.index, to: found.index + found[0].length, name: found[1].trim() }))
    .filter(({ from, to, name }) => fillable(name, grammar) && !said.some(([begin, end]) => begin <= from && to <= end))
    .map(({ from, to, name }) => ({ from, to, label: label(name, grammar) }));
}
