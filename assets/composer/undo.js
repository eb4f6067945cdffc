// Taking a held reply back: asked for in the thread, or with Alt+Z for the newest one.
import { useEffect } from "react";
import * as desk from "../desk.js";
import { pressed } from "../keys.js";
import { setQuote } from "./quote.js";
import * as trays from "./trays.js";

const UNDO = "jumper:undo";
const DONE = "jumper.undone"; // in this tab's store: what was given back already, a reload later too

// Said by the thread; whichever composer is open hears it.
export const startUndo = (message) => dispatchEvent(new CustomEvent(UNDO, { detail: message }));

const newest = () => [...document.querySelectorAll("[data-testid=undo-send]")].pop();

// Gives what was just taken back, undefined if that is nothing new. Files go into the tray,
// the quote above the box; the words come with the draft.
export function useUndo({ conversation, undone, onUndo, onDone }) {
  const mine = undone.key && undone.conversation === conversation && sessionStorage.getItem(DONE) !== undone.key;
  useEffect(() => {
    const undo = (event) => onUndo({ message: event.detail, revision: desk.held(conversation, "reply").revision });
    const onKey = (event) => {
      if (!pressed(event, "undo") || !newest()) return;
      event.preventDefault();
      newest().click();
    };
    addEventListener(UNDO, undo);
    addEventListener("keydown", onKey);
    return () => { removeEventListener(UNDO, undo); removeEventListener("keydown", onKey); };
  }, [conversation, onUndo]);
  useEffect(() => {
    if (!mine) return;
    sessionStorage.setItem(DONE, undone.key);
    desk.settle(undone.key);
    trays.giveBack(conversation, undone.files);
    if (undone.quote.message) setQuote(conversation, undone.quote);
    onDone();
  }, [undone]);
  return mine ? undone : undefined;
}
