"""Searching in one conversation: its words, whatever their case and accents."""

from unicodedata import combining, normalize

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Message, MessageKind

MOST_FOUND = 200
"""Messages that a search names; more are only counted."""


def find(work: Work, conversation_id: int, text: str) -> tuple[list[str], int]:
    """The public ids of messages that hold these words, the newest first, and how many do.

    Status lines are not searched: nobody said them.
    """
    wanted = folded(text).strip()
    if not wanted:
        return [], 0
    spoken = work.exec(
        select(Message.public_id, Message.text)
        .where(
            col(Message.conversation_id) == conversation_id,
            col(Message.kind) != MessageKind.STATUS,
            col(Message.text) != "",
            col(Message.revoked_at).is_(None),
        )
        .order_by(col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
    )
    found = [public_id for public_id, said in spoken if wanted in folded(said)]
    return found[:MOST_FOUND], len(found)


def folded(text: str) -> str:
    """The text without case and accents."""
    return "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
