"""Connecting a channel: the overview of all steps."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme

from . import words
from .connect_state import ConnectState


def overview() -> rx.Component:
    """All the steps, and where one is."""
    steps: Any = ConnectState.steps
    return rx.fragment(
        rx.el.ol(rx.foreach(steps, _place), style=STEPS_STYLE, aria_label=words.STEPS_LABEL),
        rx.el.div(
            rx.foreach(steps, lambda row: rx.cond(ConnectState.step == row["step"], _narrow(row))),
            style={"display": "none", theme.PHONE: {"display": "block"}},
        ),
    )


STEPS_STYLE: dict[str, Any] = {
    "margin": "0",
    "padding": "0",
    "list_style": "none",
    "display": "flex",
    "flex_direction": "column",
    "gap": "4px",
    theme.PHONE: {"display": "none"},
}


def _place(row: Any) -> rx.Component:
    here, past = ConnectState.step == row["step"], ConnectState.step > row["step"].to(int)
    number = rx.cond(past, pieces.icon("check", size=theme.ICON_LINE), row["number"])
    return rx.el.li(
        rx.el.span(
            number,
            style=DOT_STYLE,
            color=rx.cond(
                here, theme.ON_FILLED, rx.cond(past, theme.TEXT_ACCENT, theme.TEXT_QUIET)
            ),
            background=rx.cond(
                here, theme.FILLED, rx.cond(past, theme.CHOSEN_STRONG, theme.SURFACE)
            ),
        ),
        rx.el.span(row["label"]),
        key=row["number"],
        custom_attrs={"aria-current": rx.cond(here, "step", "false")},
        font_weight=rx.cond(here, theme.SEMIBOLD, theme.REGULAR),
        color=rx.cond(here, theme.TEXT, theme.TEXT_QUIET),
        style=PLACE_STYLE,
    )


PLACE_STYLE: dict[str, Any] = {
    "display": "flex",
    "gap": "10px",
    "align_items": "center",
    "min_height": "32px",
    "font_size": theme.SIZE_SMALL,
}
DOT_STYLE: dict[str, Any] = {
    "display": "grid",
    "place_items": "center",
    "flex": "none",
    "width": "22px",
    "height": "22px",
    "border_radius": "50%",
    "font_size": theme.SIZE_META,
    "font_weight": theme.MEDIUM,
    "font_variant_numeric": theme.TABULAR,
}


def _narrow(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            row["place"],
            " · ",
            rx.el.b(row["label"], font_weight=theme.SEMIBOLD, color=theme.TEXT),
            font_size=theme.SIZE_SMALL,
            color=theme.TEXT_QUIET,
        ),
        rx.el.div(
            rx.el.div(width=row["done"], height="100%", background=theme.FILLED),
            height="4px",
            margin_top="6px",
            border_radius="2px",
            overflow="hidden",
            background=theme.SURFACE_HOVER,
        ),
        key=row["number"],
    )
