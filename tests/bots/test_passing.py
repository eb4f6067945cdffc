"""From the bot to a person and back: four ways, and a receipt that is read from the log."""

from datetime import timedelta

import pytest

from jumper_app.bots.definition import (
    Ask,
    End,
    Flow,
    Option,
    Say,
    SendMedia,
    SendTemplate,
)
from jumper_app.bots.runs import Goes, answer_next, offers, pass_back, start_flow
from jumper_app.bots.shelf import publish
from jumper_app.bots.starting import DoesNotFit
from jumper_app.conversations import takeover
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.replies import ColleagueAnswers
from jumper_app.conversations.silence import silence
from jumper_app.conversations.takeover import pause_bot
from jumper_app.errors import NotFound, WindowClosed
from jumper_app.models import Flow as FlowRow
from jumper_app.models import Message, MessageKind, Outbox, Owner, Run, RunStatus
from tests import make
from tests.house import conversation, every, lines, one, spoken, take
from tests.make import NOON, later

SHOP = Flow(
    name="Shop",
    start="hi",
    announcement="I am automated.",
    resume_text="Back to my question.",
    nodes={
        "hi": Say(text="Hi.", next="size"),
        "size": Ask(
            prompt="Which size?",
            choices=(Option(label="Small", value="s"), Option(label="Large", value="l")),
            save_to="size",
            next="end",
        ),
        "end": End(outcome="done", text="You said {{size|?}}."),
    },
)
OFFER = Flow(
    name="Offer",
    description="Something else",
    start="ask",
    announcement="",
    nodes={"ask": Ask(prompt="Interested?", next="end"), "end": End(outcome="done")},
)
ASKED = ["I am automated.\n\nHi.", "Which size?"]


@pytest.fixture
def shop(db):
    def connected(work):
        account = make.account(work)
        account.flow_id = publish(work, SHOP, NOON).id
        publish(work, OFFER, NOON)
        return account

    return db.write(connected)


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


def hears(db, text="Hello", now=NOON):
    take(db, make.inbound(text, sent_at=now), now=now)


def answers(db, now=NOON):
    while db.write(answer_next, now=now):
        pass


def said(db):
    return spoken(db, MessageKind.BOT)


def flow_id(db, name):
    return one(db, FlowRow, name=name).public_id


@pytest.fixture
def taken(db, shop, ana):
    """The bot has asked, the customer has answered Ana instead."""
    hears(db)
    answers(db)
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    hears(db, "large", now=later(minutes=1))
    return key


def back(db, key, ana, **how):
    db.write(pass_back, conversation_id=key, agent_id=ana, now=later(minutes=2), **how)


def test_continue_asks_again_and_says_again_what_speaks(db, taken, ana):
    back(db, taken, ana)
    assert said(db) == [*ASKED, "I am automated.\n\nBack to my question.\n\nWhich size?"]
    assert lines(db)[-1] == "bot_resumed"


def test_the_last_message_may_be_the_answer(db, taken, ana):
    back(db, taken, ana, goes=Goes.ANSWER)
    assert said(db) == [*ASKED, "You said l."]
    assert one(db, Run).status == RunStatus.COMPLETED


def test_a_last_message_that_is_no_answer_is_asked_about(db, taken, ana):
    hears(db, "purple", now=later(minutes=1, seconds=1))
    back(db, taken, ana, goes=Goes.ANSWER)
    assert said(db)[-1] == "Which size?"
    assert one(db, Run).status == RunStatus.RUNNING


def test_the_flow_may_begin_again(db, taken, ana):
    back(db, taken, ana, goes=Goes.RESTART)
    assert said(db) == [*ASKED, *ASKED]
    assert [row.status for row in every(db, Run)] == [RunStatus.REPLACED, RunStatus.RUNNING]


def test_another_flow_may_begin(db, taken, ana):
    back(db, taken, ana, goes=Goes.FLOW, flow=flow_id(db, "Offer"))
    assert said(db) == [*ASKED, "Interested?"]
    assert lines(db)[-2:] == ["flow_replaced", "bot_triggered"]
    assert every(db, Message, kind=MessageKind.BOT)[-1].why["agent"] == "Ana"


