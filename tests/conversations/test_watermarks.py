"""Delivered and read up to a moment: it names no message, and may come before there is one."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import SHOW_OUTSIDE, Item, ReceiptState, Sent
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.log import stored
from jumper_app.conversations.replies import reply
from jumper_app.models import Conversation, Delivery, Message, WatermarkRow
from tests import make
from tests.house import conversation, every, in_one_database, one, take
from tests.make import NOON, later

DELIVERED, READ = ReceiptState.DELIVERED, ReceiptState.READ
BLINK = timedelta(milliseconds=1)
PAGES = count(1)


@pytest.fixture
def page(db):
    return db.write(make.page, options={SHOW_OUTSIDE: True})


@pytest.fixture
def ana(db):
    return db.write(make.agent)


def told(db, *items):
    return take(db, *items, now=later(hours=6), channel="messenger")


def heard(db, at: datetime = NOON):
    told(db, make.inbound("Hello", account=make.PAGE_ID, sender=make.fan(), sent_at=at))


def said(db, ana, text: str, at: datetime, key: int = 0) -> Message:
    """Ana writes; the message waits to be sent."""
    key = key or stored(conversation(db).id)
    once = f"{key} {text}"
    sent = db.write(reply, conversation_id=key, agent_id=ana.id, text=text, client_key=once, now=at)
    return one(db, Message, id=sent.message_id)


def taken(db, mid: str, at: datetime) -> None:
    """Meta answers the send that waits."""
    [row] = db.write(claim, worker="test", now=at, limit=10)
    db.write(accepted, row, Sent(external_id=mid), at)


def echo(text: str, mid: str, at: datetime, **over):
    place = {"account": make.PAGE_ID, "recipient": make.fan(), "external_id": mid, "sent_at": at}
    return make.echo(text, **(place | over))


def tick(db, mid: str) -> str:
    return one(db, Message, external_id=mid).delivery


def test_a_read_moves_everything_up_to_it_and_nothing_after(db, page):
    told(db, *(echo(str(n), f"m_{n}", later(minutes=n)) for n in (1, 2, 3)))
    told(db, make.watermark(READ, later(minutes=2)))
    assert [tick(db, f"m_{n}") for n in (1, 2, 3)] == ["read", "read", "sent"]


@pytest.mark.parametrize(
    ("off_by", "shown"),
    [
        pytest.param(-BLINK, Delivery.SENT, id="a-millisecond-before"),
        pytest.param(timedelta(0), Delivery.READ, id="on-the-dot"),
        pytest.param(BLINK, Delivery.READ, id="a-millisecond-after"),
    ],
)
def test_a_watermark_counts_milliseconds(db, page, off_by, shown):
    at = later(minutes=1, milliseconds=250)
    told(db, echo("Hi", "m_1", at), make.watermark(READ, at + off_by))
    assert tick(db, "m_1") == shown


def test_a_read_that_comes_before_its_message_waits_for_it(db, page):
    told(db, make.watermark(READ, later(minutes=2)))
    assert every(db, Conversation) == []
    told(db, echo("Hi", "m_1", later(minutes=1)))
    assert tick(db, "m_1") == "read"


def test_a_delivery_never_takes_a_read_back(db, page):
    told(db, echo("Hi", "m_1", later(minutes=1)))
    told(db, make.watermark(READ, later(minutes=2)))
    told(db, make.watermark(DELIVERED, later(minutes=3)))
    assert tick(db, "m_1") == "read"


def test_the_earliest_mark_that_covers_a_message_says_when(db, page):
    for minutes in (5, 2, 3):
        told(db, make.watermark(READ, later(minutes=minutes)))
    told(db, echo("Hi", "m_1", later(minutes=1)), make.watermark(READ, later(seconds=90)))
    times = one(db, Message, external_id="m_1").delivery_times
    assert times["read"] == later(seconds=90).isoformat()


def test_the_same_mark_twice_is_kept_once(db, page):
    for _ in range(2):
        told(db, make.watermark(READ, NOON))
    assert len(every(db, WatermarkRow)) == 1


def test_another_customers_read_moves_nothing_here(db, page):
    told(db, echo("Hi", "m_1", later(minutes=1)))
    told(db, make.watermark(READ, later(hours=1), person=make.fan("999")))
    assert tick(db, "m_1") == "sent"


def test_a_read_before_the_answer_of_the_send_is_kept_for_it(db, page, ana):
    heard(db)
    ours = said(db, ana, "Hi Mia", later(minutes=1))
    told(db, make.watermark(READ, later(minutes=2)))
    assert one(db, Message, id=ours.id).delivery == Delivery.QUEUED
    taken(db, "m_1", later(minutes=1, seconds=1))
    assert tick(db, "m_1") == "read"


def test_a_mark_within_the_answers_way_waits_for_the_echo_that_dates_the_message(db, page, ana):
    """Our own note of the time is a little late; the provider's decides."""
    heard(db)
    ours = said(db, ana, "Hi Mia", later(minutes=1))
    provider, answer = later(minutes=1, milliseconds=100), later(minutes=1, milliseconds=400)
    taken(db, "m_1", answer)
    told(db, make.watermark(READ, provider + BLINK))
    assert tick(db, "m_1") == "sent"
    told(db, echo("Hi Mia", "m_1", provider, our_reference=ours.public_id))
    assert tick(db, "m_1") == "read"


