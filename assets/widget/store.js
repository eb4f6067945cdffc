// What this browser keeps of one chat. Where the browser keeps nothing, it lasts as long as the page.
import { config } from "./config.js";

const memory = new Map();
const full = (name) => `jumper:${config.key}:${name}`;

export const keep = (name, value) => {
  memory.set(name, value);
  try {
    if (value === undefined) localStorage.removeItem(full(name));
    else localStorage.setItem(full(name), JSON.stringify(value));
  } catch { /* refused or full: the page itself remembers */ }
};

export const kept = (name) => {
  try {
    const text = localStorage.getItem(full(name));
    if (text !== null) return JSON.parse(text);
    return undefined;
  } catch {
    return memory.get(name);
  }
};

// Calls back when another tab changed what is kept under this name.
export const onKept = (name, then) =>
  addEventListener("storage", (event) => { if (event.key === full(name)) then(); });
