// The reply window in the composer: what stands there when nobody may write freely, and
// when only people may.
import { createElement as h, useEffect, useRef } from "react";
import { LayoutTemplate } from "lucide-react";
import { now, useMoment } from "../clock.js";
import { openTemplates } from "../template.js";
import { icon } from "./kit.js";

const OPEN = "", PEOPLE = "people", CLOSED = "closed";

const stands = (closes, bots, shut, moment) => {
  if (shut || closes <= moment) return CLOSED;
  return bots <= moment ? PEOPLE : OPEN;
};

// {closed, peopleOnly}, true to the second whatever happens on the page.
export function useWindow(closesAt, botsUntil, shut) {
  const closes = Date.parse(closesAt), bots = Date.parse(botsUntil);
  const next = bots > now() ? bots : closes;
  const found = useMoment((moment) => stands(closes, bots, shut, moment), next);
  return { closed: found === CLOSED, peopleOnly: found === PEOPLE };
}

// In the place of the box: why one cannot write, and what can be sent all the same.
export function Shut({ conversation, draft, templates, words }) {
  const button = useRef(null);
  useEffect(() => { // whoever comes with the keyboard goes on from here
    const lost = document.activeElement === document.body && matchMedia("(hover: hover)").matches;
    if (lost) button.current?.focus({ preventScroll: true });
  }, [conversation]);
  const kept = draft.trim() ? ` ${words.draftKept}` : "";
  const notice = h("p", { className: "shut", "data-testid": "composer-notice", role: "status" }, `${words.closed}${kept}`);
  if (templates) {
    return h("div", { className: "closed" }, notice,
      h("button", { ref: button, type: "button", className: "send", "data-testid": "send-template", onClick: () => openTemplates(conversation) },
        icon(LayoutTemplate, 16), words.sendTemplate));
  }
  return h("div", { className: "closed" },
    h("textarea", { className: "composer-text", "data-testid": "composer-input", disabled: true, rows: 1, value: draft, readOnly: true, dir: "auto", "aria-label": words.placeholder }), notice);
}
