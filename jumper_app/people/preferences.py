"""How each agent likes to work: what the panel does on which key, and how soon."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.live import AgentChanged
from jumper_app.models import Preference

SendKey = Literal["enter", "ctrl-enter"]
UndoSeconds = Literal["0", "5", "10"]
SingleKeys = Literal["on", "off"]

CHOICES = {
    "send_key": get_args(SendKey),
    "undo_s": get_args(UndoSeconds),
    "single_keys": get_args(SingleKeys),
}


@dataclass(frozen=True)
class Preferences:
    """One agent's preferences.

    Attributes:
        send_key: ``enter``: Enter sends, with Shift it begins a line; ``ctrl-enter``: Enter
            begins a line, and sends together with Ctrl or ⌘.
        undo_s: For how many seconds a reply waits for its author to think again.
        single_keys: Whether a sign alone ("?", "J") is a key outside of fields. Who speaks to
            their machine, or brushes the keys, turns them off (WCAG 2.1.4).
    """

    send_key: SendKey = "enter"
    undo_s: UndoSeconds = "0"
    single_keys: SingleKeys = "on"

    @property
    def hold(self) -> timedelta:
        """How long a reply is held before it may leave."""
        return timedelta(seconds=int(self.undo_s))


DEFAULT = Preferences()


def preferences(work: Work, agent_id: int) -> Preferences:
    """What an agent prefers; what they never chose is as for a new agent."""
    rows = work.exec(select(Preference).where(col(Preference.agent_id) == agent_id))
    known = {row.name: row.value for row in rows if row.value in CHOICES.get(row.name, ())}
    return Preferences(**known)  # type: ignore[arg-type]


def prefer(work: Work, *, agent_id: int, **chosen: str) -> None:
    """Keep some of an agent's preferences, by name; their open pages hear of it."""
    rows = work.exec(select(Preference).where(col(Preference.agent_id) == agent_id)).all()
    known = {row.name: row for row in rows}
    for name, value in chosen.items():
        if value not in CHOICES.get(name, ()):
            raise BadInput("There is no such choice.")
        row = known.get(name) or Preference(agent_id=agent_id, name=name, value="")
        row.value = value
        work.add(row)
    work.tell(AgentChanged(agent_id))