def test_an_echo_of_ours_is_no_second_message(db, page, ana):
    heard(db)
    ours = said(db, ana, "Hi Mia", later(minutes=1))
    told(db, echo("Hi Mia", "m_1", later(minutes=1), our_reference=ours.public_id))
    assert one(db, Message, kind="agent").external_id == "m_1"
    assert one(db, Message, kind="agent").elsewhere is False


ANSWERED = "answered"
"""The step in which Meta answers our send."""


def news_of(ours: Message) -> list[Item]:
    """What can be told of a message of ours, each piece in its own time."""
    left = later(minutes=1, milliseconds=50)
    return [
        echo("One", "m_1", left, our_reference=ours.public_id),
        make.watermark(DELIVERED, left),
        make.watermark(DELIVERED, later(minutes=5)),
        make.watermark(READ, later(minutes=2)),
        make.watermark(READ, later(minutes=1, milliseconds=80)),
        make.receipt("m_1", DELIVERED, at=later(minutes=1, seconds=2)),
    ]


@pytest.mark.slow
@in_one_database()
@given(data=st.data())
def test_whatever_comes_first_the_ticks_of_our_own_send_end_alike(db, ana, effort, data):
    account = db.write(make.page, external_id=f"9{next(PAGES):06}")
    own = {"account": account.external_id}
    told(db, make.inbound("Hello", sender=make.fan(), **own))
    ours = said(db, ana, "One", later(minutes=1), one(db, Conversation, account_id=account.id).id)
    [row] = db.write(claim, worker="test", now=later(minutes=1), limit=10)
    news = news_of(ours)
    again = data.draw(st.lists(st.sampled_from(range(len(news))), max_size=4))
    for step in data.draw(st.permutations([ANSWERED, *range(len(news)), *again])):
        if step == ANSWERED:
            db.write(accepted, row, Sent(external_id="m_1"), later(minutes=1, milliseconds=400))
        else:
            told(db, news[int(step)].model_copy(update=own))
    shown = one(db, Message, id=ours.id)
    assert (shown.external_id, shown.delivery) == ("m_1", "read")
    assert shown.delivery_times == {
        "sent": later(minutes=1, milliseconds=400).isoformat(),
        "delivered": later(minutes=1, milliseconds=50).isoformat(),
        "read": later(minutes=1, milliseconds=80).isoformat(),
    }
    assert len(every(db, Message, conversation_id=ours.conversation_id, kind="agent")) == 1
    effort.note(f"orders of what is told of our own sends ({db.engine.dialect.name})")
