"""How long messages are kept: for ever, unless an admin says for how many months."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from jumper_app.conversations.latest import show_what_stands_last
from jumper_app.conversations.log import changed
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.live import SettingsChanged
from jumper_app.models import (
    AccountNews,
    Attachment,
    Conversation,
    Mark,
    Message,
    ParkedItem,
    WebhookDelivery,
)

from .deleting import Deleted, delete_messages

MARK = "retention_months"
LONGEST = 120
"""Months; ten years."""

STEP = 200
"""Messages, or raw deliveries, that one step deletes: a moment's work."""


@dataclass(frozen=True)
class Found:
    """What is older than a moment. ``bytes``: of the files."""

    messages: int
    files: int
    bytes: int


def months_kept(work: Work) -> int:
    """For how many months messages are kept; 0: for ever."""
    mark = work.exec(select(Mark).where(Mark.name == MARK)).first()
    return int(mark.value) if mark and mark.value.isdecimal() else 0


def keep_for(work: Work, months: int) -> None:
    """Keep messages for so many months; 0: for ever. Raises BadInput."""
    if not 0 <= months <= LONGEST:
        raise BadInput(f"Messages can be kept for 1 to {LONGEST} months, or for ever.")
    mark = work.exec(select(Mark).where(Mark.name == MARK)).first()
    if mark is None:
        work.add(Mark(name=MARK, value=str(months)))
    else:
        mark.value = str(months)
    work.tell(SettingsChanged())


def months_before(now: datetime, months: int) -> datetime:
    """The same time of the same day so many months ago, or of that month's last day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))


def older_than(work: Work, cutoff: datetime) -> Found:
    """Count what would go; deletes nothing."""
    messages = select(func.count()).select_from(Message).where(col(Message.at) < cutoff)
    files = (
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0))
        .select_from(Attachment)
        .join(Message, col(Message.id) == col(Attachment.message_id))
        .where(col(Message.at) < cutoff)
    )
    count, size = work.exec(files).one()
    return Found(work.exec(messages).one(), count, int(size))


def delete_some(work: Work, cutoff: datetime, limit: int = STEP) -> Deleted:
    """Delete the first few messages that are older; none: there are no more."""
    old = select(Message.id).where(col(Message.at) < cutoff).order_by(col(Message.id)).limit(limit)
    deleted = delete_messages(work, [key for key in work.exec(old) if key is not None])
    for key in deleted.conversations:
        conversation = work.get_one(Conversation, key, with_for_update=True)
        _show_anew(work, conversation, cutoff)
    return deleted


def _show_anew(work: Work, conversation: Conversation, cutoff: datetime) -> None:
    """The row in the list may have shown what is gone."""
    if conversation.last_activity_at < cutoff:
        conversation.preview = conversation.preview_kind = conversation.preview_content = ""
        show_what_stands_last(work, conversation)
        changed(work, conversation)


def forget_raw(work: Work, cutoff: datetime, limit: int = STEP) -> int:
    """Empty some raw deliveries that are older, and forget what was parked of them."""
    old = (
        select(WebhookDelivery.id)
        .where(col(WebhookDelivery.received_at) < cutoff, func.length(WebhookDelivery.body) > 0)
        .order_by(col(WebhookDelivery.id))
        .limit(limit)
    )
    keys: Sequence[int | None] = work.exec(old).all()
    work.exec(update(WebhookDelivery).where(col(WebhookDelivery.id).in_(keys)).values(body=b""))
    for table in (ParkedItem, AccountNews):
        work.exec(delete(table).where(col(table.delivery_id).in_(keys)))
    return len(keys)
