"""One row of the conversation.

It is drawn from its arguments alone, so that news of one message draws no other.
"""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme, words

from .browser import Clock, DayLine, SpeakerIcon, Tick
from .parts import outside_link, parts
from .rows import ContactRow, MessageRow
from .speaking import message_tools
from .trouble import trouble

Row = Any
"""A ``MessageRow`` in the browser: a Var that pyright cannot look into."""
_NONE = rx.Var("undefined")
"""An attribute that is left out."""


@rx.memo
def message_row(
    rest: rx.RestProp,
    *,
    msg: rx.Var[MessageRow],
    contact: rx.Var[ContactRow],
) -> rx.Component:
    """A message with what stands above it: the day, the line above what is unread."""
    return _row(rest, msg, contact)


def _row(rest: Any, msg: Row, contact: Any) -> rx.Component:
    """Side by side, not inside each other: the day sticks to the upper edge until the next."""
    drawn = rx.match(
        msg["kind"],
        ("status", _status(msg)),
        ("note", _note(msg, contact)),
        _line(msg, contact),
    )
    row = rx.el.div(rx.cond(msg["divide"], _divider(msg)), drawn, rest, class_name="row")
    return rx.fragment(rx.cond(msg["day"], _day(msg)), row)


def _day(msg: Row) -> rx.Component:
    return DayLine.create(
        at=msg["at"], today=words.TODAY, yesterday=words.YESTERDAY, class_name="day"
    )


def _divider(msg: Row) -> rx.Component:
    marks = {"data-testid": "unread-divider"}
    return rx.el.div(msg["divide"], class_name="divide", custom_attrs=marks)


def _marks(msg: Row) -> dict[str, Any]:
    return {"data-testid": "message", "data-message": msg["id"], "data-kind": msg["kind"]}


def _status(msg: Row) -> rx.Component:
    return rx.el.div(
        rx.match(
            msg["icon"],
            ("bot", _small("bot")),
            ("hand", _small("hand")),
            ("person", _small("user-round")),
            ("check", _small("check")),
            ("reopen", _small("rotate-ccw")),
            ("warning", _small("triangle-alert")),
            _small("info"),
        ),
        rx.el.span(
            rx.el.b(msg["head"]),
            rx.cond(msg["rest"], rx.fragment(" · ", msg["rest"])),
            " · ",
            Clock.create(at=msg["at"]),
        ),
        class_name="status",
        custom_attrs=_marks(msg),
    )


def _small(name: str) -> rx.Component:
    return pieces.icon(name, size=theme.ICON_LINE)


def _note(msg: Row, contact: Any) -> rx.Component:
    return rx.el.div(
        _agent_icon(msg, at_end=False),
        rx.el.div(
            rx.el.div(
                pieces.icon("lock", size=12),
                rx.el.span(words.NOTE_BY, msg["author"], " · "),
                Clock.create(at=msg["at"]),
                rx.el.span(" · ", words.TEAM_ONLY),
                class_name="note-head",
            ),
            _text(msg),
            rx.cond(msg["revoked"], rx.fragment(), message_tools(msg, contact)),
            class_name="said",
        ),
        class_name="note",
        custom_attrs=_marks(msg),
    )


def _line(msg: Row, contact: Any) -> rx.Component:
    ours = msg["kind"] != "customer"
    return rx.el.div(
        rx.match(
            msg["kind"],
            ("agent", _agent_icon(msg, at_end=True)),
            ("bot", _bot_icon(msg)),
            _customer_icon(msg, contact),
        ),
        rx.el.div(
            _bubble(msg),
            rx.cond(msg["revoked"], rx.fragment(), message_tools(msg, contact)),
            rx.cond(
                msg["reactions"],
                rx.el.span(msg["reactions"], class_name="reactions", aria_label=words.REACTIONS),
            ),
            rx.cond(msg["unreacted"], rx.el.span(msg["unreacted"], class_name="unreacted")),
            class_name="said",
        ),
        rx.cond(ours, trouble(msg)),
        class_name="line",
        custom_attrs=_line_marks(msg),
    )


