"""One cheap look at what waits, so that nobody asks for the writer who has nothing to write."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlmodel import col

from jumper_app.bots import resuming, timers
from jumper_app.conversations import attachments, delivery, overdue, reactions
from jumper_app.db import Work
from jumper_app.models import Attachment, Message, Outbox, Reaction, ReadDue, Run, Wake


@dataclass(frozen=True)
class Waits:
    """What is there to do.

    Attributes:
        words: A customer's, which the bot has not looked at.
        sends: Messages whose time has come.
        reactions: Agents' reactions whose time has come, or whose claim is over.
        files: Customers' files that are to be fetched.
        timers: Runs of bots whose time has come.
        silence: Sends whose outcome nobody told us in time.
    """

    words: bool
    sends: bool
    reactions: bool
    files: bool
    timers: bool
    silence: bool


def what_waits(work: Work, *, now: datetime) -> Waits:
    """Look at everything that the background does."""
    silence = (
        select(col(Outbox.id))
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(overdue.is_overdue(now))
    )
    asked = select(
        exists(select(col(Wake.id))),
        exists(select(col(Outbox.id)).where(delivery.is_due(now))),
        exists(select(col(Reaction.id)).where(reactions.is_due(now))),
        exists(select(col(Attachment.id)).where(attachments.is_due(now))),
        exists(select(col(Run.id)).where(timers.is_due(now) | resuming.is_due(now))),
        exists(silence),
    )
    return Waits(*work.connection().execute(asked).one())


def somebody_is_to_be_told(work: Work) -> bool:
    """Does a customer wait to be told that we read what they wrote?"""
    return (
        work.connection().execute(select(exists(select(col(ReadDue.conversation_id))))).scalar_one()
    )
