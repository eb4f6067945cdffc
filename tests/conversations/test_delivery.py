"""Claims and outcomes: in order, at most once, and never silently lost."""

from datetime import timedelta

import pytest

from jumper_app.channels.contract import ReceiptState, Sent
from jumper_app.channels.meta.failures import BadRequest
from jumper_app.conversations.delivery import (
    CLAIM_LEASE,
    MAX_ATTEMPTS,
    SETTLES_WITHIN,
    accepted,
    claim,
    refused,
)
from jumper_app.conversations.overdue import declare_unknown, next_due, renew
from jumper_app.conversations.replies import reply, retry, settle_unknown
from jumper_app.conversations.takeover import pause_bot
from jumper_app.db import Database
from jumper_app.errors import SendFailed, SendRefused, WindowClosed
from jumper_app.models import ChannelAccount, Delivery, Message, Outbox, OutboxState
from tests import make
from tests.house import conversation, every, lines, one, sends, side_by_side, take
from tests.make import NOON, later


class NotTaken(SendFailed):
    """Refused for good."""

    code = "not_taken"
    for_agent = "The customer cannot be reached."


class NotReached(SendFailed):
    """Nothing left this machine."""

    code = "not_reached"
    retryable = True


class NoAnswer(SendFailed):
    """It left, and nobody answered."""

    code = "no_answer"
    maybe_sent = True


class BadToken(SendFailed):
    """Somebody must act."""

    code = "bad_token"
    alarming = True
    for_agent = "WhatsApp does not accept our token."
    for_admin = "Save a new token."


class TooLate(SendFailed):
    code = "too_late"
    closes_window = True


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


@pytest.fixture
def key(db):
    db.write(make.account)
    take(db, make.inbound("Hello"))
    return conversation(db).id


@pytest.fixture
def say(db, key, ana):
    def say(text="Hi", now=NOON, where=None):
        return db.write(
            reply,
            conversation_id=where or key,
            agent_id=ana,
            text=text,
            client_key=f"key of {text} {where}",
            now=now,
        ).message_id

    return say


def claims(db, now=NOON, worker="main", limit=10, busy=frozenset()):
    return db.write(claim, worker=worker, now=now, limit=limit, busy=busy)


def texts(db, claimed):
    return [one(db, Message, id=each.message_id).text for each in claimed]


def outcome(db, claimed, failure, now=NOON):
    db.write(refused, claimed, failure, now)


def ticks(db):
    return [row.delivery for row in every(db, Message, kind="agent")]


def test_replies_leave_one_at_a_time_in_the_order_of_the_clicks(db, say):
    for text in ("one", "two", "three"):
        say(text)
    left = []
    for number in range(3):
        (each,) = claims(db)
        assert claims(db) == []
        left += texts(db, [each])
        db.write(accepted, each, Sent(external_id=f"wamid.{number}"), NOON)
    assert left == ["one", "two", "three"]


def test_a_retrying_message_holds_those_behind_it(db, say):
    say("one")
    say("two")
    (first,) = claims(db)
    outcome(db, first, NotReached())
    assert claims(db) == []
    (again,) = claims(db, now=later(seconds=2))
    assert texts(db, [again]) == ["one"]


def test_a_failed_message_holds_nobody(db, say):
    say("one")
    say("two")
    (first,) = claims(db)
    outcome(db, first, NotTaken())
    assert texts(db, claims(db)) == ["two"]
    assert one(db, Message, text="one").failure == NotTaken.for_agent


def test_an_unanswered_message_holds_the_others_for_a_minute(db, say):
    say("one")
    say("two")
    (first,) = claims(db)
    outcome(db, first, NoAnswer())
    assert claims(db, now=NOON + SETTLES_WITHIN - timedelta(seconds=1)) == []
    assert texts(db, claims(db, now=NOON + SETTLES_WITHIN)) == ["two"]


def test_an_unanswered_message_is_never_sent_again_blindly(db, say):
    say()
    (first,) = claims(db)
    outcome(db, first, NoAnswer())
    for hours in range(23):
        now = later(hours=hours)
        db.write(declare_unknown, now=now)
        assert claims(db, now=now) == []
    assert ticks(db) == [Delivery.UNKNOWN]


def test_a_crash_between_claim_and_outcome_ends_unknown_and_is_not_sent_again(db, say):
    say()
    claims(db)
    assert claims(db, now=NOON + CLAIM_LEASE) == []
    assert db.write(declare_unknown, now=NOON + SETTLES_WITHIN) == 1
    assert db.write(declare_unknown, now=NOON + SETTLES_WITHIN) == 0
    assert claims(db, now=later(hours=1)) == []
    assert ticks(db) == [Delivery.UNKNOWN]


