"""The bot goes on by itself: off by default, put off by words and drafts, and never too late."""

from datetime import timedelta

import pytest

from jumper_app.bots.definition import Ask, End, Flow
from jumper_app.bots.resuming import next_resume, resume_next
from jumper_app.bots.runs import answer_next, pass_back
from jumper_app.bots.shelf import publish
from jumper_app.conversations import drafts
from jumper_app.conversations.replies import reply
from jumper_app.conversations.resuming import (
    NothingPaused,
    more_time,
    resume_later,
    stay_silent,
)
from jumper_app.conversations.takeover import assign, pause_bot, resolve
from jumper_app.errors import BadInput
from jumper_app.models import MessageKind, Owner, Run
from tests import make
from tests.house import conversation, lines, one, spoken, take
from tests.make import NOON, later

SIZES = Flow(
    name="Sizes",
    start="size",
    announcement="",
    nodes={"size": Ask(prompt="Which size?", next="end"), "end": End(outcome="done", text="Bye.")},
)
JUST_BEFORE = later(minutes=30) - timedelta(microseconds=1)


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


@pytest.fixture
def key(db, ana):
    """The bot has asked, and Ana has taken over at noon."""

    def connected(work):
        make.account(work).flow_id = publish(work, SIZES, NOON).id

    db.write(connected)
    take(db, make.inbound("Hello", sent_at=NOON), now=NOON)
    while db.write(answer_next, now=NOON):
        pass
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    return key


@pytest.fixture
def counting(db, key, ana):
    """She lets the bot go on at half past twelve."""
    db.write(resume_later, conversation_id=key, agent_id=ana, minutes=30, now=NOON)
    return key


def goes_on(db, now):
    while db.write(resume_next, now=now):
        pass
    return conversation(db).owner == Owner.BOT


def says(db, key, ana, now):
    db.write(reply, conversation_id=key, agent_id=ana, text="Hi", client_key=str(now), now=now)


def types(db, key, ana, text, revision=1):
    how = {"conversation_id": key, "agent_id": ana, "mode": "reply", "revision": revision}
    db.write(drafts.save, text=text, **how)


def test_of_itself_it_never_goes_on(db, key):
    assert db.look(next_resume, now=NOON) is None
    assert not goes_on(db, later(hours=20))


def test_it_goes_on_when_its_time_has_come_and_asks_again_once(db, counting):
    assert db.look(next_resume, now=NOON) == later(minutes=30)
    assert not goes_on(db, JUST_BEFORE)
    epoch = conversation(db).epoch
    assert goes_on(db, later(minutes=30))
    assert goes_on(db, later(minutes=90))
    assert conversation(db).epoch == epoch + 1
    assert lines(db)[-1] == "bot_resumed_itself"
    asked = [text for text in spoken(db, MessageKind.BOT) if text.endswith("Which size?")]
    assert len(asked) == 2


def test_every_reply_counts_it_anew(db, counting, ana):
    says(db, counting, ana, later(minutes=29))
    assert not goes_on(db, later(minutes=58))
    assert goes_on(db, later(minutes=59))


def test_it_never_speaks_over_an_unsent_draft(db, counting, ana):
    types(db, counting, ana, "One mom")
    assert not goes_on(db, later(minutes=30))
    assert one(db, Run).resumes_at == later(minutes=60)
    types(db, counting, ana, "", revision=2)
    assert not goes_on(db, later(minutes=59))
    assert goes_on(db, later(minutes=60))


def test_a_colleagues_draft_puts_nothing_off(db, counting):
    ben = db.write(make.agent, "Ben").id
    types(db, counting, ben, "By the way")
    assert goes_on(db, later(minutes=30))


def test_more_time_and_cancel(db, counting, ana):
    db.write(more_time, conversation_id=counting, agent_id=ana, now=later(minutes=10))
    assert not goes_on(db, later(minutes=59))
    db.write(stay_silent, conversation_id=counting, agent_id=ana)
    says(db, counting, ana, later(minutes=59))
    assert not goes_on(db, later(hours=20))


def test_through_a_closed_window_it_says_nothing_and_waits_for_a_person(db, key, ana):
    db.write(resume_later, conversation_id=key, agent_id=ana, minutes=30, now=later(hours=23.9))
    assert not goes_on(db, later(hours=25))
    assert one(db, Run).resumes_at is None


def test_whatever_a_person_decides_ends_it(db, counting, ana):
    ben = db.write(make.agent, "Ben").id
    moved = {"conversation_id": counting, "agent_id": ana, "now": NOON}
    db.write(assign, to_agent_id=ben, **moved)
    assert one(db, Run).resumes_at is None
    with pytest.raises(NothingPaused):
        db.write(resume_later, minutes=5, **moved)
    db.write(assign, to_agent_id=ana, **moved)
    db.write(resume_later, minutes=5, **moved)
    db.write(pass_back, **moved)
    assert one(db, Run).resumes_at is None
    db.write(pause_bot, **moved)
    db.write(resume_later, minutes=5, **moved)
    db.write(resolve, **moved)
    assert not goes_on(db, later(hours=1))


@pytest.mark.parametrize("minutes", [-1, 0, 24 * 60 + 1])
def test_only_for_a_time_that_makes_sense(db, key, ana, minutes):
    with pytest.raises(BadInput):
        db.write(resume_later, conversation_id=key, agent_id=ana, minutes=minutes, now=NOON)


class Crash(BaseException):
    """The process dies."""


def test_who_dies_over_it_leaves_it_to_the_next(db, counting):
    with pytest.raises(Crash), db.transaction() as work:
        resume_next(work, now=later(minutes=30))
        raise Crash
    assert goes_on(db, later(minutes=30))
    assert lines(db).count("bot_resumed_itself") == 1
