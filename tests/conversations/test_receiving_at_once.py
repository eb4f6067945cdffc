"""Deliveries that come at the same moment, through several connections, as several workers do."""

from functools import partial

import pytest

from jumper_app.channels.contract import ReceiptState
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.replies import reply
from jumper_app.db import Database
from jumper_app.models import Contact, Conversation, Delivery, Event, Message, WebhookDelivery
from tests import make
from tests.house import conversation, delivered, every, one, side_by_side, spoken, take
from tests.make import NOON

WORKERS = 4


@pytest.fixture
def shop(db):
    return db.write(make.account, bot=True)


@pytest.fixture
def workers(db):
    """The same database as several processes see it."""
    several = [Database(db.url) for _ in range(WORKERS)]
    yield several
    for each in several:
        each.close()


def taking(workers, deliveries):
    return [
        partial(workers[number % WORKERS].write, receive_all, [delivery])
        for number, delivery in enumerate(deliveries)
    ]


NEWCOMERS = {
    "whatsapp": lambda number: make.person(f"1650{number:07}"),
    "messenger": lambda number: make.fan(f"62{number:014}"),
    "webchat": lambda number: make.visitor(f"visitor {number}"),
}


@pytest.mark.parametrize("channel", NEWCOMERS)
def test_fifty_first_messages_of_one_new_contact_make_one_conversation(
    db, workers, effort, channel
):
    account = db.write(make.account, channel=channel, bot=True).external_id
    of = f"rounds of 50 parallel first messages on {channel} ({db.engine.dialect.name})"
    for number in effort.rounds(of, gate=1, long=40):
        letter = partial(make.inbound, account=account, sender=NEWCOMERS[channel](number))
        deliveries = [delivered(letter(str(text)), channel=channel) for text in range(50)]
        tallies = side_by_side(*taking(workers, deliveries))
        assert [(tally.stored, tally.parked) for tally in tallies] == [(1, 0)] * 50
        assert len(every(db, Contact)) == len(every(db, Conversation)) == number + 1
    assert {row.heard for row in every(db, Conversation)} == {50}


def test_the_same_message_fifty_times_at_once_is_one_row(db, shop, workers, effort):
    of = f"rounds of one message 50 times at once ({db.engine.dialect.name})"
    for _ in effort.rounds(of, gate=2, long=50):
        hello = make.inbound()
        before = len(every(db, Message))
        tallies = side_by_side(*taking(workers, [delivered(hello) for _ in range(50)]))
        assert [tally.parked for tally in tallies] == [0] * 50
        assert len(every(db, Message)) == before + 1
    assert len(every(db, Conversation)) == 1


def test_the_same_bytes_at_once_are_one_delivery(db, shop, workers):
    hello = delivered(make.inbound(), body=b"the same bytes")
    tallies = side_by_side(*taking(workers, [hello] * 8))
    assert sorted(tally.repeated for tally in tallies) == [0] + [1] * 7
    assert one(db, WebhookDelivery).repeats == 7


def test_deliveries_about_the_same_people_in_opposite_order_all_come_in(db, shop, workers):
    people = [make.person(f"1650555{number:04}") for number in range(8)]
    take(db, *(make.inbound(sender=person) for person in people))
    deliveries = [
        delivered(*(make.inbound("More", sender=person) for person in order))
        for order in [people, people[::-1]] * WORKERS
    ]
    tallies = side_by_side(*taking(workers, deliveries))
    assert [(tally.stored, tally.parked) for tally in tallies] == [(8, 0)] * 2 * WORKERS
    assert spoken(db).count("More") == 8 * 2 * WORKERS


def test_names_that_join_two_people_at_once_lose_no_message(db, shop, workers):
    number, user = make.person("16505551234"), make.person("", bsuid="US.1")
    both = make.person("16505551234", bsuid="US.1")
    deliveries = [
        delivered(make.inbound(str(text), sender=(number, user, both)[text % 3]))
        for text in range(12)
    ]
    tallies = side_by_side(*taking(workers, deliveries))
    assert [(tally.stored, tally.parked) for tally in tallies] == [(1, 0)] * 12
    row = conversation(db)
    assert sorted(spoken(db), key=int) == [str(text) for text in range(12)]
    assert {message.conversation_id for message in every(db, Message)} == {row.id}


def test_all_news_of_one_message_at_once_end_at_the_last_tick(db, shop, workers, effort):
    ana = db.write(make.agent)
    take(db, make.inbound())
    news = [ReceiptState.SENT, ReceiptState.DELIVERED, ReceiptState.READ]
    of = f"rounds of all news of a message at once ({db.engine.dialect.name})"
    for number in effort.rounds(of, gate=5, long=100):
        sent = db.write(
            reply,
            conversation_id=conversation(db).id,
            agent_id=ana.id,
            text="Hi",
            client_key=f"key {number}",
            now=NOON,
        )
        ours = one(db, Message, id=sent.message_id)
        told = [
            delivered(make.receipt(f"wamid.{number}", state, our_reference=ours.public_id))
            for state in news
        ]
        tallies = side_by_side(*taking(workers, told))
        assert [(tally.stored, tally.parked) for tally in tallies] == [(1, 0)] * 3
        assert one(db, Message, id=ours.id).delivery == Delivery.READ


def test_events_are_numbered_without_gaps_whoever_writes_at_once(db, shop, workers):
    ana = db.write(make.agent)
    take(db, make.inbound())
    key = conversation(db).id

    def answer(number):
        return partial(
            workers[number % WORKERS].write,
            reply,
            conversation_id=key,
            agent_id=ana.id,
            text=f"Answer {number}",
            client_key=str(number),
            now=NOON,
        )

    writing = taking(workers, [delivered(make.inbound(f"Word {number}")) for number in range(10)])
    side_by_side(*writing, *(answer(number) for number in range(10)))
    assert len(spoken(db)) == 21
    numbers = [event.number for event in every(db, Event, conversation_id=key)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert conversation(db).next_event == len(numbers) + 1
