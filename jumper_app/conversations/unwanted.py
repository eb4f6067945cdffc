"""What a customer wants no more: advertising. It is refused before it is sent.

They say so to the provider, which tells us at once or when it refuses a message; the latest
word counts. Answers and news of an order are no advertising.
"""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import OutboundContent, OutTemplate
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.models import Conversation, Message, OptInRow

from .log import CUSTOMER, add_status

NO_MARKETING = "This customer wants no more advertising. Send an answer or another template."

MARKETING = "marketing"
"""The kind of opt-in that stands for advertising as a whole."""


class Unwanted(SendRefused):
    """Advertising for somebody who has stopped it."""

    code = "unwanted"
    for_agent = NO_MARKETING


def marketing_stopped_at(work: Work, contact_id: int) -> datetime | None:
    """Since when the customer wants no advertising; None: they never said so, or not any more."""
    latest = _latest(work, contact_id)
    return latest.at if latest is not None and latest.state == "stopped" else None


def check_wanted(work: Work, conversation: Conversation, content: OutboundContent) -> None:
    """Raise Unwanted for advertising that the customer has stopped."""
    is_marketing = isinstance(content, OutTemplate) and content.marketing
    if is_marketing and marketing_stopped_at(work, conversation.contact_id):
        raise Unwanted


def note_stop(work: Work, conversation: Conversation, at: datetime, now: datetime) -> list[Message]:
    """The provider says that they stopped it: the line that says so, unless it is known."""
    latest = _latest(work, conversation.contact_id)
    if latest is not None and (latest.state == "stopped" or latest.at >= at):
        return []
    work.add(_stopped(conversation, at))
    work.flush()
    kind = "opt_in_stopped"
    return [add_status(work, conversation, kind, actor=CUSTOMER, now=now, title="advertising")]


def _stopped(conversation: Conversation, at: datetime) -> OptInRow:
    return OptInRow(
        account_id=conversation.account_id,
        contact_id=conversation.contact_id,
        external_id=f"stopped:{conversation.public_id}:{at.timestamp():.6f}",
        kind=MARKETING,
        state="stopped",
        at=at,
    )


def _latest(work: Work, contact_id: int) -> OptInRow | None:
    return work.exec(
        select(OptInRow)
        .where(col(OptInRow.contact_id) == contact_id, col(OptInRow.kind) == MARKETING)
        .order_by(col(OptInRow.at).desc(), col(OptInRow.id).desc())
        .limit(1)
    ).first()
