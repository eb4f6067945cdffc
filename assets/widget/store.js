// What this browser keeps of one chat, at the chat's own origin. Where a frame may not have
// storage it still may have cookies that belong to this one site (CHIPS); where it may have
// nothing, what is kept lasts as long as the page. The server reads none of these cookies.
import { config } from "./config.js";

const YEAR_S = 31_536_000;
const full = (name) => `jumper:${config.key}:${name}`;

const local = {
  read: (name) => localStorage.getItem(name),
  write: (name, text) => (text === undefined ? localStorage.removeItem(name) : localStorage.setItem(name, text)),
};

const cookies = {
  read(name) {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${encodeURIComponent(name)}=`));
    return found ? decodeURIComponent(found.slice(found.indexOf("=") + 1)) : null;
  },
  write(name, text) {
    const life = text === undefined ? 0 : YEAR_S;
    document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(text ?? "")}; Max-Age=${life}; Path=${location.pathname}; Secure; SameSite=None; Partitioned`;
  },
};

const held = new Map();
const memory = { read: (name) => held.get(name) ?? null, write: (name, text) => held.set(name, text) };

const works = (shelf) => {
  try {
    shelf.write(full("works"), "1");
    const found = shelf.read(full("works"));
    shelf.write(full("works"), undefined);
    return found === "1";
  } catch { return false; }
};
const shelf = [local, cookies].find(works) ?? memory;

export const keep = (name, value) => {
  const text = value === undefined ? undefined : JSON.stringify(value);
  memory.write(full(name), text);
  try { shelf.write(full(name), text); } catch { /* full: the page itself remembers */ }
};

export const kept = (name) => {
  const text = shelf.read(full(name)) ?? memory.read(full(name)) ?? undefined;
  return text === undefined ? undefined : JSON.parse(text);
};

// Calls back when another tab changed what is kept under this name.
export const onKept = (name, then) =>
  addEventListener("storage", (event) => { if (event.key === full(name)) then(); });