def test_a_claim_that_nobody_renews_is_given_up_and_has_a_minute_to_be_settled(db, say):
    say()
    claims(db)
    assert db.write(declare_unknown, now=NOON + CLAIM_LEASE - timedelta(seconds=1)) == 0
    assert db.write(declare_unknown, now=NOON + CLAIM_LEASE) == 1
    assert (sends(db), ticks(db)) == ([("agent", "unknown")], [Delivery.QUEUED])
    assert db.write(declare_unknown, now=NOON + SETTLES_WITHIN - timedelta(seconds=1)) == 0
    assert db.write(declare_unknown, now=NOON + SETTLES_WITHIN) == 1
    assert ticks(db) == [Delivery.UNKNOWN]


def test_a_claim_that_its_worker_renews_is_never_given_up(db, say):
    say()
    (slow,) = claims(db)
    for minutes in range(1, 30):
        renewed = later(minutes=minutes)
        db.write(renew, outbox_ids=[slow.outbox_id], worker="main", now=renewed)
        assert db.write(declare_unknown, now=renewed + CLAIM_LEASE - timedelta(seconds=1)) == 0
    assert sends(db) == [("agent", "sending")]


def test_nobody_renews_the_claim_of_another_worker(db, say):
    say()
    (theirs,) = claims(db)
    db.write(renew, outbox_ids=[theirs.outbox_id], worker="another", now=later(minutes=1))
    assert db.write(declare_unknown, now=later(minutes=1)) == 1


@pytest.mark.parametrize("declared", [False, True], ids=["within-the-minute", "after-it"])
@pytest.mark.parametrize("news", ["receipt", "echo"])
def test_an_unknown_send_is_settled_by_news_with_our_reference(db, say, declared, news):
    message_id = say()
    (lost,) = claims(db)
    outcome(db, lost, NoAnswer())
    if declared:
        db.write(declare_unknown, now=NOON + SETTLES_WITHIN)
    reference = one(db, Message, id=message_id).public_id
    if news == "receipt":
        item = make.receipt("wamid.x", ReceiptState.SENT, our_reference=reference)
    else:
        item = make.echo(external_id="wamid.x", our_reference=reference)
    told = []
    db.hub.tell = told.extend
    take(db, item)
    row = one(db, Message, id=message_id)
    assert (row.delivery, row.external_id, row.failure) == (Delivery.SENT, "wamid.x", "")
    assert sends(db) == [("agent", "sent")]
    assert message_id in [key for event in told for key in getattr(event, "message_ids", ())]


def test_news_with_our_reference_may_come_before_the_answer(db, say):
    message_id = say()
    (sending,) = claims(db)
    reference = one(db, Message, id=message_id).public_id
    take(db, make.receipt("wamid.x", ReceiptState.DELIVERED, our_reference=reference))
    db.write(accepted, sending, Sent(external_id="wamid.x"), NOON)
    assert ticks(db) == [Delivery.DELIVERED]


def test_news_without_our_reference_waits_for_the_answer(db, say):
    say()
    (sending,) = claims(db)
    take(db, make.receipt("wamid.x", ReceiptState.READ))
    assert ticks(db) == [Delivery.QUEUED]
    db.write(accepted, sending, Sent(external_id="wamid.x"), NOON)
    assert ticks(db) == [Delivery.READ]


def test_a_refusal_told_before_the_answer_shuts_the_window_all_the_same(db, say):
    say()
    (sending,) = claims(db)
    take(db, make.receipt("wamid.x", ReceiptState.FAILED, error_code="131047", at=later(minutes=1)))
    db.write(accepted, sending, Sent(external_id="wamid.x"), NOON)
    assert conversation(db).window_shut_at is not None
    assert ticks(db) == [Delivery.FAILED]


def test_a_late_answer_of_a_worker_that_was_given_up_still_counts(db, say):
    say()
    (slow,) = claims(db)
    db.write(declare_unknown, now=NOON + SETTLES_WITHIN)
    db.write(accepted, slow, Sent(external_id="wamid.x"), later(minutes=3))
    assert ticks(db) == [Delivery.SENT]


def test_a_late_refusal_does_not_undo_what_a_receipt_has_settled(db, say):
    message_id = say()
    (slow,) = claims(db)
    reference = one(db, Message, id=message_id).public_id
    take(db, make.receipt("wamid.x", ReceiptState.SENT, our_reference=reference))
    outcome(db, slow, NoAnswer())
    assert sends(db) == [("agent", "sent")]
    assert ticks(db) == [Delivery.SENT]


