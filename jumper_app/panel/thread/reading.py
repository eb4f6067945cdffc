"""What an open thread reads from the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jumper_app.conversations import customer, drafts, history, listing
from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import Agent
from jumper_app.panel.pieces.faces import tone_of
from jumper_app.people.sessions import Who

from .rows import draw
from .scroll import Place

PAGE = 50
"""Messages that a thread opens with, and that *Load Previous Conversations* adds."""


@dataclass(frozen=True)
class Opened:
    """Everything an open conversation shows, as of one moment."""

    conversation_id: int
    card: customer.Card
    places: tuple[Place, ...]
    more: bool
    unread: int
    drafts: dict[str, drafts.Saved]


@dataclass(frozen=True)
class Older:
    """A page of older messages."""

    places: tuple[Place, ...]
    more: bool


def open_conversation(
    work: Work, person: Who, public_id: str, now: datetime, limit: int = PAGE
) -> Opened | None:
    """Read a conversation for an agent; None if there is none by that id."""
    conversation_id = listing.find(work, public_id)
    if conversation_id is None:
        return None
    entry = listing.entry(work, person, conversation_id, now)
    page = history.latest(work, conversation_id, limit)
    card = customer.card(work, conversation_id, now)
    return Opened(
        conversation_id=conversation_id,
        card=card,
        places=_placed(work, page.lines),
        more=page.more,
        unread=entry.unread if entry else 0,
        drafts=drafts.load(work, conversation_id, person.id),
    )


def read_messages(
    work: Work, conversation_id: int, message_ids: Sequence[int]
) -> tuple[Place, ...]:
    """Read some messages of a conversation afresh."""
    return _placed(work, history.lines(work, conversation_id, message_ids))


def read_before(work: Work, conversation_id: int, message_id: int) -> Older:
    """Read the page above a message."""
    page = history.before(work, conversation_id, message_id, PAGE)
    return Older(_placed(work, page.lines), page.more)


def _placed(work: Work, lines: Iterable[history.Line]) -> tuple[Place, ...]:
    return tuple(_place(work, line) for line in lines)


def _place(work: Work, line: history.Line) -> Place:
    message = line.message
    if message.id is None:
        raise AssertionError("a line of history is a stored message")
    agent = work.get(Agent, message.agent_id) if message.agent_id else None
    return Place(
        at=message.at,
        order=message.order,
        id=message.id,
        row=draw(line, tone_of(agent.public_id), agent.public_id) if agent else draw(line),
    )


def conversation_behind(work: Work, public_id: str) -> int:
    """The id of a conversation that a browser names. Raises NotFound."""
    conversation_id = listing.find(work, public_id)
    if conversation_id is None:
        raise NotFound
    return conversation_id
