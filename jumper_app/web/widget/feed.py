"""What a visitor may read, and in which order they are told.

A line is shown if the customer wrote it, or if an agent or bot did and it was sent; notes
and status lines are not even read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from sqlalchemy import tuple_
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    Attachment,
    Conversation,
    Delivery,
    Event,
    Message,
    MessageKind,
    Owner,
)

from .bubbles import Bubble, drawn
from .chat import Chat

PAGE = 30
"""Messages that one look backwards brings."""

MOST_EVENTS = 200
"""A visitor who was away for more than this is shown the end of the conversation afresh."""

ARRIVED = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)
"""What was committed as sent; nothing else of ours is shown."""


class Answering(TypedDict):
    """Who answers now: ``agent`` with a name, ``bot``, or nobody yet."""

    by: str
    name: str


class Around(TypedDict):
    """What stands around the messages.

    ``seen``: the visitor's message up to which somebody has read.
    """

    seen: str
    answering: Answering


@dataclass(frozen=True)
class News:
    """What is to be told, and up to which place in the feed.

    Attributes:
        afresh: These are all that is to be shown, not only those that changed.
        more: There are older ones.
    """

    bubbles: list[Bubble]
    around: Around
    cursor: str
    afresh: bool = False
    more: bool = False


class Moved(Exception):
    """The conversation has joined another one, or was erased; look for it again."""


def everything(work: Work, chat: Chat, conversation_id: int) -> News:
    """The end of the conversation."""
    conversation = _conversation(work, conversation_id)
    page, more = _page(work, chat, conversation_id)
    return replace(_news(work, chat, conversation, page), afresh=True, more=more)


def changed(work: Work, chat: Chat, conversation_id: int, message_ids: Iterable[int]) -> News:
    """What became of these messages, and what stands around them."""
    conversation = _conversation(work, conversation_id)
    rows = work.exec(_shown(conversation_id).where(col(Message.id).in_(list(message_ids)))).all()
    bubbles = drawn(work, chat, _in_order(rows))
    return _news(work, chat, conversation, bubbles)


def since(work: Work, chat: Chat, conversation_id: int, cursor: str) -> News:
    """What happened after a place in the feed; everything when that place means nothing here."""
    conversation = _conversation(work, conversation_id)
    whose, _, number = cursor.partition(".")
    if whose != conversation.public_id or not (number.isascii() and number.isdecimal()):
        return everything(work, chat, conversation_id)
    events = work.exec(
        select(Event)
        .where(col(Event.conversation_id) == conversation_id, col(Event.number) > int(number[:9]))
        .limit(MOST_EVENTS + 1)
    ).all()
    if len(events) > MOST_EVENTS or any(event.kind == "merged" for event in events):
        return everything(work, chat, conversation_id)
    touched = {key for event in events if (key := (event.data or {}).get("message"))}
    return changed(work, chat, conversation_id, touched | _with_files(work, conversation_id))


def earlier(work: Work, chat: Chat, conversation_id: int, before: str) -> tuple[list[Bubble], bool]:
    """The page above a message of this conversation, and whether there is more above that."""
    pivot = work.exec(_shown(conversation_id).where(col(Message.public_id) == before)).first()
    return _page(work, chat, conversation_id, pivot) if pivot else ([], False)


def ours_among(work: Work, conversation_id: int, public_ids: Iterable[str]) -> set[str]:
    """Which of these are messages of ours that this visitor was shown."""
    found = _shown(conversation_id).where(
        col(Message.public_id).in_(list(public_ids)), col(Message.kind) != MessageKind.CUSTOMER
    )
    return {row.public_id for row in work.exec(found)}


def file_of(work: Work, conversation_id: int, public_id: str) -> Attachment | None:
    """A file of a message that this visitor is shown."""
    row = work.exec(
        select(Attachment).where(
            col(Attachment.public_id) == public_id, col(Attachment.state) == "ready"
        )
    ).first()
    if row is None or row.message_id is None:
        return None
    shown = work.exec(_shown(conversation_id).where(col(Message.id) == row.message_id)).first()
    return row if shown else None


def _with_files(work: Work, conversation_id: int) -> set[int]:
    """The latest messages with a file: its arrival in our store is no event of its own."""
    found = (
        select(Message.id)
        .join(Attachment, col(Attachment.message_id) == col(Message.id))
        .where(col(Message.conversation_id) == conversation_id)
        .order_by(col(Message.id).desc())
        .limit(PAGE)
    )
    return {key for key in work.exec(found) if key is not None}


def _conversation(work: Work, conversation_id: int) -> Conversation:
    conversation = work.get_one(Conversation, conversation_id)
    if conversation.merged_into_id is not None or conversation.erased_at is not None:
        raise Moved
    return conversation


def _shown(conversation_id: int):
    spoken = col(Message.kind).in_((MessageKind.AGENT, MessageKind.BOT))
    return select(Message).where(
        col(Message.conversation_id) == conversation_id,
        col(Message.revoked_at).is_(None),
        (col(Message.kind) == MessageKind.CUSTOMER) | (spoken & col(Message.delivery).in_(ARRIVED)),
    )


def _place():
    return tuple_(col(Message.at), col(Message.order), col(Message.id))


def _in_order(rows: Sequence[Message]) -> list[Message]:
    return sorted(rows, key=lambda row: (row.at, row.order, row.id or 0))


def _page(
    work: Work, chat: Chat, conversation_id: int, pivot: Message | None = None
) -> tuple[list[Bubble], bool]:
    query = _shown(conversation_id)
    if pivot is not None:
        query = query.where(_place() < tuple_(pivot.at, pivot.order, pivot.id))
    backwards = (col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
    rows = work.exec(query.order_by(*backwards).limit(PAGE + 1)).all()
    return drawn(work, chat, list(reversed(rows[:PAGE]))), len(rows) > PAGE


def _news(work: Work, chat: Chat, conversation: Conversation, bubbles: list[Bubble]) -> News:
    around = Around(seen=_seen(work, conversation), answering=_answering(work, chat, conversation))
    return News(bubbles, around, f"{conversation.public_id}.{conversation.next_event - 1}")


def _seen(work: Work, conversation: Conversation) -> str:
    if not conversation.read_external_id:
        return ""
    found = select(Message.public_id).where(
        col(Message.account_id) == conversation.account_id,
        col(Message.external_id) == conversation.read_external_id,
    )
    return work.exec(found).first() or ""


def _answering(work: Work, chat: Chat, conversation: Conversation) -> Answering:
    if conversation.owner == Owner.BOT:
        return Answering(by="bot", name="")
    if conversation.owner != Owner.AGENT or not chat.show_agent:
        return Answering(by="", name="")
    return Answering(by="agent", name=work.get_one(Agent, conversation.agent_id).name)