def test_a_late_refusal_says_nothing_of_a_later_attempt(db, say):
    say()
    (first,) = claims(db)
    outcome(db, first, NotReached())
    claims(db, now=later(seconds=2))
    outcome(db, first, NotTaken(), later(seconds=3))
    assert sends(db) == [("agent", "sending")]


def test_what_never_left_is_tried_with_growing_patience_and_then_fails(db, say):
    say()
    now, waits = NOON, []
    for _ in range(MAX_ATTEMPTS - 1):
        (each,) = claims(db, now=now)
        outcome(db, each, NotReached(), now)
        due = one(db, Outbox).due_at
        assert db.look(next_due, now=now) == due
        waits.append((due - now).total_seconds())
        now = due
    assert waits == [2, 4, 8, 16, 32]
    (last,) = claims(db, now=now)
    outcome(db, last, NotReached(), now)
    assert ticks(db) == [Delivery.FAILED]


def test_the_channels_own_word_on_waiting_counts_first(db, say):
    say()
    (each,) = claims(db)
    outcome(db, each, NotReached(retry_after_s=30))
    assert one(db, Outbox).due_at == later(seconds=30)


def test_a_message_that_waits_past_the_window_fails_with_the_reason(db, say):
    say()
    (each,) = claims(db)
    outcome(db, each, NotReached(retry_after_s=60))
    assert claims(db, now=later(hours=24)) == []
    row = one(db, Message, kind="agent")
    assert (row.delivery, "24 hours" in row.failure) == (Delivery.FAILED, True)


def test_a_channel_that_says_late_shuts_the_window_for_those_behind(db, say):
    say("one")
    say("two")
    (each,) = claims(db)
    outcome(db, each, TooLate())
    assert claims(db) == []
    assert ticks(db) == [Delivery.FAILED, Delivery.FAILED]
    assert lines(db)[-1] == "window_refused"


def test_what_needs_somebody_to_act_raises_the_accounts_alarm(db, say):
    say()
    (each,) = claims(db)
    outcome(db, each, BadToken())
    assert one(db, ChannelAccount).alarm == BadToken.for_admin


def test_a_failed_message_can_be_sent_again_really(db, say, ana):
    message_id = say()
    (first,) = claims(db)
    outcome(db, first, NotTaken())
    db.write(retry, message_id=message_id, agent_id=ana, now=later(minutes=1))
    (second,) = claims(db, now=later(minutes=1))
    assert (second.message_id, second.attempts) == (message_id, 1)
    db.write(accepted, second, Sent(external_id="wamid.2"), later(minutes=1))
    assert ticks(db) == [Delivery.SENT]
    assert one(db, Message, id=message_id).failure == ""


def test_only_a_failed_message_can_be_sent_again(db, say, ana):
    message_id = say()
    with pytest.raises(SendRefused):
        db.write(retry, message_id=message_id, agent_id=ana, now=NOON)
    (each,) = claims(db)
    with pytest.raises(SendRefused):
        db.write(retry, message_id=message_id, agent_id=ana, now=NOON)
    db.write(accepted, each, Sent(external_id="wamid.1"), NOON)
    with pytest.raises(SendRefused):
        db.write(retry, message_id=message_id, agent_id=ana, now=NOON)
    assert sends(db) == [("agent", "sent")]


def test_nothing_is_sent_again_after_the_window_has_closed(db, say, ana):
    failed = say()
    (each,) = claims(db)
    outcome(db, each, NotTaken())
    lost = unknown(db, lambda: say("Lost"))
    late = later(hours=25)
    with pytest.raises(WindowClosed):
        db.write(retry, message_id=failed, agent_id=ana, now=late)
    with pytest.raises(WindowClosed):
        db.write(settle_unknown, message_id=lost, agent_id=ana, arrived=False, now=late)
    db.write(settle_unknown, message_id=lost, agent_id=ana, arrived=True, now=late)
    assert claims(db, now=late) == []


def unknown(db, say):
    message_id = say()
    (each,) = claims(db)
    outcome(db, each, NoAnswer())
    db.write(declare_unknown, now=NOON + SETTLES_WITHIN)
    return message_id


def test_an_agent_may_say_that_it_arrived(db, say, ana):
    message_id = unknown(db, say)
    db.write(settle_unknown, message_id=message_id, agent_id=ana, arrived=True, now=later(hours=1))
    assert ticks(db) == [Delivery.SENT]
    assert claims(db, now=later(hours=1)) == []


