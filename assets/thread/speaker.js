// The small profile icon, which tells who spoke and when.
import { createElement as h, useEffect, useRef, useState } from "react";
import { times } from "./tick.js";
import { elsewhere, whole, zoneName } from "./times.js";
import { besides } from "./tip.js";

const TIP_HEIGHT = 52;
const LINE_HEIGHT = 16;

// A button that says on hover, focus or tap who spoke and when.
export function SpeakerIcon({ author, at, zone = "", zoneWords = "", atEnd = false, after, states, children, ...rest }) {
  const button = useRef(null);
  const [place, setPlace] = useState(null);
  const came = states ? times(at, after, states) : [];
  const show = () => setPlace(besides(button.current, atEnd, TIP_HEIGHT + LINE_HEIGHT * came.length));
  const hide = () => setPlace(null);
  useEffect(() => {
    if (!place) return undefined;
    const onKey = (event) => { if (event.key === "Escape") hide(); };
    const onPress = (event) => { if (!button.current.contains(event.target)) hide(); };
    // The keyboard brings an icon into view when it comes to it: what is said there moves along.
    const onScroll = () => (document.activeElement === button.current ? show() : hide());
    addEventListener("scroll", onScroll, true);
    addEventListener("keydown", onKey);
    addEventListener("pointerdown", onPress);
    return () => {
      removeEventListener("scroll", onScroll, true);
      removeEventListener("keydown", onKey);
      removeEventListener("pointerdown", onPress);
    };
  }, [place]);
  const then = new Date(at);
  const mouse = (act) => (event) => { if (event.pointerType === "mouse") act(); }; // a finger that taps leaves at once
  const there = place && zone ? elsewhere(then, zone) : "";
  return h("span", { className: "speaker" },
    h("button", {
      ...rest, ref: button, type: "button", "data-testid": "message-avatar",
      "aria-label": `${author}, ${whole(then)}`,
      onPointerEnter: mouse(show), onPointerLeave: mouse(hide), onFocus: show, onBlur: hide, onClick: show,
    }, children),
    place && h("span", { className: "speaker-tip", role: "tooltip", "data-testid": "message-time", style: place },
      h("b", null, author),
      h("time", { dateTime: at }, `${whole(then)} ${zoneName(then)}`,
        there ? ` · ${zoneWords.replace("{}", there)}` : ""),
      came.map(([state, when]) => h("span", { key: state, className: "quiet-tip" }, `${state} ${when}`))));
}
