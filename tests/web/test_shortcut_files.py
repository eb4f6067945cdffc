"""Files of shortcuts by plain routes: handed in, shown, and copied into a conversation's tray."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItem
from PIL import Image
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app.channels.contract import MIB
from jumper_app.conversations.attachments import path_of, room, shelf
from jumper_app.conversations.shortcuts import files, keeping
from jumper_app.conversations.shortcuts.keeping import Edit
from jumper_app.conversations.shortcuts.rules import checked
from jumper_app.db import Database
from jumper_app.fetching import Fetcher
from jumper_app.models import Attachment, Role, ShortcutFile
from jumper_app.people import throttle
from jumper_app.people.throttle import Throttle
from jumper_app.web import uploads
from jumper_app.web.media import Files
from jumper_app.web.shortcut_files import ShortcutFiles
from jumper_app.web.uploads import Uploads
from tests import files as real
from tests import make
from tests.house import every
from tests.panel.panels import hear
from tests.people.crowd import badge, hire, opened
from tests.web.visitors import visitor


class House:
    """The routes, Ana, Ben and the admin Robin, and a conversation on two channels."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        roles = {"ana": Role.AGENT, "ben": Role.AGENT, "robin": Role.ADMIN}
        self.people = {name: hire(database, name.title(), role) for name, role in roles.items()}
        self.tokens = {name: badge(database, key) for name, key in self.people.items()}
        self.key = hear(database, "Hi", sent_at=clock.now()).public_id
        routes = [
            *Uploads(database, Throttle(), Fetcher()).routes(),
            *ShortcutFiles(database, Throttle()).routes(),
            *Files(database).routes(),
        ]
        self.app = Starlette(routes=routes)

    async def ask(self, method: str, path: str, who: str, **more) -> httpx.Response:
        headers = {"cookie": f"jumper={self.tokens.get(who, '')}", **more.pop("headers", {})}
        async with visitor(self.app) as client:
            return await client.request(method, path, headers=headers, **more)

    async def hand_in(self, name: str, content: bytes, who: str = "ana") -> httpx.Response:
        path, headers = "/api/shortcuts/files", {"x-filename": name}
        return await self.ask("POST", path, who, content=content, headers=headers)

    async def kept(self, name: str, content: bytes, who: str = "ana", **how: bool) -> str:
        """A shortcut of theirs is saved with this file; returns the file's public id."""
        file = (await self.hand_in(name, content, who)).json()["file"]
        edit = Edit(checked("price", "", "Here"), how.get("shared", False), (file,))
        by = make.who(self.people[who], Role.ADMIN if who == "robin" else Role.AGENT)
        self.database.write(keeping.create, edit=edit, by=by, now=clock.now())
        return file

    async def copy(self, file: object, who: str = "ana", key: str = "") -> httpx.Response:
        path = f"/api/attachments/{key or self.key}/shortcut"
        return await self.ask("POST", path, who, json={"file": file})


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path, monkeypatch) -> AsyncIterator[House]:
    for module in (shelf, room):
        monkeypatch.setattr(module, "folder", lambda: tmp_path / "media")
    with opened(sqlite_url) as database:
        yield House(database, tmp_path / "media")


async def test_a_copy_is_an_upload_of_whoever_used_the_shortcut(house: House):
    file = await house.kept("List.pdf", real.pdf(), "robin", shared=True)
    answer = await house.copy(file)
    assert (answer.status_code, answer.json()["kind"], answer.json()["name"]) == (
        201,
        "document",
        "List.pdf",
    )
    [row], [kept] = every(house.database, Attachment), every(house.database, ShortcutFile)
    assert (row.uploaded_by_id, row.message_id, row.mime) == (
        house.people["ana"],
        None,
        "application/pdf",
    )
    assert row.public_id == answer.json()["attachment"] not in {kept.public_id, kept.kept_as}
    path_of(row.public_id).unlink()
    assert (await house.copy(file, "ben")).status_code == 201
    assert path_of(kept.kept_as).read_bytes() == real.pdf()


