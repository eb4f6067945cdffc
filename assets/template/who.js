// Whom to write to first: one of our accounts, a number, a name, and the customer's consent.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";

const useAccounts = () => {
  const [accounts, setAccounts] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    fetch("/api/templates/accounts", { cache: "no-store", signal: stop.signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(setAccounts)
      .catch(() => { if (!stop.signal.aborted) setAccounts([]); });
    return () => stop.abort();
  }, []);
  return accounts;
};

export function Who({ given, problem, asking, words, onChange, onNext }) {
  const accounts = useAccounts();
  const number = useRef(null);
  const account = given.account || accounts?.[0]?.id || "";
  useLayoutEffect(() => { number.current?.focus(); }, [accounts]);
  if (!accounts) return h("p", { className: "nothing", role: "status" }, words.loading);
  if (!accounts.length) return h("p", { className: "nothing" }, words.noAccount);
  const ready = account && given.number.trim() && given.name.trim() && given.consented && !asking;
  const put = (name) => (event) => onChange({ ...given, account, [name]: event.target.value });
  return h("form", { className: "fill", onSubmit: (event) => { event.preventDefault(); if (ready) onNext({ ...given, account }); } },
    h("div", { className: "fields" },
      accounts.length > 1 && h("label", { className: "field" }, words.from,
        h("select", { value: account, "data-testid": "start-account", onChange: put("account") }, accounts.map((one) => h("option", { key: one.id, value: one.id }, [one.name, one.address].filter(Boolean).join(" · "))))),
      h("label", { className: "field" }, words.number,
        h("input", { ref: number, type: "tel", value: given.number, autoComplete: "off", placeholder: "+49 151 12345678", "data-testid": "start-number", "aria-invalid": Boolean(problem), onChange: put("number") })),
      h("label", { className: "field" }, words.customerName,
        h("input", { type: "text", value: given.name, autoComplete: "off", dir: "auto", maxLength: 200, "data-testid": "start-name", onChange: put("name") })),
      h("label", { className: "tick" },
        h("input", { type: "checkbox", checked: given.consented, "data-testid": "start-consent", onChange: (event) => onChange({ ...given, account, consented: event.target.checked }) }),
        h("span", null, words.consent))),
    problem && h("p", { className: "refusal", role: "alert" }, problem),
    h("div", { className: "end" }, h("span", { className: "space" }),
      h("button", { type: "submit", className: "main-button", "data-testid": "start-next", disabled: !ready }, words.next)));
}
