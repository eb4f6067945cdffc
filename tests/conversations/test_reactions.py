"""Reactions of ours: drawn at once, sent once, taken back when they do not arrive."""

from datetime import timedelta

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Receipt, ReceiptState
from jumper_app.channels.meta.failures import NotReached, Unanswered
from jumper_app.conversations import standing
from jumper_app.conversations.privacy.deleting import delete_messages
from jumper_app.conversations.reactions import (
    CLAIM_LEASE,
    claim_reactions,
    not_reacted,
    react,
    reacted,
)
from jumper_app.errors import NotFound, SendFailed, SendRefused, WindowClosed
from jumper_app.models import ChannelAccount, Event, Message, Outbox, Reaction
from jumper_app.work.looking import what_waits
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON, later


@pytest.fixture
def ana(db):
    return db.write(make.agent, "Ana").id


@pytest.fixture
def key(db):
    """A conversation in which the customer wrote at noon."""
    db.write(make.account)
    take(db, make.inbound("Hello", external_id="wamid.hello"))
    return conversation(db).id


def say(db, key, agent_id, emoji="👍", now=NOON, message=None):
    spoken_of = message or one(db, Message, kind="customer").public_id
    return db.write(
        react, conversation_id=key, message=spoken_of, agent_id=agent_id, emoji=emoji, now=now
    )


def leave(db, now=NOON):
    return db.write(claim_reactions, now=now, limit=9)


def shown(db):
    """The emoji on the customer's message by person, and why ours did not arrive."""
    reactions = one(db, Message, kind="customer").reactions or []
    return {each["person"]: each.get("failure") or each["emoji"] for each in reactions}


def test_a_reaction_is_drawn_at_once_and_sent_about_the_customers_message(db, key, ana):
    say(db, key, ana)
    assert shown(db) == {"us": "👍"}
    [claim] = leave(db)
    assert (claim.outbound.about, claim.outbound.emoji) == ("wamid.hello", "👍")
    assert claim.outbound.reference == one(db, Reaction).public_id
    db.write(reacted, claim, NOON)
    assert one(db, Reaction).state == "sent"
    assert leave(db) == []


def test_it_takes_over_nothing_and_is_no_message(db, key, ana):
    before = conversation(db)
    say(db, key, ana)
    after = conversation(db)
    assert (after.owner, after.epoch, after.agent_id) == (
        before.owner,
        before.epoch,
        before.agent_id,
    )
    assert (every(db, Outbox), len(every(db, Message))) == ([], 1)


def test_of_two_quick_ones_only_the_last_leaves(db, key, ana):
    say(db, key, ana, "👍")
    say(db, key, ana, "❤️")
    [claim] = leave(db)
    assert claim.outbound.emoji == "❤️"
    assert [row.state for row in every(db, Reaction)] == ["dropped", "sending"]


def test_the_next_one_waits_until_the_first_has_its_answer(db, key, ana):
    say(db, key, ana, "👍")
    [first] = leave(db)
    say(db, key, ana, "")
    assert (leave(db), shown(db)) == ([], {})
    db.write(reacted, first, NOON)
    [second] = leave(db)
    assert second.outbound.emoji == ""
    db.write(reacted, second, NOON)
    assert shown(db) == {}


def test_an_unanswered_one_is_never_sent_again(db, key, ana):
    say(db, key, ana)
    [claim] = leave(db)
    db.write(not_reacted, claim, Unanswered(), NOON)
    assert (one(db, Reaction).state, shown(db)) == ("unknown", {"us": "👍"})
    assert leave(db, later(hours=1)) == []


def test_one_that_certainly_did_not_leave_is_tried_again_some_times(db, key, ana):
    say(db, key, ana)
    for attempt in range(4):
        [claim] = leave(db, later(minutes=attempt))
        db.write(not_reacted, claim, NotReached(), later(minutes=attempt))
    assert one(db, Reaction).state == "failed"
    assert leave(db, later(hours=1)) == []


def test_a_refused_one_gives_way_to_what_arrived_before_and_says_why(db, key, ana):
    say(db, key, ana, "❤️")
    db.write(reacted, leave(db)[0], NOON)
    say(db, key, ana, "😂")
    db.write(not_reacted, leave(db)[0], SendFailed("Not taken."), NOON)
    assert one(db, Message, kind="customer").reactions == [
        {"person": "us", "emoji": "❤️", "failure": "Not taken."}
    ]
    say(db, key, ana, "😮")
    assert shown(db) == {"us": "😮"}


