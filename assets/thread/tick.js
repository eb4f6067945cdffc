// How far a message of ours has come, and when it got there.
import { createElement as h, useState } from "react";
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock3 } from "lucide-react";
import { besides } from "./tip.js";
import { whole } from "./times.js";

const ICONS = { queued: [Clock3, 13], sent: [Check, 14], delivered: [CheckCheck, 14], read: [CheckCheck, 14], failed: [CircleAlert, 14], unknown: [CircleHelp, 14] };
const WAY = ["sent", "delivered", "read", "failed"];

// [state in words, when] of every stage that a message came to. after: seconds since `at`, by state.
export const times = (at, after, states) =>
  WAY.filter((state) => after?.[state] !== undefined)
    .map((state) => [states[state], whole(new Date(Date.parse(at) + after[state] * 1000))]);

export function Tick({ delivery, at, after, states, ...rest }) {
  const [place, setPlace] = useState(null);
  const [Icon, size] = ICONS[delivery] ?? [];
  if (!Icon) return null;
  const told = times(at, after, states);
  const show = (event) => { if (event.pointerType === "mouse") setPlace(besides(event.currentTarget, true, 24 + 16 * told.length)); };
  const said = [states[delivery], ...told.map((pair) => pair.join(" "))].join("; ");
  return h("span", { ...rest, className: "tick", role: "img", "aria-label": said, "data-tick": delivery, "data-testid": "message-tick",
    onPointerEnter: show, onPointerLeave: () => setPlace(null) },
    h(Icon, { size, strokeWidth: 1.75, "aria-hidden": true }),
    place && h("span", { className: "speaker-tip", role: "tooltip", "data-testid": "tick-times", style: place },
      told.length ? told.map(([state, when]) => h("span", { key: state }, `${state} `, h("time", null, when))) : states[delivery]));
}
