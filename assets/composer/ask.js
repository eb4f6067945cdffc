// A colleague answers this customer: ask before their conversation is taken over.
import { createElement as h, useEffect, useRef } from "react";

export function Ask({ question, words, onAnswer }) {
  const dialog = useRef(null);
  useEffect(() => { if (question && !dialog.current.open) dialog.current.showModal(); });
  if (!question) return null;
  const answer = (yes) => { dialog.current.close(); onAnswer(yes); };
  return h("dialog", { ref: dialog, className: "ask", "data-testid": "ask-colleague", "aria-labelledby": "ask-title",
    onCancel: (event) => { event.preventDefault(); answer(false); } },
  h("h2", { id: "ask-title" }, question.title), h("p", null, question.words),
  h("div", { className: "ask-buttons" },
    h("button", { type: "button", className: "ask-no", onClick: () => answer(false) }, words.cancel),
    h("button", { type: "button", className: "ask-yes", autoFocus: true, onClick: () => answer(true) }, words.sendAnyway)));
}
