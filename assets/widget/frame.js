// Talking to the page around the frame, if there is one: to the very site that asked for it.
import { config, isFramed, site } from "./config.js";

export const tell = (type, more = {}) => {
  if (isFramed && site) window.parent.postMessage({ jumper: type, ...more }, site);
};

export function listen(heard) {
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== site) return;
    const name = event.data?.jumper;
    if (Object.hasOwn(heard, name)) heard[name](event.data);
  });
}

// White or near-black, whichever is easier to read on the business's colour.
export function onColour(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= (light + 0.05) / (0.012 + 0.05) ? "#fff" : "#1c2024";
}

export const wordsForTheSite = () => Object.fromEntries(
  ["open", "close", "unread_one", "unread_many"].map((name) => [name, config.words[name]]));
