// Which message is looked at.
import { useEffect, useState } from "react";

// Is the pointer, a finger or the focus on the message? Only then are there buttons, so
// that a long conversation has no more stops for the keyboard than messages.
export function useNear(root) {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const line = root.current?.closest("[data-message]");
    if (!line) return undefined;
    const come = () => setNear(true);
    const leave = (event) => { if (event.pointerType === "mouse" && !line.contains(document.activeElement)) setNear(false); };
    const blur = (event) => { if (event.relatedTarget && !line.contains(event.relatedTarget)) setNear(line.matches(":hover") && matchMedia("(hover: hover)").matches); };
    const elsewhere = (event) => { if (!line.contains(event.target)) setNear(false); };
    const heard = [["pointerenter", come], ["pointerdown", come], ["focusin", come], ["pointerleave", leave], ["focusout", blur]];
    heard.forEach(([name, act]) => line.addEventListener(name, act));
    document.addEventListener("pointerdown", elsewhere);
    return () => {
      heard.forEach(([name, act]) => line.removeEventListener(name, act));
      document.removeEventListener("pointerdown", elsewhere);
    };
  }, []);
  return [near, setNear];
}
