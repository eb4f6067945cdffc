"""Second looks at what left: claims that are renewed, given up, and owned up to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.db import Work
from jumper_app.models import Conversation, Delivery, Message, Outbox, OutboxState

from .delivery import CLAIM_LEASE, SETTLES_WITHIN
from .log import SYSTEM, changed, record

UNKNOWN_TO_US = "We could not learn whether this arrived. Please check before you send it again."


def renew(work: Work, *, outbox_ids: Sequence[int], worker: str, now: datetime) -> None:
    """This worker lives, and its calls for these rows are still open."""
    work.exec(
        update(Outbox)
        .where(
            col(Outbox.id).in_(outbox_ids),
            col(Outbox.state) == OutboxState.SENDING,
            col(Outbox.claimed_by) == worker,
        )
        .values(due_at=now + CLAIM_LEASE)
    )


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Of an outbox row with its message: nobody told us in time what became of it.

    Two kinds: claims whose worker died, and unanswered calls that no receipt settled.
    """
    unsettled = (col(Outbox.state) == OutboxState.UNKNOWN) & _quiet()
    return (unsettled | (col(Outbox.state) == OutboxState.SENDING)) & (col(Outbox.due_at) <= now)


def _quiet() -> ColumnElement[bool]:
    return col(Message.delivery) == Delivery.QUEUED


def declare_unknown(work: Work, *, now: datetime) -> int:
    """Own up to sends whose outcome nobody told us. Returns how many were found.

    A claim whose worker died may still be settled by an echo or a status for a while. Where
    a channel takes the same message twice as one, it is simply sent again.
    """
    found = (
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(is_overdue(now))
        .order_by(col(Outbox.conversation_id))
    )
    rows = [pair for pair in work.exec(found).all() if _still_open(work, now, *pair)]
    for row, message in rows:
        conversation = work.get_one(Conversation, row.conversation_id)
        if CHANNELS[conversation.channel].repeatable:
            row.state, row.due_at = OutboxState.QUEUED, now
        elif row.state == OutboxState.SENDING and now < _settles_until(row, now):
            row.state, row.due_at = OutboxState.UNKNOWN, _settles_until(row, now)
            _promise_nothing(work, conversation, message)
        else:
            _own_up(work, conversation, row, message, now)
    return len(rows)


def _still_open(work: Work, now: datetime, row: Outbox, message: Message) -> bool:
    """Lock the conversation and look again: an answer or a renewal may have come in between."""
    work.get_one(Conversation, row.conversation_id, with_for_update=True, populate_existing=True)
    work.refresh(row)
    work.refresh(message)
    is_open = row.state in {OutboxState.SENDING, OutboxState.UNKNOWN} and row.due_at <= now
    return is_open and message.delivery == Delivery.QUEUED


def _promise_nothing(work: Work, conversation: Conversation, message: Message) -> None:
    """An earlier attempt said that another one follows; this was it."""
    if message.failure:
        message.failure = ""
        changed(work, conversation, message)


def _settles_until(row: Outbox, now: datetime) -> datetime:
    return (row.claimed_at or now) + SETTLES_WITHIN


def _own_up(
    work: Work, conversation: Conversation, row: Outbox, message: Message, now: datetime
) -> None:
    row.state, row.due_at = OutboxState.UNKNOWN, now
    message.delivery, message.failure = Delivery.UNKNOWN, UNKNOWN_TO_US
    record(work, conversation, "send_unknown", actor=SYSTEM, now=now, message=message.id)
    changed(work, conversation, message)


def next_due(work: Work, *, now: datetime) -> datetime | None:
    """When, after ``now``, the next row that waits or is on its way wants to be looked at."""
    waits = (OutboxState.QUEUED, OutboxState.RETRYING, OutboxState.SENDING)
    unsettled = (col(Outbox.state) == OutboxState.UNKNOWN) & _quiet()
    return work.exec(
        select(Outbox.due_at)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(col(Outbox.state).in_(waits) | unsettled, col(Outbox.due_at) > now)
        .order_by(col(Outbox.due_at))
        .limit(1)
    ).first()
