"""What a takeover did, read from the log: since when the bot is silent, and that it stayed so."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Event

SPEAKS = frozenset({"bot_triggered", "bot_resumed"})
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
    kinds = (*SPEAKS, FALLS_SILENT, CLAIMED)
    rows = work.exec(
        select(Event)
        .where(col(Event.conversation_id) == conversation_id, col(Event.kind).in_(kinds))
        .order_by(col(Event.number).desc())
    )
    since: datetime | None = None
    after = claims = 0
    for event in rows:
        if event.kind in SPEAKS:
            break
        if event.kind == CLAIMED:
            claims += 1
        else:
            since, after = event.at, claims
    else:
        return None
    return Silence(since, after) if since is not None else None
