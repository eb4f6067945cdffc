"""Reading a thread. Its order is the provider's time, then the provider's id, then ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import tuple_
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Agent, Attachment, Message

PAGE = 50
"""Messages that one *Load Previous Conversations* brings."""


@dataclass(frozen=True)
class File:
    """An attachment as a screen may know it."""

    public_id: str
    state: str
    mime: str
    filename: str
    size: int
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """One message with what drawing it needs. ``author``: the agent's name, else empty.

    ``quoted``: the message that it answers, when that one is here.
    """

    message: Message
    author: str
    files: tuple[File, ...]
    quoted: Message | None = None


@dataclass(frozen=True)
class Page:
    """A stretch of a thread, the oldest first.

    ``more``: there are older ones. ``newer``: there are newer ones.
    """

    lines: tuple[Line, ...]
    more: bool
    newer: bool = False


def latest(work: Work, conversation_id: int, limit: int = PAGE) -> Page:
    """The end of the thread."""
    return _page(work, work.exec(_backwards(conversation_id).limit(limit + 1)).all(), limit)


def before(work: Work, conversation_id: int, message_id: int, limit: int = PAGE) -> Page:
    """The stretch before a message of the same thread."""
    rows = _rows_before(work, conversation_id, work.get_one(Message, message_id), limit)
    return _page(work, rows, limit)


def first(work: Work, conversation_id: int, limit: int = PAGE) -> Page:
    """The beginning of the thread."""
    rows = work.exec(_forwards(conversation_id).limit(limit + 1)).all()
    return Page(tuple(_dress(work, rows[:limit])), more=False, newer=len(rows) > limit)


def after(work: Work, conversation_id: int, message_id: int, limit: int = PAGE) -> Page:
    """The stretch after a message of the same thread."""
    rows = _rows_after(work, conversation_id, work.get_one(Message, message_id), limit)
    return Page(tuple(_dress(work, rows[:limit])), more=True, newer=len(rows) > limit)


def around(work: Work, conversation_id: int, message_id: int, limit: int = PAGE) -> Page:
    """A message of the thread with as many before it as after it."""
    pivot, half = work.get_one(Message, message_id), limit // 2
    older = _rows_before(work, conversation_id, pivot, half)
    newer = _rows_after(work, conversation_id, pivot, half)
    shown = [*reversed(older[:half]), pivot, *newer[:half]]
    return Page(tuple(_dress(work, shown)), more=len(older) > half, newer=len(newer) > half)


def stretch(work: Work, conversation_id: int, first_id: int, last_id: int, limit: int) -> Page:
    """What stands between two messages of the thread, with both of them."""
    begin, end = work.get_one(Message, first_id), work.get_one(Message, last_id)
    within = _place() <= _place_of(end)
    query = _forwards(conversation_id).where(within, _place() >= _place_of(begin))
    rows = work.exec(query.limit(limit)).all()
    return Page(
        tuple(_dress(work, rows)),
        more=bool(_rows_before(work, conversation_id, begin, 0)),
        newer=bool(_rows_after(work, conversation_id, rows[-1] if rows else end, 0)),
    )


def find(work: Work, conversation_id: int, public_id: str) -> int | None:
    """The id of a message of the thread by its public id."""
    found = work.exec(
        select(Message.id).where(
            col(Message.public_id) == public_id, col(Message.conversation_id) == conversation_id
        )
    )
    return found.first()


def last(work: Work, conversation_id: int) -> Message | None:
    """The newest message of the thread."""
    return work.exec(_backwards(conversation_id).limit(1)).first()


def lines(work: Work, conversation_id: int, message_ids: Iterable[int]) -> list[Line]:
    """These messages of the thread, in its order; ids of other threads are left out."""
    rows = work.exec(
        select(Message)
        .where(
            col(Message.conversation_id) == conversation_id, col(Message.id).in_(list(message_ids))
        )
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    ).all()
    return _dress(work, rows)


def changed_since(work: Work, conversation_id: int, message_id: int) -> list[Line]:
    """What was stored after a message, for reading on after a gap."""
    ids = work.exec(
        select(col(Message.id)).where(
            col(Message.conversation_id) == conversation_id, col(Message.id) > message_id
        )
    ).all()
    return lines(work, conversation_id, [key for key in ids if key is not None])


def _place():
    return tuple_(col(Message.at), col(Message.order), col(Message.id))


def _backwards(conversation_id: int):
    return (
        select(Message)
        .where(col(Message.conversation_id) == conversation_id)
        .order_by(col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
    )


def _forwards(conversation_id: int):
    return (
        select(Message)
        .where(col(Message.conversation_id) == conversation_id)
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    )


def _place_of(message: Message):
    return tuple_(message.at, message.order, message.id)


def _rows_before(work: Work, conversation_id: int, pivot: Message, limit: int) -> Sequence[Message]:
    """The newest first, one more than ``limit`` if there is one."""
    older = _backwards(conversation_id).where(_place() < _place_of(pivot))
    return work.exec(older.limit(limit + 1)).all()


def _rows_after(work: Work, conversation_id: int, pivot: Message, limit: int) -> Sequence[Message]:
    """The oldest first, one more than ``limit`` if there is one."""
    newer = _forwards(conversation_id).where(_place() > _place_of(pivot))
    return work.exec(newer.limit(limit + 1)).all()


def _page(work: Work, rows: Sequence[Message], limit: int) -> Page:
    """A page of rows that were read from its end."""
    shown = list(reversed(rows[:limit]))
    return Page(lines=tuple(_dress(work, shown)), more=len(rows) > limit)


def _dress(work: Work, rows: Sequence[Message]) -> list[Line]:
    names = _names(work, {row.agent_id for row in rows if row.agent_id})
    files = _files(work, [row.id for row in rows])
    quoted = _quoted(work, rows)
    return [
        Line(
            message=row,
            author=names.get(row.agent_id or 0, ""),
            files=tuple(files.get(row.id or 0, ())),
            quoted=quoted.get(row.quotes) if row.quotes else None,
        )
        for row in rows
    ]


def _names(work: Work, agent_ids: set[int]) -> dict[int, str]:
    if not agent_ids:
        return {}
    found = work.exec(select(Agent).where(col(Agent.id).in_(agent_ids)))
    return {agent.id or 0: agent.name for agent in found}


def _files(work: Work, message_ids: Sequence[int | None]) -> dict[int, list[File]]:
    found: dict[int, list[File]] = {}
    rows = work.exec(
        select(Attachment)
        .where(col(Attachment.message_id).in_(message_ids))
        .order_by(col(Attachment.id))
    )
    for row in rows:
        found.setdefault(row.message_id or 0, []).append(as_file(row))
    return found


def as_file(row: Attachment) -> File:
    """What a screen may know of an attachment."""
    return File(
        public_id=row.public_id,
        state=row.state,
        mime=row.mime,
        filename=row.filename,
        size=row.size,
        width=row.width,
        height=row.height,
    )


def _quoted(work: Work, rows: Sequence[Message]) -> dict[str, Message]:
    wanted = {row.quotes for row in rows if row.quotes}
    if not wanted:
        return {}
    found = work.exec(
        select(Message).where(
            col(Message.account_id) == rows[0].account_id, col(Message.external_id).in_(wanted)
        )
    )
    return {row.external_id or "": row for row in found}
