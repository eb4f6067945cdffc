// What a text still lacks, above the box: nothing is sent before it is filled in.
import { createElement as h } from "react";

export function Unfilled({ lacking, words, onChoose }) {
  return h("div", { className: "lacking", role: "status", "data-testid": "unfilled" },
    h("span", null, words.fillIn),
    lacking.map((one) => h("button", { key: one.from, type: "button", className: "lack", "data-testid": "unfilled-variable",
      onMouseDown: (event) => event.preventDefault(), onClick: () => onChoose(one) }, one.label)));
}
