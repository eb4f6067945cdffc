"""Files in and out by plain routes: who may, how much, and in which coat they are served."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app.channels.contract import MIB
from jumper_app.conversations.attachments import room, shelf, signed_path
from jumper_app.db import Database
from jumper_app.fetching import Fetched, LinkRefused, LinkTooLarge
from jumper_app.models import Attachment
from jumper_app.people.throttle import Throttle
from jumper_app.web.media import Files
from jumper_app.web.uploads import Uploads
from tests import files
from tests.panel.panels import hear
from tests.people.crowd import badge, hire, opened
from tests.web.visitors import visitor


class Links:
    """Plays the fetcher: gives what was promised, or raises."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gives: tuple[str, bytes] | LinkRefused = ("photo.png", files.picture("PNG"))

    async def fetch(self, link: str, into, limit: int) -> Fetched:
        self.asked.append(link)
        if isinstance(self.gives, LinkRefused):
            raise self.gives
        name, content = self.gives
        into.write(content)
        return Fetched(name, len(content))


class House:
    """The routes, an agent, a conversation on WhatsApp, and the shelf of this test's own."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.links = Links()
        self.ana, self.ben = hire(database, "Ana"), hire(database, "Ben")
        self.tokens = {"ana": badge(database, self.ana), "ben": badge(database, self.ben)}
        self.key = hear(database, "Hi", sent_at=clock.now()).public_id
        routes = Uploads(database, Throttle(), self.links).routes()  # pyright: ignore[reportArgumentType]
        self.app = Starlette(routes=[*routes, *Files(database).routes()])

    async def ask(self, method: str, path: str, who: str = "ana", **more) -> httpx.Response:
        headers = {"cookie": f"jumper={self.tokens.get(who, '')}", **more.pop("headers", {})}
        async with visitor(self.app) as client:
            return await client.request(method, path, headers=headers, **more)

    async def upload(self, name: str, content: bytes, who: str = "ana", **more) -> httpx.Response:
        headers = {"x-filename": name}
        path = f"/api/attachments/{more.pop('key', self.key)}"
        return await self.ask("POST", path, who, content=content, headers=headers, **more)

    async def link(self, link: str = "https://example.com/a.png", **more) -> httpx.Response:
        body = {"link": link, **more}
        return await self.ask("POST", f"/api/attachments/{self.key}/link", json=body)

    def rows(self) -> list[Attachment]:
        with self.database.read() as work:
            return list(work.exec(select(Attachment)))

    def on_disk(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path, monkeypatch) -> AsyncIterator[House]:
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path / "media")
    monkeypatch.setattr(room, "folder", lambda: tmp_path / "media")
    with opened(sqlite_url) as database:
        yield House(database, tmp_path / "media")


@pytest.mark.parametrize(
    ("mime", "kind"),
    [("image/png", "image"), ("video/mp4", "video"), ("application/pdf", "document"),
     ("audio/ogg", "audio")],
)  # fmt: skip
async def test_a_file_is_taken_and_lies_whole_at_its_place(house, mime, kind):
    name, content = files.named(mime)
    answer = await house.upload(name, content)
    assert (answer.status_code, answer.json()["kind"], answer.json()["name"]) == (201, kind, name)
    [row], [path] = house.rows(), house.on_disk()
    assert path.name == row.public_id == answer.json()["attachment"]
    assert (row.size, row.uploaded_by_id, row.mime) == (path.stat().st_size, house.ana, mime)
    if kind != "image":
        assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<html>", "cannot be sent"),
        ("a.png", b"<svg/>", "cannot be sent"),
        ("a.png.exe", files.picture("PNG"), "ends in .exe"),
        ("a.png", b"", "empty"),
        ("film.mov", files.film(b"qt  "), "WhatsApp takes"),
        ("large.mp4", files.film(b"isom", 16 * MIB), "videos of at most 16 MB"),
    ],
    ids=["page", "svg", "program", "empty", "mov", "large"],
)
async def test_what_cannot_be_sent_is_refused_and_leaves_nothing(house, name, content, sentence):
    answer = await house.upload(name, content)
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert (house.rows(), house.on_disk()) == ([], [])


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
async def test_a_body_larger_than_anything_is_not_read_to_its_end(house, announced, monkeypatch):
    monkeypatch.setattr("jumper_app.web.uploads.largest", lambda _: 3 * MIB)
    given = []

    async def body():
        for _ in range(100):
            given.append(1)
            yield bytes(MIB)

    content = bytes(4 * MIB) if announced else body()
    answer = await house.upload("a.pdf", content)
    assert answer.status_code == 422
    assert "at most 100 MB" in answer.json()["error"]
    assert house.on_disk() == []


@pytest.mark.parametrize("who", ["", "stranger"])
async def test_a_stranger_hands_in_nothing(house, who):
    assert (await house.upload("a.pdf", files.pdf(), who)).status_code == 404
    assert (await house.ask("POST", f"/api/attachments/{house.key}/link", who)).status_code == 404
    assert house.links.asked == []


async def test_a_conversation_that_is_not_there_takes_no_files(house):
    assert (await house.upload("a.pdf", files.pdf(), key="0" * 32)).status_code == 422


# --- Links


async def test_what_a_link_gives_is_kept_like_an_upload(house):
    answer = await house.link()
    assert (answer.status_code, answer.json()["kind"]) == (201, "image")
    assert house.links.asked == ["https://example.com/a.png"]
    assert [row.filename for row in house.rows()] == ["photo.png"]


@pytest.mark.parametrize(
    ("gives", "sentence"),
    [
        (LinkRefused(), "It must be public"),
        (LinkTooLarge(), "WhatsApp takes files of at most 100 MB"),
        (("page.html", b"<html>you are not signed in</html>"), "cannot be sent"),
        (("photo.jpg", b"<html>"), "cannot be sent"),
    ],
)
async def test_a_link_that_is_refused_says_why(house, gives, sentence):
    house.links.gives = gives
    answer = await house.link()
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert (house.rows(), house.on_disk()) == ([], [])


@pytest.mark.parametrize("body", [b"", b"[]", b'{"link": 7}', b'{"link": "x", "y": 1}', b"\xff"])
async def test_a_body_without_a_link_is_refused(house, body):
    answer = await house.ask("POST", f"/api/attachments/{house.key}/link", content=body)
    assert answer.status_code == 422
    assert (await house.link("x" * 9000)).status_code == 422
    assert house.links.asked == []


async def test_links_are_opened_so_often_a_minute_and_no_more(house):
    answers = [(await house.link()).status_code for _ in range(21)]
    assert (answers[:20], answers[20]) == ([201] * 20, 422)


# --- How much


async def test_an_agent_fills_neither_the_disk_nor_the_trays(house, monkeypatch):
    name, content = files.named("application/pdf")
    monkeypatch.setattr(room, "MOST_UNSENT", 2)
    for status in (201, 201, 422):
        assert (await house.upload(name, content)).status_code == status
    assert (await house.upload(name, content, "ben")).status_code == 201
    monkeypatch.setattr(room, "MOST_UNSENT", 50)
    monkeypatch.setattr(room, "MOST_A_DAY", 100 * MIB)
    assert "a lot today" in (await house.upload(name, content)).json()["error"]


async def test_some_of_the_disk_stays_free(house, monkeypatch):
    free = room.FREE_FLOOR + 100 * MIB - 1
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    answer = await house.upload(*files.named("application/pdf"))
    assert "no room" in answer.json()["error"]


async def test_what_was_not_sent_within_a_day_is_swept_away(house):
    await house.upload(*files.named("application/pdf"))
    [path] = house.on_disk()
    sweep = house.database.write
    sweep(room.forget_unsent, now=clock.now() + room.UNSENT_LIVES - timedelta(minutes=1))
    assert sweep(room.sweep_strays, now=clock.machine() + timedelta(hours=2)) == 0
    sweep(room.forget_unsent, now=clock.now() + room.UNSENT_LIVES + timedelta(minutes=1))
    assert sweep(room.sweep_strays, now=clock.machine()) == 0
    assert path.exists()
    assert sweep(room.sweep_strays, now=clock.machine() + timedelta(hours=2)) == 1
    assert house.on_disk() == []


async def test_a_process_that_dies_leaves_no_row_without_its_file(house, monkeypatch):
    """At each step in turn: while it comes, when it is at its place, before the row."""
    for step in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(shelf.os, "fsync", _die) if step == "fsync" else patch.setattr(
                Path, "replace", _die
            )
            with pytest.raises(Dead):
                await house.upload(*files.named("application/pdf"))
        assert house.rows() == []
    with monkeypatch.context() as patch:
        patch.setattr("jumper_app.web.uploads.store_upload", _die)
        with pytest.raises(Dead):
            await house.upload(*files.named("application/pdf"))
    assert (house.rows(), len(house.on_disk())) == ([], 1)
    assert house.database.write(room.sweep_strays, now=clock.machine() + timedelta(hours=2)) == 1


class Dead(BaseException):
    """The process ends here."""


def _die(*_args, **_kwargs):
    raise Dead


# --- Out


async def shown(house, mime: str, who: str = "ana", **headers) -> httpx.Response:
    answer = await house.upload(*files.named(mime))
    return await house.ask("GET", f"/media/{answer.json()['attachment']}", who, headers=headers)


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg", "video/mp4", "audio/ogg"])
async def test_what_a_browser_may_draw_is_shown_in_place(house, mime):
    answer = await shown(house, mime)
    assert answer.headers["content-type"] == mime
    assert answer.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("mime", ["application/pdf", "text/plain", "application/msword"])
async def test_everything_else_is_a_download_of_mere_bytes(house, mime):
    answer = await shown(house, mime)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_every_file_is_locked_up(house):
    headers = (await shown(house, "image/png")).headers
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_film_is_given_in_parts(house):
    answer = await shown(house, "video/mp4", range="bytes=4-7")
    assert (answer.status_code, answer.content) == (206, b"ftyp")
    assert answer.headers["content-range"].startswith("bytes 4-7/")
    assert (await shown(house, "video/mp4", range="bytes=99999999-")).status_code == 416


async def test_what_is_not_sent_yet_is_its_uploaders_alone(house):
    assert (await shown(house, "image/png")).status_code == 200
    assert (await shown(house, "image/png", "ben")).status_code == 404
    with house.database.transaction() as work:
        for row in work.exec(select(Attachment)):
            row.message_id = 1
    assert (await house.ask("GET", f"/media/{house.rows()[0].public_id}", "ben")).status_code == 200


async def test_a_signed_link_opens_one_file_for_some_minutes(house, monkeypatch):
    await house.upload(*files.named("image/png"))
    await house.upload(*files.named("application/pdf"))
    one, other = (row.public_id for row in house.rows())
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    path = signed_path(one, now)
    query = path.partition("?")[2]

    async def status(at: datetime, asked: str) -> int:
        monkeypatch.setattr(clock, "machine", lambda: at)
        return (await house.ask("GET", asked, "")).status_code

    assert await status(now, path) == 200
    assert await status(now + timedelta(minutes=9, seconds=59), path) == 200
    wrong = [
        (now + timedelta(minutes=10), path),
        (now - timedelta(seconds=1), path),
        (now, path[:-1] + ("0" if path[-1] != "0" else "1")),
        (now, path.replace("until=", "until=9")),
        (now, f"/media/{other}?{query}"),
        (now, f"/media/{one}?until=&seal="),
        (now, f"/media/{one}?until=x&seal=y"),
        (now, f"/media/{one}?until=²&seal=é"),
        (now, f"/media/{one}"),
        (now, f"/media/{'0' * 32}?{query}"),
    ]
    bodies = set()
    for at, asked in wrong:
        assert await status(at, asked) == 404
        bodies.add((await house.ask("GET", asked, "")).content)
    assert len(bodies) == 1


def test_the_landing_forgets_what_was_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path)
    with pytest.raises(io.UnsupportedOperation), shelf.landing() as file:
        file.write(b"half")
        raise io.UnsupportedOperation
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
