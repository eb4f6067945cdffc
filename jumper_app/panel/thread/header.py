"""The line above a conversation: with whom, how long one may answer, and the steps."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, shell, theme

from .finding import find_button
from .state import ThreadState, WindowState


def header(*steps: rx.Component) -> rx.Component:
    """Name, channel, reply window; then ``steps``."""
    contact = ThreadState.contact
    return rx.el.header(
        rx.el.div(
            rx.el.div(
                shell.back_button(),
                pieces.avatar(contact, theme.AVATAR_HEADER),
                class_name="face",
            ),
            rx.el.h1(shell.open_card_button(_with_whom(), style=NAME_STYLE), class_name="who"),
            pieces.window_chip(WindowState.closes_at, WindowState.shut, class_name="window"),
            rx.el.div(find_button(), *steps, class_name="steps"),
            class_name="bar",
        ),
        client.ReplyWindow.create(
            closes_at=WindowState.closes_at,
            bots_until=WindowState.bots_until,
            shut=WindowState.shut,
            shut_to_bots=WindowState.shut_to_bots,
        ),
        style=HEADER_STYLE,
    )


HEADER_STYLE: dict[str, Any] = {
    "flex": "none",
    "container_type": "inline-size",
    "border_bottom": f"1px solid {theme.LINE}",
    "& .bar": {
        "display": "grid",
        "grid_template_columns": "auto minmax(0, 1fr) auto auto",
        "align_items": "center",
        "column_gap": "12px",
        "height": theme.HEADER_HEIGHT,
        "padding": "0 20px",
    },
    "& .who": {
        "min_width": "0",
        "font_size": theme.SIZE_BODY,
        "font_weight": theme.REGULAR,
        "line_height": theme.LINE_HEIGHT,
    },
    "& .face, & .steps": {"display": "flex", "align_items": "center", "gap": "8px"},
    "& .steps": {"grid_column": "4"},
    "& .find-open": {**pieces.BUTTON_STYLE, **pieces.QUIET_STYLE, "width": "32px", "padding": "0"},
    theme.SLIM: {
        "& .bar": {"column_gap": "8px", "padding": "0 12px"},
        "& .steps .words": {"display": "none"},
    },
    theme.SLIMMER: {
        "& .bar": {"grid_template_rows": "1fr 1fr"},
        "& .bar > *": {"grid_row": "1 / 3"},
        "& .who": {"grid_row": "1", "align_self": "end"},
        "& .who .address": {"display": "none"},
        "& .window": {"grid_area": "2 / 2", "place_self": "start", "margin_inline_start": "4px"},
        "& .steps": {"grid_column": "3 / 5"},
    },
}
"""Where it is slim the steps show their icons only, and then the window stands below the name."""

NAME_STYLE = {
    "display": "block",
    "width": "fit-content",
    "max_width": "100%",
    "text_align": "start",
    "background": "transparent",
    "border": "0",
    "padding": "2px 4px",
    "border_radius": theme.RADIUS_CHIP,
    "font": "inherit",
    "color": "inherit",
    "&:focus-visible": theme.FOCUS_RING,
}


def _with_whom() -> rx.Component:
    contact = ThreadState.contact
    return rx.el.span(
        rx.el.span(
            contact["name"],
            font_size="15px",
            font_weight=theme.SEMIBOLD,
            display="block",
            custom_attrs={"dir": "auto"},
            **theme.ELLIPSIS,
        ),
        rx.el.span(
            contact["channel_name"],
            rx.cond(contact["address"] != "", " · ", ""),
            contact["address"],
            font_size=theme.SIZE_META,
            line_height="16px",
            color=theme.TEXT_QUIET,
            display="block",
            class_name="address",
            **theme.ELLIPSIS,
        ),
        display="block",
        min_width="0",
    )
