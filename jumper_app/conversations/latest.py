"""What the list shows of a conversation: the words that stand last in its thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Conversation, Message, MessageKind

from .log import stored
from .moving import Standing

PREVIEW_LENGTH = 160


def show_as_latest(work: Work, conversation: Conversation | Standing, message: Message) -> None:
    """Put a stored message in the list's row, unless a later one stands there."""
    gone = message.revoked_at is not None
    preview = Preview(
        kind=message.kind,
        text="" if gone else message.text,
        content=None if gone else message.content,
        agent_id=message.agent_id,
    )
    show(work, conversation, stored(message.id), message.at, preview)


def show(
    work: Work, conversation: Conversation | Standing, key: int, at: datetime, preview: "Preview"
) -> None:
    """``show_as_latest`` for a stored message that is known by its values."""
    if conversation.preview_kind and not _stands_last(work, conversation, key, at):
        return
    conversation.last_activity_at = at
    conversation.preview = preview.text[:PREVIEW_LENGTH]
    conversation.preview_kind = preview.kind
    conversation.preview_content = "" if preview.text else what_is(preview.content)
    conversation.preview_agent_id = preview.agent_id


@dataclass(frozen=True)
class Preview:
    """What the list shows of a message: who speaks, the words, or what stands for them."""

    kind: str
    text: str
    content: dict[str, Any] | None
    agent_id: int | None = None


def what_is(content: dict[str, Any] | None) -> str:
    """The kind of a message that has no words: ``image``, ``voice``, ``location`` and so on."""
    told = content or {}
    if told.get("voice"):
        return "voice"
    return str(told.get("kind") if told.get("type") == "media" else told.get("type", ""))


def _stands_last(work: Work, conversation: Conversation | Standing, key: int, at: datetime) -> bool:
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


def _from_the_end(conversation: Conversation | Standing, what: Any):
    return (
        select(what)
        .where(
            col(Message.conversation_id) == conversation.id,
            col(Message.kind) != MessageKind.STATUS,
        )
        .order_by(col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
        .limit(1)
    )
