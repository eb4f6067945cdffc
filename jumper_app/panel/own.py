"""What is an agent's own on every page: their shortcuts, who asks for them, how they write."""

from dataclasses import dataclass

from jumper_app.conversations import mentions
from jumper_app.conversations.shortcuts import reading
from jumper_app.db import Work
from jumper_app.people.preferences import Preferences, preferences
from jumper_app.people.sessions import Who


@dataclass(frozen=True)
class Own:
    """An agent's own things, as of one moment.

    Attributes:
        shortcuts: The name of the present list of shortcuts.
        mentions: How many mentions they have not looked at.
        preferences: How they like to write.
    """

    shortcuts: str
    mentions: int
    preferences: Preferences


def read_own(work: Work, who: Who) -> Own:
    """Read an agent's own things; a few small questions."""
    return Own(
        shortcuts=reading.version(work, who),
        mentions=mentions.unseen(work, who.id),
        preferences=preferences(work, who.id),
    )
