"""Empty states, skeletons, tooltips, toasts, and the parts of the contact card."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, theme

from .marks import Text, icon


def empty_state(
    icon_name: str,
    title: Text,
    explanation: Text = "",
    *more: rx.Component,
    whole_page: bool = False,
    **props: Any,
) -> rx.Component:
    """What stands where nothing is yet: a title, and what to do or expect.

    ``whole_page``: there is nothing beside it, so the title is the page's.
    """
    heading = rx.el.h1 if whole_page else rx.el.p
    return rx.el.div(
        rx.el.span(icon(icon_name, size=20), style=EMPTY_ICON),
        heading(title, style=EMPTY_TITLE),
        rx.el.p(explanation, font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET, max_width="34ch"),
        *more,
        **{**EMPTY_STATE, **props},
    )


EMPTY_STATE: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "align_items": "center",
    "justify_content": "center",
    "gap": "4px",
    "text_align": "center",
    "padding": "40px 24px",
}
EMPTY_ICON: dict[str, Any] = {
    "display": "grid",
    "place_items": "center",
    "width": "44px",
    "height": "44px",
    "border_radius": "14px",
    "background": theme.SURFACE,
    "color": theme.TEXT_QUIET,
    "margin_bottom": "6px",
}
EMPTY_TITLE: dict[str, Any] = {
    "font_size": theme.SIZE_BODY,
    "line_height": theme.LINE_HEIGHT,
    "font_weight": theme.MEDIUM,
    "color": theme.TEXT,
}


def skeleton(width: str, height: str = "12px", radius: str = "6px") -> rx.Component:
    """A bar where something is about to be."""
    return rx.el.span(
        display="block",
        width=width,
        height=height,
        border_radius=radius,
        background=theme.SURFACE_HOVER,
        aria_hidden="true",
    )


def skeleton_row() -> rx.Component:
    """A row of the list that is about to be."""
    return rx.el.div(
        skeleton("40px", "40px", "50%"),
        rx.el.div(
            skeleton("46%"),
            skeleton("82%"),
            flex="1",
            display="flex",
            flex_direction="column",
            gap="9px",
            padding_top="5px",
        ),
        display="flex",
        gap="12px",
        padding="11px 16px",
    )


def spinner(size: str = "1") -> rx.Component:
    """Something is under way."""
    return rx.spinner(size=size)  # pyright: ignore[reportArgumentType]


def tooltip(child: rx.Component, content: Text, **props: Any) -> rx.Component:
    """Words on hover and focus. The child must be focusable."""
    return rx.tooltip(child, content=content, delay_duration=200, **props)


def toaster() -> rx.Component:
    """Where words about what just happened appear: above the messages, never over a button."""
    below_the_header = f"calc({theme.HEADER_HEIGHT} + 8px)"
    return rx.toast.provider(
        position="top-center",
        offset=below_the_header,
        custom_attrs={"mobileOffset": rx.Var.create({"top": below_the_header})},
    )


def section(title: str, *children: Any, name: str, **props: Any) -> rx.Component:
    """A part of the contact card that folds; this browser remembers how it was left."""
    return client.Fold.create(
        *children,
        name=name,
        summary=title,
        style={
            "padding": "14px 0",
            "border_bottom": f"1px solid {theme.LINE}",
            "& > summary": SUMMARY_STYLE,
            "&[open] > summary": {"margin_bottom": "9px"},
            "& > summary::after": {
                "content": "''",
                "margin_inline_start": "auto",
                "width": "6px",
                "height": "6px",
                "border_inline_end": f"1.5px solid {theme.TEXT_QUIET}",
                "border_bottom": f"1.5px solid {theme.TEXT_QUIET}",
                "transform": "rotate(-45deg)",
                "margin_inline_end": "4px",
            },
            "&[open] > summary::after": {"transform": "rotate(45deg)"},
        },
        **props,
    )


SUMMARY_STYLE: dict[str, Any] = {
    "display": "flex",
    "align_items": "center",
    "min_height": theme.TOUCH,
    "font_size": theme.SIZE_META,
    "font_weight": theme.SEMIBOLD,
    "color": theme.TEXT_QUIET,
    "cursor": "pointer",
    "list_style": "none",
    "border_radius": "6px",
    "&::-webkit-details-marker": {"display": "none"},
    "&:focus-visible": theme.FOCUS_RING,
}


def facts(*pairs: rx.Component) -> rx.Component:
    """Pairs of a word and what it is; see ``fact``."""
    return rx.el.dl(
        *pairs,
        display="grid",
        grid_template_columns="96px minmax(0, 1fr)",
        row_gap="7px",
        font_size=theme.SIZE_SMALL,
        margin="0",
    )


def fact(label: str, value: Any, **props: Any) -> rx.Component:
    """One pair of ``facts``."""
    return rx.fragment(
        rx.el.dt(label, color=theme.TEXT_QUIET),
        rx.el.dd(
            value,
            margin="0",
            overflow_wrap="anywhere",
            **props,
        ),
    )
