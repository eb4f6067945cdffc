"""Which moments of the provider's clock cover a message of ours."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import ReceiptState
from jumper_app.db import Work
from jumper_app.models import ContactIdentity, Conversation, Echoed, Message, WatermarkRow


def left_at(work: Work, message: Message) -> datetime | None:
    """The provider's time of a message of ours; None while it has none.

    Its echo's if that came; else our own note of when it was taken, which is a little
    later and so never claims too much.
    """
    echoed = work.exec(
        select(Echoed.at).where(
            col(Echoed.account_id) == message.account_id,
            col(Echoed.external_id) == message.external_id,
        )
    ).first()
    if echoed is not None:
        return echoed
    times: dict[str, str] = message.delivery_times or {}
    told = times.get(ReceiptState.SENT)
    return datetime.fromisoformat(told) if told else None


def earliest_marks(work: Work, message: Message) -> dict[ReceiptState, datetime]:
    """By state, the earliest mark of this message's customer that covers it."""
    marks = _marks_of(work, message)
    left = left_at(work, message) if marks else None
    first: dict[ReceiptState, datetime] = {}
    for row in marks:
        if left is not None and row.up_to >= left:
            first.setdefault(ReceiptState(row.state), row.up_to)
    return first


def _marks_of(work: Work, message: Message) -> Sequence[WatermarkRow]:
    """Those that may cover it, the earliest first."""
    return work.exec(
        select(WatermarkRow)
        .join(
            ContactIdentity,
            (col(ContactIdentity.account_id) == col(WatermarkRow.account_id))
            & (col(ContactIdentity.kind) == col(WatermarkRow.kind))
            & (col(ContactIdentity.value) == col(WatermarkRow.value)),
        )
        .join(Conversation, col(Conversation.contact_id) == col(ContactIdentity.contact_id))
        .where(
            col(Conversation.id) == message.conversation_id,
            col(WatermarkRow.up_to) >= message.at,
        )
        .order_by(col(WatermarkRow.up_to))
    ).all()
