// Alt+W: to the conversation whose reply window closes next. Looks again when one closes, and
// when the server says that something changed (`turn`).
import { useEffect, useRef } from "react";
import { useMoment } from "./clock.js";
import { pressed } from "./keys.js";

export function NextKey({ closesAt, turn, onNext, onLook }) {
  const latest = useRef({});
  latest.current = { onNext, onLook };
  const at = Date.parse(closesAt);
  const closed = useMoment((moment) => at <= moment, at);
  const known = useRef(turn);
  useEffect(() => { if (closed) latest.current.onLook(); }, [closed, closesAt]);
  useEffect(() => { if (turn !== known.current) { known.current = turn; latest.current.onLook(); } }, [turn]);
  useEffect(() => {
    const onKeyDown = (event) => {
      if (!pressed(event, "closingNext")) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      latest.current.onNext(/^\/c\/([^/]+)/.exec(location.pathname)?.[1] ?? "");
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
