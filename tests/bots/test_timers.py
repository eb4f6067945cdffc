"""Waits, reminders and time-outs in the database: never early, taken once, frozen while paused."""

from datetime import timedelta

import pytest
from sqlmodel import select

from jumper_app.bots.definition import Ask, End, Flow, Say, Wait
from jumper_app.bots.runs import answer_next, pass_back
from jumper_app.bots.shelf import publish
from jumper_app.bots.timers import elapse_next, next_timer
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.takeover import pause_bot
from jumper_app.db import Database
from jumper_app.models import (
    ChannelAccount,
    Message,
    MessageKind,
    Outbox,
    Owner,
    ReadDue,
    Run,
    RunStatus,
)
from tests import make
from tests.house import conversation, every, lines, one, side_by_side, spoken, take
from tests.make import NOON, later

PATIENT = Flow(
    name="Patient",
    start="hi",
    announcement="",
    nodes={
        "hi": Say(text="One moment.", next="wait"),
        "wait": Wait(seconds=60, next="ask"),
        "ask": Ask(
            prompt="Still there?",
            reminder_s=3600,
            reminder_text="Hello?",
            timeout_s=7200,
            on_timeout="late",
            next="end",
        ),
        "late": Say(text="Another time, then.", next="end"),
        "end": End(outcome="done", text="Bye."),
    },
)


@pytest.fixture
def shop(db):
    def connected(work):
        account = make.account(work)
        account.flow_id = publish(work, PATIENT, NOON).id
        return account

    return db.write(connected)


def hears(db, text="Hello", now=NOON):
    take(db, make.inbound(text, sent_at=now), now=now)


def answers(db, now=NOON):
    while db.write(answer_next, now=now):
        pass


def elapses(db, now):
    while db.write(elapse_next, now=now):
        pass


def said(db):
    return spoken(db, MessageKind.BOT)


def waiting(db):
    hears(db)
    answers(db)


def test_nothing_is_early(db, shop):
    waiting(db)
    assert db.look(next_timer, now=NOON) == later(seconds=60)
    elapses(db, later(seconds=60) - timedelta(microseconds=1))
    assert said(db) == ["One moment."]
    elapses(db, later(seconds=60))
    assert said(db) == ["One moment.", "Still there?"]


@pytest.mark.parametrize(("seconds", "shown"), [(0, False), (3, True), (25, True), (26, False)])
def test_typing_is_shown_only_when_the_next_word_is_a_moment_away(db, shop, seconds, shown):
    nodes = PATIENT.nodes | {"wait": Wait(seconds=seconds or 60, next="ask")}
    if not seconds:  # the last word for now is a question
        nodes = nodes | {"hi": Say(text="One moment.", next="ask")}
        del nodes["wait"]
    soon = PATIENT.model_copy(update={"nodes": nodes})

    def change(work):
        work.get_one(ChannelAccount, shop.id).flow_id = publish(work, soon, NOON).id

    db.write(change)
    hears(db)
    answers(db)
    assert db.look(lambda work: work.exec(select(ReadDue)).one()).typing is shown


def test_reminder_and_time_out_follow_one_another(db, shop):
    waiting(db)
    elapses(db, later(seconds=60))
    elapses(db, later(seconds=60 + 3600))
    assert said(db)[-1] == "Hello?"
    elapses(db, later(seconds=60 + 7199))
    assert said(db)[-1] == "Hello?"
    elapses(db, later(seconds=60 + 7200))
    assert said(db)[-2:] == ["Another time, then.", "Bye."]
    assert one(db, Run).status == RunStatus.COMPLETED
    assert db.look(next_timer, now=NOON) is None


def test_an_answer_that_came_in_time_counts_although_nobody_looked(db, shop):
    waiting(db)
    elapses(db, later(seconds=60))
    hears(db, "Yes", now=later(hours=1))
    elapses(db, later(hours=9))
    assert said(db)[-1] == "Bye."
    assert "Hello?" not in said(db)


class Crash(BaseException):
    """The process dies."""


def test_a_worker_that_dies_leaves_the_timer_to_the_next(db, shop):
    waiting(db)
    for _ in range(3):
        with pytest.raises(Crash), db.transaction() as work:
            elapse_next(work, now=later(seconds=60))
            raise Crash
    elapses(db, later(seconds=60))
    assert said(db) == ["One moment.", "Still there?"]


def elapsing(worker):
    return lambda: worker.write(elapse_next, now=later(seconds=60))


def test_several_workers_take_one_timer_once(db, shop):
    waiting(db)
    workers = [Database(db.url) for _ in range(4)]
    side_by_side(*[elapsing(each) for each in workers])
    for each in workers:
        each.close()
    elapses(db, later(seconds=60))
    assert said(db) == ["One moment.", "Still there?"]


def test_a_paused_run_keeps_what_was_left_of_its_wait(db, shop):
    ana = db.write(make.agent).id
    waiting(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=later(seconds=20))
    assert (one(db, Run).due_at, one(db, Run).left_s) == (None, 40)
    elapses(db, later(hours=1))
    assert said(db) == ["One moment."]
    db.write(pass_back, conversation_id=key, agent_id=ana, now=later(hours=1))
    assert one(db, Run).due_at == later(hours=1, seconds=40)
    elapses(db, later(hours=1, seconds=40))
    assert said(db)[-1] == "Still there?"


def test_after_the_window_the_run_waits_until_the_customer_writes(db, shop):
    waiting(db)
    elapses(db, later(hours=25))
    assert said(db) == ["One moment."]
    assert (one(db, Run).status, one(db, Run).held) == (RunStatus.PAUSED, "window")
    assert (conversation(db).owner, lines(db)[-1]) == (Owner.BOT, "bot_held")
    hears(db, "Hi again", now=later(hours=26))
    answers(db, now=later(hours=26))
    assert said(db) == ["One moment.", "Still there?"]
    assert one(db, Run).status == RunStatus.RUNNING


def test_a_question_that_could_not_leave_is_asked_when_the_customer_writes(db, shop):
    waiting(db)
    elapses(db, later(seconds=60))
    for _ in range(9):
        db.write(claim, worker="w", now=later(hours=25), limit=9)
    assert {row.state for row in every(db, Outbox)} == {"failed"}
    assert one(db, Run).held == "unsent"
    hears(db, "Anybody?", now=later(hours=26))
    answers(db, now=later(hours=26))
    assert said(db) == ["One moment.", "Still there?", "Still there?"]


def test_on_a_paused_channel_a_timer_waits(db, shop):
    waiting(db)
    db.write(lambda work: setattr(work.get_one(ChannelAccount, shop.id), "paused", True))
    elapses(db, later(seconds=60))
    assert said(db) == ["One moment."]


def test_every_message_of_a_timer_says_why_it_was_sent(db, shop):
    waiting(db)
    elapses(db, later(seconds=60))
    why = every(db, Message, kind=MessageKind.BOT)[-1].why
    assert why == {"by": "channel", "flow": "Patient", "version": 1, "node": "ask", "step": 2}
