"""Reads a long story from a text file: ``club.txt`` holds months, scene by scene.

``== 12 days ago, 9:30`` (or ``2 hours``) begins a scene; its lines follow one another
within minutes. A line is a speaker, sometimes what it holds in braces, and words:

- ``{photo NAME|caption}``, ``{pdf NAME PAGES|caption}``, ``{voice}``, ``{film}``, ``{sticker}``
- ``{location LAT|LON|name|address}``, ``{contact NAME|organisation|phone|mail}``
- ``{order PRODUCT|quantity|price|currency;…}``, ``{form NAME} answer;…``, ``{poll QUESTION}``
- ``{tapped}``, ``{forwarded}``, ``{advert HEADLINE|address}``
- ``{quotes 2}`` answers the message two before; ``{reacts 1 👍}``, ``{edits 1}`` and
  ``{deletes 1}`` speak of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from jumper_app.channels.contract import (
    Advert,
    ContactCard,
    Contacts,
    Content,
    Form,
    Location,
    Media,
    MediaRef,
    Order,
    OrderLine,
    Text,
    Unsupported,
)

from .stories import Line, Spoken

SCENE = re.compile(r"== (\d+) days ago, (?:(\d+):(\d+)|(\d+) hours)")
LINE = re.compile(r"(?P<who>\S+)(?: \{(?P<what>\w+) ?(?P<told>[^}]*)\})?(?: (?P<text>.*))?")
GAPS_S = (70, 25, 140, 55, 95)
"""Between the lines of a scene, over and over."""


def lines_of(script: Path, now: datetime) -> Iterator[Line]:
    """The lines of a script, as minutes before ``now``."""
    at = now
    for number, written in enumerate(script.read_text("utf-8").splitlines()):
        if scene := SCENE.match(written):
            at = _begins(scene, now)
        elif written and not written.startswith("#"):
            at += timedelta(seconds=GAPS_S[number % len(GAPS_S)])
            yield _line(written, (now - at) / timedelta(minutes=1))


def _begins(scene: re.Match[str], now: datetime) -> datetime:
    days, hour, minute, hours = (int(one) if one else 0 for one in scene.groups())
    if hours:
        return now - timedelta(hours=hours)
    day = now - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _line(written: str, ago_min: float) -> Line:
    found = LINE.fullmatch(written)
    assert found, written
    who, what, told, text = found.group("who", "what", "told", "text")
    line = Line(ago_min, who, text or "")  # pyright: ignore[reportArgumentType]
    if not what:
        return line
    parts = told.split("|")
    match what:
        case "quotes":
            return replace(line, quotes=int(told))
        case "reacts" | "edits" | "deletes":
            back, _, emoji = told.partition(" ")
            return replace(line, spoken=Spoken(what, int(back), emoji))
        case "forwarded":
            return replace(line, forwarded=True)
        case "advert":
            return replace(line, advert=Advert(headline=parts[0], url=parts[1]))
        case _:
            return replace(line, content=_content(what, parts, text or ""))


def _content(what: str, parts: list[str], text: str) -> Content:
    if what in KINDS:
        return _media(what, parts)
    return {
        "tapped": _tapped,
        "location": _place,
        "contact": _card,
        "order": _basket,
        "form": _form,
        "poll": _poll,
    }[what](parts, text)


KINDS = {
    "photo": "image",
    "pdf": "document",
    "voice": "audio",
    "film": "video",
    "sticker": "sticker",
}


def _media(what: str, parts: list[str]) -> Media:
    """``provider_id`` says which file of ``files.py`` it is."""
    name = parts[0].rpartition(" ")[0] if what == "pdf" else ""
    return Media(
        kind=KINDS[what],  # pyright: ignore[reportArgumentType]
        media=MediaRef(provider_id=f"{what} {parts[0]}".strip(), filename=name),
        caption=parts[1] if len(parts) > 1 else "",
        voice=what == "voice",
    )


def _tapped(_parts: list[str], text: str) -> Text:
    return Text(text=text, from_button=True)


def _place(parts: list[str], _text: str) -> Location:
    latitude, longitude, name, address = parts
    return Location(
        latitude=float(latitude), longitude=float(longitude), name=name, address=address
    )


def _card(parts: list[str], _text: str) -> Contacts:
    name, organisation, phone, mail = parts
    card = ContactCard(name=name, organisation=organisation, phones=(phone,), emails=(mail,))
    return Contacts(cards=(card,))


def _basket(parts: list[str], text: str) -> Order:
    ordered = [each.split("|") for each in "|".join(parts).split(";")]
    lines = tuple(
        OrderLine(product=product, quantity=int(quantity), price=price, currency=currency)
        for product, quantity, price, currency in ordered
    )
    return Order(lines=lines, text=text)


def _form(parts: list[str], text: str) -> Form:
    answers = {f"Child {number}": each for number, each in enumerate(text.split(";"), 1)}
    return Form(name=parts[0], answers=dict(answers))


def _poll(parts: list[str], _text: str) -> Unsupported:
    return Unsupported(kind="poll", reason=f"A poll: {parts[0]}")