async def test_the_channel_decides_what_becomes_of_a_copy(house: House):
    still = await house.kept("Shop.gif", real.picture("GIF"))
    answer = (await house.copy(still)).json()
    assert (answer["kind"], answer["name"]) == ("image", "Shop.jpg")
    assert (await house.copy(still)).json()["attachment"] != answer["attachment"]
    moving = (await house.hand_in("Moves.gif", real.moving("GIF"))).json()["file"]
    refused = await house.copy(moving)
    assert (refused.status_code, refused.json()["error"]) == (
        422,
        "Moving pictures cannot be sent here. Please send it as a video.",
    )
    page = house.database.write(make.page).public_id
    pdf = (await house.hand_in("List.pdf", real.pdf())).json()["file"]
    refused = await house.copy(pdf, key=page)
    assert refused.status_code == 422
    assert "Messenger takes pictures" in refused.json()["error"]
    site = house.database.write(make.account, channel="webchat", external_id="s").public_id
    film = (await house.hand_in("Film.mp4", real.film(b"isom", 11 * MIB))).json()["file"]
    refused = await house.copy(film, key=site)
    assert "takes files of at most 10 MB" in refused.json()["error"]
    assert len(every(house.database, Attachment)) == 2


async def test_of_anothers_own_nothing_is_copied_shown_or_learned(house: House):
    file = await house.kept("Mine.pdf", real.pdf())
    waiting = (await house.hand_in("Soon.pdf", real.pdf())).json()["file"]
    for who in ("ben", "robin", "", "stranger"):
        for name in (file, waiting, "0" * 32):
            copied = await house.copy(name, who)
            asked = await house.ask("GET", f"/api/shortcuts/files/{name}", who)
            signed_in = who in house.people
            assert copied.status_code == (422 if signed_in else 404)
            assert copied.json()["error"] == (
                files.NO_FILE if signed_in else "Please sign in again."
            )
            assert (asked.status_code, asked.json()) == (404, {"error": "There is no such file."})
    shown = await house.ask("GET", f"/api/shortcuts/files/{file}", "ana")
    assert (shown.status_code, shown.content) == (200, real.pdf())
    assert shown.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert every(house.database, Attachment) == []
    kept = every(house.database, ShortcutFile)[0].kept_as
    assert (await house.ask("GET", f"/media/{kept}", "ben")).status_code == 404


@pytest.mark.parametrize("file", [None, 1, "", "../x", "0" * 33, ["0" * 32]])
async def test_a_name_that_is_none_is_refused(house: House, file: object):
    assert (await house.copy(file)).status_code == 422
    assert (await house.copy("0" * 32, key="0" * 32)).status_code == 422


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<html>", "cannot be sent"),
        ("a.png", b"<svg/>", "cannot be sent"),
        ("a.png.exe", real.picture("PNG"), "ends in .exe"),
        ("a.png", b"", "empty"),
        ("film.mkv", real.film(b"qt  "), "ends in .mkv"),
        ("large.mp4", real.film(b"isom", 100 * MIB), "more than 100 MB"),
    ],
    ids=["page", "svg", "program", "empty", "film", "large"],
)
async def test_what_no_channel_takes_is_refused_and_leaves_nothing(house, name, content, sentence):
    answer = await house.hand_in(name, content)
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert every(house.database, ShortcutFile) == []
    assert [path for path in house.folder.rglob("*") if path.is_file()] == []


async def test_strangers_hand_in_nothing_and_others_at_a_rate(house: House, monkeypatch):
    assert (await house.hand_in("a.pdf", real.pdf(), "stranger")).status_code == 404
    monkeypatch.setattr("jumper_app.web.shortcut_files.UPLOADS", _twice())
    came = [await house.hand_in("a.pdf", real.pdf()) for _ in range(3)]
    assert [one.status_code for one in came] == [201, 201, 422]
    monkeypatch.setattr(uploads, "COPIES", _twice())
    file = came[0].json()["file"]
    assert [(await house.copy(file)).status_code for _ in range(3)] == [201, 201, 422]


async def test_a_picture_that_is_handed_in_carries_nothing_else(house: House):
    file = (await house.hand_in("a.jpg", real.picture("JPEG") + b"<script>")).json()["file"]
    shown = await house.ask("GET", f"/api/shortcuts/files/{file}", "ana")
    assert b"<script>" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (64, 48)
    assert shown.headers["content-disposition"].startswith("inline")


def _twice() -> RateLimitItem:
    return throttle.rate("2/minute")
