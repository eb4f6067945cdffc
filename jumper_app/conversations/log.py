"""Writing down what happened: the event, and its line in the thread."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from jumper_app.db import Work
from jumper_app.live import ConversationChanged
from jumper_app.models import Conversation, Event, Message, MessageKind

from .moving import Standing

LAST = "~"
"""Sorts after every provider's id: what we say at the same moment stands below."""

SKEW = timedelta(minutes=5)
"""How far a provider's clock may run ahead of ours without our lines slipping above theirs."""

CUSTOMER = "customer"
BOT = "bot"
SYSTEM = "system"


def agent_actor(agent_id: int) -> str:
    """How the log names an agent."""
    return f"agent:{agent_id}"


def record(
    work: Work,
    conversation: Conversation,
    kind: str,
    *,
    actor: str,
    now: datetime,
    **data: Any,
) -> Event:
    """Append an event. ``data`` holds ids and kinds, never what somebody wrote."""
    event = Event(**numbered(conversation, kind, actor=actor, now=now, **data))
    work.add(event)
    return event


def numbered(
    conversation: Conversation | Standing, kind: str, *, actor: str, now: datetime, **data: Any
) -> dict[str, Any]:
    """The values of the conversation's next event, for whoever stores many at once."""
    number = conversation.next_event
    conversation.next_event += 1
    return {
        "conversation_id": stored(conversation.id),
        "number": number,
        "kind": kind,
        "actor": actor,
        "at": now,
        "data": data or None,
    }


def add_status(
    work: Work,
    conversation: Conversation,
    kind: str,
    *,
    actor: str,
    now: datetime,
    external_id: str | None = None,
    at: datetime | None = None,
    **shown: Any,
) -> Message:
    """Append an event and show it as a status line, worded when it is drawn.

    Args:
        external_id: The provider's id when the provider told us, so that it is told once.
        at: Where the line stands in the thread; ``now`` when left out.
        shown: What the line's words need: names, counts.
    """
    record(work, conversation, kind, actor=actor, now=now)
    line = Message(
        conversation_id=stored(conversation.id),
        account_id=conversation.account_id,
        kind=MessageKind.STATUS,
        at=at or place(conversation, now),
        order=external_id or LAST,
        external_id=external_id,
        content={"event": kind, **shown},
        stored_at=now,
    )
    work.add(line)
    return line


def place(conversation: Conversation, now: datetime) -> datetime:
    """Where a line of ours stands: now, but never above what it follows."""
    heard = conversation.last_heard_at
    return heard if heard is not None and now < heard <= now + SKEW else now


def changed(work: Work, conversation: Conversation, *messages: Message) -> None:
    """Count the conversation's version up and tell every open screen after the commit."""
    conversation.version += 1
    work.flush()
    tell_changed(work, conversation, [stored(message.id) for message in messages])


def tell_changed(
    work: Work, conversation: Conversation | Standing, message_ids: Iterable[int]
) -> None:
    """Tell every open screen after the commit; the version has been counted up."""
    work.tell(
        ConversationChanged(
            conversation_id=stored(conversation.id),
            version=conversation.version,
            message_ids=tuple(message_ids),
        )
    )


def stored(key: int | None) -> int:
    """The primary key of a row that has been flushed."""
    if key is None:
        raise AssertionError("the row has no key before it is flushed")
    return key
