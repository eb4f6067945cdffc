"""A customer's own website on an origin of its own, with the chat's one line in it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Locator, expect

from tests.server import Server

SOON_MS = 30_000
"""How long a browser may take to notice, and to try again."""


@dataclass
class Site:
    """A website. ``url``: under the name that the business put on its list."""

    server: Server
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def stranger_url(self) -> str:
        """The same pages under a name that is on no list."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def site(server: Server) -> Iterator[Site]:
    """Serve a site for this server's demo chat, and put it on the list."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _page(server, self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", _policy(server))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    pages = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    made = Site(server, pages.server_address[1])
    before = set_sites(server, made.url)
    try:
        yield made
    finally:
        set_sites(server, before)
        pages.shutdown()
        pages.server_close()


def _page(server: Server, path: str) -> str:
    """A page as a careful site has it; ``/ar`` is Arabic, ``/dark`` asks for a dark chat."""
    arabic = path.startswith("/ar")
    told = ' data-theme="dark"' if path.startswith("/dark") else ""
    return (
        f'<!doctype html><html lang="{"ar" if arabic else "en"}" '
        f'dir="{"rtl" if arabic else "ltr"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>A shop</title></head>'
        "<body><main><h1>A shop</h1><a href='/other'>Another page</a></main>"
        f'<script src="{server.url}/widget.js" data-key="demo"{told} async></script></body></html>'
    )


def _policy(server: Server) -> str:
    """What a site must allow at least: the script, and the frame."""
    return f"default-src 'none'; script-src {server.url}; frame-src {server.url}"


def set_sites(server: Server, sites: str) -> str:
    """Let these sites, one a line, show the chat; returns those that might before."""
    path = Path(server.log).parent / "data" / "jumper.db"
    with closing(sqlite3.connect(path, timeout=20)) as connection, connection:
        told = "SELECT options FROM channel_account WHERE channel = 'webchat'"
        options = json.loads(connection.execute(told).fetchone()[0])
        before, options["sites"] = options["sites"], sites
        change = "UPDATE channel_account SET options = ? WHERE channel = 'webchat'"
        connection.execute(change, (json.dumps(options),))
    return before


@dataclass
class Visitor:
    """Somebody at a website, in a browser of their own."""

    browser: Browser
    home: str
    look: dict[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(**{"viewport": WINDOW, **self.look})
        self.errors: list[str] = []
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def visit(self, path: str = "/") -> "Visitor":
        self.page.goto(f"{self.home}{path}")
        return self

    def launcher(self) -> Locator:
        return self.page.locator("jumper-chat button")

    def chat(self) -> FrameLocator:
        return self.page.frame_locator("jumper-chat iframe")

    def open(self) -> "Visitor":
        self.launcher().click()
        expect(self.chat().get_by_role("log")).to_be_visible()
        return self

    def introduce(self, name: str) -> "Visitor":
        """Say what the chat asks first."""
        self.chat().get_by_role("textbox").fill(name)
        self.page.keyboard.press("Enter")
        expect(self.field()).to_be_focused()
        return self

    def field(self) -> Locator:
        return self.chat().locator("textarea")

    def write(self, text: str) -> None:
        self.field().fill(text)
        self.field().press("Enter")

    def said(self, text: str) -> Locator:
        """The messages of these very words, of either side."""
        words = self.chat().get_by_text(text, exact=True)
        return self.chat().locator("li.said").filter(has=words)

    def shows_once(self, text: str) -> None:
        expect(self.said(text)).to_have_count(1, timeout=SOON_MS)

    def leave(self) -> None:
        self.context.close()
        assert self.errors == []


WINDOW = {"width": 1200, "height": 800}
