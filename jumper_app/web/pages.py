"""The pages outside the panel: plain HTML, no script, no Reflex.

Colours are steps of the panel's scales: slate (g), iris (a), red (r).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse

STYLE = """
@font-face{font-family:Inter;font-weight:100 900;font-display:swap;
src:url(/fonts/inter-latin.woff2) format("woff2");
unicode-range:U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC}
@font-face{font-family:Inter;font-weight:100 900;font-display:swap;
src:url(/fonts/inter-latin-ext.woff2) format("woff2");
unicode-range:U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2113}
:root{color-scheme:light;--g1:#fcfcfd;--g2:#f9f9fb;--g4:#e8e8ec;--g7:#cdced6;--g9:#8b8d98;
--g11:#60646c;--g12:#1c2024;--a4:#e6e7ff;--a8:#9b9ef0;--a9:#5b5bd6;--a10:#5151cd;--a11:#5753c6;
--r3:#feebec;--r6:#fdbdbe;--r11:#ce2c31;--card:#fff;
--shade:0 1px 2px #00000a0a,0 12px 32px #00003b0f}
@media(prefers-color-scheme:dark){:root{color-scheme:dark;--g1:#111113;--g2:#111113;--g4:#272a2d;
--g7:#43484e;--g9:#696e77;--g11:#b0b4ba;--g12:#edeef0;--a4:#262a65;--a8:#5958b1;--a9:#5b5bd6;
--a10:#6e6ade;--a11:#b1a9ff;--r3:#3b1219;--r6:#72232d;--r11:#ff9592;--card:#18191b;
--shade:0 0 0 1px #ffffff08,0 12px 32px #0006}}
*{box-sizing:border-box;margin:0}
body{font:14px/20px Inter,system-ui,sans-serif;color:var(--g12);background:var(--g2);
min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px 16px;
-webkit-font-smoothing:antialiased}
main{width:100%;max-width:400px;background:var(--card);border:1px solid var(--g4);
border-radius:16px;padding:32px;box-shadow:var(--shade)}
.mark{width:40px;height:40px;border-radius:12px;background:var(--a9);color:#fff;
display:grid;place-items:center;font:700 20px/1 Inter,system-ui;margin-bottom:20px}
h1{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
.lead{color:var(--g11);margin-top:4px;overflow-wrap:anywhere}
.lead b{font-weight:500;color:var(--g12)}
form{margin-top:24px;display:grid;gap:16px}
label{display:block;font-size:13px;font-weight:500;margin-bottom:6px}
input{width:100%;height:40px;border:1px solid var(--g9);border-radius:10px;padding:0 12px;
font:inherit;font-size:16px;color:inherit;background:var(--g1)}
input:hover{border-color:var(--g11)}
input[readonly]{border-color:var(--g4);background:var(--g2);color:var(--g11)}
input[aria-invalid=true]{border-color:var(--r11)}
:focus-visible{outline:2px solid var(--a8);outline-offset:1px}
.hint{font-size:12px;line-height:16px;color:var(--g11);margin-top:6px}
button,.button{width:100%;height:40px;border:0;border-radius:10px;background:var(--a9);color:#fff;
font:500 14px/40px Inter,system-ui;text-align:center;text-decoration:none;display:block;
cursor:pointer;margin-top:4px}
button:hover,.button:hover{background:var(--a10)}
.button{margin-top:24px}
.error{display:flex;gap:8px;margin-top:20px;padding:10px 12px;border-radius:10px;
background:var(--r3);border:1px solid var(--r6);color:var(--r11);font-size:13px}
.error svg{flex:none;margin-top:2px}
.foot{margin-top:20px;font-size:12px;line-height:16px;color:var(--g11)}
@media(max-width:440px){body{align-items:start;padding:0;background:var(--card)}
main{border:0;border-radius:0;box-shadow:none;padding:48px 20px 32px;max-width:none}}
@media(prefers-reduced-motion:no-preference){input,button{transition:border-color .12s ease-out,
background-color .12s ease-out}}
"""

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; font-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
"""Nothing runs here, nothing is kept, and a link's secret is told to nobody."""

_WARNING = (
    '<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
    '<circle cx="12" cy="12" r="9"/><path d="M12 8v4m0 4h.01"/></svg>'
)


def page(
    title: str, *parts: str, lead: str = "", error: str = "", status: int = HTTPStatus.OK
) -> HTMLResponse:
    """A whole page. ``lead`` and ``parts`` are markup already, the rest is plain text."""
    problem = f'<p class="error" role="alert">{_WARNING}<span>{escape(error)}</span></p>'
    body = (
        f'<main><div class="mark" aria-hidden="true">J</div><h1>{escape(title)}</h1>'
        + (f'<p class="lead">{lead}</p>' if lead else "")
        + (problem if error else "")
        + "".join(parts)
        + "</main>"
    )
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="/favicon.ico">'
        f"<title>{escape(title)} · Jumper</title><style>{STYLE}</style></head>"
    )
    return HTMLResponse(f"{head}<body>{body}</body></html>", status, HEADERS)


@dataclass(frozen=True)
class Field:
    """One labelled input.

    Attributes:
        complete: What a browser or password manager may fill in.
        shortest: Characters it takes at least.
        longest: Characters it takes at most.
        focus: The cursor starts here.
        fixed: Shown, but not to be changed.
        wrong: Marked as the reason for the error above.
    """

    name: str
    label: str
    complete: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    shortest: int = 0
    longest: int = 254
    focus: bool = False
    fixed: bool = False
    wrong: bool = False

    def markup(self) -> str:
        below = f'<p class="hint" id="{self.name}-hint">{escape(self.hint)}</p>'
        return (
            f'<div><label for="{self.name}">{escape(self.label)}</label>'
            f'<input id="{self.name}" name="{self.name}" type="{self.kind}" '
            f'value="{escape(self.value[: self.longest])}" autocomplete="{self.complete}" '
            f'maxlength="{self.longest}"{self._flags()}>{below if self.hint else ""}</div>'
        )

    def _flags(self) -> str:
        flags = {
            f' minlength="{self.shortest}"': self.shortest,
            " autofocus": self.focus,
            " readonly": self.fixed,
            " required": not self.fixed,
            ' aria-invalid="true"': self.wrong,
            f' aria-describedby="{self.name}-hint"': self.hint,
            ' inputmode="email" autocapitalize="none" spellcheck="false"': self.kind == "email",
        }
        return "".join(flag for flag, on in flags.items() if on)


def form(action: str, button: str, *fields: Field, hidden: Mapping[str, str] | None = None) -> str:
    """The markup of a form that posts its fields."""
    unseen = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in (hidden or {}).items()
    )
    return (
        f'<form method="post" action="{escape(action)}">{unseen}'
        f"{''.join(field.markup() for field in fields)}"
        f'<button type="submit">{escape(button)}</button></form>'
    )
