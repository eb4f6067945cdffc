"""Durable runs: a crash repeats nothing, a person's turn is a person's turn."""

import pytest
from sqlmodel import select

from jumper_app.bots.definition import Ask
from jumper_app.bots.library import WELCOME
from jumper_app.bots.runs import NoFlow, answer_next, pass_back
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.takeover import pause_bot, resolve
from jumper_app.db import Database
from jumper_app.errors import WindowClosed
from jumper_app.models import (
    ChannelAccount,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Outbox,
    Owner,
    Run,
    RunStatus,
    Wake,
)
from tests import make
from tests.house import conversation, every, lines, one, sends, side_by_side, spoken, take
from tests.make import NOON, later

TOPIC = WELCOME.nodes["topic"]
assert isinstance(TOPIC, Ask)
QUESTION = TOPIC.prompt


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


@pytest.fixture
def shop(db):
    return db.write(make.account, bot=True)


def hears(db, text="Hello", now=NOON, **over):
    take(db, make.inbound(text, sent_at=now, **over), now=now)


def answers(db, now=NOON):
    while db.write(answer_next, now=now):
        pass


def said(db):
    return spoken(db, MessageKind.BOT)


def test_the_first_word_begins_the_flow(db, shop):
    hears(db)
    answers(db)
    assert len(said(db)) == 2
    assert "automated" in said(db)[0]
    assert said(db)[1] == QUESTION
    assert lines(db) == ["bot_triggered"]
    assert one(db, Run).asked == QUESTION


def test_without_a_message_there_is_nothing_to_answer(db, shop):
    assert db.write(answer_next, now=NOON) is None


class Crash(BaseException):
    """The process dies."""


def test_a_crash_before_the_commit_repeats_nothing(db, shop):
    hears(db)
    for _ in range(3):
        with pytest.raises(Crash), db.transaction() as work:
            answer_next(work, now=NOON)
            raise Crash
    assert (said(db), every(db, Run), len(every(db, Wake))) == ([], [], 1)
    answers(db)
    answers(db)
    assert len(said(db)) == 2
    assert len(every(db, Run)) == 1


def answering(worker):
    return lambda: worker.write(answer_next, now=NOON)


def test_several_workers_answer_one_message_once(db, shop, effort):
    workers = [Database(db.url) for _ in range(4)]
    of = f"rounds of four workers answering ({db.engine.dialect.name})"
    for number in effort.rounds(of, gate=4, long=100):
        hears(db, sender=make.person(f"1999{number:05}"))
        side_by_side(*[answering(each) for each in workers])
        answers(db)
        assert len(said(db)) == 2 * (number + 1)
    for each in workers:
        each.close()


def test_the_answers_of_one_customer_are_taken_in_the_order_they_came(db, shop):
    hears(db, "Hello")
    answers(db, now=later(seconds=1))
    hears(db, "2", now=later(seconds=2))
    answers(db, now=later(seconds=3))
    assert said(db)[1] == QUESTION
    assert "receipt for the" in said(db)[2]


def test_lines_that_come_together_get_one_answer(db, shop):
    hears(db, "Hello")
    hears(db, "I have a question", now=later(seconds=1))
    hears(db, "Are you there?", now=later(seconds=2))
    answers(db, now=later(seconds=3))
    assert said(db)[1:] == [QUESTION]
    assert every(db, Wake) == []


def test_a_channel_without_a_flow_asks_for_a_person(db, shop):
    hears(db)
    db.write(lambda work: setattr(work.get_one(ChannelAccount, shop.id), "flow_id", None))
    answers(db)
    assert conversation(db).owner == Owner.REQUESTED
    assert lines(db) == ["bot_failed"]
    assert said(db) == []


def break_flow(work):
    work.exec(select(FlowVersion)).one().definition = {"name": "no flow at all"}


def test_a_flow_that_cannot_be_read_holds_nobody_else_up(db, shop):
    hears(db, sender=make.person("1"))
    db.write(break_flow)
    hears(db, sender=make.person("2"))
    answers(db)
    assert {row.owner for row in every(db, Conversation)} == {Owner.REQUESTED}
    assert every(db, Wake) == []
    assert said(db) == []


def test_a_flow_that_breaks_in_the_middle_ends_its_run(db, shop):
    hears(db)
    answers(db)
    db.write(break_flow)
    hears(db, "2")
    answers(db)
    assert one(db, Run).status == RunStatus.FAILED
    assert conversation(db).owner == Owner.REQUESTED


def test_after_the_window_the_bot_says_nothing_and_a_person_is_asked(db, shop):
    hears(db)
    answers(db, now=later(hours=25))
    assert said(db) == []
    assert conversation(db).owner == Owner.REQUESTED


