"""What a message holds beside words, made ready to be drawn. Pure."""

from typing import Any, NotRequired, TypedDict

from jumper_app.conversations.history import File, Line
from jumper_app.panel import words
from jumper_app.panel.figures import phone

from .text import clean, safe_web_address

SAY_IT_THEMSELVES = frozenset({"location", "contacts", "template"})
"""Kinds whose words stand in their parts already."""


class FileRow(TypedDict):
    """One file. ``look`` says how it is drawn; ``size`` is worded."""

    id: str
    state: str
    look: str
    name: str
    size: str
    width: int
    height: int


class PlaceRow(TypedDict):
    """A place: no map, so that nobody outside hears where a customer stands."""

    name: str
    address: str
    coordinates: str
    href: str


class PersonRow(TypedDict):
    """A shared contact card, its lines worded."""

    name: str
    lines: list[str]


class OrderRow(TypedDict):
    """A basket: what was ordered, line by line."""

    lines: list[str]


class AnswerRow(TypedDict):
    """One answer in a filled-in form."""

    name: str
    value: str


class ButtonRow(TypedDict):
    """A button under a template. ``target``: the address, number or code behind it."""

    kind: str
    title: str
    target: str


class TemplateRow(TypedDict):
    """A template as the customer reads it."""

    header: str
    body: str
    footer: str
    buttons: list[ButtonRow]


class Contents(TypedDict):
    """The parts of a message; one that it does not have is left out."""

    files: NotRequired[list[FileRow]]
    place: NotRequired[PlaceRow]
    people: NotRequired[list[PersonRow]]
    order: NotRequired[OrderRow]
    answers: NotRequired[list[AnswerRow]]
    choices: NotRequired[list[str]]
    template: NotRequired[TemplateRow]
    unsupported: NotRequired[str]


def contents_of(line: Line) -> Contents:
    """Everything that a message holds beside words."""
    content: dict[str, Any] = line.message.content or {}
    row = Contents()
    if line.files:
        row["files"] = [_file(file, content) for file in line.files]
    part = _PARTS.get(str(content.get("type", "")))
    if part is not None:
        part(row, content)
    return row


def _draw_choices(row: Contents, content: dict[str, Any]) -> None:
    if titles := [clean(one["title"]) for one in content.get("choices") or ()]:
        row["choices"] = titles


def _draw_place(row: Contents, content: dict[str, Any]) -> None:
    where = f"{content['latitude']:.5f}, {content['longitude']:.5f}"
    given = safe_web_address(content.get("url", ""))
    row["place"] = PlaceRow(
        name=clean(content.get("name", "")),
        address=clean(content.get("address", "")),
        coordinates=where,
        href=given or words.map_address(content["latitude"], content["longitude"]),
    )


def _draw_template(row: Contents, content: dict[str, Any]) -> None:
    shown: dict[str, Any] = content.get("shown") or {}
    if place := content.get("header_place"):
        _draw_place(row, place)
    row["template"] = TemplateRow(
        header=clean(shown.get("header", "")),
        body=clean(shown.get("body", "")),
        footer=clean(shown.get("footer", "")),
        buttons=[
            ButtonRow(
                kind=one.get("kind", ""),
                title=clean(one.get("title", "")),
                target=clean(one.get("target", "")),
            )
            for one in shown.get("buttons", ())
        ],
    )


def _draw_people(row: Contents, content: dict[str, Any]) -> None:
    row["people"] = [
        PersonRow(
            name=clean(card.get("name", "")),
            lines=[
                clean(line)
                for line in (
                    card.get("organisation", ""),
                    *map(phone, card.get("phones", ())),
                    *card.get("emails", ()),
                )
                if line
            ],
        )
        for card in content.get("cards", ())
    ]


def _draw_order(row: Contents, content: dict[str, Any]) -> None:
    row["order"] = OrderRow(
        lines=[
            clean(
                words.order_line(
                    one.get("quantity", 1),
                    one.get("product", ""),
                    one.get("price", ""),
                    one.get("currency", ""),
                )
            )
            for one in content.get("lines", ())
        ]
    )


def _draw_form(row: Contents, content: dict[str, Any]) -> None:
    row["answers"] = [
        AnswerRow(name=clean(str(name)), value=clean(str(value)))
        for name, value in (content.get("answers") or {}).items()
    ]


def _draw_unsupported(row: Contents, content: dict[str, Any]) -> None:
    row["unsupported"] = clean(content.get("reason") or "") or words.UNSUPPORTED


_PARTS = {
    "text": _draw_choices,
    "template": _draw_template,
    "location": _draw_place,
    "contacts": _draw_people,
    "order": _draw_order,
    "form": _draw_form,
    "unsupported": _draw_unsupported,
}


def _file(file: File, content: dict[str, Any]) -> FileRow:
    return FileRow(
        id=file.public_id,
        state=file.state,
        look=_look(file, content),
        name=clean(file.filename),
        size=words.file_size(file.size),
        width=file.width,
        height=file.height,
    )


def _look(file: File, content: dict[str, Any]) -> str:
    """How a file is drawn: as the channel calls it, but only if its bytes are that."""
    called = str(content.get("kind", ""))
    family = file.mime.partition("/")[0]
    if called == "sticker" and family == "image":
        return "sticker"
    if called == "audio" and content.get("voice"):
        return "voice"
    return family if family in ("image", "video", "audio") and called != "document" else "document"
