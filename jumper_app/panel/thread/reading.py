"""What an open thread reads from the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jumper_app.conversations import customer, drafts, history, listing
from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import Agent, Message
from jumper_app.panel.pieces.faces import tone_of
from jumper_app.people.sessions import Who

from .rows import draw
from .scroll import MOST, Place

PAGE = 50
"""Messages that a thread opens with, and that *Load Previous Conversations* adds."""


@dataclass(frozen=True)
class Reach:
    """Which stretch of a conversation is wanted: its end, unless something else is said.

    Attributes:
        size: So many messages of the end.
        message: The public id of a message to stand in the middle.
        between: The ids of the first and last message that a browser has, away from the end.
    """

    size: int = PAGE
    message: str = ""
    between: tuple[int, int] | None = None


@dataclass(frozen=True)
class Stretch:
    """A stretch of a thread.

    ``end``: the thread's newest message, for a stretch that does not reach it.
    """

    places: tuple[Place, ...]
    more: bool
    newer: bool = False
    end: Place | None = None


NOTHING = Stretch((), more=False)


@dataclass(frozen=True)
class Opened:
    """Everything an open conversation shows, as of one moment.

    ``found``: the message that was asked for is in the stretch.
    """

    conversation_id: int
    card: customer.Card
    stretch: Stretch
    unread: int
    drafts: dict[str, drafts.Saved]
    found: bool = False


def open_conversation(
    work: Work, person: Who, public_id: str, now: datetime, reach: Reach = Reach()
) -> Opened | None:
    """Read a conversation for an agent; None if there is none by that id."""
    conversation_id = listing.find(work, public_id)
    if conversation_id is None:
        return None
    entry = listing.entry(work, person, conversation_id, now)
    stretch, found = _reached(work, conversation_id, reach)
    return Opened(
        conversation_id=conversation_id,
        card=customer.card(work, conversation_id, now),
        stretch=stretch,
        unread=entry.unread if entry else 0,
        drafts=drafts.load(work, conversation_id, person.id),
        found=found,
    )


def _reached(work: Work, conversation_id: int, reach: Reach) -> tuple[Stretch, bool]:
    """The stretch that is wanted, and whether the message that was asked for is in it."""
    if reach.message and (around := read_around(work, conversation_id, reach.message)):
        return around, True
    if reach.between and (kept := _read_again(work, conversation_id, reach.between)):
        return kept, False
    return read_end(work, conversation_id, reach.size), False


def read_end(work: Work, conversation_id: int, size: int = PAGE) -> Stretch:
    """Read the end of the thread."""
    page = history.latest(work, conversation_id, size)
    return Stretch(_placed(work, page.lines), page.more)


def read_around(work: Work, conversation_id: int, message: str) -> Stretch | None:
    """Read a message with what stands around it; None if it is not in the conversation."""
    message_id = history.find(work, conversation_id, message)
    if message_id is None:
        return None
    return _with_end(work, conversation_id, history.around(work, conversation_id, message_id))


def read_beginning(work: Work, conversation_id: int) -> Stretch:
    """Read the first page of the thread."""
    return _with_end(work, conversation_id, history.first(work, conversation_id, PAGE))


def _read_again(work: Work, conversation_id: int, between: tuple[int, int]) -> Stretch | None:
    """Read a stretch afresh; None if one of its ends is gone."""
    begin, end = (work.get(Message, one) for one in between)
    if not begin or not end or {begin.conversation_id, end.conversation_id} != {conversation_id}:
        return None
    page = history.stretch(work, conversation_id, *between, MOST)
    return _with_end(work, conversation_id, page)


def _with_end(work: Work, conversation_id: int, page: history.Page) -> Stretch:
    newest = history.last(work, conversation_id) if page.newer else None
    end = _place(work, history.Line(newest, "", ())) if newest else None
    return Stretch(_placed(work, page.lines), page.more, page.newer, end)


def read_messages(
    work: Work, conversation_id: int, message_ids: Sequence[int]
) -> tuple[Place, ...]:
    """Read some messages of a conversation afresh."""
    return _placed(work, history.lines(work, conversation_id, message_ids))


def read_before(work: Work, conversation_id: int, message_id: int) -> Stretch:
    """Read the page above a message."""
    page = history.before(work, conversation_id, message_id, PAGE)
    return Stretch(_placed(work, page.lines), page.more)


def read_after(work: Work, conversation_id: int, message_id: int) -> Stretch:
    """Read the page below a message."""
    page = history.after(work, conversation_id, message_id, PAGE)
    return Stretch(_placed(work, page.lines), page.more, page.newer)


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
