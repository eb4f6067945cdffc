"""What the browser says of a file before it leaves, over every combination of the limits.

The browser looks only at a file's name, type and size, so no file is made: what is handed to
it are these three. The oracle is written from the sources (``attachments/told.py``).
"""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from jumper_app.channels import CHANNELS
from jumper_app.panel.composer.enclosing import files_row, menu_rows
from tests import files
from tests.conversations.attachments import told

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[2] / "assets"
HOME = "http://jumper.test"

STRANGE = {
    "application/zip": "things.zip",
    "text/html": "page.html",
    "image/svg+xml": "drawing.svg",
    "application/octet-stream": "setup.exe",
    "video/x-msvideo": "film.avi",
    "application/x-sh": "run.sh",
}
"""Types that no channel takes."""

TYPES = {mime: name for mime, (name, _) in files.MADE.items()} | STRANGE

DECLARED = ("told", "not told", "told in capitals")
"""What a browser says of a file's type: it knows it, it does not, or the name shouts."""

ASK = """async ([files, takes]) => {
  const { problemWith } = await import("/composer/fits.js");
  return files.map(([file, item]) => problemWith(file, takes, item));
}"""


@pytest.fixture
def page(real_browser: Browser):
    """A page with nothing but our scripts."""
    page = real_browser.new_page()

    def give(route: Route) -> None:
        path = ASSETS / route.request.url.removeprefix(HOME).lstrip("/")
        if path.suffix == ".js":
            route.fulfill(path=path)
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route(f"{HOME}/**", give)
    page.goto(HOME)
    yield page
    page.close()


def handed_in(mime: str, size: int, declared: str) -> dict[str, Any]:
    name = TYPES[mime]
    if declared == "told in capitals":
        name = name.upper()
    return {"name": name, "type": mime if declared == "told" else "", "size": size}


def routes(channel: str) -> list[tuple[str, str]]:
    """How a file can come: chosen or dropped under an item of the menu, pasted, dropped."""
    under = [("upload", item) for item in told.MENU[channel]]
    return [*under, *(("drop on the dialog", item) for item in told.MENU[channel]),
            ("paste", ""), ("drop", "")]  # fmt: skip


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_browser_refuses_exactly_what_the_channel_does_not_take(page: Page, channel, effort):
    limits = files_row(CHANNELS[channel])
    items = {row["item"]: row for row in menu_rows(CHANNELS[channel], {})}
    asked, expected = [], []
    for (_, item), mime, size, declared in product(routes(channel), TYPES, told.SIZES, DECLARED):
        count = told.bytes_of(size, channel, mime, 400)
        asked.append([handed_in(mime, count, declared), items[item] if item else None])
        expected.append(told.verdict(channel, mime, count, item))
    given: list[str] = page.evaluate(ASK, [asked, limits])
    wrong = [
        (file["name"], file["size"], sentence, verdict)
        for (file, _), sentence, verdict in zip(asked, given, expected, strict=True)
        if bool(sentence) == bool(verdict.kind) or verdict.sentence not in sentence
    ]
    assert wrong == []
    assert all(told.NAMES[channel] in sentence for sentence in given if sentence)
    effort.note(f"files that a browser judged ({channel})", len(given))
    effort.note(f"files that it refused ({channel})", sum(map(bool, given)))
