"""Hostile files that came in nevertheless: opened in every way, none of them runs."""

from pathlib import Path

import pytest

from jumper_app import clock
from jumper_app.channels.contract import Download, MediaRef
from jumper_app.conversations.attachments import Fetch, keep_fetched, landing, shelf
from jumper_app.db import Database, Work
from jumper_app.models import Attachment
from tests.hostile_files import hostile
from tests.screen.people import ADesk
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

OPENED_IN_EVERY_WAY = """async (addresses) => {
  const loaded = (element) => new Promise((done) => {
    element.onload = element.onerror = done;
    setTimeout(done, 3000);
    document.body.append(element);
  });
  const make = (tag, where, more) => (address) =>
    Object.assign(document.createElement(tag), { [where]: address, ...more });
  const ways = [
    make("img", "src"), make("script", "src"), make("embed", "src"),
    make("object", "data"), make("link", "href", { rel: "stylesheet" }),
  ];
  await Promise.all(addresses.flatMap((one) => ways.map((way) => loaded(way(one)))));
  return localStorage.getItem("hit");
}"""
"""Every element that might run what it is given, in a page of our own."""


def keep(work: Work, name: str, content: bytes, told: str) -> str:
    """A customer's file, as it would be kept had a provider let it through."""
    row = Attachment(state="ready", filename=name, created_at=clock.now())
    fetch = Fetch(0, row.public_id, 0, MediaRef())
    with landing() as came, landing() as anew:
        came.write(content)
        kept = keep_fetched(fetch, Download(filename=name, mime=told), came, anew)
    row.mime, row.size = kept.mime, kept.size
    work.add(row)
    return row.public_id


@pytest.fixture
def addresses(server: Server, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hostile file in the server's own store, each under the worst type it could claim."""
    data: Path = server.log.parent / "data"
    monkeypatch.setattr(shelf, "folder", lambda: data / "media")
    database = Database(f"sqlite:///{data / 'jumper.db'}")
    claims = ("text/html", "image/svg+xml", "application/xhtml+xml", "video/mp4", "audio/ogg")
    with database.transaction() as work:
        kept = [
            keep(work, name, content, claims[place % len(claims)])
            for place, (name, content) in enumerate(hostile().values())
        ]
    database.close()
    return [f"/media/{public_id}" for public_id in kept]


def test_no_hostile_file_runs_however_it_is_opened(a_desk: ADesk, addresses: list[str]):
    ana = a_desk(at="/")
    assert len(addresses) >= 60
    dialogs: list[str] = []
    ana.page.on("dialog", lambda one: dialogs.append(one.message))
    assert ana.page.evaluate(OPENED_IN_EVERY_WAY, addresses) is None
    tab = ana.context.new_page()
    for address in addresses:
        answer = ana.page.request.get(f"{ana.server.url}{address}")
        if answer.headers["content-disposition"].startswith("inline"):
            tab.goto(f"{ana.server.url}{address}")
            assert tab.title() != "hit"
        else:
            assert answer.headers["content-type"] == "application/octet-stream"
    assert (ana.page.evaluate("localStorage.getItem('hit')"), dialogs) == (None, [])
