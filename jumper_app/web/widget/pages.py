"""The widget's page, its parts, and the one line's script: plain files, sent compressed.

The parts lie under a path that names their version, so that a browser keeps them for ever
and a new version is a new path. ``/widget.js`` keeps its name and is asked for again.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app.channels.webchat.limits import MAX_TEXT
from jumper_app.db import Database
from jumper_app.settings import ROOT

from .chat import Chat, find_chat
from .errors import NoSuchChat
from .words import Language, chosen

FOLDER = ROOT / "assets" / "widget"
LOADER = "widget.js"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
"""How long a site's visitors may keep ``/widget.js``, in seconds."""

SITE = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)


@dataclass(frozen=True)
class Part:
    """One file, as it is and compressed."""

    name: str
    plain: bytes
    packed: bytes = field(repr=False)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.plain).hexdigest()[:20]}"'


@cache
def parts() -> dict[str, Part]:
    """All files, read once."""
    found = sorted(path for path in FOLDER.iterdir() if path.suffix in TYPES)
    return {path.name: _part(path) for path in found}


def _part(path: Path) -> Part:
    plain = _slim(path.read_text()).encode()
    return Part(path.name, plain, gzip.compress(plain, 9, mtime=0))


def _slim(text: str) -> str:
    """Without indents and without lines that are only a comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@cache
def version() -> str:
    """A name for these very files."""
    digest = hashlib.sha256()
    for part in parts().values():
        digest.update(part.name.encode() + part.plain)
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Pages:
    """The routes for files and pages."""

    database: Database

    def routes(self) -> list[Route]:
        return [
            Route("/widget.js", self.loader),
            Route("/chat/-/{version}/{name}", self.part),
            Route("/chat/{key}", self.page),
        ]

    async def loader(self, request: Request) -> Response:
        """What the line on a site loads."""
        return _file(request, parts()[LOADER], FOR_A_WHILE)

    async def part(self, request: Request) -> Response:
        """A part of the page. Of another version: the present one, not to be kept."""
        part = parts().get(request.path_params["name"])
        if part is None:
            return PlainTextResponse("There is nothing here.", HTTPStatus.NOT_FOUND)
        is_present = request.path_params["version"] == version()
        return _file(request, part, FOR_EVER if is_present else "no-store")

    async def page(self, request: Request) -> Response:
        """The chat itself, in a site's frame or alone."""
        try:
            chat = await self.database.ask(find_chat, request.path_params["key"])
        except NoSuchChat as error:
            return PlainTextResponse(error.for_agent, HTTPStatus.NOT_FOUND)
        told = request.query_params.get("lang", "") or request.headers.get("accept-language", "")
        html = page_of(chat, chosen(told)).encode()
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": _policy(chat)}
        return _packed(request, html, gzip.compress(html, 6), "text/html; charset=utf-8", headers)


def page_of(chat: Chat, language: Language) -> str:
    """The page of a chat in a language."""
    base = f"/chat/-/{version()}"
    modules = "".join(
        f'<link rel="modulepreload" href="{base}/{name}">'
        for name in parts()
        if name.endswith(".js") and name != LOADER
    )
    return (
        f'<!doctype html><html lang="{language.tag}" dir="{language.direction}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1, interactive-widget=resizes-content"><meta name="robots" '
        'content="noindex"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(chat.name)}</title><link rel="icon" href="/favicon.ico">'
        f'<link rel="stylesheet" href="{base}/chat.css">{modules}'
        f'<script type="module" src="{base}/chat.js"></script></head><body>'
        f"<noscript>{escape(language.words['no_script'])}</noscript>"
        f'<script type="application/json" id="chat">{_safe(_told(chat, language))}</script>'
        "</body></html>"
    )


def _told(chat: Chat, language: Language) -> dict[str, Any]:
    """What the page's script must know. Nothing here is secret."""
    return {
        "key": chat.key,
        "name": chat.name,
        "greeting": chat.greeting,
        "colour": chat.colour,
        "ask": {"name": chat.ask_name, "email": chat.ask_email},
        "preview": chat.live_typing,
        "longest": MAX_TEXT,
        "words": language.words,
    }


def _safe(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return orjson.dumps(value).decode().replace("<", "\\u003c")


def _policy(chat: Chat) -> str:
    """Who may show the page, and that it runs and loads nothing but its own."""
    sites = [site.lower() for site in chat.sites]
    framers = " ".join(["'self'", *(site for site in sites if SITE.fullmatch(site))])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob:; media-src blob:; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {framers}"
    )


def _file(request: Request, part: Part, keep: str) -> Response:
    headers = {
        "Cache-Control": keep,
        "ETag": part.etag,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if part.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    kind = TYPES[Path(part.name).suffix]
    return _packed(request, part.plain, part.packed, kind, headers)


def _packed(
    request: Request, plain: bytes, packed: bytes, kind: str, headers: dict[str, str]
) -> Response:
    headers = {**headers, "Vary": "Accept-Encoding, Accept-Language"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(plain, media_type=kind, headers=headers)
    return Response(packed, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})
