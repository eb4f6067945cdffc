// Which shortcuts answer to what was typed, the best first. Pure, and quick: thousands
// are gone through with every key.

export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const inWords = (folded) => ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ")}`;
const isWord = (text) => /^[\p{L}\p{N}]+$/u.test(text);

// A row as the server sends it, with what is compared made ready once.
export function prepare([id, code, title, body, personal, uses, used]) {
  const heading = fold(title), said = fold(body);
  return { id, code, title, body, personal: Boolean(personal), uses, used, heading, said, headingWords: inWords(heading), saidWords: inWords(said) };
}

// The order among equals: what I used last on this channel, then what all use, then A to Z.
export function inOrder(items, lastUse) {
  const when = new Map(items.map((item) => [item, lastUse(item)]));
  return [...items].sort((one, other) =>
    when.get(other) - when.get(one) || other.uses - one.uses || (one.code < other.code ? -1 : 1));
}

const goesThrough = (text, query) => {
  let at = -1;
  for (const sign of query) { at = text.indexOf(sign, at + 1); if (at < 0) return false; }
  return true;
};

const begins = (words, text, query) => query.every((word) => (isWord(word) ? words.includes(` ${word}`) : text.includes(word)));

const TIERS = 6;

// 0 the code itself, 1 its beginning, 2 words of the title, 3 a part of code or title,
// 4 their letters in this order, 5 words of the text; -1 none of these.
const tier = (item, query, words) => {
  if (item.code === query) return 0;
  if (item.code.startsWith(query)) return 1;
  if (begins(item.headingWords, item.heading, words)) return 2;
  if (item.code.includes(query) || item.heading.includes(query)) return 3;
  if (goesThrough(item.code, query) || goesThrough(item.heading, query)) return 4;
  return begins(item.saidWords, item.said, words) ? 5 : -1;
};

// The items (in their order among equals) that answer to a query.
export function rank(items, typed) {
  const query = fold(typed).trim();
  if (!query) return items;
  const words = query.split(/\s+/);
  const tiers = Array.from({ length: TIERS }, () => []);
  for (const item of items) {
    const found = tier(item, query, words);
    if (found >= 0) tiers[found].push(item);
  }
  return tiers.flat();
}

// A text in stretches: [[part, matched], …], for drawing what matched strong.
export function matched(text, typed) {
  const signs = [...text], folded = signs.map(fold);
  const hits = new Set(spots(folded, fold(typed).trim()));
  const parts = [];
  signs.forEach((sign, at) => {
    const last = parts[parts.length - 1];
    if (last && last[1] === hits.has(at)) last[0] += sign; else parts.push([sign, hits.has(at)]);
  });
  return parts;
}

// Where a query stands among single folded signs: as a whole, by its words, or letter by letter.
function spots(folded, query) {
  if (!query) return [];
  const whole = stretch(folded, query, false);
  if (whole.length) return whole;
  const words = query.split(/\s+/).map((word) => stretch(folded, word, true));
  if (words.every((found) => found.length)) return words.flat();
  const found = [];
  let at = -1;
  for (const sign of query) { at = folded.indexOf(sign, at + 1); if (at < 0) return []; found.push(at); }
  return found;
}

function stretch(folded, query, atWord) {
  for (let from = 0; from < folded.length; from += 1) {
    if (atWord && from > 0 && isWord(folded[from - 1] || "-")) continue;
    let text = "", to = from;
    while (to < folded.length && text.length < query.length) { text += folded[to]; to += 1; }
    if (text === query) return Array.from({ length: to - from }, (_, index) => from + index);
  }
  return [];
}