def test_asking_for_an_agent_hands_over_and_says_so_after_the_farewell(db, shop):
    hears(db)
    hears(db, "agent", now=later(seconds=1))
    answers(db, now=later(seconds=2))
    row = conversation(db)
    assert (row.owner, row.waiting_since) == (Owner.REQUESTED, later(seconds=2))
    assert one(db, Run).status == RunStatus.HANDED_OVER
    last = sorted(every(db, Message), key=lambda each: (each.at, each.order, each.id))[-2:]
    assert [each.kind for each in last] == ["bot", "status"]
    assert last[1].content["event"] == "agent_requested"


def test_what_the_bot_said_before_it_stepped_aside_still_goes_out(db, shop):
    hears(db, "agent")
    answers(db)
    assert conversation(db).epoch > 0
    assert db.write(claim, worker="w", now=NOON, limit=9)
    assert sends(db) == [("bot", "sending")]


def test_under_a_person_nothing_wakes_the_bot(db, shop, ana):
    hears(db)
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana, now=NOON)
    answers(db)
    assert (said(db), every(db, Wake)) == ([], [])


def test_what_was_written_before_a_pass_back_is_not_answered_twice(db, shop, ana):
    hears(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    db.write(pass_back, conversation_id=key, agent_id=ana, now=NOON)
    answers(db)
    assert said(db).count(QUESTION) == 1


def test_a_word_from_before_the_end_is_not_answered_after_the_reopening(db, shop, ana):
    hears(db, "Hello")
    db.write(resolve, conversation_id=conversation(db).id, agent_id=ana, now=NOON)
    hears(db, "Again", now=later(minutes=1))
    assert len(every(db, Wake)) == 1


def test_pass_back_resumes_at_the_same_question(db, shop, ana):
    hears(db)
    answers(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    assert one(db, Run).status == RunStatus.PAUSED
    db.write(pass_back, conversation_id=key, agent_id=ana, now=later(minutes=1))
    row = conversation(db)
    assert (row.owner, row.agent_id, row.epoch) == (Owner.BOT, None, 2)
    assert said(db)[-1].endswith(QUESTION)
    assert one(db, Run).status == RunStatus.RUNNING
    hears(db, "2", now=later(minutes=2))
    answers(db, now=later(minutes=2))
    assert "receipt for the" in spoken(db, MessageKind.BOT)[-2]
    assert lines(db) == ["bot_triggered", "bot_paused", "bot_resumed"]


def test_a_resumed_bots_words_leave(db, shop, ana):
    hears(db)
    answers(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    db.write(pass_back, conversation_id=key, agent_id=ana, now=NOON)
    (sending,) = db.write(claim, worker="w", now=NOON, limit=9)
    assert one(db, Message, id=sending.message_id).text.endswith(QUESTION)
    assert sends(db) == [("bot", "dropped"), ("bot", "dropped"), ("bot", "sending")]


def test_pass_back_twice_asks_once(db, shop, ana):
    hears(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    for _ in range(2):
        db.write(pass_back, conversation_id=key, agent_id=ana, now=NOON)
    assert said(db).count(QUESTION) == 1


def test_there_must_be_a_bot_to_pass_back_to(db, ana):
    db.write(make.account)
    hears(db)
    key = conversation(db).id
    with pytest.raises(NoFlow):
        db.write(pass_back, conversation_id=key, agent_id=ana, now=NOON)
    assert conversation(db).owner == Owner.REQUESTED


def test_after_the_window_nothing_is_passed_back(db, shop, ana):
    hears(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    with pytest.raises(WindowClosed):
        db.write(pass_back, conversation_id=key, agent_id=ana, now=later(hours=24))
    assert conversation(db).owner == Owner.AGENT


def test_the_same_step_of_the_same_run_is_the_same_message(db, shop):
    hears(db)
    answers(db)
    keys = [row.client_key for row in every(db, Message, kind=MessageKind.BOT)]
    run = one(db, Run)
    assert keys == [f"run:{run.public_id}:1:0", f"run:{run.public_id}:1:1"]


def test_a_running_flow_stays_on_its_version(db, shop):
    from jumper_app.bots.shelf import publish

    hears(db)
    answers(db)
    newer = WELCOME.model_copy(update={"resume_text": "Something newer."})
    db.write(publish, newer, NOON)
    assert [row.number for row in every(db, FlowVersion)] == [1, 2]
    hears(db, "2")
    answers(db)
    assert one(db, Run).flow_version_id == every(db, FlowVersion)[0].id


def test_publishing_the_same_again_makes_no_version(db, shop):
    from jumper_app.bots.shelf import publish

    db.write(publish, WELCOME, NOON)
    assert len(every(db, FlowVersion)) == 1


def test_the_bot_speaks_in_its_flows_name(db, shop):
    hears(db)
    answers(db)
    assert {row.bot for row in every(db, Message, kind=MessageKind.BOT)} == {"Welcome"}
    assert {row.epoch for row in every(db, Outbox)} == {0}
