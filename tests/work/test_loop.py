"""The background: it goes on whatever happens, and ends without losing a claim."""

import asyncio
import logging
import threading
from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Door, Sent
from jumper_app.conversations.replies import reply
from jumper_app.models import ChannelAccount, Message, Outbox
from jumper_app.work import loop, reading
from jumper_app.work.loop import Background
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON
from tests.work.test_takeovers import RecordingDoor


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON)
    monkeypatch.setattr(loop, "LOOK_AGAIN_S", 0.01)


@pytest.fixture
def door() -> RecordingDoor:
    import random

    return RecordingDoor(random.Random(1))


@pytest.fixture
def background(db, door: Door):
    doors: dict[str, Door] = dict.fromkeys(CHANNELS, door)
    return Background(db, doors)


@pytest.fixture
def key(db):
    db.write(make.account)
    take(db, make.inbound())
    return conversation(db).id


def say(db, key, text="Hi"):
    ana = db.write(make.agent).id
    db.write(
        reply,
        conversation_id=key,
        agent_id=ana,
        text=text,
        client_key=text,
        now=NOON,
        even_if_colleague=True,
    )


async def until(db, state):
    """Wait for the outbox to be in this state; the news says when to look."""
    with db.hub.listening(lambda _event: True) as news:
        while {row.state for row in every(db, Outbox)} != {state}:
            await asyncio.wait_for(news.drain(), 30)


async def test_what_is_queued_leaves_in_order(db, key, background, door):
    for text in ("one", "two", "three"):
        say(db, key, text)
    async with background.running():
        await until(db, "sent")
    by_reference = {row.public_id: row.text for row in every(db, Message)}
    assert [by_reference[each] for each in door.taken] == ["one", "two", "three"]


async def test_what_was_said_in_time_and_is_claimed_one_second_late_never_leaves(
    db, key, background, door, monkeypatch
):
    say(db, key)
    late = NOON + timedelta(hours=24, seconds=1)
    monkeypatch.setattr("jumper_app.clock.now", lambda: late)
    async with background.running():
        await until(db, "failed")
    assert door.taken == []
    ours = one(db, Message, kind="agent")
    assert (ours.delivery, "24 hours" in ours.failure) == ("failed", True)


async def test_what_is_stored_later_wakes_it(db, key, background, door):
    async with background.running():
        await asyncio.to_thread(say, db, key)
        await until(db, "sent")
    assert len(door.taken) == 1


async def test_it_ends_at_once_however_often_it_is_woken_and_leaves_no_claim_behind(
    db, key, background, door, effort
):
    of = f"ends of the background ({db.engine.dialect.name})"
    for number in effort.rounds(of, gate=20, long=500):
        async with background.running():
            await asyncio.to_thread(say, db, key, f"text {number}")
            await asyncio.sleep(0)
        assert not [row for row in every(db, Outbox) if row.state in {"sending", "unknown"}]
        assert len(background_tasks()) == 0


def background_tasks():
    return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


@pytest.mark.parametrize("where", ["what_waits", "next_due"])
async def test_a_database_that_stumbles_does_not_end_it(
    db, key, background, door, monkeypatch, caplog, where
):
    honest, stumbled = getattr(loop, where), threading.Event()

    def stumble(work, **how):
        if not stumbled.is_set():
            stumbled.set()
            raise OSError("the database went away")
        return honest(work, **how)

    monkeypatch.setattr(loop, where, stumble)
    with caplog.at_level(logging.ERROR):
        async with background.running():
            assert await asyncio.to_thread(stumbled.wait, 30)
            await asyncio.to_thread(say, db, key)
            await until(db, "sent")
    assert "stumbled" in caplog.text


async def test_read_marks_go_on_after_one_that_could_not_be_told(
    db, key, background, door, monkeypatch
):
    told = asyncio.Event()
    stumbles = iter([True])
    honest = reading._take

    def stumble(work, **how):
        if next(stumbles, False):
            raise OSError("the database went away")
        return honest(work, **how)

    async def mark_read(credentials, recipient, external_id, *, typing):
        told.set()

    monkeypatch.setattr(reading, "_take", stumble)
    door.mark_read = mark_read
    async with background.running():
        await asyncio.to_thread(say, db, key)
        await asyncio.wait_for(told.wait(), 30)


async def test_a_channel_whose_secrets_cannot_be_opened_waits_and_says_so(
    db, key, background, door
):
    say(db, key)
    db.write(spoil)
    async with background.running():
        await until(db, "retrying")
    assert "administrator" in one(db, Message, kind="agent").failure
    assert "another key" in one(db, ChannelAccount).alarm
    assert door.taken == []


def spoil(work):
    work.exec(select(ChannelAccount)).one().sealed = b"sealed with another key"


async def test_two_processes_never_go_by_the_same_name(db, door: Door):
    doors: dict[str, Door] = dict.fromkeys(CHANNELS, door)
    assert Background(db, doors)._sending._worker != Background(db, doors)._sending._worker


async def test_a_call_that_takes_long_keeps_its_claim(db, key, background, door, monkeypatch):
    """An hour passes while the channel has not answered; nobody gives the message up."""
    answer, called, numbers = asyncio.Event(), asyncio.Event(), count(1)

    async def send(*_args):
        called.set()
        await answer.wait()
        return Sent(external_id=f"wamid.{next(numbers)}")

    door.send = send
    say(db, key)
    async with background.running():
        await asyncio.wait_for(called.wait(), 30)
        monkeypatch.setattr("jumper_app.clock.now", lambda: make.later(hours=1))
        say(db, key, "another")
        assert await background.work_once() == 0
        assert {row.state for row in every(db, Outbox)} == {"sending", "queued"}
        answer.set()
        await until(db, "sent")


async def test_with_nothing_to_do_nobody_asks_to_write(db, key, background, monkeypatch):
    def no_writer(*_args, **_how):
        raise AssertionError("somebody asked for the writer")

    monkeypatch.setattr(db, "write", no_writer)
    assert await background.work_once() == 0
    assert await reading.tell_read(db, {}) == 0
