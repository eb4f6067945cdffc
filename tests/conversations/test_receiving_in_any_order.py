"""The provider repeats and reorders; what stands in the thread at the end does not change."""

import itertools
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import (
    SHOW_OUTSIDE,
    Identity,
    IdentityKind,
    Person,
    ReceiptState,
    Text,
)
from jumper_app.conversations.ticks import tick
from jumper_app.models import Conversation, Delivery, Message, ReceiptRow, Said
from tests import make
from tests.house import conversation, every, in_one_database, one, portrait, spoken, take
from tests.make import NOON, later

ACCOUNTS = itertools.count(1)


@pytest.fixture
def shop(db):
    """An account that shows what other tools send."""
    return db.write(make.account, options={SHOW_OUTSIDE: True})


def test_a_reaction_before_its_message_waits_for_it(db, shop):
    take(db, make.amendment("reaction", "wamid.1", emoji="👍"))
    take(db, make.inbound(external_id="wamid.1"))
    assert one(db, Message).reactions == [{"person": "customer", "emoji": "👍"}]


def test_a_reaction_after_its_message_is_drawn(db, shop):
    take(db, make.inbound(external_id="wamid.1"))
    take(db, make.amendment("reaction", "wamid.1", emoji="👍"))
    assert one(db, Message).reactions == [{"person": "customer", "emoji": "👍"}]


def test_our_reaction_and_the_customers_stand_side_by_side(db, shop):
    take(db, make.inbound(external_id="wamid.1"))
    take(db, make.amendment("reaction", "wamid.1", emoji="👍"))
    take(db, make.amendment("reaction", "wamid.1", emoji="❤️", by_us=True))
    drawn = {each["person"]: each["emoji"] for each in one(db, Message).reactions}
    assert drawn == {"customer": "👍", "us": "❤️"}


def test_a_reaction_taken_back_is_gone(db, shop):
    take(db, make.inbound(external_id="wamid.1"))
    take(db, make.amendment("reaction", "wamid.1", emoji="👍", sent_at=later(minutes=1)))
    take(db, make.amendment("reaction", "wamid.1", sent_at=later(minutes=2)))
    assert one(db, Message).reactions is None


def test_a_late_old_edit_changes_nothing(db, shop):
    take(db, make.inbound("One", external_id="wamid.1"))
    new, old = (
        make.amendment("edit", "wamid.1", content=Text(text=text), sent_at=later(minutes=at))
        for text, at in (("Three", 2), ("Two", 1))
    )
    take(db, new)
    take(db, old)
    assert spoken(db) == ["Three"]


def test_an_edit_of_the_last_message_shows_in_the_list(db, shop):
    take(db, make.inbound("Before", external_id="wamid.1"))
    take(db, make.amendment("edit", "wamid.1", content=Text(text="After")))
    assert conversation(db).preview == "After"


@pytest.mark.parametrize("order", [[0, 1], [1, 0]], ids=["after", "before"])
def test_a_withdrawn_message_keeps_its_time_and_says_so(db, shop, order):
    items = [
        make.inbound("Oops", external_id="wamid.1"),
        make.amendment("revoke", "wamid.1", sent_at=later(minutes=3)),
    ]
    for place in order:
        take(db, items[place])
    assert one(db, Message).revoked_at == later(minutes=3)


@pytest.mark.parametrize("order", [[0, 1], [1, 0]], ids=["after", "before"])
def test_the_words_of_a_withdrawn_message_do_not_stay_in_the_list(db, shop, order):
    items = [
        make.inbound("Oops", external_id="wamid.1"),
        make.amendment("revoke", "wamid.1", sent_at=later(minutes=3)),
    ]
    for place in order:
        take(db, items[place])
    assert "Oops" not in conversation(db).preview


def test_news_before_the_message_it_speaks_of_waits_for_it(db, shop):
    take(db, make.receipt("wamid.e", ReceiptState.READ))
    take(db, make.echo(external_id="wamid.e"))
    assert one(db, Message).delivery == Delivery.READ


def test_the_same_news_at_two_times_keeps_the_earlier(db, shop):
    take(db, make.echo(external_id="wamid.e"))
    take(db, make.receipt("wamid.e", ReceiptState.READ, at=later(minutes=2)))
    take(db, make.receipt("wamid.e", ReceiptState.READ, at=later(minutes=1)))
    assert one(db, ReceiptRow).at == later(minutes=1)
    assert one(db, Message).delivery_times["read"] == later(minutes=1).isoformat()


