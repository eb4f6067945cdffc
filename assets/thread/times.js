// Times and days as the reader's own clock has them.
import { createElement as h } from "react";
import { useMoment } from "../clock.js";

const DAY = 86_400_000;
const EN = "en-GB";

export const clock = (at, zone) =>
  at.toLocaleTimeString(EN, { hour: "2-digit", minute: "2-digit", ...(zone ? { timeZone: zone } : {}) });

export const whole = (at) => {
  const day = at.toLocaleDateString(EN, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const time = at.toLocaleTimeString(EN, { timeStyle: "medium" });
  return `${day.replace(",", "")}, ${time}`;
};

export const zoneName = (at) =>
  new Intl.DateTimeFormat(EN, { timeZoneName: "short" }).formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value ?? "";

export const elsewhere = (at, zone) => {
  try {
    const there = clock(at, zone);
    return there === clock(at) ? "" : there;
  } catch { return ""; } // a zone that this browser does not know
};

// "18:04", in the reader's zone.
export function Clock({ at, ...rest }) {
  const then = new Date(at);
  return h("time", { ...rest, dateTime: at, title: whole(then) }, clock(then));
}

const dayWords = (at, moment, today, yesterday) => {
  const midnight = new Date(moment).setHours(0, 0, 0, 0);
  if (at >= midnight && at < midnight + DAY) return today;
  if (at < midnight && at >= midnight - DAY) return yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(moment).getFullYear();
  return new Date(at).toLocaleDateString(EN,
    { weekday: "short", day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }).replace(",", "");
};

// "Today", "Yesterday", "Sat 21 Nov"; ages at midnight.
export function DayLine({ at, today, yesterday, ...rest }) {
  const words = useMoment((moment) => dayWords(Date.parse(at), moment, today, yesterday));
  return h("div", { ...rest, role: "separator" }, words);
}
