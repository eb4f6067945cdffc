"""Fields and cards of the page's forms."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme

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


def field(label: str, name: str, *, class_name: str = "", **props: Any) -> rx.Component:
    """A labelled line to write in."""
    return rx.el.label(
        rx.el.span(label, style=LABEL),
        rx.el.input(name=name, style=FIELD, custom_attrs={"data-testid": f"sim-{name}"}, **props),
        class_name=class_name,
    )


def choice(label: str, name: str, *options: rx.Component, **props: Any) -> rx.Component:
    """A labelled list to choose from."""
    return rx.el.label(
        rx.el.span(label, style=LABEL),
        rx.el.select(
            *options,
            name=name,
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
