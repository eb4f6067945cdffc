// Which shortcuts answer to what was typed, the best first. Pure, and quick: thousands
// are gone through with every key.

const PLAIN = /^[\x00-\x7f]*$/; // nothing in it to be taken apart
export const fold = (text) => (PLAIN.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase();
const inWords = (folded) => ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ")}`;
const isWord = (text) => /^[\p{L}\p{N}]+$/u.test(text);

// A row as the server sends it, with what is compared made ready once.
export function prepare([id, code, title, body, personal, uses, used, files = []]) {
  const heading = fold(title), said = fold(body);
  return { id, code, title, body, personal: Boolean(personal), uses, used, files: files.map(([file, name, type, size]) => ({ id: file, name, type, size })), heading, said, headingWords: inWords(heading), saidWords: inWords(said) };
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

// What to look for: a word where words begin, a sign anywhere.
const needles = (query) => query.split(/\s+/).map((word) => (isWord(word) ? { atWord: true, needle: ` ${word}` } : { atWord: false, needle: word }));

const begins = (words, text, asked) => {
  for (const { atWord, needle } of asked) if (!(atWord ? words : text).includes(needle)) return false;
  return true;
};

const TIERS = 6;

// 0 the code itself, 1 its beginning, 2 words of the title, 3 a part of code or title,
// 4 their letters in this order, 5 words of the text; -1 none of these.
const tier = (item, query, asked) => {
  if (item.code === query) return 0;
  if (item.code.startsWith(query)) return 1;
  if (begins(item.headingWords, item.heading, asked)) return 2;
  if (item.code.includes(query) || item.heading.includes(query)) return 3;
  if (goesThrough(item.code, query) || goesThrough(item.heading, query)) return 4;
  return begins(item.saidWords, item.said, asked) ? 5 : -1;
};

const ANSWERS = 64; // queries whose answers are kept, for whoever takes letters back

// Letters and digits alone ask for less than before: whatever answers to more has answered
// to less. A sign may ask for more, for it is looked for within words as well.
const asksForLess = (query, before) => query.startsWith(before) && /^[\p{L}\p{N}\s]+$/u.test(query.slice(before.length));

// A function that gives the items (in their order among equals) that answer to a query. It
// goes through those that answered to a part of the query, if it knows them.
export function finder(items) {
  const answers = new Map(); // query → {items that answer in the order they came, the best first}
  const known = (query) => {
    for (let length = query.length - 1; length > 0; length -= 1) {
      const found = answers.get(query.slice(0, length));
      if (found && asksForLess(query, query.slice(0, length))) return found.items;
    }
    return items;
  };
  return (typed) => {
    const query = fold(typed).trim();
    if (!query) return items;
    if (!answers.has(query)) {
      const found = rank(known(query), query);
      if (answers.size >= ANSWERS) answers.clear();
      answers.set(query, found);
    }
    return answers.get(query).ranked;
  };
}

function rank(items, query) {
  const asked = needles(query);
  const tiers = Array.from({ length: TIERS }, () => []);
  const answering = items.filter((item) => {
    const found = tier(item, query, asked);
    if (found >= 0) tiers[found].push(item);
    return found >= 0;
  });
  return { items: answering, ranked: tiers.flat() };
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