def _line_marks(msg: Row) -> dict[str, Any]:
    return {
        **_marks(msg),
        "data-side": rx.cond(msg["kind"] == "customer", "in", "out"),
        "data-follows": rx.cond(msg["follows"], "", _NONE),
        "data-shared": rx.cond(msg["shared"], "", _NONE),
        "data-delivery": rx.cond(msg["delivery"], msg["delivery"], _NONE),
    }


def _customer_icon(msg: Row, contact: Any) -> rx.Component:
    return SpeakerIcon.create(
        pieces.face(contact["initials"], contact["tone"], theme.AVATAR_MESSAGE, contact["picture"]),
        author=contact["name"],
        at=msg["at"],
        zone=contact["zone"],
        zone_words=words.on_customers_clock("{}"),
    )


def _agent_icon(msg: Row, *, at_end: bool) -> rx.Component:
    return SpeakerIcon.create(
        pieces.face(msg["initials"], msg["tone"], theme.AVATAR_MESSAGE),
        author=msg["author"],
        at=msg["at"],
        at_end=at_end,
        after=msg["after"],
        states=words.DELIVERY,
    )


def _bot_icon(msg: Row) -> rx.Component:
    return SpeakerIcon.create(
        pieces.bot_face(),
        author=_bot_name(msg),
        at=msg["at"],
        at_end=True,
        after=msg["after"],
        states=words.DELIVERY,
    )


def _bot_name(msg: Row) -> rx.Var[str]:
    named = rx.Var.create(words.BOT + " · ").to(str) + msg["author"].to(str)
    return rx.cond(msg["author"], named, words.BOT).to(str)


def _bubble(msg: Row) -> rx.Component:
    return rx.el.div(
        rx.cond(
            msg["revoked"],
            rx.el.div(words.DELETED, class_name="text quiet"),
            rx.fragment(parts(msg), _text(msg)),
        ),
        rx.cond(
            msg["choices"],
            rx.el.div(
                rx.foreach(msg["choices"], rx.el.span),
                class_name="choices",
            ),
        ),
        rx.cond(msg["kind"] != "customer", _foot(msg)),
        rx.cond(
            (msg["kind"] == "customer") & msg["edited"].bool(),
            rx.el.div(words.EDITED, class_name="foot quiet"),
        ),
        class_name="bubble",
        custom_attrs=_ground(msg),
    )


def _ground(msg: Row) -> dict[str, Any]:
    """A picture fills its bubble, a sticker has none."""
    first = msg["files"][0]["look"]
    return {
        "data-bare": rx.cond(msg["files"] & (first == "image"), "", _NONE),
        "data-sticker": rx.cond(msg["files"] & (first == "sticker"), "", _NONE),
    }


def _text(msg: Row) -> rx.Component:
    return rx.cond(
        msg["pieces"],
        rx.el.div(
            rx.foreach(msg["pieces"], _piece), class_name="text", custom_attrs={"dir": "auto"}
        ),
    )


def _piece(piece: Any) -> rx.Component:
    return rx.cond(
        piece["href"],
        outside_link(piece["text"], piece["href"]),
        rx.cond(
            piece["named"],
            rx.el.mark(piece["text"], class_name="named"),
            rx.fragment(piece["text"]),
        ),
    )


def _foot(msg: Row) -> rx.Component:
    return rx.el.div(
        rx.cond(
            msg["kind"] == "bot",
            rx.fragment(pieces.icon("bot", size=12), rx.el.span(_bot_name(msg))),
            Clock.create(at=msg["at"]),
        ),
        rx.cond(msg["edited"], rx.el.span(words.EDITED)),
        rx.cond(msg["elsewhere"], rx.el.span(words.SENT_ELSEWHERE)),
        rx.cond(msg["delivery"], _tick(msg)),
        class_name="foot",
    )


def _tick(msg: Row) -> rx.Component:
    return Tick.create(
        delivery=msg["delivery"], at=msg["at"], after=msg["after"], states=words.DELIVERY
    )
