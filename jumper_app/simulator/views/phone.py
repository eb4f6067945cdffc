"""A phone in a customer's hand, as a drawing that works."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.shown import ScreenRow
from jumper_app.simulator.state import SimulatorState
from jumper_app.simulator.world import WorldState

from . import look
from .browser import ChatFeed, DemoClock
from .bubbles import bubble_row

Screen = rx.Var[ScreenRow]

SAMPLES = (
    ("photo", "image", words.PHOTO),
    ("place", "map-pin", words.PLACE),
    ("voice-note", "mic", words.VOICE_NOTE),
    ("card", "contact-round", words.CARD),
)
"""What can be sent at once: its name, its icon, its words."""

HOLDS = (("offline", "wifi-off"), ("pocket", "smartphone"), ("open", "eye"))


def phone(slot: int, screen: Screen) -> rx.Component:
    """One of the two places for a phone."""
    return rx.el.section(
        rx.cond(
            screen["key"],
            rx.fragment(_owner(slot, screen), _device(slot, screen)),
            _nothing(slot),
        ),
        on_focus=rx.cond(SimulatorState.active == slot, rx.noop(), SimulatorState.activate(slot)),
        aria_label=screen["name"],
        custom_attrs={
            "data-testid": "phone",
            "data-slot": str(slot),
            "data-phone": screen["key"],
        },
        class_name="phone",
    )


# --- Whose it is, and what they do with it


def _owner(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            pieces.face(screen["initials"], screen["tone"], theme.AVATAR_HEADER),
            rx.el.div(
                rx.el.p(screen["name"], font_weight=theme.SEMIBOLD, **theme.ELLIPSIS),
                rx.el.p(
                    screen["about"],
                    font_size=theme.SIZE_META,
                    line_height="16px",
                    color=theme.TEXT_QUIET,
                    font_variant_numeric=theme.TABULAR,
                    **theme.ELLIPSIS,
                ),
                flex="1",
                min_width="0",
            ),
            rx.cond(
                screen["unread"] > 0,
                pieces.chip(
                    screen["unread"],
                    " unread",
                    tone="accent",
                    custom_attrs={"data-testid": "phone-unread"},
                ),
            ),
            pieces.icon_button(
                "x",
                words.PUT_AWAY,
                test_id="phone-put-away",
                on_click=SimulatorState.put_away(slot),
            ),
            display="flex",
            align_items="center",
            gap="10px",
        ),
        rx.el.div(
            *(_hold(slot, screen, how, icon) for how, icon in HOLDS),
            role="radiogroup",
            aria_label=words.HOLD,
            display="flex",
            gap="2px",
            padding="2px",
            border_radius=theme.RADIUS_FIELD,
            background=theme.SURFACE_HOVER,
        ),
        class_name="owner",
    )


def _hold(slot: int, screen: Screen, how: str, icon: str) -> rx.Component:
    chosen = screen["held"] == how
    return rx.el.button(
        pieces.icon(icon, size=14),
        words.HELD[how],
        type="button",
        role="radio",
        title=words.HELD_HINT[how],
        on_click=SimulatorState.hold(slot, how),
        custom_attrs={
            "aria-checked": rx.cond(chosen, "true", "false"),
            "data-testid": f"phone-{how}",
        },
        style=HOLD,
    )


HOLD: dict[str, Any] = {
    "flex": "1",
    "display": "inline-flex",
    "align_items": "center",
    "justify_content": "center",
    "gap": "6px",
    "height": "28px",
    "padding": "0 6px",
    "border": "0",
    "border_radius": "7px",
    "background": "transparent",
    "color": theme.TEXT_QUIET,
    "font_size": theme.SIZE_META,
    "font_weight": theme.MEDIUM,
    "white_space": "nowrap",
    "cursor": "pointer",
    "&:hover": {"color": theme.TEXT},
    "&[aria-checked=true]": {
        "background": theme.GROUND,
        "color": theme.TEXT,
        "box_shadow": theme.SHADOW_CARD,
    },
    "&:focus-visible": theme.FOCUS_RING,
}


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
    return rx.el.header(
        rx.el.span(
            pieces.icon("store", size=17),
            display="grid",
            place_items="center",
            flex="none",
            width="34px",
            height="34px",
            border_radius="50%",
            background=theme.FILLED,
            color=theme.ON_FILLED,
        ),
        rx.el.div(
            rx.el.p(screen["business"], font_weight=theme.MEDIUM, **theme.ELLIPSIS),
            rx.cond(
                screen["typing"],
                rx.el.p(
                    words.TYPING,
                    class_name="sub",
                    color=theme.CHIP["green"][1],
                    custom_attrs={"data-testid": "phone-typing"},
                ),
                rx.el.p(words.BUSINESS, class_name="sub", color=theme.TEXT_QUIET),
            ),
            min_width="0",
        ),
        class_name="top",
    )


def _chat(slot: int, screen: Screen) -> rx.Component:
    return ChatFeed.create(
        rx.cond(
            screen["bubbles"],
            rx.el.div(
                rx.foreach(
                    screen["bubbles"],
                    lambda one: bubble_row(bubble=one, slot=slot, key=one["id"]),
                )
            ),
            rx.el.p(
                words.NO_CHAT,
                margin="auto",
                font_size=theme.SIZE_SMALL,
                color=theme.TEXT_QUIET,
            ),
        ),
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


# --- Writing


def _composer(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        rx.cond(screen["quote_id"], _answering(slot, screen)),
        rx.el.form(
            rx.el.textarea(
                name="text",
                rows="1",
                placeholder=words.WRITE,
                aria_label=words.WRITE,
                enter_key_submit=True,
                auto_complete="off",
                custom_attrs={"data-testid": "phone-input"},
                class_name="pill",
            ),
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
            *(_sample(slot, what, icon, label) for what, icon, label in SAMPLES),
            class_name="samples",
        ),
        class_name="bottom",
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


def _sample(slot: int, what: str, icon: str, label: str) -> rx.Component:
    return rx.el.button(
        pieces.icon(icon, size=16),
        label,
        type="button",
        on_click=SimulatorState.send(slot, what),
        custom_attrs={"data-testid": f"phone-{what}"},
        class_name="sample",
    )


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
