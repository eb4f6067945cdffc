// The one line on a site: a button in the corner, and the chat in a frame of its own origin.
// Nothing of the site is read, and nothing of the chat is within its reach.
(() => {
  const line = document.currentScript;
  if (!line || window.Jumper) return;
  const { key = "", user = "", lang = document.documentElement.lang, theme = "", side = "" } = line.dataset;
  const home = new URL(line.src).origin;
  const rtl = getComputedStyle(document.documentElement).direction === "rtl";
  let passport = user, isOpen = false, isReady = false, words = {}, unread = 0;

  const address = new URL(`/chat/${encodeURIComponent(key)}`, home);
  address.search = new URLSearchParams({ lang, theme, site: location.origin });

  const STYLE = `
    :host { all: initial; }
    button { position: fixed; z-index: 2147483000; bottom: max(20px, env(safe-area-inset-bottom)); inline-size: 56px;
      block-size: 56px; border: 0; border-radius: 50%; cursor: pointer; color: var(--on, #fff); background: var(--colour, #5b5bd6);
      box-shadow: 0 1px 2px rgb(0 0 0 / .2), 0 8px 24px rgb(0 0 0 / .2); display: grid; place-items: center; }
    button:focus-visible { outline: 3px solid var(--colour); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    button svg { inline-size: 26px; block-size: 26px; }
    .end button { inset-inline-end: max(20px, env(safe-area-inset-right)); }
    .start button { inset-inline-start: max(20px, env(safe-area-inset-left)); }
    .end iframe { inset-inline-end: max(20px, env(safe-area-inset-right)); }
    .start iframe { inset-inline-start: max(20px, env(safe-area-inset-left)); }
    b { position: absolute; top: -2px; inset-inline-end: -2px; min-inline-size: 20px; padding: 0 6px; box-sizing: border-box;
      border-radius: 10px; background: #ce2c31; color: #fff; font: 600 12px/20px system-ui, sans-serif; text-align: center; }
    b:empty { display: none; }
    iframe { position: fixed; z-index: 2147483001; bottom: calc(max(20px, env(safe-area-inset-bottom)) + 68px);
      inline-size: min(384px, calc(100vw - 40px)); block-size: min(640px, calc(100dvh - 108px)); border: 0; border-radius: 16px;
      background: transparent; color-scheme: normal; box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 12px 48px rgb(0 0 0 / .24); }
    iframe[hidden], button[hidden] { display: none; }
    @media (max-width: 480px), (max-height: 480px) {
      iframe { inset: 0 !important; inline-size: 100vw; block-size: 100dvh; border-radius: 0; box-shadow: none; }
      .open button { display: none; }
    }
    @media print { button, iframe { display: none; } }`;
  const SPEECH = "M21 11.5a8.4 8.4 0 0 1-12.6 7.3L3 20.5l1.8-5.2A8.4 8.4 0 1 1 21 11.5z";
  const DOWN = "M6 9l6 6 6-6";

  const host = document.createElement("jumper-chat");
  const root = host.attachShadow({ mode: "open" });
  const box = document.createElement("div");
  const button = document.createElement("button");
  const badge = document.createElement("b");
  const frame = document.createElement("iframe");
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");

  const build = () => {
    const sheet = new CSSStyleSheet(); // allowed where the site's own policy forbids inline styles
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    box.className = side === "start" ? "start" : "end";
    box.dir = rtl ? "rtl" : "ltr";
    for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
      "stroke-width": "1.75", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) icon.setAttribute(name, value);
    icon.append(path);
    button.type = "button";
    button.hidden = frame.hidden = true;
    button.append(icon, badge);
    button.addEventListener("click", () => show(!isOpen));
    frame.src = address.href;
    frame.allow = "clipboard-write";
    box.append(button, frame);
    root.append(box);
    document.body.append(host);
  };

  const tell = (type, more = {}) => isReady && frame.contentWindow.postMessage({ jumper: type, ...more }, home);

  const draw = () => {
    path.setAttribute("d", isOpen ? DOWN : SPEECH);
    badge.textContent = unread && !isOpen ? String(Math.min(unread, 99)) : "";
    const news = unread === 1 ? words.unread_one : words.unread_many?.replace("{n}", unread);
    button.setAttribute("aria-label", isOpen ? words.close : [words.open, unread ? news : ""].filter(Boolean).join(", "));
    button.setAttribute("aria-expanded", String(isOpen));
    frame.hidden = !isOpen;
    box.classList.toggle("open", isOpen);
  };

  const show = (open, focus = true) => {
    if (!isReady || open === isOpen) return;
    isOpen = open;
    draw();
    tell(open ? "open" : "closed");
    if (focus) (open ? frame : button).focus();
  };

  const HEARD = {
    ready(told) {
      isReady = true;
      words = told.words;
      frame.title = told.title;
      box.style.setProperty("--colour", told.colour);
      box.style.setProperty("--on", told.on);
      button.hidden = false;
      draw();
      tell("hello", { passport, open: isOpen });
    },
    unread(told) { unread = Number(told.count) || 0; draw(); },
    close() { show(false); },
    refused() { console.warn("Jumper: the site's word about who is signed in was not accepted."); },
  };

  addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow) return;
    const heard = Object.hasOwn(HEARD, event.data?.jumper) && HEARD[event.data.jumper];
    if (heard) heard(event.data);
  });

  window.Jumper = Object.freeze({
    open: () => show(true),
    close: () => show(false),
    identify(signed) { passport = String(signed ?? ""); tell("hello", { passport, open: isOpen }); },
    forget() { passport = ""; tell("forget"); },
  });

  if (document.body) build();
  else addEventListener("DOMContentLoaded", build);
})();
