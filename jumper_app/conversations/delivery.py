"""Claims and outcomes: what may leave now, and what became of it.

A claim is committed before the channel is called. From then on the message counts
as sent for every takeover; if this process dies in between, the row becomes
*unknown* and is never sent again blindly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Outbound, Sent
from jumper_app.db import Work
from jumper_app.errors import SendFailed, SendRefused, WindowClosed
from jumper_app.live import WorkWaiting
from jumper_app.models import (
    Conversation,
    Delivery,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
)

from . import words
from .accounts import channel_of
from .echoes import heed_after_all
from .heeding import heed
from .log import SYSTEM, changed, record, stored
from .outgoing import check_window, permission_at
from .receipts import heed_news, heed_refusal, note_time, settle
from .recognising import recognise
from .standing import silent_accounts
from .takeover import PAUSED_FIRST, hold_bot
from .unwanted import check_wanted
from .waiting import has_sent, may_send, slow_down, stop, try_the_next, waiting_accounts

MAX_ATTEMPTS = 6
"""How often a send that certainly did not leave, or was put off, is tried in all."""

FIRST_RETRY = timedelta(seconds=2)
"""The wait after the first failed attempt; each further one waits twice as long."""

LONGEST_RETRY = timedelta(minutes=5)

LONGEST_THROTTLE = timedelta(hours=1)
"""So long at most an account waits because its provider asked us to; more is a mistake."""

SETTLES_WITHIN = timedelta(seconds=60)
"""How long an unanswered send may hold the queue while an echo or status may settle it."""

CLAIM_LEASE = timedelta(seconds=20)
"""So long a claim stands by itself. A worker that lives renews it (``overdue.renew``) for as
long as its call is open; after that the claim is one of a worker that died."""


@dataclass(frozen=True)
class Claim:
    """One message that this worker, and nobody else, is about to send."""

    outbox_id: int
    message_id: int
    conversation_id: int
    account_id: int
    channel: str
    outbound: Outbound
    attempts: int
    has_arrived: bool = False
    """There is nobody to call: the customer is shown it from our store."""


def claim(
    work: Work, *, worker: str, now: datetime, limit: int, busy: frozenset[int] = frozenset()
) -> list[Claim]:
    """Mark what may leave now as *sending*, at most one row per conversation.

    What people say leaves before what bots say, and then the oldest first.

    Args:
        busy: Conversations whose recipient must wait (pacing).
    """
    claims: list[Claim] = []
    for row in _in_locking_order(work.exec(_due(now, limit, busy)).all()):
        conversation = work.get_one(Conversation, row.conversation_id, with_for_update=True)
        if _may_leave(work, row, conversation, now):
            taken = _take(work, row, conversation, worker, now)
            claims.append(_at_once(work, row, conversation, taken, now))
    return claims


def _in_locking_order(rows: Sequence[Outbox]) -> list[Outbox]:
    return sorted(rows, key=lambda row: row.conversation_id)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of an outbox row: has its time come? Others may still stand before it."""
    waits = col(Outbox.state).in_((OutboxState.QUEUED, OutboxState.RETRYING))
    return waits & (col(Outbox.due_at) <= now)


def _due(now: datetime, limit: int, busy: frozenset[int]):
    """The first row of every queue that is due and that nothing holds, the oldest first."""
    earlier = aliased(Outbox)
    holds = (
        col(earlier.state).in_((OutboxState.QUEUED, OutboxState.SENDING, OutboxState.RETRYING))
    ) | ((col(earlier.state) == OutboxState.UNKNOWN) & (col(earlier.due_at) > now))
    held = exists().where(
        col(earlier.conversation_id) == col(Outbox.conversation_id),
        col(earlier.id) < col(Outbox.id),
        holds,
    )
    return (
        select(Outbox)
        .where(
            is_due(now),
            col(Outbox.account_id).not_in(silent_accounts()),
            col(Outbox.account_id).not_in(waiting_accounts(now)),
            col(Outbox.conversation_id).not_in(busy),
            ~held,
        )
        .order_by(col(Outbox.message_kind) == MessageKind.BOT, col(Outbox.id))
        .limit(limit)
    )


def _may_leave(work: Work, row: Outbox, conversation: Conversation, now: datetime) -> bool:
    """Looked at in this order: what is too late ends before it is taken for a try."""
    return (
        _still_due(work, row, now)
        and _still_wanted(work, row, conversation, now)
        and may_send(work, row.account_id, now)
    )


def _still_due(work: Work, row: Outbox, now: datetime) -> bool:
    """Look again, with the conversation locked: it may have been claimed, or taken back."""
    again = select(Outbox).where(col(Outbox.id) == row.id).with_for_update()
    found = work.exec(again.execution_options(populate_existing=True)).first()
    waits = {OutboxState.QUEUED, OutboxState.RETRYING}
    return found is not None and found.state in waits and found.due_at <= now


def _still_wanted(work: Work, row: Outbox, conversation: Conversation, now: datetime) -> bool:
    """Is it still right to send this? A stale bot row and a late text end here."""
    if row.message_kind == MessageKind.BOT and row.epoch != conversation.epoch:
        _end(work, row, conversation, OutboxState.DROPPED, PAUSED_FIRST, now)
        return False
    content = Outbound.model_validate(row.outbound).content
    try:
        channel = channel_of(work, conversation)
        check_window(channel, conversation, row.message_kind, now, content)
        check_wanted(work, conversation, content)
    except SendRefused as refusal:
        _end(work, row, conversation, OutboxState.FAILED, refusal.for_agent, now)
        if row.message_kind == MessageKind.BOT and isinstance(refusal, WindowClosed):
            hold_bot(work, conversation, now)
        return False
    return True


