"""Whose phone it is, and what they do with it."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.state import SimulatorState

Screen = Any
"""A ``ScreenRow`` in the browser."""

HOLDS = (("offline", "wifi-off"), ("pocket", "smartphone"), ("open", "eye"))


def owner(slot: int, screen: Screen) -> rx.Component:
    """The customer above the phone, and how far it is from their eyes."""
    unread = {"data-testid": "phone-unread"}
    return rx.el.div(
        rx.el.div(
            pieces.face(screen["initials"], screen["tone"], theme.AVATAR_HEADER),
            _names(screen),
            rx.cond(
                screen["unread"] > 0,
                pieces.chip(
                    screen["unread"], f" {words.UNREAD}", tone="accent", custom_attrs=unread
                ),
            ),
            pieces.icon_button(
                "x",
                words.PUT_AWAY,
                test_id="phone-put-away",
                on_click=SimulatorState.put_away(slot),
            ),
            class_name="who",
        ),
        _holds(slot, screen),
        class_name="owner",
    )


def _names(screen: Screen) -> rx.Component:
    return rx.el.div(
        rx.el.p(screen["name"], font_weight=theme.SEMIBOLD, **theme.ELLIPSIS),
        rx.el.p(screen["about"], class_name="sub", **theme.ELLIPSIS),
        flex="1",
        min_width="0",
    )


def _holds(slot: int, screen: Screen) -> rx.Component:
    return rx.el.div(
        *(_hold(slot, screen, how, icon) for how, icon in HOLDS),
        role="radiogroup",
        aria_label=words.HOLD,
        display="flex",
        gap="2px",
        padding="2px",
        border_radius=theme.RADIUS_FIELD,
        background=theme.SURFACE_HOVER,
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
