"""The list of shortcuts as the composer fetches it, and as a file."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from jumper_app.conversations.shortcuts.keeping import note_use
from jumper_app.db import Database
from jumper_app.models import Role
from jumper_app.people import sessions
from jumper_app.people.sessions import Who
from jumper_app.web.shortcuts import Shortcuts
from tests.conversations.shortcuts.keepers import keep
from tests.make import NOON
from tests.people.crowd import badge, hire, opened
from tests.web.visitors import visitor


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
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
            [own, "bye", "", "Bye", 1, 0, {}],
            [
                key,
                "hello",
                "Greeting",
                "Hello!",
                0,
                1,
                {"whatsapp": NOON.isoformat(timespec="seconds")},
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