def test_an_agent_may_send_it_again(db, say, ana):
    message_id = unknown(db, say)
    now = later(hours=1)
    db.write(settle_unknown, message_id=message_id, agent_id=ana, arrived=False, now=now)
    assert [each.message_id for each in claims(db, now=now)] == [message_id]
    with pytest.raises(SendRefused):
        db.write(settle_unknown, message_id=message_id, agent_id=ana, arrived=False, now=now)


def test_the_busy_wait_and_the_others_do_not(db, say, key):
    take(db, make.inbound(sender=make.person("1777")))
    other = next(row.id for row in every(db, type(conversation_row(db, key))) if row.id != key)
    say("one")
    say("two", where=other)
    assert texts(db, claims(db, busy=frozenset({key}))) == ["two"]


def conversation_row(db, key):
    from jumper_app.models import Conversation

    return one(db, Conversation, id=key)


def test_the_oldest_leaves_first_whatever_conversation_it_stands_in(db, say, key):
    take(db, make.inbound(sender=make.person("1777")))
    other = max(row.id for row in every(db, type(conversation_row(db, key))))
    say("one", where=other)
    say("two")
    assert texts(db, claims(db, limit=1)) == ["one"]


def claiming(worker):
    return lambda: worker.write(claim, worker="one of two", now=NOON, limit=50)


def test_several_workers_claim_each_message_once(db, say, key, effort):
    workers = [Database(db.url) for _ in range(2)]
    people = [make.person(f"1888{number:04}") for number in range(10)]
    take(db, *(make.inbound(sender=person) for person in people))
    keys = sorted(row.id for row in every(db, type(conversation_row(db, key))))
    of = f"rounds of two workers claiming ({db.engine.dialect.name})"
    for number in effort.rounds(of, gate=3, long=100):
        for each in keys:
            say(f"text {number}", where=each)
        taken = side_by_side(*[claiming(worker) for worker in workers])
        ids = [each.message_id for claimed in taken for each in claimed]
        assert len(ids) == len(set(ids)) == len(keys)
        for each in (each for claimed in taken for each in claimed):
            db.write(accepted, each, Sent(external_id=f"wamid.{each.message_id}"), NOON)
    assert {row.attempts for row in every(db, Outbox)} == {1}
    for worker in workers:
        worker.close()


def test_a_bots_message_of_an_older_epoch_is_dropped_at_its_claim(db, ana):
    db.write(make.account, bot=True)
    take(db, make.inbound())
    from jumper_app.bots.runs import answer_next

    db.write(answer_next, now=NOON)
    db.write(grow_epoch, conversation(db).id)
    assert claims(db) == []
    assert claims(db) == []
    assert sends(db) == [("bot", OutboxState.DROPPED)] * 2


def grow_epoch(work, key):
    from jumper_app.models import Conversation

    work.get_one(Conversation, key).epoch += 1


def test_a_takeover_stops_what_waits_and_counts_what_was_claimed(db, ana):
    db.write(make.account, bot=True)
    take(db, make.inbound())
    from jumper_app.bots.runs import answer_next

    db.write(answer_next, now=NOON)
    (sending,) = claims(db)
    told = db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana, now=NOON)
    assert told.on_the_way == 1
    assert sends(db) == [("bot", "sending"), ("bot", "dropped")]
    db.write(accepted, sending, Sent(external_id="wamid.b"), NOON)
    assert sends(db) == [("bot", "sent"), ("bot", "dropped")]


def test_a_refusal_of_the_graph_is_read_by_the_agent(db, say):
    say()
    (each,) = claims(db)
    outcome(db, each, BadRequest(detail="x"))
    assert one(db, Message, kind="agent").failure == BadRequest().in_the_end


def test_an_answer_that_comes_while_a_send_is_given_up_counts(db, say):
    """The worker looks, a receipt is committed, the worker goes on: the tick stays."""
    from jumper_app.conversations import overdue
    from jumper_app.conversations.inbound import receive_all
    from tests.house import delivered

    message_id = say()
    (each,) = claims(db)
    outcome(db, each, NoAnswer())
    reference = one(db, Message, id=message_id).public_id
    news = delivered(make.receipt("wamid.x", ReceiptState.SENT, our_reference=reference))
    honest = overdue._still_open

    def look_late(work, now, row, message):
        if not db.is_sqlite:
            other = Database(db.url)
            other.write(receive_all, [news])
            other.close()
        return honest(work, now, row, message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overdue, "_still_open", look_late)
        db.write(declare_unknown, now=NOON + SETTLES_WITHIN)
    if db.is_sqlite:
        db.write(receive_all, [news])
    assert ticks(db) == [Delivery.SENT]
    assert sends(db) == [("agent", "sent")]
