"""Compares what the outside world knows with what the database holds: the set checker."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, text
from sqlmodel import col, select

from jumper_app.db import Database, Work
from jumper_app.models import (
    Conversation,
    Event,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    ParkedItem,
)
from tests.kill.ledger import World

MAY_HAVE_ARRIVED = {OutboxState.SENT, OutboxState.UNKNOWN}


@dataclass(frozen=True)
class Report:
    """What became of everything that was acknowledged or sent.

    Attributes:
        lost: Acknowledged messages that the database does not hold as they were posted.
        doubled: Messages and event numbers that it holds more than once.
        double_sent: References that the Graph API accepted more than once.
        unknown: Sends of which we say that we do not know.
        unexplained: Everything else that the ledger and the database disagree about.
    """

    acked: int
    lost: Sequence[str]
    doubled: Sequence[str]
    sends: int
    double_sent: Sequence[str]
    unknown: int
    unexplained: Sequence[str]

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.double_sent or self.unexplained)

    def line(self, kills: int, seed: int) -> str:
        """Everything in one line, to print."""
        return (
            f"kills={kills} acked={self.acked} lost={len(self.lost)} doubled={len(self.doubled)} "
            f"sends={self.sends} double_sent={len(self.double_sent)} unknown={self.unknown} "
            f"unexplained={len(self.unexplained)} seed={seed}"
        )

    def complaints(self) -> str:
        """The first of each kind, for whoever has to find out why."""
        kinds = (self.lost, self.doubled, self.double_sent, self.unexplained)
        return "; ".join(complaint for kind in kinds for complaint in kind[:3])


def compare(database: Database, world: World) -> Report:
    """Everything that was acknowledged must be there, once, and nothing else."""
    return database.look(_compare, world)


def _compare(work: Work, world: World) -> Report:
    texts = _texts(work)
    outbox = _outbox(work)
    held = {key for key, kept in texts.items() if kept == [world.posted.get(key)]}
    return Report(
        acked=len(world.acknowledged),
        lost=[f"{key} is lost" for key in sorted(world.acknowledged - held)],
        doubled=[*_doubled_messages(texts), *_doubled_events(work)],
        sends=sum(world.accepted.values()),
        double_sent=[f"{key} was sent twice" for key, n in world.accepted.items() if n > 1],
        unknown=sum(state == OutboxState.UNKNOWN for state in outbox.values()),
        unexplained=[
            *_strange_messages(world, texts),
            *_strange_sends(world, outbox),
            *_gaps(work),
            *_damage(work),
        ],
    )


def _texts(work: Work) -> dict[str, list[str]]:
    """The customers' messages: what is written in each, by the provider's id."""
    found: dict[str, list[str]] = {}
    rows = select(Message.external_id, Message.text).where(
        col(Message.kind) == MessageKind.CUSTOMER
    )
    for key, written in work.exec(rows):
        found.setdefault(str(key), []).append(written)
    return found


def _outbox(work: Work) -> dict[str, str]:
    """How each send ended, by its reference."""
    return dict(
        work.exec(
            select(Message.public_id, Outbox.state).join(
                Outbox, col(Outbox.message_id) == col(Message.id)
            )
        ).all()
    )


def _doubled_messages(texts: dict[str, list[str]]) -> Iterator[str]:
    yield from (f"{key} is there {len(kept)} times" for key, kept in texts.items() if kept[1:])
    written = Counter(kept for all_kept in texts.values() for kept in all_kept)
    yield from (f"{words!r} is there {n} times" for words, n in written.items() if n > 1)


def _doubled_events(work: Work) -> Iterator[str]:
    count = func.count()
    rows = (
        select(Event.conversation_id, Event.number)
        .group_by(col(Event.conversation_id), col(Event.number))
        .having(count > 1)
    )
    yield from (f"event {number} of {key} is there twice" for key, number in work.exec(rows))


def _strange_messages(world: World, texts: dict[str, list[str]]) -> Iterator[str]:
    yield from (f"{key} was never posted" for key in texts.keys() - world.posted.keys())


def _strange_sends(world: World, outbox: dict[str, str]) -> Iterator[str]:
    for reference, state in outbox.items():
        arrived = reference in world.accepted
        if arrived and state not in MAY_HAVE_ARRIVED:
            yield f"{reference} arrived, and we say {state}"
        if not arrived and state not in {OutboxState.UNKNOWN, OutboxState.DROPPED}:
            yield f"{reference} never arrived, and we say {state}"
    yield from (f"{key} is a send of nobody's" for key in world.accepted.keys() - outbox.keys())


def _gaps(work: Work) -> Iterator[str]:
    """Events are numbered from one without gaps, as far as the conversation has counted."""
    numbered = (
        select(Event.conversation_id, func.count(), func.max(Event.number))
        .group_by(col(Event.conversation_id))
        .subquery()
    )
    _, count, highest = numbered.c
    rows: Any = work.execute(
        select(Conversation.id, Conversation.next_event, count, highest).outerjoin(
            numbered, numbered.c.conversation_id == col(Conversation.id)
        )
    )
    for key, following, events, last in rows:
        if not (events or 0) == (last or 0) == following - 1:
            yield f"conversation {key} counted to {following - 1}, has {events} up to {last}"


def _damage(work: Work) -> Iterator[str]:
    parked = work.exec(select(ParkedItem)).all()
    yield from (f"an item was parked: {item.kind}" for item in parked)
    if work.connection().dialect.name == "sqlite":
        told = work.connection().execute(text("pragma integrity_check")).scalars().all()
        yield from (f"integrity: {line}" for line in told if line != "ok")
