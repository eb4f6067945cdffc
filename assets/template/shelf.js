// The templates of a conversation's business: fetched, made ready, found again.
import { useEffect, useMemo, useState } from "react";

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
export const languageOf = (code) => {
  try { return names.of(code.replace("_", "-")) ?? code; } catch { return code; } // a code that nobody knows
};
export const titled = (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const wordsOf = (pieces) => pieces.map((piece) => (piece.gap ? `{{${piece.gap}}}` : piece.text)).join("");

const prepare = (one) => ({
  ...one,
  tongue: languageOf(one.language),
  line: wordsOf(one.form.body).replace(/\s+/g, " "),
  found: plain([one.name, one.name.replaceAll("_", " "), one.language, languageOf(one.language), one.category,
    wordsOf(one.form.header), wordsOf(one.form.body), one.form.footer, ...one.form.buttons.map((button) => button.title)].join(" ")),
});

// {shelf, problem, again()} of an address; `version` changes when there is something new.
export function useShelf(address, version) {
  const [told, setTold] = useState({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!address) return undefined;
    const stop = new AbortController();
    fetch(address, { cache: "no-store", signal: stop.signal })
      .then(async (answer) => {
        const body = await answer.json();
        if (!answer.ok) throw new Error(body.error);
        setTold({ address, shelf: { ...body, templates: body.templates.map(prepare) } });
      })
      .catch((error) => { if (!stop.signal.aborted) setTold((one) => (one.address === address && one.shelf ? one : { address, problem: error.message || "?" })); });
    return () => stop.abort();
  }, [address, version, tries]);
  const mine = told.address === address ? told : {};
  return { shelf: mine.shelf, problem: mine.problem, again: () => { setTold({}); setTries(tries + 1); } };
}

// Those that hold every word, the likeliest first: a name that begins so, a name, the rest.
export function useFound(templates, query) {
  return useMemo(() => {
    const words = plain(query).split(/[\s_]+/).filter(Boolean);
    if (!words.length) return templates;
    const rank = (one) => (one.why_not ? 3 : 0) + (one.name.startsWith(words[0]) ? 0 : one.name.includes(words[0]) ? 1 : 2);
    return templates.filter((one) => words.every((word) => one.found.includes(word)))
      .map((one, place) => [rank(one), place, one]).sort(([one, first], [other, second]) => one - other || first - second)
      .map(([, , one]) => one);
  }, [templates, query]);
}
