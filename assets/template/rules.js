// What the channel takes, said while one types; the server decides it again.
import { lengthOf } from "../composer/count.js";

const sizeOf = (pieces, part, texts) => pieces.reduce((sum, piece) => sum + lengthOf(piece.gap ? (texts[`${part}:${piece.gap}`] ?? "").trim() : piece.text), 0);

const over = (length, limit, words) => (length > limit ? words.tooLong.replace("{}", length - limit) : "");

function tooLong(key, template, texts, rules, words) {
  const { form } = template, [part] = key.split(":");
  const alone = form.header_kind === "none" && !form.footer && !form.buttons.length;
  if (part === "header") return over(sizeOf(form.header, part, texts), rules.header, words);
  if (part === "body") return over(sizeOf(form.body, part, texts), alone ? rules.body_alone : rules.body, words);
  const button = form.buttons[Number(key.split(":")[1])], value = texts[key]?.trim() ?? "";
  if (button.kind === "copy_code") return over(lengthOf(value), rules.code, words);
  if (/\s/.test(value)) return words.noSpaces;
  return over(sizeOf(button.target.filter((piece) => !piece.gap), part, texts) + lengthOf(value), rules.target, words);
}

// What is wrong with a value; "" for nothing, also while it is empty.
export function wrongWith(key, template, texts, rules, words) {
  const value = (texts[key] ?? "").trim();
  if (!value) return "";
  if (/[\n\r\t]/.test(value)) return words.oneLine;
  if (value.includes(" ".repeat(rules.spaces + 1))) return words.spaces.replace("{}", rules.spaces);
  return tooLong(key, template, texts, rules, words);
}

export const FILE = "header:file", PLACE = "header:place";
const isNumber = (text, most) => /^-?\d+([.,]\d+)?$/.test(text.trim()) && Math.abs(Number(text.replace(",", "."))) <= most;
export const wrongPlace = (place) => ({ latitude: !isNumber(place.latitude, 90), longitude: !isNumber(place.longitude, 180), name: !place.name.trim(), address: !place.address.trim() });

// The keys of the gaps that still lack something.
export function lacking(template, values, rules, words) {
  return template.gaps.map((gap) => gap.key).filter((key) => {
    if (key === FILE) return !values.file?.id;
    if (key === PLACE) return Object.values(wrongPlace(values.place)).some(Boolean);
    return !(values.texts[key] ?? "").trim() || wrongWith(key, template, values.texts, rules, words) !== "";
  });
}
