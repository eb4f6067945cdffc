// Colleagues after "@" in a note.
import { createElement as h, useMemo } from "react";
import { CornerDownLeft } from "lucide-react";
import { icon } from "./kit.js";
import { fold, matched } from "./ranking.js";
import { tokenAfter } from "./suggestions.js";

const QUERY = 30; // characters after "@" that are still looked up

const goesOn = (sign) => Boolean(sign) && /[\p{L}\p{N}_]/u.test(sign);

// Where a note names colleagues: [{from, to}], as the server will find them.
export function named(text, people) {
  if (!text.includes("@")) return [];
  const handles = people.flatMap((one) => one.handles).sort((one, other) => other.length - one.length);
  const found = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (goesOn(text[at - 1])) continue;
    const after = text.slice(at + 1).toLowerCase();
    const handle = handles.find((one) => after.startsWith(one.toLowerCase()) && !goesOn(text[at + 1 + one.length]));
    if (handle) { found.push({ from: at, to: at + 1 + handle.length }); at += handle.length; }
  }
  return found;
}

const answers = (person, query) => fold(person.name).split(/\s+/).some((word, at, words) => words.slice(at).join(" ").startsWith(query));

// The source of suggestions (see suggestions.js); nothing outside of notes.
export function useColleagues({ people, note, words, boxRef }) {
  return useMemo(() => ({
    label: words.colleagues, testId: "mention-list", empty: "", waiting: "",
    tokenAt: (text, caret) => (note ? tokenAfter("@", text, caret, QUERY) : null),
    find: (query) => people.filter((one) => answers(one, fold(query))),
    closes: (_query, hits) => !hits?.length,
    said: (count) => words.colleagueCount.replace("{}", count),
    foot: [h("span", { key: 1 }, h("kbd", null, "↑↓"), words.choose), h("span", { key: 2 }, h("kbd", null, "↵"), words.mention), h("span", { key: 3 }, h("kbd", null, "esc"), words.keepTyping)],
    attributes: (person) => ({ "data-testid": "mention-option", "data-agent": person.id }),
    row: (person, query) => [
      h("span", { key: "face", className: "popup-face", "data-tone": person.tone, "aria-hidden": true }, person.initials),
      h("span", { key: "name", className: "popup-name" }, matched(person.name, query).map(([part, hit], index) => (hit ? h("b", { key: index }, part) : part))),
      h("kbd", { key: "enter", className: "popup-enter", "aria-hidden": true }, icon(CornerDownLeft, 12)),
    ],
    pick: (person, token) => boxRef.current.replace(token.from, token.to, `@${person.handles[0]} `),
  }), [people, note, words]);
}
