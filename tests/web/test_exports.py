"""A customer's data as an archive: to an admin, whole, and to nobody else."""

import io
import json
import zipfile
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.notes import add_note
from jumper_app.db import Database, Work
from jumper_app.models import Attachment, Conversation, Event, Message, Role
from jumper_app.web.exports import PATH, Exports
from tests.house import every
from tests.make import NOON
from tests.panel.panels import hear
from tests.people.crowd import badge, hire, opened
from tests.web.visitors import visitor


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there ☂")


@pytest.fixture
def admin(database: Database) -> str:
    return badge(database, hire(database, "Ada", Role.ADMIN))


async def ask(database: Database, token: str, **form: str) -> httpx.Response:
    app = Starlette(routes=Exports(database).routes())
    async with visitor(app) as client:
        return await client.post(PATH, data=form, headers={"cookie": f"jumper={token}"})


def opened_zip(answer: httpx.Response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_an_admin_gets_all_that_was_said_and_every_file(
    database: Database, maya: Conversation, admin: str
):
    def photo(work: Work) -> str:
        file = Attachment(
            message_id=1, mime="image/jpeg", filename="photo.jpg", size=7, created_at=NOON
        )
        work.add(file)
        return file.public_id

    place = path_of(database.write(photo))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"picture")
    answer = await ask(database, admin, conversation=maya.public_id)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["cache-control"] == "no-store"
    pack = opened_zip(answer)
    told = json.loads(pack.read("data.json"))
    assert told["messages"][0]["text"] == "Hi there ☂"
    assert pack.read(told["messages"][0]["files"][0]["place"]) == b"picture"


async def test_a_note_is_in_it_only_when_asked_for(
    database: Database, maya: Conversation, admin: str
):
    ana = hire(database)
    thread = maya.id or 0
    database.write(
        add_note, conversation_id=thread, agent_id=ana, text="Kind", client_key="n", now=NOON
    )
    for notes, there in (("", False), ("1", True)):
        answer = await ask(database, admin, conversation=maya.public_id, notes=notes)
        assert ("Kind" in opened_zip(answer).read("data.json").decode()) is there


async def test_whoever_is_no_admin_gets_nothing_and_nothing_is_written_down(
    database: Database, maya: Conversation
):
    before = len(every(database, Event))
    for token in ("", "x" * 43, badge(database, hire(database))):
        answer = await ask(database, token, conversation=maya.public_id)
        assert answer.status_code == 403
        assert "Hi there" not in answer.text
    assert len(every(database, Event)) == before


@pytest.mark.parametrize("conversation", ["", "f" * 32, "../../x", "1"])
async def test_nobody_like_that_is_a_404(
    database: Database, maya: Conversation, admin: str, conversation: str
):
    assert (await ask(database, admin, conversation=conversation)).status_code == 404


async def test_a_file_that_is_gone_is_left_out(database: Database, maya: Conversation, admin: str):
    def lost(work: Work) -> None:
        message = every(database, Message)[0]
        work.add(Attachment(message_id=message.id, filename="lost.jpg", created_at=NOON))

    database.write(lost)
    answer = await ask(database, admin, conversation=maya.public_id)
    assert opened_zip(answer).namelist() == ["data.json"]