def test_an_echo_twice_is_one_message(db, shop):
    echo = make.echo()
    take(db, echo)
    take(db, echo)
    row = one(db, Message)
    assert (row.elsewhere, row.delivery, row.kind) == (True, Delivery.SENT, "agent")


NEWS = st.lists(st.sampled_from(list(ReceiptState)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("base", "news", "shown"),
    [
        pytest.param(Delivery.QUEUED, [], Delivery.QUEUED, id="no-news"),
        pytest.param(Delivery.QUEUED, [ReceiptState.SENT], Delivery.SENT, id="sent-settles"),
        pytest.param(Delivery.UNKNOWN, [ReceiptState.SENT], Delivery.SENT, id="unknown-settled"),
        pytest.param(
            Delivery.SENT, [ReceiptState.FAILED, ReceiptState.SENT], Delivery.FAILED, id="failed"
        ),
        pytest.param(
            Delivery.SENT,
            [ReceiptState.DELIVERED, ReceiptState.FAILED],
            Delivery.DELIVERED,
            id="arrival-outweighs-failure",
        ),
        pytest.param(Delivery.SENT, [ReceiptState.READ], Delivery.READ, id="read-says-delivered"),
        pytest.param(Delivery.SENT, [ReceiptState.PLAYED], Delivery.READ, id="played-is-read"),
    ],
)
def test_what_the_news_means(base, news, shown):
    assert tick(base, news) == shown


@given(news=NEWS, base=st.sampled_from([Delivery.QUEUED, Delivery.SENT, Delivery.UNKNOWN]))
def test_no_news_moves_a_tick_back(news, base):
    rank = [Delivery.UNKNOWN, Delivery.QUEUED, Delivery.SENT, Delivery.FAILED]
    rank += [Delivery.DELIVERED, Delivery.READ]
    seen = [rank.index(tick(base, news[:length])) for length in range(1, len(news) + 1)]
    assert seen == sorted(seen)


@given(news=NEWS, shuffle=st.randoms(use_true_random=False))
def test_any_order_of_news_gives_the_same_tick(news, shuffle):
    other = [*news, *news]
    shuffle.shuffle(other)
    assert tick(Delivery.SENT, news) == tick(Delivery.SENT, other)


@cache
def a_life_on_whatsapp():
    """Everything that can be told of a few messages, at times that partly coincide."""
    maya, both = make.person("16505551234"), make.person("16505551234", bsuid="US.9")
    renamed = make.person("16505559999", bsuid="US.9", name="Maya R.")
    messages = [
        make.inbound("One", external_id="wamid.1", sender=maya),
        make.inbound("Two", external_id="wamid.2", sender=both, sent_at=NOON),
        make.inbound("Three", external_id="wamid.3", sender=renamed, sent_at=later(hours=2)),
        make.echo("Four", external_id="wamid.4", recipient=both, sent_at=later(hours=1)),
    ]
    about = [
        make.amendment("reaction", "wamid.1", emoji="👍", person=both),
        make.amendment("reaction", "wamid.1", emoji="🎉", person=both),
        make.amendment("reaction", "wamid.4", sent_at=later(minutes=2), person=maya),
        make.amendment("edit", "wamid.2", content=Text(text="Two!"), person=maya),
        make.amendment("revoke", "wamid.3", person=renamed, sent_at=later(hours=3)),
        make.identity_change(both, renamed, at=later(minutes=90)),
    ]
    news = [
        make.receipt("wamid.4", state, at=later(hours=1, seconds=second))
        for second, state in enumerate(
            [ReceiptState.SENT, ReceiptState.DELIVERED, ReceiptState.READ, ReceiptState.DELIVERED]
        )
    ]
    refused = {"error_code": "131047", "error_detail": "Re-engagement message"}
    lost = [
        make.echo("Five", external_id="wamid.5", recipient=both, sent_at=later(hours=3)),
        make.receipt("wamid.5", ReceiptState.FAILED, at=later(hours=3), **refused),
        make.inbound("Six", external_id="wamid.6", sender=both, sent_at=later(hours=4)),
    ]
    calls = [
        make.call("began", person=both, at=later(minutes=5)),
        make.call("ended", person=both, at=later(minutes=7), seconds=120),
    ]
    return [*messages, *about, *news, *lost, *calls]


@cache
def a_life_on_messenger():
    """The same on Messenger: watermarks in place of receipts, and what only a page hears."""
    mia = make.fan()
    messages = [
        make.inbound("One", external_id="m_1", sender=mia),
        make.inbound("Two", external_id="m_2", sender=mia, sent_at=later(seconds=1)),
        make.inbound("Six", external_id="m_6", sender=mia, sent_at=later(hours=4)),
    ]
    echoes = [
        make.echo(text, external_id=f"m_{number}", recipient=mia, sent_at=later(minutes=number))
        for number, text in enumerate(["Three", "Four", "Five"], 3)
    ]
    about = [
        make.amendment("reaction", "m_3", emoji="👍", person=mia, opens_window=True),
        make.amendment("reaction", "m_3", person=mia, sent_at=later(minutes=9)),
        make.amendment("edit", "m_2", content=Text(text="Two!"), person=mia),
        make.amendment(
            "edit", "m_2", content=Text(text="Two!!"), person=mia, sent_at=later(minutes=3)
        ),
        make.amendment("revoke", "m_1", person=mia, sent_at=later(hours=3)),
    ]
    marks = [
        make.watermark(ReceiptState.DELIVERED, later(minutes=3)),
        make.watermark(ReceiptState.DELIVERED, later(minutes=4, seconds=30)),
        make.watermark(ReceiptState.READ, later(minutes=3, seconds=1)),
        make.watermark(ReceiptState.READ, later(minutes=4)),
        make.watermark(ReceiptState.READ, later(seconds=1)),
    ]
    news = [
        make.receipt("m_5", ReceiptState.DELIVERED, at=later(minutes=6)),
        make.arrival(person=mia, at=later(hours=2)),
        make.opt_in(person=mia, at=later(minutes=8)),
        make.control("taken", person=mia, at=later(minutes=20)),
    ]
    return [*messages, *echoes, *about, *marks, *news]


@cache
def a_life_on_the_web():
    """A visitor writes, sees what came, signs in at the site, and writes on in another browser."""
    nobody, elsewhere = make.visitor("browser 1"), make.visitor("browser 2")
    vera = Person(
        identities=(Identity(kind=IdentityKind.SITE_USER, value="vera"),), name="Vera Lind"
    )
    messages = [
        make.inbound("One", external_id="w.1", sender=nobody),
        make.inbound("Two", external_id="w.2", sender=nobody, sent_at=later(seconds=1)),
        make.inbound("Three", external_id="w.3", sender=vera, sent_at=later(minutes=9)),
        make.inbound("Four", external_id="w.4", sender=elsewhere, sent_at=later(minutes=5)),
    ]
    joins = [
        make.identity_change(one, vera, external_id=f"join.{number}", at=later(minutes=8 + number))
        for number, one in enumerate((nobody, elsewhere))
    ]
    seen = [
        make.receipt(f"ours.{number}", state, at=later(minutes=number))
        for number in (1, 2)
        for state in (ReceiptState.DELIVERED, ReceiptState.READ)
    ]
    return [*messages, *joins, *seen]


LIVES = {
    "whatsapp": a_life_on_whatsapp,
    "messenger": a_life_on_messenger,
    "webchat": a_life_on_the_web,
}


def tell(db, channel, items):
    """Tell these to an account of their own; what stands there then."""
    account = db.write(
        make.account,
        channel=channel,
        external_id=f"{next(ACCOUNTS)}0001",
        parent_id="",
        options={SHOW_OUTSIDE: True},
    )
    told = [item.model_copy(update={"account": account.external_id}) for item in items]
    for start in range(0, len(told), 3):
        tally = take(db, *told[start : start + 3], now=later(hours=5), channel=channel)
        assert tally.parked == 0
    return [drawn | {"account": None} for drawn in portrait(db, account.id)]


@cache
def straight(db, channel):
    """The life told once, in its order."""
    return tell(db, channel, LIVES[channel]())


@pytest.mark.slow
@pytest.mark.parametrize("channel", LIVES)
@in_one_database()
@given(data=st.data())
def test_any_order_with_repeats_ends_at_the_same_conversation(db, effort, channel, data):
    life = LIVES[channel]()
    again = data.draw(st.lists(st.sampled_from(range(len(life))), max_size=6))
    order = data.draw(st.permutations([*range(len(life)), *again]))
    assert tell(db, channel, [life[place] for place in order]) == straight(db, channel)
    effort.note(f"orders of a conversation's life on {channel} ({db.engine.dialect.name})")


def test_what_was_said_about_messages_is_kept_once_each(db, shop):
    for _ in range(2):
        take(db, make.amendment("reaction", "wamid.1", emoji="👍", external_id="wamid.r"))
    assert len(every(db, Said)) == 1
    assert len(every(db, Conversation)) == 1
