// Tells an agent who looks elsewhere that a customer or a colleague calls: a desktop
// notification, a sound, and the number of calls in the tab's title and on its icon.
// Who looks at any of our pages is told nothing: they see it.
import { createElement as h, useEffect, useRef, useState } from "react";
import { now } from "./clock.js";

const SOUND = "jumper:alert-sound"; // "off" where nobody wants to hear it
const ROOM = "jumper:alerts";
const ANSWER_MS = 150; // in which another page of ours says that somebody looks at it

const permission = () => globalThis.Notification?.permission ?? "none";
const soundIsOn = () => localStorage.getItem(SOUND) !== "off";

// Two soft tones; a browser that has never been clicked in plays nothing.
function ring() {
  const context = new AudioContext();
  [[660, 0], [880, 0.14]].forEach(([pitch, at]) => {
    const tone = context.createOscillator(), loudness = context.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.08, context.currentTime + at);
    loudness.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + at + 0.25);
    tone.connect(loudness).connect(context.destination);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + 0.25);
    tone.onended = () => { if (at) context.close(); };
  });
}

const ICON = "/favicon.ico";
const iconOf = () => document.querySelector("link[rel~=icon]") ?? document.head.appendChild(Object.assign(document.createElement("link"), { rel: "icon" }));

// The icon with a dot on it, drawn once.
let dotted = null;
const withDot = () => (dotted ??= new Promise((done) => {
  const image = new Image();
  image.onload = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 32 }), pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0, 32, 32);
    pen.fillStyle = "#e5484d";
    pen.beginPath(); pen.arc(24, 8, 8, 0, 7); pen.fill();
    done(canvas.toDataURL());
  };
  image.onerror = () => done(ICON);
  image.src = ICON;
}));

// The number of calls, in the title and on the icon.
function mark(count) {
  const plain = document.title.replace(/^\(\d+\) /, "");
  document.title = count ? `(${count}) ${plain}` : plain;
  if (count) withDot().then((address) => { if (/^\(\d+\) /.test(document.title)) iconOf().href = address; });
  else iconOf().href = ICON;
}

// Pages of ours ask each other whether somebody looks at one of them.
function usePages() {
  const room = useRef(null), seen = useRef(false);
  useEffect(() => {
    room.current = new BroadcastChannel(ROOM);
    room.current.onmessage = ({ data }) => {
      if (data === "who looks?" && !document.hidden) room.current.postMessage("I do");
      if (data === "I do") seen.current = true;
    };
    return () => room.current.close();
  }, []);
  return async () => {
    if (!document.hidden) return true;
    seen.current = false;
    room.current.postMessage("who looks?");
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    return seen.current;
  };
}

// One page of several rings for a call.
const isFirst = (name) => navigator.locks ? navigator.locks.request(`${ROOM}:lock`, () => {
  const told = JSON.parse(localStorage.getItem(ROOM) ?? "[]");
  if (told.includes(name)) return false;
  localStorage.setItem(ROOM, JSON.stringify([...told, name].slice(-50)));
  return true;
}) : Promise.resolve(true);

export function Alerts({ latest, mentions, words }) {
  const somebodyLooks = usePages();
  const since = useRef(Infinity), known = useRef(new Set()), calls = useRef(new Set()), before = useRef(null);
  useEffect(() => {
    const look = () => {
      since.current = document.hidden ? now() - 1000 : Infinity; // providers tell whole seconds
      if (!document.hidden) { calls.current.clear(); mark(0); }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);

  const tell = async (name, address, title, body) => {
    if (await somebodyLooks()) return;
    calls.current.add(address);
    mark(calls.current.size);
    if (!(await isFirst(name))) return;
    if (permission() === "granted") {
      const shown = new Notification(title, { body, icon: "/jumper.svg", tag: address, renotify: true });
      shown.onclick = () => { window.focus(); shown.close(); if (location.pathname !== address) location.assign(address); };
    }
    if (soundIsOn()) { try { ring(); } catch { /* nobody has clicked here yet */ } }
  };

  useEffect(() => {
    for (const one of latest) {
      const name = `${one.conversation} ${one.at} ${one.text}`;
      const isOld = known.current.has(name) || Date.parse(one.at) < since.current; // there while somebody still looked
      known.current.add(name);
      if (isOld) continue;
      tell(name, `/c/${one.conversation}`, one.waits ? `${one.name} ${words.waits}` : one.name, one.text);
    }
  }, [latest]);
  useEffect(() => {
    if (before.current !== null && mentions > before.current && document.hidden) tell(`mention ${mentions} ${Math.floor(now() / 1000)}`, "/mentions", words.mentioned, "");
    before.current = mentions;
  }, [mentions]);
  return null;
}

export function AlertSetting({ words, ...rest }) {
  const [allowed, setAllowed] = useState(""), [sound, setSound] = useState(true);
  useEffect(() => { setAllowed(permission()); setSound(soundIsOn()); }, []); // no browser knows it while the page is built
  const ask = async () => { setAllowed(await Notification.requestPermission()); };
  const turn = (event) => {
    localStorage.setItem(SOUND, event.target.checked ? "on" : "off");
    setSound(event.target.checked);
    if (event.target.checked) ring();
  };
  if (!allowed) return null;
  return h("div", { ...rest, "data-permission": allowed },
    allowed === "default" ? h("button", { type: "button", onClick: ask }, words.ask)
      : h("p", { role: "status" }, { granted: words.on, denied: words.refused, none: words.none }[allowed]),
    h("label", null, h("input", { type: "checkbox", checked: sound, onChange: turn }), words.sound));
}
