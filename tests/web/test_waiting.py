"""Deliveries that come together share a commit, and nobody waits for those who do not come."""

import asyncio

import pytest

from jumper_app import clock
from jumper_app.conversations.inbound import Delivery
from jumper_app.web import waiting
from jumper_app.web.waiting import MAX_BATCH, Waiting, WaitingRoom

TURNS = 20
"""Turns of the event loop in which everything happens that waits for no timer."""


def somebody() -> Waiting:
    return Waiting(Delivery("whatsapp", b"{}", {}, frozenset(), clock.now()))


def come(room: WaitingRoom, count: int) -> list[Waiting]:
    crowd = [somebody() for _ in range(count)]
    for one in crowd:
        room.enter(one)
    return crowd


async def asked(room: WaitingRoom) -> asyncio.Task[list[Waiting]]:
    """The next batch is asked for, before anybody else comes."""
    batch = asyncio.create_task(room.next_batch())
    await turns()
    return batch


async def turns() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def nobody_is_late(monkeypatch: pytest.MonkeyPatch):
    """The timer never ends by itself: what goes on did not wait for it."""
    monkeypatch.setattr(waiting, "GATHER_S", 3600)


async def test_whoever_comes_alone_waits_for_nobody():
    room = WaitingRoom()
    for _ in range(3):
        batch = await asked(room)
        alone = come(room, 1)
        await turns()
        assert batch.result() == alone


async def test_the_crowd_that_was_answered_comes_again_together():
    room = WaitingRoom()
    come(room, 3)
    await room.next_batch()
    second = await asked(room)
    early = come(room, 2)
    await turns()
    assert not second.done()
    late = come(room, 1)
    await turns()
    assert second.result() == early + late


async def test_those_who_came_meanwhile_belong_to_the_crowd():
    room = WaitingRoom()
    come(room, 1)
    await room.next_batch()
    meanwhile = come(room, 2)
    batch = await asked(room)
    assert not batch.done()
    again = come(room, 1)
    await turns()
    assert batch.result() == meanwhile + again


async def test_who_does_not_come_again_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    room = WaitingRoom()
    come(room, 5)
    await room.next_batch()
    monkeypatch.setattr(waiting, "GATHER_S", 0)
    few = come(room, 2)
    assert await room.next_batch() == few


async def test_a_commit_has_its_most_and_the_rest_keeps_its_place():
    room = WaitingRoom()
    crowd = come(room, MAX_BATCH + 5)
    assert await room.next_batch() == crowd[:MAX_BATCH]
    following = await asked(room)
    again = come(room, MAX_BATCH)
    await turns()
    assert following.result() == [*crowd[MAX_BATCH:], *again][:MAX_BATCH]
