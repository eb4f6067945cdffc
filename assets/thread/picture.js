// Pictures that open large.
import { createElement as h, useRef, useState } from "react";

const LARGEST = 280; // px of a picture's longer side in a bubble

// Width and height known beforehand, so that nothing moves when the picture arrives.
const fitted = (width, height) => {
  if (!width || !height) return {};
  const scale = Math.min(1, LARGEST / width, LARGEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

// A picture that opens large, by click or key, and gives the focus back when it closes.
export function Picture({ src, name, width, height, openWord, closeWord, brokenWord, ...rest }) {
  const dialog = useRef(null);
  const [broken, setBroken] = useState(false);
  if (broken) return h("span", { className: "broken" }, brokenWord);
  return h("span", rest,
    h("button", { type: "button", className: "picture", "aria-label": name ? `${openWord}: ${name}` : openWord,
      onClick: () => dialog.current.showModal() },
      h("img", { ...fitted(width, height), src, alt: name || "", loading: "lazy", decoding: "async", onError: () => setBroken(true) })),
    h("dialog", { ref: dialog, className: "lightbox", "aria-label": name || openWord,
      onClick: (event) => { if (event.target === event.currentTarget) dialog.current.close(); } },
      h("form", { method: "dialog" }, h("button", { "aria-label": closeWord, autoFocus: true }, "×")),
      h("img", { src, alt: name || "", loading: "lazy" })));
}
