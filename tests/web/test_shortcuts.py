"""The list of shortcuts as the composer fetches it, and as a file."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from jumper_app.conversations.shortcuts import sheet
from jumper_app.conversations.shortcuts.keeping import note_use
from jumper_app.db import Database
from jumper_app.models import Role, Shortcut
from jumper_app.people import sessions, throttle
from jumper_app.people.sessions import Who
from jumper_app.web import shortcuts
from jumper_app.web.shortcuts import Shortcuts
from tests.conversations.shortcuts.keepers import keep
from tests.house import every
from tests.make import NOON
from tests.people.crowd import badge, hire, opened
from tests.web.visitors import visitor


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    shortcuts._throttle.cache_clear()
    with opened(database_url) as mine:
        yield mine


def sign_in(database: Database, name: str = "Ana", role: Role = Role.AGENT) -> tuple[Who, str]:
    """Somebody who has just signed in, and their cookie."""
    token = badge(database, hire(database, name, role))
    who = database.look(sessions.who, token, NOON)
    assert who is not None
    return who, token


async def get(database: Database, path: str, token: str = "", **headers: str) -> httpx.Response:
    app = Starlette(routes=Shortcuts(database).routes())
    told = {"cookie": f"jumper={token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
    async with visitor(app) as client:
        return await client.get(path, headers=told)


async def hand_in(
    database: Database, token: str, file: bytes, *, dry: bool = False
) -> httpx.Response:
    app = Starlette(routes=Shortcuts(database).routes())
    path = "/api/shortcuts/import" + ("?dry=1" if dry else "")
    async with visitor(app) as client:
        return await client.post(path, content=file, headers={"cookie": f"jumper={token}"})


@pytest.mark.parametrize("path", ["/api/shortcuts", "/api/shortcuts.csv"])
async def test_strangers_get_nothing(database: Database, path: str):
    who, _ = sign_in(database)
    keep(database, who, "hello", "a secret")
    for token in ("", "x" * 43):
        answer = await get(database, path, token)
        assert answer.status_code == 401
        assert "secret" not in answer.text


async def test_everyone_gets_everyones_and_their_own(database: Database):
    robin, _ = sign_in(database, "Robin", Role.ADMIN)
    ana, token = sign_in(database)
    key = keep(database, robin, "hello", "Hello!", title="Greeting", shared=True)
    own = keep(database, ana, "bye", "Bye")
    keep(database, robin, "mine", "Robin's own")
    database.write(note_use, public_id=key, by=ana, channel="whatsapp", now=NOON)
    answer = await get(database, "/api/shortcuts", token)
    assert answer.json() == {
        "rows": [
            [own, "bye", "", "Bye", 1, 0, {}, []],
            [
                key,
                "hello",
                "Greeting",
                "Hello!",
                0,
                1,
                {"whatsapp": NOON.isoformat(timespec="seconds")},
                [],
            ],
        ]
    }
    file = await get(database, "/api/shortcuts.csv", token)
    assert file.headers["content-disposition"].startswith("attachment")
    assert "Robin" not in file.text
    assert file.text.startswith("\ufeff")


async def test_a_list_that_the_browser_has_is_not_sent_again(database: Database):
    ana, token = sign_in(database)
    keep(database, ana)
    first = await get(database, "/api/shortcuts", token)
    tag = first.headers["etag"]
    again = await get(database, "/api/shortcuts", token, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    keep(database, ana, "bye", "Bye")
    changed = await get(database, "/api/shortcuts", token, if_none_match=tag)
    assert (changed.status_code, len(changed.json()["rows"])) == (200, 2)


async def test_no_two_people_share_a_list_in_one_browser(database: Database):
    _, anas = sign_in(database)
    _, bens = sign_in(database, "Ben")
    tag = (await get(database, "/api/shortcuts", anas)).headers["etag"]
    answer = await get(database, "/api/shortcuts", bens, if_none_match=tag)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_the_list_is_packed_for_whoever_can_unpack_it(database: Database):
    ana, token = sign_in(database)
    keep(database, ana, "hello", "x" * 1000)
    packed = await get(database, "/api/shortcuts", token, accept_encoding="gzip")
    plain = await get(database, "/api/shortcuts", token, accept_encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.json() == plain.json()


async def test_a_stranger_hands_in_nothing(database: Database):
    sign_in(database)
    assert (await hand_in(database, "", b"code,body\na,x\n")).status_code == 401
    assert every(database, Shortcut) == []


async def test_a_file_is_looked_at_and_then_taken(database: Database):
    ana, token = sign_in(database)
    file = b"code,body\na,x\nb,y\n"
    looked = await hand_in(database, token, file, dry=True)
    assert looked.json()["counts"] == {"create": 2, "update": 0, "unchanged": 0, "error": 0}
    assert every(database, Shortcut) == []
    taken = await hand_in(database, token, file)
    assert taken.json()["counts"] == looked.json()["counts"]
    assert [row.agent_id for row in every(database, Shortcut)] == [ana.id, ana.id]


@pytest.mark.parametrize(
    "file",
    [b"\xff", b"colour\n", b"code,body\n?,x\n", b"code,body\na," + b"x" * 100],
    ids=["no-text", "no-table", "a-wrong-line", "too-large"],
)
async def test_a_file_that_will_not_do_is_refused_with_a_sentence(
    database: Database, file: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sheet, "MOST_BYTES", 60)
    _, token = sign_in(database)
    answer = await hand_in(database, token, file)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    assert every(database, Shortcut) == []


async def test_files_are_taken_at_a_rate(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("jumper_app.web.shortcuts.IMPORTS", throttle.rate("2/minute"))
    _, token = sign_in(database)
    came = [await hand_in(database, token, b"code,body\n", dry=True) for _ in range(3)]
    assert [one.status_code for one in came] == [200, 200, 422]
