// Files that are dragged over the page may be dropped anywhere on it, and never replace it.
import { useEffect, useRef, useState } from "react";

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

// Are files over the page? ``onFiles`` is handed what is dropped; null: nothing may be.
export function useDrop(onFiles) {
  const [over, setOver] = useState(false);
  const take = useRef(null);
  take.current = onFiles;
  useEffect(() => {
    const onOver = (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = take.current ? "copy" : "none";
      setOver(Boolean(take.current));
    };
    const onLeave = (event) => { if (!event.relatedTarget) setOver(false); }; // out of the window
    const onDrop = (event) => {
      setOver(false);
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      take.current?.(event.dataTransfer.files);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, []);
  return over;
}
