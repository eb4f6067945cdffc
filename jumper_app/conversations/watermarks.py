"""Receipts that name no message: delivered or read up to a moment of the provider's clock.

Each watermark becomes an ordinary receipt of every message that it covers, dated by itself.
Whatever comes first, mark or message, the other finds it (``marks``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels.contract import Identity, Watermark
from jumper_app.db import Work
from jumper_app.models import (
    ChannelAccount,
    Conversation,
    Message,
    MessageKind,
    ReceiptRow,
    WatermarkRow,
)

from .contacts import conversation_known
from .log import SYSTEM, changed, record, stored
from .marks import left_at
from .receipts import keep_receipt, redraw_tick

LEAVES_WITHIN = timedelta(days=8)
"""A message leaves within this time of being written or never: the longest reply window, and
a day. Older ones were covered by an earlier mark."""


def take_watermark(work: Work, account: ChannelAccount, mark: Watermark, now: datetime) -> None:
    """Keep the mark, and move everything that it covers."""
    before = _last_before(work, account, mark)
    if not _keep(work, account, mark):
        return
    conversation = conversation_known(work, account, mark.person)
    if conversation is None:
        return
    moved = [
        one for one in _maybe_covered(work, conversation, mark, before) if _move(work, one, mark)
    ]
    if moved:
        kind = f"{mark.state}_up_to"
        record(work, conversation, kind, actor=SYSTEM, now=now, messages=len(moved))
        changed(work, conversation, *moved)


def _last_before(work: Work, account: ChannelAccount, mark: Watermark) -> datetime | None:
    """The latest mark of the same person that is older: what it covers needs no second look."""
    return work.exec(
        select(WatermarkRow.up_to)
        .where(*_of(account.id, mark.person.identities), col(WatermarkRow.state) == mark.state)
        .where(col(WatermarkRow.up_to) < mark.up_to)
        .order_by(col(WatermarkRow.up_to).desc())
        .limit(1)
    ).first()


def _keep(work: Work, account: ChannelAccount, mark: Watermark) -> bool:
    """Store the mark; False when it is here already."""
    same = select(WatermarkRow.id).where(
        *_of(account.id, mark.person.identities),
        col(WatermarkRow.state) == mark.state,
        col(WatermarkRow.up_to) == mark.up_to,
    )
    if work.exec(same).first() is not None:
        return False
    name = mark.person.identities[0]
    work.add(
        WatermarkRow(
            account_id=stored(account.id),
            kind=name.kind,
            value=name.value,
            state=mark.state,
            up_to=mark.up_to,
        )
    )
    work.flush()
    return True


def _of(account_id: int | None, identities: Iterable[Identity]):
    values = [name.value for name in identities]
    return (col(WatermarkRow.account_id) == account_id, col(WatermarkRow.value).in_(values))


def _maybe_covered(
    work: Work, conversation: Conversation, mark: Watermark, before: datetime | None
) -> Sequence[Message]:
    """Messages of ours that left before the mark, and have no news that is as old."""
    known = (
        select(ReceiptRow.id)
        .where(
            col(ReceiptRow.account_id) == col(Message.account_id),
            col(ReceiptRow.external_id) == col(Message.external_id),
            col(ReceiptRow.state) == mark.state,
            col(ReceiptRow.at) <= mark.up_to,
        )
        .exists()
    )
    query = select(Message).where(
        col(Message.conversation_id) == conversation.id,
        col(Message.kind).in_((MessageKind.AGENT, MessageKind.BOT)),
        col(Message.external_id).is_not(None),
        col(Message.at) <= mark.up_to,
        ~known,
    )
    if before is not None:
        query = query.where(col(Message.at) > before - LEAVES_WITHIN)
    return work.exec(query.order_by(col(Message.at), col(Message.id))).all()


def _move(work: Work, message: Message, mark: Watermark) -> bool:
    """Draw the message with the mark if it is covered; True when that shows."""
    left = left_at(work, message)
    if left is None or left > mark.up_to:
        return False
    shown = (message.delivery, message.delivery_times)
    keep_receipt(work, message, mark.state, mark.up_to)
    redraw_tick(work, message)
    return (message.delivery, message.delivery_times) != shown
