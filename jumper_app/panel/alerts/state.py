"""Which conversations have just called for this agent."""

from collections.abc import Iterable
from typing import TypedDict

import reflex as rx

from jumper_app.conversations.listing import Entry
from jumper_app.models import Owner
from jumper_app.panel.inbox.rows import draw
from jumper_app.people.sessions import Who


class AlertRow(TypedDict):
    """One call. ``waits``: nobody answers this customer yet. Times are ISO in UTC."""

    conversation: str
    name: str
    text: str
    at: str
    waits: bool


class AlertsState(rx.State):
    """The last calls. Whether anybody must be told, the browser knows."""

    latest: rx.Field[list[AlertRow]] = rx.field(default_factory=list)

    def _hear(self, who: Who, calling: Iterable[Entry]) -> None:
        """Take what ``reading.read_changes`` found."""
        rows = [_row(one, who) for one in calling]
        if rows and rows != self.latest:
            self.latest = rows


def _row(entry: Entry, who: Who) -> AlertRow:
    row = draw(entry, who, with_owner=False)
    return AlertRow(
        conversation=row["id"],
        name=row["name"],
        text=row["preview"],
        at=row["at"],
        waits=entry.owner == Owner.REQUESTED,
    )
