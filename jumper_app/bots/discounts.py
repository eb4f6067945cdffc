"""Pools of discount codes: one for each customer, and no code ever twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from jumper_app.conversations.log import stored
from jumper_app.db import Work
from jumper_app.errors import BadInput, NotFound
from jumper_app.models import Contact, Conversation, DiscountCode, DiscountPool

from .progress import Drawn

MAX_CODE = 80
MAX_IMPORT = 100_000
"""Codes of one import."""


@dataclass(frozen=True)
class Imported:
    """What an import did: codes that are new, and codes that were there or came twice."""

    added: int
    repeated: int


@dataclass(frozen=True)
class PoolRow:
    """A pool as the settings show it."""

    public_id: str
    name: str
    remaining: int
    given: int
    expires_at: datetime | None


@dataclass(frozen=True)
class Given:
    """Who got which code, and when."""

    code: str
    contact: str
    given_at: datetime


def make_pool(
    work: Work, *, name: str, now: datetime, expires_at: datetime | None = None
) -> DiscountPool:
    """The pool of this name, made if there is none. Raises BadInput."""
    if not (called := name.strip()) or len(called) > MAX_CODE:
        raise BadInput(f"A pool needs a name of at most {MAX_CODE} characters.")
    row = work.exec(select(DiscountPool).where(col(DiscountPool.name) == called)).first()
    row = row or DiscountPool(name=called, created_at=now)
    row.expires_at = expires_at
    work.add(row)
    work.flush()
    return row


def import_codes(work: Work, *, pool: str, codes: Sequence[str]) -> Imported:
    """Put codes into a pool (its public id), all or none. Raises BadInput, NotFound."""
    row = _pool(work, public_id=pool)
    wanted = [code for code in (each.strip() for each in codes) if code]
    if len(wanted) > MAX_IMPORT:
        raise BadInput(f"At most {MAX_IMPORT} codes can be imported at once.")
    long = [number for number, code in enumerate(wanted, 1) if len(code) > MAX_CODE]
    if long:
        raise BadInput(f"Code {long[0]} is longer than {MAX_CODE} characters.")
    there = set(
        work.exec(select(DiscountCode.code).where(col(DiscountCode.pool_id) == row.id)).all()
    )
    fresh = [code for code in dict.fromkeys(wanted) if code not in there]
    work.append(DiscountCode, [{"pool_id": row.id, "code": code} for code in fresh])
    return Imported(added=len(fresh), repeated=len(wanted) - len(fresh))


def pools(work: Work) -> list[PoolRow]:
    """Every pool with what is left in it, by name."""
    counted = select(
        DiscountPool,
        func.count(col(DiscountCode.id)),
        func.count(col(DiscountCode.contact_id)),
    ).outerjoin(DiscountCode, col(DiscountCode.pool_id) == col(DiscountPool.id))
    rows = work.exec(counted.group_by(col(DiscountPool.id)).order_by(col(DiscountPool.name)))
    return [
        PoolRow(row.public_id, row.name, total - given, given, row.expires_at)
        for row, total, given in rows
    ]


def given(work: Work, *, pool: str) -> list[Given]:
    """Who got which code, the latest first."""
    row = _pool(work, public_id=pool)
    found = (
        select(DiscountCode, Contact)
        .join(Contact, col(Contact.id) == col(DiscountCode.contact_id))
        .where(col(DiscountCode.pool_id) == row.id)
        .order_by(col(DiscountCode.given_at).desc(), col(DiscountCode.id).desc())
    )
    return [
        Given(code.code, contact.name or contact.phone, code.given_at)
        for code, contact in work.exec(found)
        if code.given_at is not None
    ]


def draw(work: Work, conversation: Conversation, pool: str, now: datetime) -> Drawn:
    """Give this customer their code of the pool of that name; they get no second one.

    The pool is locked until the commit: who comes at the same moment waits, and then sees
    what is left. A pool that is not there, or has expired, is exhausted.
    """
    row = work.exec(
        select(DiscountPool).where(col(DiscountPool.name) == pool).with_for_update()
    ).first()
    if row is None:
        return Drawn(outcome="exhausted")
    mine = _code_of(work, stored(row.id), conversation.contact_id)
    if mine is not None:
        return Drawn(outcome="already", code=mine.code)
    code = None if row.expires_at and now >= row.expires_at else _next(work, stored(row.id))
    if code is None:
        return Drawn(outcome="exhausted")
    code.contact_id, code.given_at = conversation.contact_id, now
    work.flush()
    return Drawn(outcome="given", code=code.code)


def _code_of(work: Work, pool_id: int, contact_id: int) -> DiscountCode | None:
    return work.exec(
        select(DiscountCode).where(
            col(DiscountCode.pool_id) == pool_id, col(DiscountCode.contact_id) == contact_id
        )
    ).first()


def _next(work: Work, pool_id: int) -> DiscountCode | None:
    """The code that was put in first and is still there."""
    return work.exec(
        select(DiscountCode)
        .where(col(DiscountCode.pool_id) == pool_id, col(DiscountCode.contact_id).is_(None))
        .order_by(col(DiscountCode.id))
        .limit(1)
        .with_for_update()
    ).first()


def _pool(work: Work, *, public_id: str) -> DiscountPool:
    row = work.exec(select(DiscountPool).where(col(DiscountPool.public_id) == public_id)).first()
    if row is None:
        raise NotFound("This pool no longer exists.")
    return row
