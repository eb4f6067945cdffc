"""What the switches of an account take away, and who switches them off."""

from datetime import datetime, timedelta

import pytest

from jumper_app.channels.contract import (
    OutboundContent,
    OutOptIn,
    OutText,
    Permission,
    Sent,
    Speaker,
)
from jumper_app.channels.messenger import MESSENGER
from jumper_app.channels.messenger.errors import HumanAgentRefused
from jumper_app.conversations.customer import card
from jumper_app.conversations.delivery import accepted, claim, refused
from jumper_app.conversations.outgoing import Outgoing, send_later
from jumper_app.db import Database, Work
from jumper_app.errors import SendRefused, WindowClosed
from jumper_app.models import ChannelAccount, Conversation, Delivery, Message
from tests import make
from tests.house import conversation, every, lines, one, take
from tests.make import NOON, later

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
WITHOUT = {"human_agent": False}
HI = OutText(text="Hi")
ASK = OutOptIn(title="Our news, once a week?", payload="news")


@pytest.fixture
def ana(db: Database) -> int:
    return db.write(make.agent, "Ana").id or 0


def heard(db: Database, options: dict[str, bool] | None = None) -> None:
    """A fan wrote to the page at noon."""
    db.write(make.page, options=options)
    take(db, make.inbound("Hello", account=make.PAGE_ID, sender=make.fan()), channel="messenger")


def say(
    db: Database,
    speaker: Speaker,
    agent: int | None,
    now: datetime,
    content: OutboundContent = HI,
) -> Message:
    def store(work: Work) -> Message:
        row = work.get_one(Conversation, conversation(db).id)
        key = f"{speaker} {now} {content.words}"
        return send_later(work, row, Outgoing(speaker, content, key, agent), now)

    return db.write(store)


def claimed(db: Database, now):
    return db.write(claim, worker="w", now=now, limit=9)


@pytest.mark.parametrize("options", [None, {}, {"human_agent": True}], ids=str)
def test_a_person_may_write_for_seven_days_and_the_channel_is_told_so(db, ana, options):
    heard(db, options)
    say(db, "agent", ana, NOON + 7 * DAY - SECOND)
    (sent,) = claimed(db, NOON + 7 * DAY - SECOND)
    assert (sent.outbound.permission, sent.outbound.speaker) == (Permission.HUMAN_ONLY, "agent")
    with pytest.raises(WindowClosed):
        say(db, "agent", ana, NOON + 7 * DAY)


def test_within_a_day_nothing_is_tagged(db, ana):
    heard(db)
    say(db, "agent", ana, NOON + DAY - SECOND)
    (sent,) = claimed(db, NOON + DAY - SECOND)
    assert sent.outbound.permission == Permission.FREE


def test_with_the_switch_off_a_persons_time_ends_with_the_bots(db, ana):
    heard(db, WITHOUT)
    say(db, "agent", ana, NOON + DAY - SECOND)
    with pytest.raises(WindowClosed, match="24 hours"):
        say(db, "agent", ana, NOON + DAY)
    assert claimed(db, NOON + DAY) == []
    (failed,) = every(db, Message, delivery=Delivery.FAILED)
    assert failed.failure == MESSENGER.wording.closed_early


def test_a_bot_writes_nothing_after_a_day_whatever_is_switched(db):
    heard(db)
    say(db, "bot", None, NOON + DAY - SECOND)
    with pytest.raises(WindowClosed):
        say(db, "bot", None, NOON + DAY)
    assert claimed(db, NOON + DAY) == []


def test_what_meta_refuses_is_switched_off_and_the_agents_are_told_once(db, ana):
    heard(db)
    now = NOON + 2 * DAY
    for words in ("First", "Second"):
        say(db, "agent", ana, now, OutText(text=words))
    (first,) = claimed(db, now)
    failure = HumanAgentRefused(provider_code="10")
    db.write(refused, first, failure, now)
    account = one(db, ChannelAccount)
    assert account.options["human_agent"] is False
    assert account.alarm == f"{failure.for_admin} (10)"
    assert account.alarm_stays
    assert [line for line in lines(db) if "human_agent" in line] == ["human_agent_off"]
    assert claimed(db, now) == []
    assert {row.delivery for row in every(db, Message, kind="agent")} == {Delivery.FAILED}
    shown = db.look(card, conversation(db).id, now)
    assert shown.permission == Permission.CLOSED
    assert shown.window_closed == MESSENGER.wording.closed_early


def test_a_customer_who_writes_again_opens_it_for_everybody(db, ana):
    heard(db, WITHOUT)
    again = make.inbound(
        "Still there?", account=make.PAGE_ID, sender=make.fan(), sent_at=later(hours=48)
    )
    take(db, again, now=later(hours=48), channel="messenger")
    say(db, "agent", ana, NOON + 2 * DAY)
    (sent,) = claimed(db, NOON + 2 * DAY)
    db.write(accepted, sent, Sent(external_id="m_1"), NOON + 2 * DAY)
    assert one(db, Message, kind="agent").delivery == Delivery.SENT


def test_an_opt_in_is_asked_for_only_where_an_admin_switched_that_on(db, ana):
    heard(db)
    with pytest.raises(SendRefused, match="switch"):
        say(db, "agent", ana, NOON, ASK)
    assert every(db, Message, kind="agent") == []

    def switch(work: Work) -> None:
        work.get_one(ChannelAccount, conversation(db).account_id).options = {"opt_ins": True}

    db.write(switch)
    say(db, "agent", ana, NOON, ASK)
    (sent,) = claimed(db, NOON)
    assert sent.outbound.content == ASK
