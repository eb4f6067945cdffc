"""Parts that the page's columns share: heads, cards, fields."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words

FIELD: dict[str, Any] = {
    "width": "100%",
    "height": "34px",
    "padding": "0 10px",
    "border": f"1px solid {theme.LINE_FIELD}",
    "border_radius": theme.RADIUS_FIELD,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "font_size": theme.SIZE_SMALL,
    "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
    "&:focus-visible": {"outline": f"2px solid {theme.FOCUS}", "outline_offset": "-1px"},
}
SHEET_CLOSE: dict[str, Any] = {
    **pieces.QUIET_STYLE,
    "display": "none",
    "width": "32px",
    "padding": "0",
}
"""A button that is there only where its column is a sheet; the page shows it."""
LABEL: dict[str, Any] = {
    "display": "block",
    "margin_bottom": "4px",
    "font_size": theme.SIZE_META,
    "font_weight": theme.MEDIUM,
    "color": theme.TEXT_QUIET,
}


def sheet_header(title: str, sheet: str, *more: rx.Component) -> rx.Component:
    """The head of a column; closes it where it is a sheet."""
    return rx.el.header(
        rx.el.h2(title, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
        rx.el.span(flex="1"),
        *more,
        rx.el.button(
            pieces.icon("x"),
            type="button",
            aria_label=words.CLOSE,
            custom_attrs={"popoverTarget": sheet, "popoverTargetAction": "hide"},
            style=SHEET_CLOSE,
        ),
        display="flex",
        align_items="center",
        gap="4px",
        min_height="48px",
        padding="10px 10px 6px 16px",
    )


def field(label: str, name: str, *, class_name: str = "", **props: Any) -> rx.Component:
    """A labelled line to write in."""
    return rx.el.label(
        rx.el.span(label, style=LABEL),
        rx.el.input(name=name, style=FIELD, custom_attrs={"data-testid": f"sim-{name}"}, **props),
        class_name=class_name,
    )


def choice(
    label: str, name: str, *options: rx.Component, default_value: str = "", **props: Any
) -> rx.Component:
    """A labelled list to choose from; begins with its first option or ``default_value``."""
    chosen: dict[str, Any] = {"default_value": default_value} if default_value else {}
    return rx.el.label(
        rx.el.span(label, style=LABEL),
        rx.el.select(
            *options,
            name=name,
            **chosen,
            style={**FIELD, "cursor": "pointer", "text_overflow": "ellipsis"},
            custom_attrs={"data-testid": f"sim-{name}"},
        ),
        min_width="0",
        **props,
    )


def card(icon: str, title: str, *children: Any, **props: Any) -> rx.Component:
    """A framed part of the world."""
    return rx.el.section(
        rx.el.h3(
            pieces.icon(icon, size=15, color=theme.TEXT_QUIET),
            title,
            display="flex",
            align_items="center",
            gap="8px",
            font_size=theme.SIZE_SMALL,
            line_height="20px",
            font_weight=theme.SEMIBOLD,
        ),
        *children,
        display="flex",
        flex_direction="column",
        gap="10px",
        padding="14px 16px 16px",
        background=theme.GROUND,
        border=f"1px solid {theme.LINE}",
        border_radius=theme.RADIUS_CARD,
        **props,
    )


def quiet(*words: Any, **props: Any) -> rx.Component:
    """A line of explanation."""
    return rx.el.p(
        *words,
        font_size=theme.SIZE_META,
        line_height="17px",
        color=theme.TEXT_QUIET,
        **props,
    )
