// A reply that waits to leave. Its author can take it back until then.
import { createElement as h } from "react";
import { useMoment } from "../clock.js";
import { startUndo } from "../composer/undo.js";
import { me } from "../desk.js";

export function Held({ message, until, by, words, ...rest }) {
  const leaves = Date.parse(until);
  const left = useMoment((moment) => Math.max(0, Math.ceil((leaves - moment) / 1000)), leaves);
  if (!left) return null;
  return h("div", { ...rest, "data-testid": "held" },
    h("span", { "aria-hidden": true }, words.leaves.replace("{}", left)), h("span", { className: "unseen" }, words.waits),
    by === me() && h("button", { type: "button", "data-testid": "undo-send", title: words.undoKeys, onClick: () => startUndo(message) }, words.undo));
}
