// The template picker: choose, fill in, send. It is opened from anywhere by openTemplates;
// what is typed in it stays in the browser until it is sent.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { X } from "lucide-react";
import { icon } from "./composer/kit.js";
import { Choose } from "./template/choose.js";
import { Fill } from "./template/fill.js";
import { Preview } from "./template/preview.js";
import { begun } from "./template/suggest.js";
import { useShelf } from "./template/shelf.js";
import { Who } from "./template/who.js";

const OPEN = "jumper:templates";
const INSIST_AFTER = 4000; // ms after which an unanswered send is handed in again, under its own key

// For a conversation (its public id), or for somebody whom we do not know yet.
export const openTemplates = (conversation) => dispatchEvent(new CustomEvent(OPEN, { detail: { conversation } }));
export const openNewConversation = () => dispatchEvent(new CustomEvent(OPEN, { detail: {} }));

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const NO_PLACE = { latitude: "", longitude: "", name: "", address: "" };
const NOBODY = { account: "", number: "", name: "", consented: false };
const kept = new Map(); // "<conversation or number> <template>" → values: filled in and not sent

const number = (text) => Number(text.replace(",", "."));
const handedIn = (values) => ({
  texts: Object.entries(values.texts).map(([key, text]) => ({ key, text })),
  file: values.file?.id ?? "",
  place: values.place.name.trim() ? { ...values.place, latitude: number(values.place.latitude), longitude: number(values.place.longitude) } : null,
});

// Where the focus goes back to: what opened the dialog, or where one writes.
const backTo = (opener) => {
  const there = opener?.isConnected && opener !== document.body ? opener : document.querySelector("[data-testid=composer-input], [data-testid=send-template]");
  there?.focus({ preventScroll: true });
};

// Hands a send in until it is answered: {state, answer, send(given)}. "sending", "stored",
// "refused", or "ask" when a colleague answers this customer.
function useSend(answer, onSend) {
  const [sent, setSent] = useState(null);
  const mine = sent && answer.key === sent.key ? answer : null;
  const state = mine ? mine.result : sent ? "sending" : "";
  useEffect(() => {
    if (state !== "sending") return undefined;
    const timer = setInterval(() => { if (navigator.onLine) onSend(sent); }, INSIST_AFTER);
    return () => clearInterval(timer);
  }, [state, sent]);
  const send = (given) => {
    const asked = state === "ask";
    const whole = { ...given, key: asked ? sent.key : newKey(), anyway: asked };
    setSent(whole);
    onSend(whole);
  };
  return { state, answer: mine, send, forget: () => setSent(null) };
}

function Steps({ conversation, person, version, answer, words, onSend, onBegin, onRefresh, onBack, onDone }) {
  const where = conversation ?? person.number;
  const { shelf, problem, again } = useShelf(`/api/templates/${conversation ? `conversation/${conversation}` : `account/${person.account}`}`, version);
  const [query, setQuery] = useState(""), [active, setActive] = useState(""), [chosen, setChosen] = useState("");
  const [values, setValues] = useState(null);
  const [refreshing, setRefreshing] = useState(false);
  const { state, answer: told, send, forget } = useSend(answer, conversation ? onSend : onBegin);
  const template = shelf?.templates.find((one) => one.id === (chosen || active));
  const known = conversation ? shelf?.known : { ...shelf?.known, name: person.name, phone: person.number };
  useEffect(() => { setRefreshing(false); }, [version]);
  useEffect(() => { if (state === "stored") { kept.delete(`${where} ${chosen}`); onDone(); } }, [state]);

  const take = (one) => {
    setValues(kept.get(`${where} ${one.id}`) ?? { texts: begun(one, known), file: null, place: NO_PLACE });
    forget();
    setChosen(one.id);
  };
  const change = (now) => { kept.set(`${where} ${chosen}`, now); setValues(now); forget(); };
  const back = () => { setChosen(""); forget(); };
  const onKeyDown = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !(chosen || onBack)) return;
    event.preventDefault();
    event.stopPropagation();
    if (chosen) back(); else onBack();
  };
  if (problem) return h("div", { className: "nothing", role: "alert" }, problem === "?" ? words.failed : problem, h("button", { type: "button", className: "outline-button", onClick: again }, words.again));
  const filling = chosen && template && values;
  const step = filling
    ? h(Fill, { template, values, shelf: { ...shelf, known }, uploads: `/api/attachments/${conversation ?? person.account}`, problems: (state === "refused" && told.problems) || {}, asking: state === "ask",
      sending: state === "sending", notice: state === "refused" ? told.words : state === "ask" ? words.colleague.replace("{}", told.colleague) : "", words, onChange: change, onBack: back,
      onSend: () => send({ conversation, beginning: person, filled: { template: chosen, ...handedIn(values) } }) })
    : h(Choose, { shelf, query, onQuery: setQuery, active, onActive: setActive, refreshing, words, onTake: take,
      onRefresh: () => { setRefreshing(true); onRefresh({ conversation: conversation ?? "", account: person?.account ?? "" }); } });
  return h("div", { className: "halves", onKeyDown }, h("div", { className: "half" }, step),
    template && h(Preview, { template, words, ...(filling ? { texts: values.texts, file: values.file, place: values.place } : {}) }));
}

