"""What a takeover did, read from the log: since when the bot is silent, and that it stayed so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Event

SPEAKS = frozenset({"bot_triggered", "bot_resumed", "bot_resumed_itself"})
"""From any of these on the bot may speak."""
FALLS_SILENT = "bot_silenced"
CLAIMED = "bot_claimed"
"""A bot's message counts as sent when its claim commits."""


@dataclass(frozen=True)
class Silence:
    """The receipt of a takeover.

    Attributes:
        since: When the bot fell silent.
        after: How many of its messages were claimed after that. Always 0, or it is a fault.
    """

    since: datetime
    after: int


def silence(work: Work, *, conversation_id: int) -> Silence | None:
    """Since when the bot is silent; None where it speaks, or never did.

    The log of a conversation is numbered under its lock, so its order is that of the commits.
    """
    number = col(Event.number)
    here = col(Event.conversation_id) == conversation_id
    spoke = select(func.max(number)).where(here, col(Event.kind).in_(SPEAKS)).scalar_subquery()
    rows = work.exec(
        select(Event.kind, Event.at)
        .where(here, col(Event.kind).in_((FALLS_SILENT, CLAIMED)), number > spoke)
        .order_by(number)
    ).all()
    silent = [place for place, (kind, _) in enumerate(rows) if kind == FALLS_SILENT]
    if not silent:
        return None
    after = [kind for kind, _ in rows[silent[0] :] if kind == CLAIMED]
    return Silence(rows[silent[0]][1], len(after))
