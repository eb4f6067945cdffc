"""What stands under a message that has not left is true: a retry is promised where one comes."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Identity, IdentityKind, Person, ReceiptState, Sent
from jumper_app.channels.meta.failures import FetchFailed, NotReached, Throttled
from jumper_app.conversations.delivery import MAX_ATTEMPTS, accepted, claim, refused
from jumper_app.conversations.overdue import declare_unknown
from jumper_app.conversations.replies import reply
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount, Message, Outbox, OutboxState
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON, later

PROMISE = re.compile(r"\bwe\b.*\b(try|again|retry)\b|follows|by ourselves|by itself", re.IGNORECASE)
"""What a reader takes for "you need not do anything"."""


def family(member: type[SendFailed] = SendFailed) -> Iterator[type[SendFailed]]:
    """Every member that the product raises of a message, of every channel."""
    for each in member.__subclasses__():
        if each.__module__.startswith("jumper_app.") and not issubclass(each, FetchFailed):
            yield each
            yield from family(each)


EVERY_MEMBER = sorted(set(family()), key=lambda each: (each.__module__, each.__name__))


@pytest.fixture(params=list(CHANNELS))
def channel(request, db, monkeypatch):
    """A channel whose customer has just written, and whose messages go through its door."""
    key = request.param
    monkeypatch.setitem(CHANNELS, key, replace(CHANNELS[key], reads_our_store=False))
    db.write(make.account, channel=key)
    who = Person(identities=(Identity(kind=next(iter(IdentityKind)), value="someone"),))
    take(db, make.inbound(sender=who), channel=key)
    return key


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


def claimed(db, ana, text="Hi"):
    say = {"conversation_id": conversation(db).id, "agent_id": ana, "text": text}
    db.write(reply, **say, client_key=f"key of {text}", now=NOON)
    (each,) = db.write(claim, worker="w", now=NOON, limit=9)
    return each


def stands(db) -> tuple[str, str, bool]:
    """The state of the only row, what is read under it, and whether that promises a retry."""
    row, message = one(db, Outbox), one(db, Message, kind="agent")
    return row.state, message.failure, bool(PROMISE.search(message.failure))


def test_a_retry_is_promised_exactly_where_the_row_is_scheduled_again(db, channel, ana):
    promised = set()
    each = claimed(db, ana)
    for member in EVERY_MEMBER:
        db.write(_begin_anew, each)
        db.write(refused, each, member(), NOON)
        state, text, promises = stands(db)
        comes = state == OutboxState.RETRYING and leaves_again(db)
        assert promises == comes, (member.__name__, state, text)
        assert bool(text) == (state != OutboxState.UNKNOWN), member.__name__
        promised |= {member} if promises else set()
    waits = {member for member in EVERY_MEMBER if member.pauses == "account"}
    assert {member for member in EVERY_MEMBER if member.retryable} | waits == promised != set()


def leaves_again(db):
    """Is it claimed once its time has come, or its account works again?"""

    def look(work):
        row = work.exec(select(Outbox)).one()
        account = work.get_one(ChannelAccount, row.account_id)
        return max(row.due_at, account.waits_until or row.due_at) > NOON

    return db.look(look)


def _begin_anew(work, each):
    row, message = work.get_one(Outbox, each.outbox_id), work.get_one(Message, each.message_id)
    row.state, row.attempts, message.delivery, message.failure = "sending", 1, "queued", ""
    account = work.get_one(ChannelAccount, row.account_id)
    account.options, account.stopped_at, account.waits_until = None, None, None


def test_at_the_end_nothing_is_promised_and_the_agent_reads_what_to_do(db, channel, ana):
    each = replace(claimed(db, ana), attempts=MAX_ATTEMPTS)
    for member in EVERY_MEMBER:
        if member.maybe_sent or member.pauses == "account":
            continue
        db.write(_at_the_last_attempt, each)
        db.write(refused, each, member(), NOON)
        state, text, promises = stands(db)
        assert (state, promises) == (OutboxState.FAILED, False), (member.__name__, text)
        assert text == f"{member.for_agent} {member.to_do}", member.__name__
        assert member.to_do.endswith("."), member.__name__
    assert all(member.for_admin.endswith(".") for member in EVERY_MEMBER if member.alarming)


def _at_the_last_attempt(work, each):
    _begin_anew(work, each)
    work.get_one(Outbox, each.outbox_id).attempts = MAX_ATTEMPTS


def test_a_failure_that_is_told_later_is_never_tried_again_and_says_so(
    db, channel, ana, monkeypatch
):
    each = claimed(db, ana)
    db.write(accepted, each, Sent(external_id="mid.1"), NOON)
    news = make.receipt("mid.1", ReceiptState.FAILED, error_code="1")
    for number, member in enumerate(EVERY_MEMBER, start=1):
        told = replace(CHANNELS[channel], explain=lambda code, detail="", told=member: told())
        monkeypatch.setitem(CHANNELS, channel, told)
        take(db, news.model_copy(update={"at": later(seconds=-number)}), channel=channel)
        message = one(db, Message, kind="agent")
        assert (message.delivery, one(db, Outbox).state) == ("failed", "sent")
        assert message.failure == f"{member.for_agent} {member.to_do}".strip()
        assert not PROMISE.search(message.failure), message.failure


@pytest.fixture
def sent(db, ana):
    db.write(make.account)
    take(db, make.inbound())
    return claimed(db, ana)


@pytest.mark.parametrize(
    ("failure", "when"),
    [
        (NotReached(), "in a moment"),
        (Throttled(retry_after_s=59), "in a moment"),
        (Throttled(retry_after_s=61), "within 2 minutes"),
    ],
    ids=["backoff", "under-a-minute", "over-a-minute"],
)
def test_while_it_waits_the_agent_reads_why_and_when_it_is_tried_again(db, sent, failure, when):
    db.write(refused, sent, failure, NOON)
    _, text, _ = stands(db)
    assert text.startswith(failure.for_agent)
    assert when in text


def test_a_promise_ends_with_what_it_promised(db, sent):
    db.write(refused, sent, NotReached(), NOON)
    (again,) = db.write(claim, worker="w", now=later(seconds=9), limit=9)
    db.write(accepted, again, Sent(external_id="mid.1"), later(seconds=9))
    assert stands(db) == (OutboxState.SENT, "", False)


def test_a_promise_does_not_outlive_the_worker_that_kept_it(db, sent):
    db.write(refused, sent, NotReached(), NOON)
    db.write(claim, worker="w", now=later(seconds=9), limit=9)
    db.write(declare_unknown, now=later(seconds=40))
    assert stands(db) == (OutboxState.UNKNOWN, "", False)
    assert every(db, Message, kind="agent")[0].delivery == "queued"
