// Where the focus goes when the control that had it gives way to another.
import { createElement as h, useEffect, useRef } from "react";

const CAN_HAVE_IT = "button:not([disabled]):not([tabindex='-1']), a[href], textarea, input, [tabindex='0']";
const isShown = (element) => element.checkVisibility();

// The first of these selectors that finds something on the screen.
const firstOf = (selectors, within) => {
  for (const selector of selectors) {
    const found = [...within.querySelectorAll(selector)].find(isShown);
    if (found) return found;
  }
  return null;
};

// Calls onLost when an element inside `ref` took the focus with it as it was removed.
export function useLostFocus(ref, onLost) {
  const latest = useRef(onLost);
  latest.current = onLost;
  useEffect(() => {
    const box = ref.current;
    let had = null;
    const note = (event) => { had = box.contains(event.target) ? event.target : null; };
    const look = () => {
      if (!had || had.isConnected || document.activeElement !== document.body) return;
      had = null;
      latest.current(box);
    };
    const changes = new MutationObserver(look);
    changes.observe(box, { childList: true, subtree: true });
    document.addEventListener("focusin", note);
    document.addEventListener("pointerdown", note, true);
    return () => {
      changes.disconnect();
      document.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", note, true);
    };
  }, []);
}

// Controls that take each other's place: the focus moves on, first to `next` (a selector)
// if that is shown, and a double click counts once, since its second half would press
// whatever stands there by then.
export function Steady({ next = "", children }) {
  const box = useRef(null);
  useLostFocus(box, (inside) => {
    const target = (next && firstOf([next], document)) || firstOf([CAN_HAVE_IT], inside);
    target?.focus({ preventScroll: true });
  });
  const once = (event) => { if (event.detail > 1) { event.preventDefault(); event.stopPropagation(); } };
  const held = (event) => { if (event.repeat && event.key === "Enter") event.preventDefault(); };
  return h("div", { ref: box, style: { display: "contents" }, onClickCapture: once, onKeyDownCapture: held }, children);
}