// Somebody new: who, then which template. Whom we know already, their conversation opens.
function NewConversation({ looked, words, onLook, onDone, ...rest }) {
  const [given, setGiven] = useState(NOBODY), [asked, setAsked] = useState("");
  const mine = asked && looked.key === asked ? looked : null;
  useEffect(() => { if (mine?.result === "known") onDone(); }, [mine]);
  const next = (whole) => { const key = newKey(); setGiven(whole); setAsked(key); onLook({ ...whole, key }); };
  if (mine?.result === "new") return h(Steps, { ...rest, person: { ...given, number: mine.number }, words, onBack: () => setAsked(""), onDone });
  return h(Who, { given, asking: Boolean(asked) && !mine, problem: mine?.result === "refused" ? mine.words : "", words, onNext: next,
    onChange: (whole) => { setGiven(whole); setAsked(""); } });
}

export function TemplateDialog({ version, answer, looked, words, onSend, onBegin, onLook, onRefresh, ...rest }) {
  const dialog = useRef(null), opener = useRef(null);
  const [place, setPlace] = useState(null);
  useEffect(() => {
    const open = (event) => { opener.current = document.activeElement; setPlace({ ...event.detail, at: performance.now() }); };
    addEventListener(OPEN, open);
    return () => removeEventListener(OPEN, open);
  }, []);
  useLayoutEffect(() => { if (place && !dialog.current.open) dialog.current.showModal(); }, [place]);
  if (!place) return null;
  const close = () => { dialog.current?.close(); setPlace(null); requestAnimationFrame(() => backTo(opener.current)); };
  const done = () => { dispatchEvent(new Event("jumper:sent")); close(); };
  const common = { key: place.at, version, answer, words, onSend, onBegin, onRefresh, onDone: done };
  return h("dialog", { ...rest, ref: dialog, "data-testid": "template-dialog", "aria-labelledby": "template-title",
    onCancel: (event) => { event.preventDefault(); close(); }, onClick: (event) => { if (event.target === event.currentTarget) close(); } },
  h("div", { className: "inside" },
    h("header", null, h("h2", { id: "template-title" }, place.conversation ? words.title : words.newConversation),
      h("button", { type: "button", className: "icon-button", "aria-label": words.close, title: words.close, onClick: close }, icon(X, 16))),
    place.conversation ? h(Steps, { ...common, conversation: place.conversation }) : h(NewConversation, { ...common, looked, onLook })));
}

// The button that begins one, wherever it stands.
export function BeginsConversation({ label, children, ...rest }) {
  return h("button", { ...rest, type: "button", "aria-label": label, title: label, onClick: openNewConversation }, children);
}
