// The template picker: choose, fill in, send. It is opened from anywhere by openTemplates;
// what is typed in it stays in the browser until it is sent.
import { createElement as h, useEffect, useRef, useState } from "react";
import { X } from "lucide-react";
import { icon } from "./composer/kit.js";
import { Choose } from "./template/choose.js";
import { Fill } from "./template/fill.js";
import { Preview } from "./template/preview.js";
import { begun } from "./template/suggest.js";
import { useShelf } from "./template/shelf.js";

const OPEN = "jumper:templates";
const INSIST_AFTER = 4000; // ms after which an unanswered send is handed in again, under its own key

// `conversation`: its public id.
export const openTemplates = (conversation) => dispatchEvent(new CustomEvent(OPEN, { detail: { conversation } }));

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const NO_PLACE = { latitude: "", longitude: "", name: "", address: "" };
const kept = new Map(); // "<place> <template>" → values: what was filled in and not sent

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

function Inside({ place, version, answer, words, onSend, onRefresh, onClose }) {
  const { conversation } = place;
  const { shelf, problem, again } = useShelf(`/api/templates/conversation/${conversation}`, version);
  const [query, setQuery] = useState(""), [active, setActive] = useState(""), [chosen, setChosen] = useState("");
  const [values, setValues] = useState(null);
  const [sent, setSent] = useState(null); // {key, state}: "sending", "ask", "refused"
  const [refreshing, setRefreshing] = useState(0);
  const template = shelf?.templates.find((one) => one.id === (chosen || active));
  const mine = sent && answer.key === sent.key ? answer : null;
  const state = sent?.state === "sending" && mine ? mine.result : sent?.state;

  useEffect(() => { setRefreshing(0); }, [version]);
  useEffect(() => { if (mine?.result === "stored") { kept.delete(`${conversation} ${chosen}`); dispatchEvent(new Event("jumper:sent")); onClose(); } }, [mine]);
  useEffect(() => {
    if (state !== "sending") return undefined;
    const timer = setInterval(() => { if (navigator.onLine) onSend(sent.given); }, INSIST_AFTER);
    return () => clearInterval(timer);
  }, [state, sent]);

  const take = (one) => {
    setValues(kept.get(`${conversation} ${one.id}`) ?? { texts: begun(one, shelf.known), file: null, place: NO_PLACE });
    setSent(null);
    setChosen(one.id);
  };
  const change = (now) => { kept.set(`${conversation} ${chosen}`, now); setValues(now); if (sent) setSent(null); };
  const send = () => {
    const asked = state === "ask";
    const key = asked ? sent.key : newKey();
    const given = { conversation, template: chosen, ...handedIn(values), key, anyway: asked };
    setSent({ key, state: "sending", given });
    onSend(given);
  };
  const back = () => { setChosen(""); setSent(null); };
  const onKeyDown = (event) => { if (event.key === "Escape" && chosen && !event.defaultPrevented) { event.preventDefault(); event.stopPropagation(); back(); } };
  const notice = state === "refused" ? mine?.words : state === "ask" ? words.colleague.replace("{}", mine?.colleague ?? "") : "";
  const step = chosen && template && values
    ? h(Fill, { template, values, shelf, uploads: `/api/attachments/${conversation}`, problems: state === "refused" ? mine?.problems ?? {} : {}, asking: state === "ask",
      sending: state === "sending", notice, words, onChange: change, onBack: back, onSend: send })
    : h(Choose, { shelf: shelf ?? { templates: [] }, query, onQuery: setQuery, active, onActive: setActive, refreshing: refreshing > 0, words,
      onTake: take, onRefresh: () => { setRefreshing(1); onRefresh({ conversation }); } });
  return h("div", { className: "inside", onKeyDown },
    h("header", null, h("h2", { id: "template-title" }, words.title),
      h("button", { type: "button", className: "icon-button", "aria-label": words.close, title: words.close, onClick: onClose }, icon(X, 16))),
    problem ? h("div", { className: "nothing", role: "alert" }, problem === "?" ? words.failed : problem, h("button", { type: "button", className: "outline-button", onClick: again }, words.again))
      : shelf ? h("div", { className: "halves" }, h("div", { className: "half" }, step),
        template && h(Preview, { template, words, ...(chosen && values ? { texts: values.texts, file: values.file, place: values.place } : {}) }))
        : h("p", { className: "nothing", role: "status" }, words.loading));
}

export function TemplateDialog({ version, answer, words, onSend, onRefresh, ...rest }) {
  const dialog = useRef(null), opener = useRef(null);
  const [place, setPlace] = useState(null);
  useEffect(() => {
    const open = (event) => { opener.current = document.activeElement; setPlace({ ...event.detail, at: Date.now() }); };
    addEventListener(OPEN, open);
    return () => removeEventListener(OPEN, open);
  }, []);
  useEffect(() => { if (place && !dialog.current.open) dialog.current.showModal(); }, [place]);
  if (!place) return null;
  const close = () => { dialog.current?.close(); setPlace(null); requestAnimationFrame(() => backTo(opener.current)); };
  return h("dialog", { ...rest, ref: dialog, "data-testid": "template-dialog", "aria-labelledby": "template-title",
    onCancel: (event) => { event.preventDefault(); close(); }, onClick: (event) => { if (event.target === event.currentTarget) close(); } },
  h(Inside, { key: place.at, place, version, answer, words, onSend, onRefresh, onClose: close }));
}
