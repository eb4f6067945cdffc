"""A phone in a customer's hand, as a drawing that works."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.state import SimulatorState
from jumper_app.simulator.world import WorldState

from . import look
from .browser import ChatFeed, DemoClock
from .bubbles import bubble_row
from .owner import owner

Screen = Any
"""A ``ScreenRow`` in the browser."""


def phone(slot: int, screen: Screen) -> rx.Component:
    """One of the two places for a phone."""
    return rx.el.section(
        rx.cond(
            screen["key"],
            rx.fragment(owner(slot, screen), _device(slot, screen)),
            _nothing(slot),
        ),
        on_focus=rx.cond(SimulatorState.active == slot, rx.noop(), SimulatorState.activate(slot)),
        aria_label=screen["name"],
        custom_attrs={
            "data-testid": "phone",
            "data-slot": str(slot),
            "data-phone": screen["key"],
            "data-active": rx.cond(SimulatorState.active == slot, "true", "false"),
        },
        class_name="phone",
    )


# --- The device


def _device(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        _status_bar(screen),
        _header(screen),
        _chat(slot, screen),
        _composer(slot, screen),
        class_name="device",
    )


def _status_bar(screen: Screen) -> rx.Component:
    return rx.el.div(
        DemoClock.create(at=WorldState.now, form="time"),
        rx.el.span(class_name="speaker"),
        rx.el.span(
            rx.cond(
                screen["held"] == "offline",
                pieces.icon("wifi-off", size=13),
                pieces.icon("wifi", size=13),
            ),
            pieces.icon("battery-medium", size=16),
            display="inline-flex",
            align_items="center",
            gap="5px",
        ),
        class_name="status-bar",
        aria_hidden="true",
    )


def _header(screen: Screen) -> rx.Component:
    typing = {"data-testid": "phone-typing"}
    return rx.el.header(
        rx.el.span(pieces.icon("store", size=17), class_name="store"),
        rx.el.div(
            rx.el.p(screen["business"], font_weight=theme.MEDIUM, **theme.ELLIPSIS),
            rx.cond(
                screen["typing"],
                rx.el.p(words.TYPING, class_name="sub typing", custom_attrs=typing),
                rx.el.p(words.BUSINESS, class_name="sub"),
            ),
            min_width="0",
        ),
        class_name="top",
    )


def _chat(slot: int, screen: Screen) -> rx.Component:
    return ChatFeed.create(
        rx.cond(screen["bubbles"], _bubbles(slot, screen), _no_chat()),
        rx.cond(
            screen["typing"],
            rx.el.span(rx.el.i(), rx.el.i(), rx.el.i(), class_name="dots", aria_hidden="true"),
        ),
        chat=screen["key"],
        last=screen["last"],
        mine=screen["last_mine"],
        typing=screen["typing"],
        label=screen["business"],
        style=look.ALL,
    )


def _bubbles(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        rx.foreach(screen["bubbles"], lambda one: bubble_row(bubble=one, slot=slot, key=one["id"]))
    )


def _no_chat() -> rx.Component:
    return rx.el.p(words.NO_CHAT, margin="auto", font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET)


# --- Writing


def _composer(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        rx.cond(screen["quote_id"], _answering(slot, screen)),
        rx.el.form(
            _pill(),
            rx.el.button(
                pieces.icon("send-horizontal", size=17),
                type="submit",
                aria_label=words.SEND,
                title=words.SEND,
                custom_attrs={"data-testid": "phone-send"},
                class_name="go",
            ),
            on_submit=SimulatorState.write(slot),
            reset_on_submit=True,
            key=screen["key"],
            class_name="write",
        ),
        rx.el.div(
            *(_sample(slot, screen, what, *look) for what, look in words.SAMPLES.items()),
            class_name="samples",
        ),
        class_name="bottom",
    )


def _pill() -> rx.Component:
    return rx.el.textarea(
        name="text",
        rows="1",
        placeholder=words.WRITE,
        aria_label=words.WRITE,
        enter_key_submit=True,
        auto_complete="off",
        custom_attrs={"data-testid": "phone-input"},
        class_name="pill",
    )


def _answering(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        pieces.icon("reply", size=15, color=theme.TEXT_ACCENT),
        rx.el.span(screen["quote"], flex="1", **theme.ELLIPSIS),
        rx.el.button(
            pieces.icon("x", size=14),
            type="button",
            aria_label=words.STOP_REPLY,
            title=words.STOP_REPLY,
            on_click=SimulatorState.quote(slot, ""),
            class_name="drop",
        ),
        class_name="answering",
        custom_attrs={"data-testid": "phone-quoting"},
    )


def _sample(slot: int, screen: Screen, what: str, icon: str, label: str) -> rx.Component:
    button = rx.el.button(
        pieces.icon(icon, size=16),
        label,
        type="button",
        on_click=SimulatorState.send(slot, what),
        custom_attrs={"data-testid": f"phone-{what}"},
        class_name="sample",
    )
    return rx.cond(screen["samples"].contains(what), button)


def _nothing(slot: int) -> rx.Component:
    """A place where no phone lies yet."""
    title, hint = words.SECOND_EMPTY if slot else words.PHONE_EMPTY
    return rx.el.button(
        pieces.icon("smartphone", size=26, stroke_width=1.5),
        rx.el.span(title, font_weight=theme.MEDIUM, color=theme.TEXT),
        rx.el.span(hint, font_size=theme.SIZE_SMALL),
        type="button",
        on_click=SimulatorState.activate(slot),
        custom_attrs={
            "aria-pressed": rx.cond(SimulatorState.active == slot, "true", "false"),
            "data-testid": "phone-empty",
        },
        class_name="nothing",
    )
