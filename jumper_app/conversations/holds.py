"""Replies that wait a moment before they leave, so that their author can take them back.

A held reply stands in the thread and in the outbox like any other; nobody may claim it
before its time. Whoever speaks in between ends the wait: the customer reads everything in
the order in which it stands in the thread.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels.contract import Channel
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.live import WorkWaiting
from jumper_app.models import Conversation, Message, Outbox, OutboxState, TakenBack

from .attachments import MOST_AT_ONCE
from .log import changed

SPARE = timedelta(seconds=2)
"""So long before its window closes a reply has to be free to leave."""


class TakenBackBefore(SendRefused):
    """A late copy of a reply that its author has taken back: it stands in their draft."""

    code = "taken_back"
    for_agent = "You have taken this message back."


def leaves_at(
    channel: Channel, conversation: Conversation, hold: timedelta, now: datetime
) -> datetime | None:
    """Until when to hold a reply; None for not at all, which is so in a window's last seconds."""
    closes = channel.window.closes_at(conversation.last_heard_at)
    too_late = closes is not None and now + hold + SPARE > closes
    return None if not hold or too_late else now + hold


def end_holds(work: Work, conversation: Conversation, moment: datetime) -> None:
    """Something leaves at ``moment``: what was said before it leaves no later."""
    waiting = work.exec(
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(
            col(Outbox.conversation_id) == conversation.id,
            col(Outbox.state) == OutboxState.QUEUED,
            col(Message.held_until) > moment,
        )
    ).all()
    for row, message in waiting:
        row.due_at = message.held_until = moment
    if waiting:
        work.tell(WorkWaiting())
        changed(work, conversation, *(message for _, message in waiting))


def keys_of(client_key: str) -> Sequence[str]:
    """The keys of a reply's messages: words and files that were sent together."""
    others = range(1, MOST_AT_ONCE + 2)
    return [client_key, *(f"{client_key}+{number}" for number in others)]


def refuse_what_was_taken_back(work: Work, client_key: str) -> None:
    """Raise TakenBackBefore for the key of a reply that its author has taken back."""
    gone = select(TakenBack.id).where(col(TakenBack.client_key) == client_key)
    if work.exec(gone).first() is not None:
        raise TakenBackBefore