def _take(work: Work, row: Outbox, conversation: Conversation, worker: str, now: datetime) -> Claim:
    row.state, row.claimed_at, row.claimed_by = OutboxState.SENDING, now, worker
    if row.message_kind == MessageKind.BOT:
        record(work, conversation, "bot_claimed", actor=SYSTEM, now=now, message=row.message_id)
    row.due_at = now + CLAIM_LEASE
    row.attempts += 1
    return Claim(
        outbox_id=stored(row.id),
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        account_id=row.account_id,
        channel=conversation.channel,
        outbound=_outbound(work, row, conversation, now),
        attempts=row.attempts,
    )


def _at_once(
    work: Work, row: Outbox, conversation: Conversation, taken: Claim, now: datetime
) -> Claim:
    """Write down that it has arrived where nobody is to be called for that.

    Nobody outside knew its name before, so nothing that was told of it earlier can wait.
    """
    outbound = taken.outbound
    if not CHANNELS[taken.channel].reads_our_store or outbound.content.files:
        return taken
    message = work.get_one(Message, row.message_id)
    row.state = OutboxState.SENT
    message.external_id, message.delivery, message.failure = outbound.reference, Delivery.SENT, ""
    note_time(message, Delivery.SENT, now)
    record(work, conversation, "send_accepted", actor=SYSTEM, now=now, message=message.id)
    changed(work, conversation, message)
    return replace(taken, has_arrived=True)


def _outbound(work: Work, row: Outbox, conversation: Conversation, now: datetime) -> Outbound:
    """The message with what its window allows now: some channels must say it."""
    permission = permission_at(channel_of(work, conversation), conversation, now)
    return Outbound.model_validate({**row.outbound, "permission": permission})


def _end(
    work: Work,
    row: Outbox,
    conversation: Conversation,
    state: OutboxState,
    sentence: str,
    now: datetime,
) -> None:
    row.state = state
    message = work.get_one(Message, row.message_id)
    message.delivery, message.failure = Delivery.FAILED, sentence
    record(work, conversation, "send_ended", actor=SYSTEM, now=now, message=message.id)
    changed(work, conversation, message)
    work.tell(WorkWaiting())


def accepted(work: Work, claim: Claim, sent: Sent, now: datetime) -> None:
    """The channel took the message."""
    conversation, message, row = _locked(work, claim)
    has_sent(work, row.account_id)
    settle(work, message, sent.external_id, now)
    record(work, conversation, "send_accepted", actor=SYSTEM, now=now, message=message.id)
    lines = [
        *heed_news(work, conversation, message, now),
        *heed_refusal(work, conversation, message, now),
        *heed_after_all(work, conversation, row, now),
    ]
    changed(work, conversation, message, *lines)
    recognise(work, conversation, sent.identities, now)


def refused(work: Work, claim: Claim, failure: SendFailed, now: datetime) -> None:
    """The channel did not take it, could not be reached, or did not answer."""
    conversation, message, row = _locked(work, claim)
    if row.state != OutboxState.SENDING or row.attempts != claim.attempts:
        return
    lines: list[Message] = []
    if failure.maybe_sent:
        row.state, message.failure = OutboxState.UNKNOWN, ""
        row.due_at = max(now, (row.claimed_at or now) + SETTLES_WITHIN)
    elif failure.pauses == "account":
        _wait_with_account(work, row, message, failure, now)
    elif failure.retryable and row.attempts < MAX_ATTEMPTS:
        wait = _wait(row.attempts, failure)
        row.state, row.due_at = OutboxState.RETRYING, now + wait
        message.failure = words.tried_again(failure.for_agent, wait)
    else:
        row.state = OutboxState.FAILED
        message.delivery, message.failure = Delivery.FAILED, failure.in_the_end
        try_the_next(work, row.account_id, failure, now)
        lines = heed(work, conversation, failure, now)
        lines += heed_after_all(work, conversation, row, now)
    data = {"message": message.id, "code": failure.provider_code or failure.code}
    record(work, conversation, f"send_{row.state}", actor=SYSTEM, now=now, **data)
    changed(work, conversation, message, *lines)


def _wait_with_account(
    work: Work, row: Outbox, message: Message, failure: SendFailed, now: datetime
) -> None:
    """It is not this message's fault: it waits with all others, however often it was tried."""
    row.state, row.due_at = OutboxState.RETRYING, now
    if not failure.retryable:
        stop(work, row.account_id, failure, now)
        message.failure = words.waits_for_a_person(failure.for_agent)
        return
    wait = _wait(row.attempts, failure)
    row.due_at = now + wait
    slow_down(work, row.account_id, row.due_at)
    message.failure = words.tried_again(failure.for_agent, wait)


def _locked(work: Work, claim: Claim) -> tuple[Conversation, Message, Outbox]:
    row = work.get_one(Outbox, claim.outbox_id)
    conversation = work.get_one(Conversation, row.conversation_id, with_for_update=True)
    work.refresh(row)
    return conversation, work.get_one(Message, row.message_id), row


def _wait(attempts: int, failure: SendFailed) -> timedelta:
    """Twice as long each time, four times for a recipient's own limit; the channel's word first."""
    if failure.retry_after_s is not None:
        longest = LONGEST_THROTTLE if failure.pauses == "account" else LONGEST_RETRY
        return min(timedelta(seconds=failure.retry_after_s), longest)
    factor = 4 if failure.pauses == "recipient" else 2
    doublings = min(attempts - 1, MAX_ATTEMPTS * 2)
    return min(FIRST_RETRY * factor**doublings, LONGEST_RETRY)