def test_a_failure_that_is_told_later_takes_it_back(db, key, ana):
    say(db, key, ana)
    db.write(reacted, leave(db)[0], NOON)
    row, account = one(db, Reaction), one(db, ChannelAccount)
    told = Receipt(
        account=account.external_id,
        external_id="wamid.of-the-reaction",
        state=ReceiptState.FAILED,
        at=later(seconds=5),
        our_reference=row.public_id,
        error_code="131009",
    )
    take(db, told)
    assert one(db, Reaction).state == "failed"
    assert "us" in shown(db)
    assert shown(db)["us"] != "👍"


def test_the_customers_own_reaction_stays_beside_ours(db, key, ana):
    say(db, key, ana, "👍")
    take(db, make.amendment("reaction", "wamid.hello", emoji="❤️"))
    assert shown(db) == {"customer": "❤️", "us": "👍"}


def test_a_claim_of_a_process_that_died_is_in_doubt(db, key, ana):
    say(db, key, ana)
    leave(db)
    leave(db, NOON + CLAIM_LEASE - timedelta(seconds=1))
    assert one(db, Reaction).state == "sending"
    assert leave(db, NOON + CLAIM_LEASE) == []
    assert (one(db, Reaction).state, shown(db)) == ("unknown", {"us": "👍"})
    assert not db.look(what_waits, now=later(hours=1)).reactions


@pytest.mark.parametrize("emoji", ["🍕", "x", "👍👍"])
def test_only_what_the_channel_offers_can_be_said(db, key, ana, emoji):
    with pytest.raises(SendRefused):
        say(db, key, ana, emoji)


def test_a_channel_without_reactions_takes_none(db, key, ana, monkeypatch):
    from dataclasses import replace

    without = replace(CHANNELS["whatsapp"], reactions=())
    monkeypatch.setitem(CHANNELS, "whatsapp", without)
    with pytest.raises(SendRefused):
        say(db, key, ana)


def test_only_a_customers_message_of_this_conversation_can_be_spoken_of(db, key, ana):
    take(db, make.inbound("Another", sender=make.person("4670000001")))
    other = every(db, Message, kind="customer")[-1]
    for wrong in (other.public_id, "0" * 32):
        with pytest.raises(NotFound):
            say(db, key, ana, message=wrong)


@pytest.mark.parametrize("seconds", [-1, 0])
def test_the_reply_window_binds_it_when_it_is_made_and_when_it_leaves(db, key, ana, seconds):
    edge = later(hours=24, seconds=seconds)
    if seconds < 0:
        say(db, key, ana, now=edge)
        assert leave(db, later(hours=24)) == []
        assert one(db, Reaction).state == "failed"
        assert "24 hours" in shown(db)["us"]
    else:
        with pytest.raises(WindowClosed):
            say(db, key, ana, now=edge)
        assert every(db, Reaction) == []


def test_a_paused_channel_holds_it_back(db, key, ana):
    say(db, key, ana)
    account = one(db, ChannelAccount)
    db.write(standing.pause, account.public_id)
    assert leave(db) == []
    with pytest.raises(SendRefused):
        say(db, key, ana, "😮")
    db.write(standing.resume, account.public_id)
    assert len(leave(db)) == 1


@pytest.mark.parametrize("told", ["accepted", "refused"])
def test_a_message_that_is_erased_takes_its_reactions_along(db, key, ana, told):
    say(db, key, ana)
    [claim] = leave(db)
    db.write(delete_messages, [one(db, Message, kind="customer").id])
    assert every(db, Reaction) == []
    if told == "accepted":
        db.write(reacted, claim, NOON)
    else:
        db.write(not_reacted, claim, SendFailed("Not taken."), NOON)


def test_the_log_holds_no_emoji(db, key, ana):
    say(db, key, ana)
    db.write(reacted, leave(db)[0], NOON)
    kinds = [event.kind for event in every(db, Event)]
    assert kinds[-2:] == ["reaction_queued", "reaction_sent"]
    assert "👍" not in str([event.data for event in every(db, Event)])
