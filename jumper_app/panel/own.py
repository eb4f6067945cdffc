"""What is an agent's own on every page: which shortcuts they have."""

from dataclasses import dataclass

from jumper_app.conversations.shortcuts import reading
from jumper_app.db import Work
from jumper_app.people.sessions import Who


@dataclass(frozen=True)
class Own:
    """An agent's own things, as of one moment. ``shortcuts``: the name of the present list."""

    shortcuts: str


def read_own(work: Work, who: Who) -> Own:
    """Read an agent's own things; a few small questions."""
    return Own(shortcuts=reading.version(work, who))
