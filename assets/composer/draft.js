// The text of one box: kept in this browser with every key, on the server soon after.
import { useEffect, useRef, useState } from "react";
import * as desk from "../desk.js";

const SAVE_AFTER = 600; // ms after the last key

// {text, type(text), empty(), reload()} of one conversation and mode.
export function useDraft({ conversation, mode, server, saved, onDraft }) {
  const [text, setText] = useState(() => desk.draft(conversation, mode, server).text);
  const timer = useRef(0), dirty = useRef(false), handedIn = useRef(false);

  const save = () => {
    clearTimeout(timer.current);
    if (!dirty.current) return;
    dirty.current = false;
    handedIn.current = true;
    const { text: latest, revision } = desk.draft(conversation, mode, null);
    onDraft({ conversation, mode, text: latest, revision });
  };
  const put = (value) => { setText(value); dirty.current = true; clearTimeout(timer.current); timer.current = setTimeout(save, SAVE_AFTER); };
  const type = (value) => { desk.write(conversation, mode, value); put(value); };

  useEffect(() => { // what a reload or a lost connection kept from the server
    if (desk.draft(conversation, mode, null).revision > server.revision) { dirty.current = true; save(); }
    return () => save(); // another conversation opens: hand the draft in at once
  }, []);
  useEffect(() => { // written on another machine since
    const newest = desk.draft(conversation, mode, server);
    if (!dirty.current && newest.text !== text) setText(newest.text);
  }, [server.revision]);
  useEffect(() => {
    if (saved.conversation !== conversation || saved.mode !== mode || !saved.revision) return;
    const here = desk.draft(conversation, mode, null);
    if (saved.revision <= here.revision) desk.saved(saved);
    else if (handedIn.current) { desk.saved(saved); type(here.text); } // refused: another machine was ahead
  }, [saved]);

  return {
    text, type,
    empty: () => { clearTimeout(timer.current); dirty.current = false; setText(""); },
    reload: () => put(desk.draft(conversation, mode, null).text),
  };
}
