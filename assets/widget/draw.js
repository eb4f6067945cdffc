// Small helpers for drawing. Text is only ever a text node.
const LINK = /https?:\/\/[^\s<>"'`]+/g;
const TRAILING = /[.,;:!?)\]}»”’]+$/;

export function make(tag, { text, ...given } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  if (text != null) element.append(String(text));
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
export function icon(path, size = 18) {
  const svg = document.createElementNS(SVG, "svg");
  const told = { viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.75, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" };
  Object.entries(told).forEach(([name, value]) => svg.setAttribute(name, value));
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// The words, with addresses as links that tell the other side nothing of this page.
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const href = found[0].replace(TRAILING, "");
    parts.push(text.slice(from, found.index),
      make("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", text: href }));
    from = found.index + href.length;
  }
  return [...parts, text.slice(from)];
}

export function initials(name) {
  const parts = name.split(/\s+/).filter((part) => /^\p{L}/u.test(part));
  const letters = parts.length > 1 ? [...parts[0]][0] + [...parts.at(-1)][0] : [...(parts[0] ?? name)].slice(0, 2).join("");
  return letters.toUpperCase() || "?";
}

// Make the children of an element these items, in this order; what has not changed is left alone.
export function lay(parent, items) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let next = parent.firstElementChild;
  for (const { key, sign, draw } of items) {
    let element = old.get(key);
    old.delete(key);
    if (element && element.dataset.sign !== sign) {
      const fresh = draw();
      if (element === next) next = fresh;
      element.replaceWith(fresh);
      element = fresh;
    }
    element ??= draw();
    Object.assign(element.dataset, { key, sign });
    if (element === next) next = element.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  old.forEach((element) => element.remove());
}
