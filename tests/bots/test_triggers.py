"""What makes a flow begin, and which one wins."""

import pytest

from jumper_app.bots.definition import Ask, End, Flow, Trigger
from jumper_app.bots.runs import answer_next
from jumper_app.bots.shelf import conflicts_of, publish
from jumper_app.bots.triggers import Occasion, Owned, chosen
from jumper_app.channels.contract import Advert
from jumper_app.conversations.takeover import pause_bot
from jumper_app.models import Message, MessageKind, Owner, Run, RunStatus
from tests import make
from tests.house import conversation, every, lines, spoken, take
from tests.make import NOON, later


def flow(name: str, *triggers: Trigger) -> Flow:
    return Flow(
        name=name,
        triggers=triggers,
        start="ask",
        announcement="",
        nodes={
            "ask": Ask(prompt=f"{name}?", choices=(), answer="number", next="end"),
            "end": End(outcome="done"),
        },
    )


def word(phrase: str, **over) -> Trigger:
    return Trigger(sort="word", phrase=phrase, **over)


# --- Pure --------------------------------------------------------------------------


def winner(text: str, *triggers: Trigger, **over) -> str:
    owned = [Owned(key, f"flow {key}", each) for key, each in enumerate(triggers)]
    found = chosen(owned, Occasion(channel="whatsapp", text=text, **over), NOON)
    return found.trigger.phrase or found.trigger.sort if found else ""


@pytest.mark.parametrize(
    ("text", "wins"),
    [
        pytest.param("price?", "price", id="whole-word"),
        pytest.param("priceless", "", id="part-of-a-word"),
        pytest.param("PRÍCE please", "price", id="case-and-accents"),
        pytest.param("price list", "price list", id="longest"),
        pytest.param("the price list of today", "price list", id="longest-contained"),
        pytest.param("Preis", "", id="nothing"),
    ],
)
def test_words_are_found_whole_and_the_longest_wins(text: str, wins: str):
    assert winner(text, word("price"), word("price list")) == wins


def test_an_exact_word_wins_over_a_longer_one_that_is_contained():
    assert winner("menu", word("menu"), word("me")) == "menu"
    assert winner("sale", word("sal e"), word("sale", rank=200)) == "sale"


def test_of_equals_the_smaller_rank_wins():
    triggers = [Owned(1, "late", word("hi", rank=9)), Owned(2, "early", word("hi", rank=2))]
    found = chosen(triggers, Occasion(channel="whatsapp", text="Hi"), NOON)
    assert found is not None
    assert found.flow == "early"


SORTS = (
    Trigger(sort="default"),
    Trigger(sort="first"),
    Trigger(sort="referral", phrase="flyer"),
    word("price"),
)


@pytest.mark.parametrize(
    ("text", "over", "wins"),
    [
        ("price", {"referral": "flyer", "is_first": True}, "price"),
        ("Hello", {"referral": "flyer", "is_first": True}, "flyer"),
        ("Flyer!", {"is_first": True}, "flyer"),
        ("Hello", {"is_first": True}, "first"),
        ("Hello", {}, "default"),
    ],
)
def test_a_word_wins_over_a_link_over_the_first_message_over_the_rest(text, over, wins):
    assert winner(text, *SORTS, **over) == wins


def test_a_trigger_counts_only_on_its_channels():
    assert winner("hi", word("hi", channels=("messenger",))) == ""
    assert winner("hi", word("hi", channels=("messenger", "whatsapp"))) == "hi"


# --- In the house ----------------------------------------------------------------------


@pytest.fixture
def shop(db):
    def connected(work):
        account = make.account(work, bot=True)
        publish(work, flow("Price", word("price")), NOON)
        publish(work, flow("Flyer", Trigger(sort="referral", phrase="flyer")), NOON)
        return account

    return db.write(connected)


def hears(db, text="Hello", now=NOON, **over):
    take(db, make.inbound(text, sent_at=now, **over), now=now)
    while db.write(answer_next, now=now):
        pass


def said(db):
    return spoken(db, MessageKind.BOT)


def test_a_word_begins_its_flow_and_each_message_says_why(db, shop):
    hears(db, "What is the price?")
    assert said(db) == ["Price?"]
    (message,) = every(db, Message, kind=MessageKind.BOT)
    assert message.why == {
        "by": "trigger",
        "trigger": "word",
        "phrase": "price",
        "flow": "Price",
        "version": 1,
        "node": "ask",
        "step": 1,
    }


