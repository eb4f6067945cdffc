"""Whom a note can name."""

from collections.abc import Iterable
from typing import TypedDict

import reflex as rx

from jumper_app.conversations.mentions import handles
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.panel.put import put
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import Who


class PersonRow(TypedDict):
    """A colleague in the list after ``@``. ``handles``: by what they are named, shortest first."""

    id: str
    name: str
    initials: str
    tone: str
    handles: list[str]


class PeopleState(rx.State):
    """The colleagues of whoever sits at this browser."""

    people: rx.Field[list[PersonRow]] = rx.field(default_factory=list)

    def _show(self, who: Who, colleagues: Iterable[Colleague]) -> None:
        put(self, people=rows_of(who, colleagues))


def rows_of(who: Who, colleagues: Iterable[Colleague]) -> list[PersonRow]:
    """Everyone who works here now, but for oneself. Pure."""
    here = [one for one in colleagues if one.active and not one.invited]
    known = handles((one.id, one.name) for one in here)
    return [
        PersonRow(
            id=one.public_id,
            name=one.name,
            initials=initials_of(one.name),
            tone=tone_of(one.public_id),
            handles=[found.text for found in reversed(known) if one.id in found.agent_ids],
        )
        for one in here
        if one.id != who.id
    ]
