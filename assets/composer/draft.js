// The text of one box: kept in this browser with every key, on the server soon after.
import { useEffect, useRef, useState } from "react";
import * as desk from "../desk.js";

const SAVE_AFTER = 600; // ms after the last key

// {text, type(text), empty(), reload()} of one conversation and mode.
//
// undone: what was taken back, words that stand before whatever is written.
export function useDraft({ conversation, mode, server, saved, undone, onDraft }) {
  const [text, setText] = useState(() => desk.draft(conversation, mode, server).text);
  const timer = useRef(0), dirty = useRef(false), handedIn = useRef(false);

  const save = () => {
    clearTimeout(timer.current);
    if (!dirty.current) return;
    dirty.current = false;
    handedIn.current = true;
    const { text: latest, revision, key } = desk.held(conversation, mode);
    onDraft({ conversation, mode, text: latest, revision, key });
  };
  const put = (value) => { setText(value); dirty.current = true; clearTimeout(timer.current); timer.current = setTimeout(save, SAVE_AFTER); };
  const type = (value) => { desk.write(conversation, mode, value); put(value); };

  useEffect(() => { // what a reload or a lost connection kept from the server
    if (desk.draft(conversation, mode, null).revision > server.revision) { dirty.current = true; save(); }
    return () => save(); // another conversation opens: hand the draft in at once
  }, []);
  useEffect(() => { // written or sent in another window since
    const here = desk.held(conversation, mode), newest = desk.draft(conversation, mode, server);
    if (server.text === text) { dirty.current = false; clearTimeout(timer.current); }
    if (!dirty.current) setText(newest.text);
    else if (newest.revision > here.revision) desk.write(conversation, mode, text, here.key); // typing goes on above it
  }, [server.revision]);
  useEffect(() => {
    if (saved.conversation !== conversation || saved.mode !== mode || !saved.revision) return;
    const here = desk.draft(conversation, mode, null), behind = !saved.kept && saved.revision >= here.revision;
    desk.saved(saved);
    if (behind && handedIn.current) type(here.text); // another machine was ahead
  }, [saved]);

  useEffect(() => { // the server has put the words into the draft; what was typed meanwhile follows them
    if (mode !== "reply" || undone?.conversation !== conversation) return;
    const here = desk.draft(conversation, mode, server);
    if (here.text !== server.text) type([undone.text, here.text].filter(Boolean).join("\n"));
  }, [undone]);

  return {
    text, type,
    empty: () => { clearTimeout(timer.current); dirty.current = false; setText(""); },
    reload: () => put(desk.draft(conversation, mode, null).text),
  };
}
