"""Below a message of ours that is not with the customer: why, and what to do about it."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, words
from jumper_app.panel.composer.words import HELD

from .browser import Held
from .state import ThreadState

Row = Any
"""A ``MessageRow`` in the browser: a Var that pyright cannot look into."""


def trouble(msg: Row) -> rx.Component:
    """Why a message is not with the customer, and what to do about it."""
    return rx.match(  # pyright: ignore[reportReturnType]
        msg["delivery"],
        ("failed", _trouble_line(msg, words.DELIVERY["failed"], _retry(msg))),
        ("unknown", _trouble_line(msg, words.UNKNOWN_SEND, _settle(msg))),
        ("queued", rx.cond(msg["held"], _held(msg), rx.cond(msg["failure"], _waits(msg)))),
        rx.fragment(),
    )


def _held(msg: Row) -> rx.Component:
    return Held.create(
        message=msg["id"],
        until=msg["held"],
        by=msg["by"],
        words=HELD,
        class_name="held",
    )


def _waits(msg: Row) -> rx.Component:
    """It has not left yet and will: nothing is to be done."""
    return rx.el.div(rx.el.span(msg["failure"]), class_name="held", role="status")


def _trouble_line(msg: Row, otherwise: str, steps: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.span(rx.cond(msg["failure"], msg["failure"], otherwise)),
        rx.cond(msg["kind"] == "agent", steps),
        class_name="trouble",
    )


def _retry(msg: Row) -> rx.Component:
    return _again(words.RETRY, ThreadState.retry(msg["id"]))


def _settle(msg: Row) -> rx.Component:
    arrived = ThreadState.settle(msg["id"], arrived=True)
    return rx.fragment(
        _again(words.SEND_AGAIN, ThreadState.settle(msg["id"], arrived=False)),
        rx.el.button(words.IT_ARRIVED, type="button", on_click=arrived),
    )


def _again(label: str, on_click: Any) -> rx.Component:
    """Sends it again; while the window is closed it says when that is possible."""
    return rx.fragment(
        client.WhenClosed.create(rx.el.span(words.CLOSED_TO_RETRY, class_name="why-not")),
        client.ReplyButton.create(label, why=words.CLOSED_TO_RETRY, on_click=on_click),
    )
