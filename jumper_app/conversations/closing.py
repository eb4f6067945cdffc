"""What needs an answer, by whose reply window closes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, or_, select

from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Conversation, Owner
from jumper_app.people.sessions import Who

from .accounts import as_set
from .listing import Entry, alive, entries_by_id
from .log import stored

MOST = 50
"""So many are shown; the others close later."""


def closing(work: Work, who: Who, now: datetime, limit: int = MOST) -> list[Entry]:
    """What waits for this person's answer and can still get one, the soonest to close first.

    An agent sees their own and what was requested; an admin what anybody answers.
    """
    accounts = work.exec(select(ChannelAccount)).all()
    ids = [one for account in accounts for one in _of(work, who, account, now, limit)]
    found = [(one.closes_at, one.id, one) for one in entries_by_id(work, who, ids, now)]
    timed = sorted((at, number, one) for at, number, one in found if at is not None)
    return [one for _, _, one in timed[:limit]]


@dataclass(frozen=True)
class Waiting:
    """How many wait for this person's answer, and when the first can no longer be given one."""

    count: int = 0
    closes_at: datetime | None = None


def waiting(work: Work, who: Who, now: datetime) -> Waiting:
    """What ``closing`` would show, counted."""
    count, moments = 0, list[datetime]()
    for account in work.exec(select(ChannelAccount)).all():
        length = as_set(account).window.human
        if length is None:
            continue
        asked = select(func.count(), func.min(Conversation.last_heard_at))
        number, first = work.exec(asked.where(*_waits(who, account, length, now))).one()
        count += number
        moments += [first + length] if first is not None else []
    return Waiting(count, min(moments, default=None))


def after(entries: list[Entry], public_id: str) -> str:
    """The one below ``public_id``, the first after the last; empty when there is no other."""
    names = [one.public_id for one in entries]
    start = names.index(public_id) + 1 if public_id in names else 0
    return next((name for name in names[start:] + names[:start] if name != public_id), "")


def _of(work: Work, who: Who, account: ChannelAccount, now: datetime, limit: int) -> list[int]:
    """The ids within one account, where who wrote first closes first."""
    length = as_set(account).window.human
    if length is None:
        return []
    query = select(col(Conversation.id)).where(*_waits(who, account, length, now))
    order = col(Conversation.last_heard_at), col(Conversation.id)
    return [stored(one) for one in work.exec(query.order_by(*order).limit(limit)).all()]


def _waits(who: Who, account: ChannelAccount, length: timedelta, now: datetime):
    return (
        *alive(),
        col(Conversation.account_id) == account.id,
        col(Conversation.waiting_since).is_not(None),
        col(Conversation.window_shut_at).is_(None),
        col(Conversation.last_heard_at) > now - length,
        or_(col(Conversation.owner) == Owner.REQUESTED, _answered_by(who)),
    )


def _answered_by(who: Who):
    if who.is_admin:
        return col(Conversation.owner) == Owner.AGENT
    return col(Conversation.agent_id) == who.id
