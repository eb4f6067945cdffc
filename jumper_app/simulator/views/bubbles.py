"""One message on a phone. It is drawn from its arguments alone."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces
from jumper_app.simulator import words
from jumper_app.simulator.shown import BubbleRow
from jumper_app.simulator.state import SimulatorState

from .browser import ChatDay, TimeOfDay, VoiceNote

EMOJI = ("👍", "❤️", "😂", "😮", "🙏")
Row = Any
"""A ``BubbleRow`` in the browser."""


@rx.memo
def bubble_row(rest: rx.RestProp, *, bubble: rx.Var[BubbleRow], slot: rx.Var[int]) -> rx.Component:
    """A message with the day above it and what can be done with it."""
    return _bubble(bubble, slot, rest)


def _bubble(bubble: Row, slot: Any, rest: rx.RestProp) -> rx.Component:
    return rx.el.div(
        rest,
        ChatDay.create(at=bubble["at"], before=bubble["before"], class_name="day"),
        rx.el.div(
            _tools(bubble, slot),
            _said(bubble),
            rx.cond(bubble["reactions"], rx.el.span(bubble["reactions"], class_name="given")),
            rx.cond(bubble["links"], _links(bubble)),
            rx.cond(bubble["choices"], _choices(bubble, slot)),
            class_name=rx.cond(bubble["mine"], "line mine", "line"),
            tab_index=0,
            custom_attrs={
                "data-testid": "phone-bubble",
                "data-message": bubble["id"],
                "data-mine": rx.cond(bubble["mine"], "true", "false"),
                "data-kind": bubble["kind"],
                "data-state": bubble["state"],
            },
        ),
    )


def _said(bubble: Row) -> rx.Component:
    kind = bubble["kind"]
    return rx.el.div(
        rx.cond(bubble["quote_by"], _quote(bubble)),
        _inside(bubble),
        rx.cond(bubble["header"], rx.el.b(bubble["header"], class_name="text")),
        rx.cond(
            bubble["text"] & (kind != "contacts") & (kind != "location"),
            rx.el.div(bubble["text"], class_name="text", custom_attrs={"dir": "auto"}),
        ),
        rx.cond(bubble["footer"], rx.el.small(bubble["footer"], class_name="under")),
        rx.el.div(
            TimeOfDay.create(at=bubble["at"]),
            rx.cond(bubble["mine"], _tick(bubble)),
            class_name="foot",
        ),
        class_name="bubble",
    )


def _choices(bubble: Row, slot: Any) -> rx.Component:
    return rx.el.div(
        rx.foreach(bubble["choices"], lambda one: _choice(one, bubble, slot)),
        class_name="choices",
    )


def _links(bubble: Row) -> rx.Component:
    """Buttons that lead somewhere; the phone goes nowhere, it says where."""
    return rx.el.div(
        rx.foreach(
            bubble["links"],
            lambda one: rx.el.span(one["title"], rx.el.small(one["id"]), class_name="choice link"),
        ),
        class_name="choices",
        custom_attrs={"data-testid": "phone-links"},
    )


def _quote(bubble: Row) -> rx.Component:
    return rx.el.div(rx.el.b(bubble["quote_by"]), rx.el.span(bubble["quote"]), class_name="quote")


def _inside(bubble: Row) -> Any:
    return rx.match(
        bubble["inside"],
        ("image", rx.cond(bubble["src"], _photo(bubble), _gone())),
        ("audio", rx.cond(bubble["src"], _voice(bubble), _gone())),
        ("location", _place(bubble)),
        ("contacts", _person(bubble)),
        ("video", rx.cond(bubble["src"], _film(bubble), _gone())),
        ("document", rx.cond(bubble["src"], _document(bubble), _gone())),
        ("sticker", rx.cond(bubble["src"], _sticker(bubble), _gone())),
        rx.fragment(),
    )


def _photo(bubble: Row) -> rx.Component:
    return rx.el.img(src=bubble["src"], alt=words.KINDS["image"], class_name="photo")


def _film(bubble: Row) -> rx.Component:
    return rx.el.video(
        src=bubble["src"],
        controls=True,
        preload="metadata",
        aria_label=words.KINDS["video"],
        class_name="photo",
    )


def _document(bubble: Row) -> rx.Component:
    return rx.el.a(
        pieces.icon("file-text", size=22),
        rx.el.span(
            rx.el.b(rx.cond(bubble["title"], bubble["title"], words.KINDS["document"])),
            rx.el.small(bubble["detail"]),
        ),
        href=bubble["src"],
        download=bubble["title"],
        class_name="document",
    )


def _sticker(bubble: Row) -> rx.Component:
    return rx.el.img(src=bubble["src"], alt=words.KINDS["sticker"], class_name="sticker")


def _voice(bubble: Row) -> rx.Component:
    return VoiceNote.create(
        src=bubble["src"], play=words.PLAY, pause=words.PAUSE, class_name="voice"
    )


def _place(bubble: Row) -> rx.Component:
    return rx.el.a(
        rx.el.span(
            rx.icon("map-pin", size=28, fill="currentColor", stroke="white", stroke_width=1.4),
            class_name="map",
        ),
        rx.cond(bubble["title"], bubble["title"], words.KINDS["location"]),
        rx.cond(bubble["detail"], rx.el.small(bubble["detail"])),
        href=bubble["map"],
        target="_blank",
        rel="noopener noreferrer",
        title=words.SHOW_PLACE,
        class_name="place",
    )


def _person(bubble: Row) -> rx.Component:
    return rx.el.div(
        pieces.face(bubble["initials"], "teal", 36),
        rx.el.span(bubble["title"], rx.el.small(bubble["detail"])),
        class_name="person",
    )


def _other(icon: str, label: str) -> rx.Component:
    return rx.el.div(pieces.icon(icon, size=16), label, class_name="other")


def _gone() -> rx.Component:
    return _other("file-x", words.FILE_GONE)


def _tick(bubble: Row) -> rx.Component:
    said: Any = rx.match(bubble["state"], *words.TICKS.items(), "")
    return rx.el.span(
        rx.cond(
            bubble["state"] == "sent",
            pieces.icon("check", size=14, stroke_width=2),
            pieces.icon("check-check", size=14, stroke_width=2),
        ),
        role="img",
        aria_label=said,
        title=said,
        class_name="tick",
        custom_attrs={"data-tick": bubble["state"]},
    )


def _choice(choice: Any, bubble: Row, slot: Any) -> rx.Component:
    return rx.el.button(
        choice["title"],
        rx.cond(choice["description"], rx.el.small(choice["description"])),
        type="button",
        on_click=SimulatorState.tap(slot, bubble["id"], choice["id"]),
        key=choice["id"],
        class_name="choice",
        custom_attrs={"data-testid": "phone-choice"},
    )


def _tools(bubble: Row, slot: Any) -> rx.Component:
    """React or reply: shown while the pointer or the focus is on the message."""
    return rx.el.div(
        *(_reaction(emoji, bubble, slot) for emoji in EMOJI),
        rx.el.button(
            pieces.icon("reply", size=15),
            type="button",
            title=words.REPLY,
            aria_label=words.REPLY,
            on_click=SimulatorState.quote(slot, bubble["id"]),
            custom_attrs={"data-testid": "phone-reply"},
        ),
        class_name="tools",
    )


def _reaction(emoji: str, bubble: Row, slot: Any) -> rx.Component:
    given = bubble["my_reaction"] == emoji
    return rx.el.button(
        emoji,
        type="button",
        aria_label=f"{words.REACT} {emoji}",
        on_click=SimulatorState.react(slot, bubble["id"], rx.cond(given, "", emoji)),
        custom_attrs={
            "aria-pressed": rx.cond(given, "true", "false"),
            "data-testid": "phone-react",
            "data-emoji": emoji,
        },
    )
