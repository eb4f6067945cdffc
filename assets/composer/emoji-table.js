// Which emoji there are, and how they are found. The table comes with the first look at it.

export const COLUMNS = 8;
const RECENT = 24; // how many of the last used ones stand first
const SOURCE = "/emoji/en.txt";

let table; // [{name, emoji: [{emoji, label, words}]}], once it was asked for

export function load() {
  table ??= fetch(SOURCE).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  }).then(read).catch((error) => { table = undefined; throw error; });
  return table;
}

function read(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    if (!line || line[0] === "#" && line[1] === " ") continue;
    if (line[0] === "=") { groups.push({ name: line.slice(1), emoji: [] }); continue; }
    const [emoji, label, more = ""] = line.split("\t");
    groups.at(-1).emoji.push({ emoji, label, words: fold(label).split(/[^\p{L}\p{N}]+/u), more: more.split(" ") });
  }
  return groups;
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// --- Finding -----------------------------------------------------------------------------------

const WHOLE = 0, NAME = 1, NAMED = 2, TOLD = 3; // how well a word is met, the best first

const met = (one, word) => {
  if (one.words.includes(word)) return WHOLE;
  if (one.words.some((each) => each.startsWith(word))) return one.words[0].startsWith(word) ? NAME : NAMED;
  return one.more.some((each) => each.startsWith(word)) ? TOLD : Infinity;
};

// Groups to be shown: without words all of them, the recent ones first; else one, the best first.
export function find(groups, query, used, recentName) {
  const asked = fold(query).split(/\s+/).filter(Boolean);
  const all = groups.flatMap((group) => group.emoji);
  if (!asked.length) {
    const known = new Map(all.map((one) => [one.emoji, one]));
    const recents = used.map((emoji) => known.get(emoji)).filter(Boolean);
    return recents.length ? [{ name: recentName, emoji: recents }, ...groups] : groups;
  }
  const ranked = all.map((one) => ({ one, rank: Math.max(...asked.map((word) => met(one, word))) }))
    .filter(({ rank }) => rank < Infinity);
  ranked.sort((one, other) => one.rank - other.rank || place(used, one) - place(used, other) || one.one.words.length - other.one.words.length);
  return ranked.length ? [{ emoji: ranked.map(({ one }) => one) }] : [];
}

const place = (used, { one }) => (used.includes(one.emoji) ? used.indexOf(one.emoji) : RECENT);

// Rows to be drawn: a group's name, or up to eight emoji with the place of the first.
export function grouped(groups) {
  const rows = [];
  let from = 0;
  for (const { name, emoji } of groups) {
    if (name) rows.push({ name });
    for (let start = 0; start < emoji.length; start += COLUMNS) {
      const some = emoji.slice(start, start + COLUMNS);
      rows.push({ from, emoji: some });
      from += some.length;
    }
  }
  return rows;
}

// Where a key leads from a place; undefined for keys that lead nowhere.
export function step(key, at, rows, count) {
  if (!count) return undefined;
  const lines = rows.filter((row) => row.emoji);
  const line = lines.findIndex((row) => at < row.from + row.emoji.length);
  const column = at - lines[line].from;
  const onLine = (number) => {
    const there = lines[Math.max(0, Math.min(lines.length - 1, number))];
    return there.from + Math.min(column, there.emoji.length - 1);
  };
  return {
    ArrowRight: (at + 1) % count, ArrowLeft: (at - 1 + count) % count,
    ArrowDown: onLine(line + 1), ArrowUp: onLine(line - 1), PageDown: onLine(line + 6), PageUp: onLine(line - 6),
    Home: 0, End: count - 1,
  }[key];
}

// --- What was used last, in this browser ---------------------------------------------------------

const store = (agent) => `jumper.${agent}.emoji`;

export function recent(agent) {
  try {
    const kept = JSON.parse(localStorage.getItem(store(agent)));
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, RECENT) : [];
  } catch { return []; }
}

export function remember(agent, emoji) {
  try { localStorage.setItem(store(agent), JSON.stringify([emoji, ...recent(agent).filter((one) => one !== emoji)].slice(0, RECENT))); } catch { /* a full store */ }
}
