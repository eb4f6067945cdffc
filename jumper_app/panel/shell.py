"""The frame of every page: the panel's columns at every width."""

from typing import Any

import reflex as rx

from . import client, pieces, theme, words
from .composer.preferred import PreferredState
from .keys.view import keys_sheet
from .me import MeState
from .rail import rail

CARD_SHEET = "jumper-card"
"""The id of the sheet that the contact card becomes on narrower screens."""


def panel(
    list_pane: rx.Component,
    thread_pane: rx.Component,
    card_pane: rx.Component,
    *,
    chosen: bool,
) -> rx.Component:
    """The conversations. ``chosen``: one is open, so a phone shows it instead of the list."""
    return _page(
        rail(current="conversations", hidden_on_phone=chosen),
        _column(list_pane, LIST_STYLE, hidden_on_phone=chosen, tag="div" if chosen else "main"),
        _column(
            thread_pane,
            THREAD_STYLE,
            hidden_on_phone=not chosen,
            tag="main" if chosen else "section",
        ),
        _card(card_pane) if chosen else rx.fragment(),
        pieces.connection_notice(theme.PHONE) if chosen else rx.fragment(),
    )


def plain_page(*children: rx.Component, current: str) -> rx.Component:
    """A page of one column beside the rail, at its place ``current``."""
    return _page(
        rail(current=current, hidden_on_phone=False),
        rx.el.main(*children, flex="1", min_width="0", overflow_y="auto", height="100%"),
        pieces.connection_notice(),
    )


def _page(*columns: rx.Component) -> rx.Component:
    return rx.el.div(
        client.ServerClock.create(at=MeState.clock),
        keys_sheet(
            PreferredState.single_keys,
            PreferredState.send_key,
            on_switch=PreferredState.let_single_keys,
        ),
        *columns,
        display="flex",
        height="100dvh",
        overflow="hidden",
        background=theme.GROUND,
        color=theme.TEXT,
        style={theme.PHONE: {"flex_direction": "column-reverse"}},
    )


LIST_STYLE: dict[str, Any] = {
    "width": theme.LIST_WIDTH,
    "flex": "none",
    "border_inline_end": f"1px solid {theme.LINE}",
    theme.NOT_WIDE: {"width": theme.LIST_WIDTH_NARROW},
    theme.PHONE: {"width": "100%", "flex": "1", "border": "0"},
}
THREAD_STYLE: dict[str, Any] = {"flex": "1"}
CARD_STYLE: dict[str, Any] = {
    "background": theme.GROUND_SIDE,
    "overflow_y": "auto",
    "overscroll_behavior": "contain",
    "scrollbar_width": "thin",
    theme.WIDE: {
        "position": "static",
        "display": "block",
        "width": theme.CARD_WIDTH,
        "flex": "none",
        "height": "100%",
        "margin": "0",
        "border": "0",
        "border_inline_start": f"1px solid {theme.LINE}",
    },
    theme.NOT_WIDE: {
        "position": "fixed",
        "inset": "0 0 0 auto",
        "width": f"min({theme.CARD_WIDTH}, 88vw)",
        "height": "100dvh",
        "max_height": "none",
        "margin": "0",
        "border": "0",
        "box_shadow": theme.SHADOW_MENU,
        "&::backdrop": {"background": theme.SHADE},
    },
    "color": theme.TEXT,
    "padding": "0",
}


TAGS: dict[str, Any] = {"main": rx.el.main, "div": rx.el.div, "section": rx.el.section}


def _column(
    pane: rx.Component, style: dict[str, Any], *, hidden_on_phone: bool, tag: str
) -> rx.Component:
    phone = {**style.get(theme.PHONE, {}), **({"display": "none"} if hidden_on_phone else {})}
    return TAGS[tag](
        pane,
        aria_label=words.THREAD if tag == "section" else None,
        style={
            "display": "flex",
            "flex_direction": "column",
            "min_width": "0",
            "min_height": "0",
            "position": "relative",
            **style,
            theme.PHONE: {**phone, **({} if hidden_on_phone else {"flex": "1"})},
        },
    )


def _card(card_pane: rx.Component) -> rx.Component:
    """A column on wide screens; else a sheet that ``open_card_button`` opens."""
    return rx.el.aside(
        card_pane,
        id=CARD_SHEET,
        aria_label=words.CONTACT,
        custom_attrs={"popover": "auto"},
        style=CARD_STYLE,
    )


def open_card_button(*children: rx.Component, **props: Any) -> rx.Component:
    """Wraps the customer's name in the thread's header: opens the sheet where there is one."""
    return client.SheetButton.create(
        *children,
        sheet=CARD_SHEET,
        wide=theme.WIDE.removeprefix("@media "),
        label=words.OPEN_CARD,
        custom_attrs={"data-testid": "open-card"},
        **props,
    )


def back_button() -> rx.Component:
    """Back to the list, where there is only one pane."""
    return rx.link(
        pieces.icon("chevron-left", size=20),
        href="/",
        aria_label=words.BACK_TO_LIST,
        custom_attrs={"data-testid": "back"},
        style={
            **pieces.QUIET_STYLE,
            "display": "none",
            "width": "32px",
            "padding": "0",
            "margin_inline_start": "-8px",
            theme.PHONE: {"display": "inline-flex"},
        },
    )