def test_what_nothing_matches_begins_the_channels_own_flow(db, shop):
    hears(db, "priceless")
    assert "automated" in said(db)[0]


def test_a_word_replaces_a_flow_that_waits_for_something_else(db, shop):
    hears(db, "Hello")
    hears(db, "price", now=later(minutes=1))
    assert said(db)[-1] == "Price?"
    assert lines(db) == ["bot_triggered", "flow_replaced", "bot_triggered"]
    assert [row.status for row in every(db, Run)] == [RunStatus.REPLACED, RunStatus.RUNNING]


def test_an_answer_that_the_flow_waits_for_is_an_answer_and_no_trigger(db, shop):
    db.write(publish, flow("Two", word("2")), NOON)
    hears(db, "price")
    hears(db, "2", now=later(minutes=1))
    assert said(db) == ["Price?"]
    assert every(db, Run)[0].status == RunStatus.COMPLETED


def test_who_asks_for_a_person_gets_one_whatever_word_begins_a_flow(db, shop):
    db.write(publish, flow("Agency", word("agent")), NOON)
    hears(db, "agent")
    assert conversation(db).owner == Owner.REQUESTED
    hears_nothing_more = said(db)
    hears(db, "agent", now=later(minutes=1))
    assert said(db) == hears_nothing_more


def test_under_a_person_no_word_begins_anything(db, shop):
    ana = db.write(make.agent).id
    hears(db)
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana, now=NOON)
    before = said(db)
    hears(db, "price", now=later(minutes=1))
    assert said(db) == before


@pytest.mark.parametrize("text", ["Stop!", "unsubscribe"])
def test_stop_stops(db, shop, text):
    hears(db, "price")
    hears(db, text, now=later(minutes=1))
    assert said(db)[-1].startswith("All right, I'll stop here.")
    assert every(db, Run)[0].status == RunStatus.COMPLETED


def test_restart_begins_anew(db, shop):
    hears(db, "price")
    hears(db, "start over", now=later(minutes=1))
    assert said(db) == ["Price?", "Price?"]


def test_a_prefilled_text_begins_the_flow_of_its_link(db, shop):
    hears(db, "Flyer")
    assert said(db) == ["Flyer?"]


def test_a_first_message_through_a_link_begins_its_flow(db, shop):
    hears(db, "Hello", advert=Advert(ref="flyer"))
    assert said(db) == ["Flyer?"]


def test_who_comes_back_through_a_link_without_a_word_gets_its_flow(db):
    def connected(work):
        make.page(work, bot=True)
        publish(work, flow("Flyer", Trigger(sort="referral", phrase="flyer")), NOON)

    db.write(connected)
    take(db, make.arrival(at=NOON), channel="messenger")
    while db.write(answer_next, now=NOON):
        pass
    assert said(db) == ["Flyer?"]


def test_a_link_that_no_flow_knows_begins_nothing(db):
    db.write(make.page, bot=True)
    take(db, make.arrival(at=NOON), channel="messenger")
    while db.write(answer_next, now=NOON):
        pass
    assert said(db) == []
    assert conversation(db).owner == Owner.BOT


def test_the_default_reply_comes_once_in_its_hours(db, shop):
    db.write(publish, flow("Sorry", Trigger(sort="default", every_h=12)), NOON)
    hears(db, "Hello")
    assert said(db) == ["Sorry?"]
    hears(db, "5", now=later(minutes=1))
    hears(db, "Hello", now=later(hours=11))
    assert "automated" in said(db)[1]
    hears(db, "stop", now=later(hours=11, minutes=1))
    hears(db, "Hello", now=later(hours=12))
    assert said(db)[-1] == "Sorry?"


def test_conflicts_are_named_when_a_flow_is_saved(db, shop):
    mine = flow(
        "Mine",
        word("PRICE!"),
        Trigger(sort="referral", phrase="flyer"),
        Trigger(sort="first"),
        word("new"),
    )
    assert db.look(conflicts_of, mine) == (
        "'PRICE!' also begins 'Price'.",
        "The link 'flyer' also begins 'Flyer'.",
    )
    assert db.look(conflicts_of, flow("Price", word("price"))) == ()


def test_the_newest_versions_triggers_count(db, shop):
    db.write(publish, flow("Price", word("cost")), NOON)
    hears(db, "cost")
    assert said(db) == ["Price?"]
    assert every(db, Message, kind=MessageKind.BOT)[0].why["version"] == 2
    hears(db, "stop", now=later(minutes=1))
    hears(db, "price", now=later(minutes=2))
    assert "automated" in said(db)[2]
