// The reply window in the composer: what stands there when nobody may write freely, and
// when only people may.
import { createElement as h } from "react";
import { now, useMoment } from "../clock.js";

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

// In the place of the box: why one cannot write.
export function Shut({ draft, words }) {
  const kept = draft ? ` ${words.draftKept}` : "";
  return h("div", { className: "closed" },
    h("p", { className: "shut", "data-testid": "composer-notice", role: "status" }, `${words.closed}${kept}`));
}
