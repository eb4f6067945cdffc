"""Templates are fetched by the background: at once, on the hour, and when somebody asks."""

import asyncio
from datetime import timedelta

import pytest

from jumper_app.channels.contract import Credentials, KnownTemplate
from jumper_app.conversations.templates.shelf import SYNC_EVERY, ask_again
from jumper_app.live import TemplatesChanged
from jumper_app.models import Template, TemplateSync
from jumper_app.work import templates
from jumper_app.work.templates import NOT_FETCHED, Syncing
from tests import make
from tests.house import every, one
from tests.make import NOON, WABA


class TellingDoor:
    """A provider with these templates; ``failure`` is what it answers instead, once."""

    def __init__(self) -> None:
        self.told = [KnownTemplate(name="hello", language="en", status="APPROVED")]
        self.failure: Exception | None = None
        self.asked: list[str] = []

    async def templates(self, credentials: Credentials) -> list[KnownTemplate]:
        self.asked.append(credentials.parent_id)
        failure, self.failure = self.failure, None
        if failure:
            raise failure
        return self.told


@pytest.fixture
def door(monkeypatch) -> TellingDoor:
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON)
    return TellingDoor()


@pytest.fixture
def syncing(db, door) -> Syncing:
    db.write(make.account)
    return Syncing(db, {"whatsapp": door})  # pyright: ignore[reportArgumentType]


async def test_a_connected_business_is_asked_at_once_and_again_on_the_hour(
    db, syncing, door, monkeypatch
):
    assert await syncing.sync_due() == 1
    assert [row.name for row in every(db, Template)] == ["hello"]
    assert await syncing.sync_due() == 0
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON + SYNC_EVERY)
    assert await syncing.sync_due() == 1
    assert door.asked == [WABA, WABA]


async def test_whoever_asks_is_heard_while_it_sleeps_and_screens_are_told(db, syncing, door):
    with db.hub.listening(lambda event: isinstance(event, TemplatesChanged)) as screens:
        async with syncing.running():
            await asyncio.wait_for(screens.drain(), 30)
            door.told = [KnownTemplate(name="bye", language="en")]
            await asyncio.to_thread(db.write, ask_again, "whatsapp", WABA, NOON)
            await asyncio.wait_for(screens.drain(), 30)
    assert [row.name for row in every(db, Template, gone_at=None)] == ["bye"]


@pytest.mark.parametrize(
    ("code", "says"), [("131016", NOT_FETCHED), ("190", "must be connected again")]
)
async def test_a_provider_that_does_not_answer_is_asked_again_later_and_the_agent_reads_why(
    db, syncing, door, code, says
):
    from jumper_app.channels.whatsapp import WHATSAPP

    door.failure = WHATSAPP.explain(code)
    await syncing.sync_due()
    assert says in one(db, TemplateSync).failure
    assert every(db, Template) == []


async def test_what_nobody_expected_does_not_end_it(db, syncing, door, monkeypatch, caplog):
    monkeypatch.setattr(templates, "LOOK_AGAIN_S", 0.01)
    monkeypatch.setattr(templates, "SHORTEST_SLEEP_S", 0.01)
    moments = iter([NOON, *[NOON + timedelta(hours=2)] * 50])
    monkeypatch.setattr("jumper_app.clock.now", lambda: next(moments, NOON + timedelta(hours=2)))
    door.failure = OSError("the door is jammed")
    with db.hub.listening(lambda event: isinstance(event, TemplatesChanged)) as screens:
        async with syncing.running():
            await asyncio.wait_for(screens.drain(), 30)
    assert "looks again" in caplog.text
    assert [row.name for row in every(db, Template)] == ["hello"]
