"""What channels hand in, stored once. The first half of the first road.

``receive_all`` is one transaction for every delivery that arrived together. Messages
that follow one another share a savepoint; when that fails, and for everything else,
each item stands in one of its own, so that one bad item never drops its batch.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlmodel import select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    AccountChange,
    Amendment,
    Arrival,
    Call,
    ControlChange,
    Echo,
    IdentityChange,
    Inbound,
    Item,
    OptIn,
    Parked,
    Receipt,
    Watermark,
)
from jumper_app.db import Work
from jumper_app.live import WorkWaiting
from jumper_app.models import AccountNews, ChannelAccount, ParkedItem

from .amendments import amend
from .changes import change_identity
from .echoes import hear_echo
from .happenings import arrive, change_control, note_call
from .holding import hold
from .messages import Heard, receive, receive_together
from .optins import take_opt_in, tokens_in
from .privacy.erased import without_erased
from .raw import Delivery, keep_raw, key_of
from .receipts import take_receipt
from .templates.shelf import heed_news
from .tokens import without_tokens
from .watermarks import take_watermark

TOGETHER = 250
"""Messages that share a savepoint. When one of them cannot be stored, each is tried alone."""


ACCOUNTS = select(ChannelAccount)

NOTED_EVERY = timedelta(seconds=10)
"""How old ``heard_at`` of an account may grow before it is written again."""

NOT_THE_ITEMS_FAULT = (OperationalError, InterfaceError, InternalError)
"""The database cannot just now (a deadlock, a full disk, a lost connection). Nothing is parked
for that: the transaction is tried again, or not acknowledged and so delivered again."""


@dataclass
class Tally:
    """What became of the items. Every item is counted under exactly one name."""

    stored: int = 0
    parked: int = 0
    foreign: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Batch:
    """The accounts that this batch may touch, by channel and external id."""

    accounts: dict[tuple[str, str], ChannelAccount]

    def account(self, channel: str, external_id: str) -> ChannelAccount | None:
        """The account of that id; of the id one level up, its only account."""
        found = self.accounts.get((channel, external_id))
        below = [
            row
            for (kind, _), row in self.accounts.items()
            if kind == channel and row.parent_id == external_id
        ]
        return found or (below[0] if len(below) == 1 else None)


@dataclass(frozen=True)
class Placed:
    """An item of a delivery: where it stands, and whose it is.

    Attributes:
        digest: What the delivery is kept under.
        position: Of the item in its delivery, from 0.
        account: None when we have no such account.
    """

    delivery: Delivery
    digest: str
    position: int
    item: Item
    account: ChannelAccount | None


def receive_all(work: Work, deliveries: Sequence[Delivery]) -> Tally:
    """Store every item of every delivery. All are committed together by the caller."""
    tally = Tally()
    batch = _batch(work)
    kept = without_erased(work, _without_foreign(batch, deliveries, tally), batch.account)
    owned = [
        [(batch.account(delivery.channel, item.account), item) for item in items]
        for delivery, items, _ in kept
    ]
    hold(work, [pair for pairs in owned for pair in pairs])
    digests = keep_raw(
        work, [(delivery, whole, tokens_in(items)) for delivery, items, whole in kept]
    )
    tally.repeated += digests.count(None)
    placed = [
        Placed(delivery, digest, position, item, account)
        for digest, (delivery, _, _), pairs in zip(digests, kept, owned, strict=True)
        if digest is not None
        for position, (account, item) in enumerate(pairs)
    ]
    _store_items(work, placed, tally)
    _note_heard(placed)
    return tally


def _note_heard(placed: Sequence[Placed]) -> None:
    """Write down that the provider speaks, at most every few seconds."""
    for one in placed:
        account, now = one.account, one.delivery.received_at
        if account is not None and (
            account.heard_at is None or now - account.heard_at >= NOTED_EVERY
        ):
            account.heard_at = now


def _without_foreign(
    batch: Batch, deliveries: Sequence[Delivery], tally: Tally
) -> list[tuple[Delivery, Sequence[Item], bool]]:
    """The items that each delivery may bring, and whether these are all of its items."""
    kept: list[tuple[Delivery, Sequence[Item], bool]] = []
    for delivery in deliveries:
        items = _items(delivery)
        ours = [item for item in items if not _is_foreign(batch, delivery, item)]
        tally.foreign += len(items) - len(ours)
        if ours or not items:
            kept.append((delivery, ours, len(ours) == len(items)))
    return kept


def _batch(work: Work) -> Batch:
    rows = work.exec(ACCOUNTS).all()
    return Batch({(row.channel, row.external_id): row for row in rows})


def _items(delivery: Delivery) -> Sequence[Item]:
    if delivery.parsed is None:
        return [Parked(account="", kind="not_json")]
    return CHANNELS[delivery.channel].parse(delivery.parsed, delivery.received_at)


def _is_foreign(batch: Batch, delivery: Delivery, item: Item) -> bool:
    """Is the item about an account of ours that the signing secret does not belong to?"""
    if item.account in delivery.may_speak_for:
        return False
    return any(
        item.account in {row.external_id, row.parent_id}
        for (channel, _), row in batch.accounts.items()
        if channel == delivery.channel and item.account
    )


def _store_items(work: Work, placed: Sequence[Placed], tally: Tally) -> None:
    """Store all in their order; messages that follow one another are stored together."""
    for are_messages, following in groupby(placed, key=_is_message):
        run = list(following)
        for start in range(0, len(run), TOGETHER):
            group = run[start : start + TOGETHER]
            if are_messages and _store_together(work, group):
                tally.stored += len(group)
            else:
                _store_apart(work, group, tally)


def _is_message(one: Placed) -> bool:
    return isinstance(one.item, Inbound) and one.account is not None


def _store_together(work: Work, group: Sequence[Placed]) -> bool:
    """Store messages in one savepoint; False when one of them, and so none, could be stored."""
    heard = [
        Heard(one.account, one.item, one.delivery.received_at)
        for one in group
        if isinstance(one.item, Inbound) and one.account is not None
    ]
    try:
        with _savepoint(work):
            receive_together(work, heard)
    except NOT_THE_ITEMS_FAULT:
        raise
    except (SQLAlchemyError, ValueError):
        return False
    return True


def _store_apart(work: Work, group: Sequence[Placed], tally: Tally) -> None:
    for one in group:
        kind = _why_parked(work, one)
        if kind is None:
            tally.stored += 1
        else:
            tally.parked += 1
            work.add(_parked(work, one, kind))


def _why_parked(work: Work, one: Placed) -> str | None:
    """Store one item in its own savepoint; the reason when it had to be parked instead."""
    if isinstance(one.item, Parked):
        return one.item.kind
    if isinstance(one.item, AccountChange):
        work.add(_news(work, one, one.item))
        heed_news(work, one.delivery.channel, one.item, one.delivery.received_at)
        return None
    if one.account is None:
        return "unknown_account"
    try:
        with _savepoint(work):
            _store(work, one.account, one.item, one.delivery.received_at)
    except NOT_THE_ITEMS_FAULT:
        raise
    except (SQLAlchemyError, ValueError) as error:
        return f"failed:{type(error).__name__}"
    return None


@contextmanager
def _savepoint(work: Work) -> Generator[None]:
    """Undo what the block stored, and what it told, if it fails."""
    told = len(work.told)
    try:
        with work.begin_nested():
            yield
    except BaseException:
        del work.told[told:]
        raise


def _store(work: Work, account: ChannelAccount, item: Item, now: datetime) -> None:
    store = STORES[type(item)]
    store(work, account, item, now)
    if isinstance(item, SETTLES):
        work.tell(WorkWaiting())


STORES: dict[type[Item], Callable[[Work, ChannelAccount, Any, datetime], None]] = {
    Inbound: receive,
    Echo: hear_echo,
    Arrival: arrive,
    Amendment: amend,
    Receipt: take_receipt,
    Watermark: take_watermark,
    OptIn: take_opt_in,
    ControlChange: change_control,
    Call: note_call,
    IdentityChange: change_identity,
}
"""Who stores what. News of an account and what is parked need no account of ours."""

SETTLES = (Echo, Receipt, ControlChange)
"""What may let the next message of a queue go."""


def _news(work: Work, one: Placed, item: AccountChange) -> AccountNews:
    return AccountNews(
        delivery_id=key_of(work, one.digest),
        position=one.position,
        account=item.account[:64],
        kind=item.kind[:80],
        at=item.at,
        raw=without_tokens(item.raw),
    )


def _parked(work: Work, one: Placed, kind: str) -> ParkedItem:
    item = one.item
    return ParkedItem(
        delivery_id=key_of(work, one.digest),
        position=one.position,
        account=item.account[:64],
        kind=kind[:80],
        raw=without_tokens(item.raw if isinstance(item, Parked) else item.model_dump(mode="json")),
    )
