"""What the list shows of a conversation: the words that stand last in its thread."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Conversation, Message, MessageKind

from .log import stored

PREVIEW_LENGTH = 160


def show_as_latest(work: Work, conversation: Conversation, message: Message) -> None:
    """Put a stored message in the list's row, unless a later one stands there."""
    words = "" if message.revoked_at else message.text
    show(work, conversation, stored(message.id), message.kind, message.at, words)


def show(
    work: Work, conversation: Conversation, key: int, kind: str, at: datetime, text: str
) -> None:
    """``show_as_latest`` for a stored message that is known by its values."""
    if conversation.preview_kind and not _stands_last(work, conversation, key, at):
        return
    conversation.last_activity_at = at
    conversation.preview = text[:PREVIEW_LENGTH]
    conversation.preview_kind = kind


def _stands_last(work: Work, conversation: Conversation, key: int, at: datetime) -> bool:
    """Only status lines stand below it. Equal times are settled as the thread settles them."""
    if at != conversation.last_activity_at:
        return at > conversation.last_activity_at
    return work.exec(_from_the_end(conversation, Message.id)).first() == key


def show_what_stands_last(work: Work, conversation: Conversation) -> None:
    """Look at the thread itself, for instance after others' messages have moved into it."""
    last = work.exec(_from_the_end(conversation, Message)).first()
    if last is not None:
        conversation.preview_kind = ""
        show_as_latest(work, conversation, last)


def _from_the_end(conversation: Conversation, what: Any):
    return (
        select(what)
        .where(
            col(Message.conversation_id) == conversation.id,
            col(Message.kind) != MessageKind.STATUS,
        )
        .order_by(col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
        .limit(1)
    )
