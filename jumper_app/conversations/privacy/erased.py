"""What was erased does not come back when its provider says it once more."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlmodel import col

from jumper_app.channels.contract import Amendment, Echo, Inbound, Item
from jumper_app.conversations.raw import Delivery
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, ErasedMessage
from jumper_app.settings import settings

REMEMBERED_FOR = timedelta(days=90)
"""Meta repeats a delivery for seven days at most; histories come within days of connecting."""

Kept = list[tuple[Delivery, Sequence[Item], bool]]
"""Deliveries with the items they may bring, and whether these are all of them."""

ERASED = select(col(ErasedMessage.digest)).where(
    col(ErasedMessage.digest).in_(bindparam("asked", expanding=True))
)

AccountOf = Callable[[str, str], ChannelAccount | None]


def remember(work: Work, account_id: int, external_ids: Iterable[str], now: datetime) -> None:
    """Never store messages with these ids again."""
    digests = {digest(account_id, each) for each in external_ids}
    for each in digests - _erased(work, digests):
        work.add(ErasedMessage(account_id=account_id, digest=each, erased_at=now))


def digest(account_id: int, external_id: str) -> str:
    """What stands for a message. Without our key nobody can tell which one it was."""
    key = settings().secret_key.get_secret_value().encode()
    return hmac.new(key, f"{account_id} {external_id}".encode(), hashlib.sha256).hexdigest()


def without_erased(work: Work, kept: Kept, account_of: AccountOf) -> Kept:
    """The deliveries without items about messages that were erased.

    A delivery that loses any is not kept whole; one that loses all is not kept.
    """
    marks = [
        [_mark(account_of(delivery.channel, item.account), item) for item in items]
        for delivery, items, _ in kept
    ]
    asked = {mark for each in marks for mark in each if mark}
    gone = _erased(work, asked) if asked else set[str]()
    if not gone:
        return kept
    found: Kept = []
    for (delivery, items, whole), marked in zip(kept, marks, strict=True):
        left = [item for item, mark in zip(items, marked, strict=True) if mark not in gone]
        if left or not items:
            found.append((delivery, left, whole and len(left) == len(items)))
    return found


def _mark(account: ChannelAccount | None, item: Item) -> str:
    """The digest of the message that an item brings or speaks of; empty for none."""
    if account is None or account.id is None:
        return ""
    match item:
        case Inbound() | Echo():
            return digest(account.id, item.external_id)
        case Amendment():
            return digest(account.id, item.about)
        case _:
            return ""


def _erased(work: Work, asked: set[str]) -> set[str]:
    return {found for (found,) in work.values(ERASED, asked=list(asked))}


def forget_digests(work: Work, now: datetime) -> None:
    """Nobody repeats what is so old."""
    work.exec(delete(ErasedMessage).where(col(ErasedMessage.erased_at) <= now - REMEMBERED_FOR))
