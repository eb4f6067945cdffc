// What may stand in a gap, taken from the contact, the agent and the calendar.
import { now } from "../clock.js";

const today = (language) => {
  const options = { weekday: "long", day: "numeric", month: "long" };
  try { return new Date(now()).toLocaleDateString(language.replace("_", "-"), options); } catch { return new Date(now()).toLocaleDateString("en", options); }
};

// Which of the suggestions a gap's name speaks of; "" for none that we know.
const MEANT = [
  [/^(first_?name|vorname|prenom|nombre)$/, "firstName"], [/^(full_?name|customer_?name|contact_?name|name)$/, "fullName"],
  [/phone|mobile|number$/, "phone"], [/agent|employee|sender|advisor/, "you"], [/^(today|date|current_date)$/, "today"],
];
export const meantBy = (name) => MEANT.find(([pattern]) => pattern.test(name))?.[1] ?? "";

// [{what, text}] that are known, the one that the gap's name speaks of first.
export function suggestions(gap, known, language) {
  const name = known.name ?? "";
  const all = [["firstName", name.split(/\s+/)[0]], ["fullName", name], ["phone", known.phone], ["you", known.agent], ["today", today(language)]]
    .filter(([, text]) => text).map(([what, text]) => ({ what, text }))
    .filter((one, place, list) => list.findIndex((other) => other.text === one.text) === place);
  const meant = meantBy(gap.name);
  return [...all.filter((one) => one.what === meant), ...all.filter((one) => one.what !== meant)];
}

// What stands in the gaps at the beginning: only where the name leaves no doubt.
export function begun(template, known) {
  const sure = ["firstName", "fullName", "you", "today"];
  return Object.fromEntries(template.gaps.flatMap((gap) => {
    const meant = meantBy(gap.name);
    const [first] = sure.includes(meant) ? suggestions(gap, known, template.language).filter((one) => one.what === meant) : [];
    return first ? [[gap.key, first.text]] : [];
  }));
}
