"""Templates on the simulator's page: what happens to them at their provider."""

from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app.errors import NotFound
from jumper_app.panel import access
from jumper_app.panel.access import Who, handler, say
from jumper_app.simulator import words
from jumper_app.simulator.here import simulator
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.whatsapp.happening import HAPPENINGS, change, templates_of


class TemplateRow(TypedDict):
    """One template in the list. ``id`` is its name and language."""

    id: str
    label: str


class Happening(access.arguments.Form):
    """What the form submits: which template, and what happens to it."""

    template: Annotated[str, Field(max_length=600)]
    what: Annotated[str, Field(max_length=60)]


class TemplatesState(rx.State):
    """What one browser shows of the templates."""

    rows: list[TemplateRow] = []

    @handler()
    async def look(self, who: Who) -> None:
        """Show them as they are now."""
        self.rows = _rows(simulator(self))

    @handler()
    async def happen(self, who: Who, form: Happening) -> rx.event.EventSpec:
        """Let it happen, and tell the app."""
        found = simulator(self)
        name, _, language = form.template.partition(" ")
        news = HAPPENINGS.get(form.what)
        if news is None:
            raise NotFound
        change(found, name, language, news)
        self.rows = _rows(found)
        return say(words.TEMPLATE_CHANGED, "info")


def _rows(found: Simulator) -> list[TemplateRow]:
    return [
        TemplateRow(
            id=f"{one.name} {one.language}",
            label=f"{one.name} · {one.language} · {one.status.lower()}",
        )
        for one in templates_of(found).all()
    ]
