"""The line above a conversation: with whom, how long one may answer, and the steps."""

import reflex as rx

from jumper_app.panel import pieces, shell, theme

from .state import ThreadState, WindowState


def header(*steps: rx.Component) -> rx.Component:
    """Name, channel, reply window; then ``steps``."""
    contact = ThreadState.contact
    return rx.el.header(
        shell.back_button(),
        pieces.avatar(
            contact["initials"], contact["tone"], contact["channel"], theme.AVATAR_HEADER
        ),
        shell.open_card_button(_with_whom(), style=NAME_STYLE),
        rx.el.span(flex="1"),
        pieces.window_chip(WindowState.closes_at, WindowState.shut),
        *steps,
        display="flex",
        align_items="center",
        flex="none",
        gap="12px",
        height=theme.HEADER_HEIGHT,
        padding="0 20px",
        border_bottom=f"1px solid {theme.LINE}",
        style={theme.PHONE: {"padding": "0 10px", "gap": "8px"}},
    )


NAME_STYLE = {
    "min_width": "0",
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
            **theme.ELLIPSIS,
        ),
        display="block",
        min_width="0",
    )
