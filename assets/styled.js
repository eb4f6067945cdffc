// Words as WhatsApp draws them: *bold*, _italic_, ~struck~, `code` and ```code```. Only text
// nodes come out of it, whatever the words contain.
import { createElement as h } from "react";

const CODE = /```([^`]+?)```|`([^`\n]+?)`/gu;
const MARKS = [["\\*", "bold"], ["_", "italic"], ["~", "struck"]]; // as a pattern writes them

// A mark opens after a space, a sign or the beginning, and closes before one of them.
const pattern = (mark) => new RegExp(
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?=[^\\s${mark}])([^\\n${mark}]*[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`, "gu");
const PATTERNS = MARKS.map(([mark, style]) => [pattern(mark), style]);

// For each character its styles, null where it is a mark that is not drawn.
function stylesOf(text) {
  const styles = Array.from({ length: text.length }, () => []);
  const code = new Set();
  for (const found of text.matchAll(CODE)) {
    const signs = found[1] === undefined ? 1 : 3, end = found.index + found[0].length;
    for (let at = found.index; at < end; at += 1) {
      code.add(at);
      styles[at] = at < found.index + signs || at >= end - signs ? null : ["code"];
    }
  }
  for (const [mark, style] of PATTERNS) {
    for (const found of text.matchAll(mark)) {
      const end = found.index + found[0].length - 1;
      if (code.has(found.index) || code.has(end)) continue;
      for (let at = found.index + 1; at < end; at += 1) styles[at]?.push(style);
      styles[found.index] = styles[end] = null;
    }
  }
  return styles;
}

// Stretches of equal look: {text, styles, gap}. `pieces`: text and gaps in turn, each
// {text, gap}; a gap is drawn apart from the words around it.
export function runsOf(pieces) {
  const text = pieces.map((piece) => piece.text).join("");
  const styles = stylesOf(text);
  const gaps = pieces.flatMap((piece) => Array(piece.text.length).fill(piece.gap ?? ""));
  const runs = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!styles[at]) continue;
    const look = styles[at].join(" "), last = runs[runs.length - 1];
    if (last && last.styles === look && last.gap === gaps[at]) last.text += text[at];
    else runs.push({ text: text[at], styles: look, gap: gaps[at] });
  }
  return runs;
}

const draw = (run, place) => {
  const className = [run.styles, run.gap && `gap ${run.gap}`].filter(Boolean).join(" ");
  return className ? h("span", { key: place, className }, run.text) : run.text;
};

// `pieces` or one `text`.
export function Styled({ pieces, text = "", ...rest }) {
  return h("span", { dir: "auto", ...rest }, runsOf(pieces ?? [{ text }]).map(draw));
}
