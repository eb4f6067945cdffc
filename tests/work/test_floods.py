"""Two hundred who flood the bot wait behind one who does not; nobody is left out for good."""

from random import Random

import pytest

from jumper_app import clock
from jumper_app.bots.runs import answer_next
from jumper_app.channels import CHANNELS
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.replies import reply
from jumper_app.models import Conversation, MessageKind, Outbox, Wake
from jumper_app.work.loop import Background
from tests import make
from tests.house import every, take
from tests.make import NOON, later
from tests.work.test_takeovers import RecordingDoor

FLOODERS = 200


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON)


@pytest.fixture
def shop(db):
    db.write(make.account, bot=True)


def write(db, who: int, lines: int, first: int = 0):
    person = make.person(f"{who}")
    numbers = range(first, first + lines)
    items = [
        make.inbound(f"{n}", external_id=f"wamid.{who}.{n}", sender=person, sent_at=NOON)
        for n in numbers
    ]
    take(db, *items, now=NOON)


def keys(db) -> list[int]:
    return [row.id for row in every(db, Conversation)]


def test_one_line_goes_before_two_hundred_floods_that_came_first(db, shop):
    for who in range(FLOODERS):
        write(db, who, lines=3)
    write(db, FLOODERS, lines=1)
    looked = db.write(answer_next, now=NOON)
    assert (looked.conversation_id, looked.lines) == (keys(db)[-1], 1)
    assert db.write(answer_next, now=NOON).conversation_id == keys(db)[0], "then who waits longest"


def test_what_was_heard_of_late_counts_as_well(db, shop):
    write(db, 1, lines=1)
    write(db, 2, lines=2)
    busy, quiet = keys(db)
    assert db.write(answer_next, now=NOON, heard={busy: 9}).conversation_id == quiet


def test_every_line_of_a_flood_is_looked_at_in_the_end(db, shop):
    for who in range(20):
        write(db, who, lines=1 + who % 4)
    lines = 0
    while looked := db.write(answer_next, now=NOON):
        lines += looked.lines
    assert lines == sum(1 + who % 4 for who in range(20))
    assert every(db, Wake) == []


async def test_the_background_remembers_who_floods(db, shop):
    background = Background(db, dict.fromkeys(CHANNELS, RecordingDoor(Random(1))))
    write(db, 1, lines=8)
    await background.work_once()
    write(db, 1, lines=1, first=8)
    write(db, 2, lines=2)
    loud, honest = keys(db)
    seen = []
    original = db.run_behind

    async def watched(verb, *args, **kwargs):
        found = await original(verb, *args, **kwargs)
        if verb is answer_next and found is not None:
            seen.append(found.conversation_id)
        return found

    db.run_behind = watched
    await background.work_once()
    await background.settle()
    assert seen == [honest, loud]


def test_what_people_say_leaves_before_what_bots_say(db, shop):
    write(db, 1, lines=1)
    write(db, 2, lines=1)
    while db.write(answer_next, now=NOON):
        pass
    ana = db.write(make.agent).id
    last = keys(db)[-1]
    db.write(reply, conversation_id=last, agent_id=ana, text="Hi", client_key="k" * 16, now=later())
    claimed = db.write(claim, worker="w", now=clock.now(), limit=1)
    rows = {row.id: row.message_kind for row in every(db, Outbox)}
    assert [rows[one.outbox_id] for one in claimed] == [MessageKind.AGENT]
