"""What a message can hold beside words: files, places, people, orders, forms."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, words

from .browser import Picture, Sound
from .speaking import QuoteLink
from .state import ThreadState
from .template import template

Row = Any
"""A ``MessageRow`` in the browser: a Var that pyright cannot look into."""


def parts(msg: Row) -> rx.Component:
    """Everything above a message's words."""
    return rx.fragment(
        rx.cond(msg["forwarded"], _mark("forward", words.FORWARDED)),
        rx.cond(msg["advert"], _advert(msg)),
        rx.cond(msg["quote"], _quote(msg)),
        rx.cond(msg["files"], rx.foreach(msg["files"], _file)),
        rx.cond(msg["place"], _place(msg)),
        rx.cond(msg["template"], template(msg)),
        rx.cond(msg["people"], rx.foreach(msg["people"], _person)),
        rx.cond(msg["order"], _order(msg)),
        rx.cond(msg["answers"], _form(msg)),
        rx.cond(msg["unsupported"], _part("file-question", rx.el.span(msg["unsupported"]))),
    )


def _mark(icon: str, *said: rx.Component | str) -> rx.Component:
    return rx.el.div(pieces.icon(icon, size=12), *said, class_name="mark")


def _part(icon: str, *lines: rx.Component) -> rx.Component:
    return rx.el.div(
        pieces.icon(icon), rx.el.div(*lines, class_name="part-lines"), class_name="part"
    )


def outside_link(text: str | rx.Var[str], href: rx.Var[str]) -> rx.Component:
    """A link to somewhere that is not ours: it learns nothing of us."""
    return rx.el.a(text, href=href, target="_blank", rel="noopener noreferrer nofollow")


def _advert(msg: Row) -> rx.Component:
    advert = msg["advert"]
    return rx.el.div(
        _mark("megaphone", words.CAME_FROM_ADVERT),
        rx.cond(
            advert["href"],
            outside_link(advert["headline"], advert["href"]),
            rx.el.span(advert["headline"]),
        ),
        class_name="quote part",
    )


def _quote(msg: Row) -> rx.Component:
    quote = msg["quote"]
    return QuoteLink.create(
        rx.el.b(rx.match(quote["kind"], *words.QUOTED.items(), "")),
        rx.el.span(quote["text"], custom_attrs={"dir": "auto"}),
        message=quote["id"],
        label=words.GO_TO_QUOTED,
        on_go=ThreadState.go_to,
        class_name="quote",
    )


def _file(file: Any) -> rx.Component:
    address = rx.Var.create("/media/").to(str) + file["id"]
    shown = rx.match(
        file["look"],
        ("image", _picture(file, address)),
        ("sticker", rx.el.span(_picture(file, address), class_name="sticker")),
        ("video", rx.el.video(src=address, controls=True, preload="metadata")),
        ("audio", _sound(file, address)),
        ("voice", _sound(file, address)),
        _document(file, address),
    )
    return rx.match(  # pyright: ignore[reportReturnType]
        file["state"],
        ("ready", shown),
        ("failed", _part("file-x", rx.el.span(words.FILE_FAILED))),
        _part("download", rx.el.span(words.FILE_ON_ITS_WAY)),
    )


def _picture(file: Any, address: rx.Var[str]) -> rx.Component:
    return Picture.create(
        src=address,
        name=file["name"],
        width=file["width"],
        height=file["height"],
        words=words.PICTURES,
    )


def _sound(file: Any, address: rx.Var[str]) -> rx.Component:
    return Sound.create(
        src=address,
        label=rx.cond(file["look"] == "voice", words.VOICE_NOTE, file["name"]),
        speed_label=words.SPEED,
    )


def _document(file: Any, address: rx.Var[str]) -> rx.Component:
    return _part(
        "file-text",
        rx.el.a(
            rx.cond(file["name"], file["name"], words.DOCUMENT),
            href=address,
            target="_blank",
            rel="noopener noreferrer",
        ),
        rx.el.span(file["size"], class_name="quiet"),
    )


def _place(msg: Row) -> rx.Component:
    place = msg["place"]
    return _part(
        "map-pin",
        rx.cond(place["name"], rx.el.b(place["name"])),
        rx.cond(place["address"], rx.el.span(place["address"])),
        rx.el.span(place["coordinates"], class_name="quiet"),
        outside_link(words.OPEN_MAP, place["href"]),
    )


def _person(person: Any) -> rx.Component:
    return _part(
        "contact",
        rx.el.b(person["name"], custom_attrs={"dir": "auto"}),
        rx.foreach(person["lines"], lambda line: rx.el.span(line, custom_attrs={"dir": "auto"})),
    )


def _order(msg: Row) -> rx.Component:
    return _part(
        "shopping-bag",
        rx.el.b(words.ORDER),
        rx.foreach(msg["order"]["lines"], rx.el.span),
    )


def _form(msg: Row) -> rx.Component:
    return _part("clipboard-list", rx.el.b(words.FORM), rx.foreach(msg["answers"], _answer))


def _answer(answer: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(answer["name"], ": ", class_name="quiet"),
        rx.el.span(answer["value"], custom_attrs={"dir": "auto"}),
    )
