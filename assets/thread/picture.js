// Pictures that open large.
import { createElement as h, useRef, useState } from "react";
import { pressed } from "../keys.js";

const LARGEST = 280; // px of a picture's longer side in a bubble

// Width and height known beforehand, so that nothing moves when the picture arrives.
const fitted = (width, height) => {
  if (!width || !height) return {};
  const scale = Math.min(1, LARGEST / width, LARGEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

// The picture of the conversation that stands so many behind this one; undefined at the ends.
const beside = (button, by) => {
  const all = [...button.closest(".feed").querySelectorAll("button.picture")];
  return all[all.indexOf(button) + by];
};

// A picture that opens large, by click or key. Arrows lead to the one before and the next; the
// focus goes back to the picture that was seen last.
export function Picture({ src, name, width, height, words, ...rest }) {
  const dialog = useRef(null), button = useRef(null);
  const [broken, setBroken] = useState(false);
  const [ends, setEnds] = useState([]);
  if (broken) return h("span", { className: "broken" }, words.broken);
  const open = () => {
    setEnds([-1, 1].filter((by) => !beside(button.current, by)));
    dialog.current.showModal();
  };
  const step = (by) => {
    const next = beside(button.current, by);
    if (!next) return;
    dialog.current.close();
    next.focus();
    next.click();
  };
  const onKeyDown = (event) => {
    const by = pressed(event, "pictureNext") - pressed(event, "pictureBefore");
    if (!by) return;
    event.preventDefault();
    step(by);
  };
  const arrow = (by, sign, label) => !ends.includes(by)
    && h("button", { type: "button", className: "lightbox-step", "data-by": by, "aria-label": label, title: label, onClick: () => step(by) }, sign);
  return h("span", rest,
    h("button", { ref: button, type: "button", className: "picture", "aria-label": name ? `${words.open}: ${name}` : words.open, onClick: open },
      h("img", { ...fitted(width, height), src, alt: name || "", loading: "lazy", decoding: "async", onError: () => setBroken(true) })),
    h("dialog", { ref: dialog, className: "lightbox", "aria-label": name || words.open, "data-testid": "lightbox", onKeyDown,
      onClick: (event) => { if (event.target === event.currentTarget) dialog.current.close(); } },
      h("form", { method: "dialog" }, h("button", { "aria-label": words.close, autoFocus: true }, "×")),
      h("img", { src, alt: name || "", loading: "lazy" }),
      arrow(-1, "‹", words.before), arrow(1, "›", words.next)));
}
