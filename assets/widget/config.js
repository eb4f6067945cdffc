// What the page was served with, and its sentences.
export const config = JSON.parse(document.getElementById("chat").textContent);
export const isFramed = window.parent !== window;
const told = new URLSearchParams(location.search);
export const site = told.get("site") ?? "";
export const theme = told.get("theme") ?? "";

export const say = (name, values = {}) =>
  (config.words[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