def test_a_flow_that_is_gone_begins_nothing(db, taken, ana):
    with pytest.raises(NotFound):
        back(db, taken, ana, goes=Goes.FLOW, flow="nothing")
    assert conversation(db).owner == Owner.AGENT


def test_a_colleagues_conversation_is_not_passed_back(db, taken):
    ben = db.write(make.agent, "Ben").id
    for goes in Goes:
        with pytest.raises(ColleagueAnswers):
            back(db, taken, ben, goes=goes, flow=flow_id(db, "Offer"))
    assert conversation(db).owner == Owner.AGENT


# --- Starting a flow ----------------------------------------------------------------


def test_an_agent_starts_a_flow_in_the_place_of_the_one_that_runs(db, shop, ana):
    hears(db)
    answers(db)
    key = conversation(db).id
    offer = flow_id(db, "Offer")
    db.write(start_flow, conversation_id=key, agent_id=ana, flow=offer, now=NOON)
    assert said(db)[-1] == "Interested?"
    row = conversation(db)
    assert (row.owner, row.epoch) == (Owner.BOT, 1)
    assert [each.state for each in every(db, Outbox)] == ["dropped", "dropped", "queued"]
    (sent,) = db.write(claim, worker="w", now=NOON, limit=9)
    assert one(db, Message, id=sent.message_id).text == "Interested?"


def test_after_the_window_no_flow_starts(db, shop, ana):
    hears(db)
    key = conversation(db).id
    late = later(hours=24)
    how = {"conversation_id": key, "agent_id": ana, "flow": flow_id(db, "Offer"), "now": late}
    with pytest.raises(WindowClosed):
        db.write(start_flow, **how)
    assert {offer.why_not != "" for offer in db.look(offers, conversation_id=key, now=late)} == {
        True
    }


def test_the_offers_say_what_does_not_fit(db, ana):
    template = SendTemplate(name="sale", language="en", next="end")
    sticker = SendMedia(kind="sticker", file="a" * 32, next="end")

    def connected(work):
        make.page(work)
        for name, node in (("Template", template), ("Sticker", sticker)):
            nodes = {"a": node, "end": End(outcome="done")}
            publish(work, Flow(name=name, start="a", nodes=nodes), NOON)
        publish(work, OFFER, NOON)

    db.write(connected)
    take(db, make.inbound(account=make.PAGE_ID, sender=make.fan()), channel="messenger")
    key = conversation(db).id
    offered = {row.name: row.why_not for row in db.look(offers, conversation_id=key, now=NOON)}
    assert offered["Offer"] == ""
    assert "no templates" in offered["Template"]
    assert "sticker" in offered["Sticker"]
    with pytest.raises(DoesNotFit):
        sticker_id = flow_id(db, "Sticker")
        db.write(start_flow, conversation_id=key, agent_id=ana, flow=sticker_id, now=NOON)


# --- The receipt ------------------------------------------------------------------------


def receipt(db):
    return db.look(silence, conversation_id=conversation(db).id)


def test_while_the_bot_speaks_there_is_no_receipt(db, shop, ana):
    hears(db)
    answers(db)
    assert receipt(db) is None
    at = later(minutes=1)
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana, now=at)
    assert (receipt(db).since, receipt(db).after) == (at, 0)


def test_the_receipt_is_of_the_first_silence_since_the_bot_spoke(db, taken, ana):
    ben = db.write(make.agent, "Ben").id
    db.write(
        takeover.assign, conversation_id=taken, to_agent_id=ben, agent_id=ana, now=later(hours=1)
    )
    assert receipt(db).since == NOON
    db.write(pass_back, conversation_id=taken, agent_id=ben, now=later(hours=2))
    assert receipt(db) is None


def test_what_was_claimed_before_does_not_count_and_what_comes_after_would(db, shop, ana):
    hears(db)
    answers(db)
    assert db.write(claim, worker="w", now=NOON, limit=9)
    at = NOON + timedelta(seconds=1)
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana, now=at)
    assert receipt(db).after == 0

    def revive(work):
        row = work.get_one(Outbox, 2)
        row.state, row.epoch = "queued", conversation(db).epoch
        work.get_one(Outbox, 1).state = "sent"

    db.write(revive)
    assert db.write(claim, worker="w", now=at, limit=9)
    assert receipt(db).after == 1
