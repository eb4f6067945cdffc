"""Colleagues who are named in a note: found by their names, and told.

``@Ana Novak`` names her; so does ``@Ana`` while nobody else here is called that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select, update

from jumper_app.channels import CHANNELS
from jumper_app.db import Work
from jumper_app.live import Mentioned
from jumper_app.models import Agent, Contact, Conversation, Mention, Message
from jumper_app.people.sessions import Who

from .listing import name_of
from .log import stored

PAGE = 30
"""Mentions that one look into the list brings."""


@dataclass(frozen=True)
class Handle:
    """By what somebody is named after ``@``. Two people of one name are named together."""

    text: str
    agent_ids: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A mention as it stands in a text, its ``@`` included."""

    text: str
    agent_ids: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """A mention of an agent, as their list shows it."""

    id: int
    conversation: str
    customer: str
    by: str
    text: str
    at: datetime
    seen: bool


def handles(people: Iterable[tuple[int, str]]) -> list[Handle]:
    """The handles of people by id and name, the longest first. Pure."""
    full: dict[str, list[int]] = {}
    first: dict[str, list[int]] = {}
    for agent_id, name in people:
        words = name.split()
        if words:
            full.setdefault(" ".join(words), []).append(agent_id)
            first.setdefault(words[0].casefold(), []).append(agent_id)
    short = {
        name.split()[0]: ids
        for name, ids in full.items()
        if first[name.split()[0].casefold()] == ids
    }
    named = {**short, **full}
    return [
        Handle(text, tuple(named[text])) for text in sorted(named, key=lambda one: (-len(one), one))
    ]


def mentions_in(text: str, known: Sequence[Handle]) -> list[Found]:
    """Who is named in a text, in its order. An e-mail address names nobody. Pure."""
    found: list[Found] = []
    at = text.find("@")
    while at >= 0:
        handle = next((one for one in known if _stands(one.text, text, at)), None)
        end = at + 1
        if handle is not None:
            end += len(handle.text)
            found.append(Found(text[at:end], handle.agent_ids))
        at = text.find("@", end)
    return found


def _stands(handle: str, text: str, at: int) -> bool:
    begin, end = at + 1, at + 1 + len(handle)
    apart = not _goes_on(text[at - 1 : at]) and not _goes_on(text[end : end + 1])
    return apart and text[begin:end].casefold() == handle.casefold()


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def present(work: Work) -> list[tuple[int, str]]:
    """Everyone who works here now, by id and name."""
    rows = work.exec(
        select(col(Agent.id), col(Agent.name)).where(
            col(Agent.active).is_(True), col(Agent.password_hash).is_not(None)
        )
    )
    return [(stored(key), name) for key, name in rows]


def mention(work: Work, note: Message, named: Sequence[Found]) -> None:
    """Tell everyone who is named in a stored note, but for its author."""
    people = {agent_id for one in named for agent_id in one.agent_ids} - {note.agent_id}
    for agent_id in sorted(people):
        work.add(Mention(message_id=stored(note.id), agent_id=agent_id))
        work.tell(Mentioned(agent_id))


def unseen(work: Work, agent_id: int) -> int:
    """How many mentions an agent has not looked at."""
    return work.exec(
        select(func.count()).where(col(Mention.agent_id) == agent_id, col(Mention.seen).is_(False))
    ).one()


def see_mentions(work: Work, *, conversation_id: int, agent_id: int) -> None:
    """An agent has looked at a conversation, so at every mention there."""
    here = select(col(Message.id)).where(col(Message.conversation_id) == conversation_id)
    looked = work.connection().execute(
        update(Mention)
        .where(
            col(Mention.agent_id) == agent_id,
            col(Mention.seen).is_(False),
            col(Mention.message_id).in_(here),
        )
        .values(seen=True)
    )
    if looked.rowcount:
        work.tell(Mentioned(agent_id))


def mentions_of(work: Work, who: Who, limit: int = PAGE) -> list[Entry]:
    """Where an agent is named, the newest first."""
    names = dict(work.exec(select(col(Agent.id), col(Agent.name))).all())
    rows = work.exec(
        select(Mention, Message, Conversation, Contact)
        .join(Message, col(Message.id) == col(Mention.message_id))
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .where(col(Mention.agent_id) == who.id)
        .order_by(col(Mention.id).desc())
        .limit(limit)
    )
    return [
        Entry(
            id=stored(row.id),
            conversation=conversation.public_id,
            customer=name_of(contact, CHANNELS[conversation.channel]),
            by=names.get(message.agent_id, ""),
            text=message.text,
            at=message.at,
            seen=row.seen,
        )
        for row, message, conversation, contact in rows
    ]
