// Alt+W: to the conversation whose reply window closes next.
import { useEffect, useRef } from "react";

export function NextKey({ onNext }) {
  const latest = useRef(onNext);
  latest.current = onNext;
  useEffect(() => {
    const onKeyDown = (event) => {
      if (event.code !== "KeyW" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      latest.current(/^\/c\/([^/]+)/.exec(location.pathname)?.[1] ?? "");
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
