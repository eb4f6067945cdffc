"""A customer who is added by hand."""

from typing import Annotated

from pydantic import Field

from jumper_app.errors import NotFound
from jumper_app.panel import access
from jumper_app.simulator import words
from jumper_app.simulator.network import Newcomer, room_of, rooms
from jumper_app.simulator.rows import Phone
from jumper_app.simulator.simulator import Simulator


class NewCustomer(access.arguments.Form):
    """What the form submits. ``way``: see ``choices``."""

    name: Annotated[str, Field(max_length=100)] = ""
    way: Annotated[str, Field(max_length=40)] = ""
    number: Annotated[str, Field(max_length=40)] = ""
    username: Annotated[str, Field(max_length=60)] = ""


def choices() -> list[tuple[str, str, str, str]]:
    """Every way to be known, on every channel: its value, its channel, its words, what it asks."""
    return [
        (f"{one.key}:{way.key}", one.key, way.label, way.asks)
        for one in rooms()
        for way in one.ways
    ]


def problem(form: NewCustomer, simulator: Simulator) -> str:
    """Why nobody like that can be added; empty if all is well. Raises NotFound."""
    if not form.name.strip():
        return words.NEEDS_NAME
    channel, newcomer = _read(form)
    return simulator.network(channel).problem(newcomer)


def add(form: NewCustomer, simulator: Simulator) -> Phone:
    """Add the customer. Needs a form without a ``problem``."""
    channel, newcomer = _read(form)
    return simulator.network(channel).add(newcomer)


def _read(form: NewCustomer) -> tuple[str, Newcomer]:
    channel, _, key = form.way.partition(":")
    room = room_of(channel)
    way = next((one for one in room.ways if one.key == key), None) if room else None
    if way is None:
        raise NotFound("Nobody can be known in this way.")
    told = {"number": form.number, "username": form.username}.get(way.asks, "")
    return channel, Newcomer(form.name.strip(), way.key, told)
