"""The business's own website, with the one line of the widget in it."""

import base64
import hashlib
from html import escape
from urllib.parse import urlencode

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from jumper_app.channels.webchat.passport import SiteUser, issue
from jumper_app.simulator import words

PATH = "/simulator/site"

PEOPLE = {
    "vera": SiteUser(id="customer-1001", name="Vera Lind", email="vera.lind@example.com"),
    "omar": SiteUser(id="customer-1002", name="Omar Saleh", email="omar.saleh@example.com"),
}
"""Who can be signed in at the site."""

STYLE = """
:root{color-scheme:light dark;
--g1:#fcfcfd;--g3:#f0f0f3;--g11:#60646c;--g12:#1c2024;--a11:#5753c6}
@media(prefers-color-scheme:dark){:root{
--g1:#111113;--g3:#212225;--g11:#b0b4ba;--g12:#edeef0;--a11:#b1a9ff}}
*{box-sizing:border-box;margin:0}
body{font:16px/26px ui-sans-serif,system-ui,sans-serif;color:var(--g12);background:var(--g1)}
nav,main,footer{max-width:960px;margin:auto;padding:20px 24px}
nav{display:flex;gap:8px 20px;flex-wrap:wrap;align-items:center}
nav b{font-size:18px;margin-inline-end:auto}
a{color:var(--a11)}
h1{font-size:clamp(28px,6vw,48px);line-height:1.1;letter-spacing:-.02em;
margin:40px 0 16px;text-wrap:balance}
.lead{font-size:19px;line-height:30px;color:var(--g11);max-width:36em}
ul{list-style:none;padding:0;margin:40px 0;display:grid;gap:16px;
grid-template-columns:repeat(auto-fit,minmax(220px,1fr))}
li{background:var(--g3);border-radius:16px;padding:20px}
li b{display:block}
li span,footer{color:var(--g11);font-size:14px;line-height:22px}
code{font:13px/20px ui-monospace,monospace;background:var(--g3);padding:2px 6px;
border-radius:6px;overflow-wrap:anywhere}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'self'; frame-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""As strict as a careful site's: the widget needs its script and its frame, and no more."""


class Site:
    """The pages of the website."""

    def __init__(self, key: str, identity_secret: str) -> None:
        self._key = key
        self._secret = SecretStr(identity_secret)

    def routes(self) -> list[Route]:
        return [Route(PATH, self.page)]

    async def page(self, request: Request) -> HTMLResponse:
        """The one page, for a guest or for somebody who is signed in."""
        user = PEOPLE.get(request.query_params.get("user", ""))
        asked = request.query_params.get("lang", "")
        lang = asked if asked in words.SITE_LANGUAGES else "en"
        html = page_of(self._line(user), user, lang)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    def _line(self, user: SiteUser | None) -> str:
        """What the business pasted into its page, and what its server adds of who is there."""
        known = f' data-user="{issue(user, self._secret)}"' if user else ""
        return f'<script src="/widget.js" data-key="{escape(self._key)}"{known} async></script>'


def page_of(line: str, user: SiteUser | None, lang: str) -> str:
    """The page in markup."""
    people = [_link(f"{words.SITE_SIGN_IN} {one.name}", user=key) for key, one in PEOPLE.items()]
    doors = [f"<span>{escape(user.name)}</span>", _link(words.SITE_SIGN_OUT)] if user else people
    tongues = [_link(name, lang=tag) for tag, name in words.SITE_LANGUAGES.items()]
    goods = "".join(
        f"<li><b>{escape(name)}</b><span>{escape(about)}</span></li>"
        for name, about in words.SITE_GOODS
    )
    shown = line.partition(" data-user")[0].partition(" async")[0] + " async></script>"
    return (
        f'<!doctype html><html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        f'initial-scale=1"><title>{escape(words.BUSINESS_NAME)}</title>'
        f'<link rel="icon" href="/favicon.ico"><style>{STYLE}</style></head><body>'
        f"<nav><b>{escape(words.BUSINESS_NAME)}</b>{' '.join(doors)}</nav>"
        f"<main><h1>{escape(words.SITE_TITLE)}</h1><p class='lead'>{escape(words.SITE_LEAD)}</p>"
        f"<ul>{goods}</ul></main><footer><p>{escape(words.SITE_LINE)} <code>{escape(shown)}"
        f"</code></p><p>{' · '.join(tongues)}</p></footer>{line}</body></html>"
    )


def _link(label: str, **query: str) -> str:
    address = f"{PATH}?{urlencode(query)}" if query else PATH
    return f'<a href="{escape(address)}">{escape(label)}</a>'
