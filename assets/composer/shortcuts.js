// Shortcuts in the composer: the list is fetched once for each state it has, and kept.
import { createElement as h, useEffect, useMemo, useSyncExternalStore } from "react";
import { CornerDownLeft, Paperclip, UserRound } from "lucide-react";
import { now } from "../clock.js";
import { fill, unfilled } from "./filling.js";
import { problemWith } from "./fits.js";
import { icon } from "./kit.js";
import { finder, inOrder, matched, prepare } from "./ranking.js";
import { tokenAfter } from "./suggestions.js";

const QUERY = 40; // characters after "/" that are still looked up
const PREVIEW = 200; // characters of a text that are made ready for its one line
const AT_ONCE = 250; // rows that are made ready in one go
const REMEMBERED = 200; // uses that this browser remembers by itself

// --- The list -------------------------------------------------------------------------

let list = { version: "", items: null }, coming = "";
let mine = { agent: "", uses: {} }; // this browser's own uses: {"<channel> <id>": ms}
const watchers = new Set();
const tell = () => watchers.forEach((watcher) => watcher());
const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };

async function bring(version) {
  if (coming === version || list.version === version) return;
  coming = version;
  try {
    const answer = await fetch("/api/shortcuts", { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { rows } = await answer.json();
    const items = await prepared(rows);
    if (coming === version) list = { version, items };
  } catch {
    setTimeout(() => { if (list.version !== version) bring(version); }, 5000); // offline, or the server starts again
  }
  if (coming === version) coming = "";
  tell();
}

// Thousands are made ready between two keys of whoever types meanwhile, not before the next.
async function prepared(rows) {
  const items = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    items.push(...rows.slice(from, from + AT_ONCE).map(prepare));
    await new Promise((done) => setTimeout(done));
  }
  return items;
}

const storeOf = (agent) => `jumper.${agent}.used`;
function remembered(agent) {
  if (mine.agent === agent) return mine.uses;
  let uses = {};
  try { uses = JSON.parse(localStorage.getItem(storeOf(agent))) ?? {}; } catch { /* nothing kept, or nothing readable */ }
  mine = { agent, uses };
  return uses;
}

function remember(agent, channel, id) {
  const uses = { ...remembered(agent), [`${channel} ${id}`]: now() };
  const latest = Object.entries(uses).sort(([, one], [, other]) => other - one).slice(0, REMEMBERED);
  mine = { agent, uses: Object.fromEntries(latest) };
  try { localStorage.setItem(storeOf(agent), JSON.stringify(mine.uses)); } catch { /* a full store: the server knows as well */ }
  tell();
}

function useShortcuts(version, agent, channel) {
  useEffect(() => { if (version) bring(version); }, [version]);
  const items = useSyncExternalStore(watch, () => list.items, () => null);
  const uses = useSyncExternalStore(watch, () => remembered(agent), () => null);
  return useMemo(() => items && inOrder(items, (item) =>
    Math.max(uses[`${channel} ${item.id}`] ?? 0, Date.parse(item.used[channel] ?? "") || 0)), [items, uses, channel]);
}

// --- What is typed after "/" ---------------------------------------------------------

const strong = (parts) => parts.map(([part, hit], index) => (hit ? h("b", { key: index }, part) : part));

const oneLine = (text) => text.replace(/\s+/g, " ");

const key = (name) => h("kbd", null, name);

const day = (moment) => new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// What is known here and now, by name.
export const valuesNow = (known) => ({ ...known, today: day(now()), now: clock(now()) });

// What goes with a shortcut, and whether it can go here.
function Clip({ files, refusal, place, words }) {
  const names = files.map((file) => file.name).join(", "), said = words.withFile.replace("{}", names);
  return h("span", { className: "popup-file", "data-testid": "shortcut-file", "data-off": refusal ? "" : undefined, title: refusal || said },
    icon(Paperclip, 14), h("span", { className: "unseen" }, `${said}. `),
    h("span", { className: "popup-file-name", "aria-hidden": refusal ? undefined : true }, refusal ? place : names));
}

// The source of suggestions (see suggestions.js), and what a text still lacks.
//
// limits: what the channel takes, null where no files can be. onFiles(files) puts them into
// the tray and says why not; onInserted: it is to be sent as well.
export function useSlash({ shortcuts, agent, conversation, words, boxRef, limits, onFiles, onUsed, onInserted }) {
  const { version, channel, grammar } = shortcuts;
  const known = shortcuts.conversation === conversation ? shortcuts.known : {};
  const items = useShortcuts(version, agent, channel);

  const find = useMemo(() => items && finder(items), [items]);
  const shown = useMemo(() => valuesNow(known), [known]); // for previews; a minute more or less is no harm
  const refusalOf = (file) => (limits ? problemWith(file, limits) : words.noFilesInNotes);
  return useMemo(() => ({
    label: words.shortcuts, testId: "shortcut-list", empty: words.noShortcut, waiting: words.shortcutsComing,
    doubled: true,
    tokenAt: (text, caret) => tokenAfter("/", text, caret, QUERY),
    find: (query) => find && find(query),
    closes: (query, hits) => /\s/.test(query) && hits?.length === 0,
    said: (count) => words.shortcutCount.replace("{}", count),
    foot: [h("span", { key: 1 }, key("↑↓"), words.choose), h("span", { key: 2 }, key("↵"), words.insert), h("span", { key: 3 }, key("esc"), words.keepTyping)],
    attributes: (item) => ({ "data-testid": "shortcut-option", "data-code": item.code }),
    row: (item, query) => [
      h("span", { key: "code", className: "popup-code" }, "/", strong(matched(item.code, query))),
      h("span", { key: "said", className: "popup-said" },
        item.title && h("span", { className: "popup-title" }, strong(matched(item.title, query))),
        oneLine(fill(item.body.slice(0, PREVIEW), shown, grammar).text)),
      (item.files.length > 0 || item.personal) && h("span", { key: "marks", className: "popup-mark" },
        item.files.length > 0 && h(Clip, { files: item.files, refusal: item.files.map(refusalOf).find(Boolean), place: limits ? words.notHere.replace("{}", words.channel) : words.notInNotes, words }),
        item.personal && h("span", { title: words.personal }, icon(UserRound, 14), h("span", { className: "unseen" }, words.personal))),
      h("kbd", { key: "enter", className: "popup-enter", "aria-hidden": true }, icon(CornerDownLeft, 12)),
    ],
    pick: (item, token, send) => {
      const values = valuesNow(known), { text, caret } = fill(item.body, values, grammar);
      boxRef.current.replace(token.from, token.to, text);
      const [first] = unfilled(text, values, grammar);
      if (first) boxRef.current.select(token.from + first.from, token.from + first.to);
      else if (caret >= 0) boxRef.current.select(token.from + caret, token.from + caret);
      remember(agent, channel, item.id);
      onUsed({ shortcut: item.id, conversation });
      const refused = item.files.length > 0 && onFiles(item.files);
      if (send && !refused) onInserted();
    },
  }), [find, known, shown, grammar, agent, conversation, channel, words, limits, onFiles]);
}
