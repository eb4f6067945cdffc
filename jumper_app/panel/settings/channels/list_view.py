"""``/settings/channels``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.panel.settings import fields, frame
from jumper_app.panel.settings import words as settings_words

from . import words
from .parts import standing_chip
from .state import ChannelsState


def channels_page() -> rx.Component:
    """What is connected, what was, and what could be."""
    return frame.page(
        "channels",
        settings_words.SETTINGS_CHANNELS,
        settings_words.CHANNELS_INTRO,
        frame.for_admins(
            rx.cond(
                ChannelsState.loaded,
                rx.fragment(_connected(), _add(), _removed()),
                rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
            )
        ),
    )


def _connected() -> rx.Component:
    return rx.cond(
        ChannelsState.accounts.length() > 0,
        fields.framed_list(ChannelsState.accounts, _account),
        pieces.empty_state("plug", *words.NO_CHANNELS),
    )


def _account(account: Any) -> rx.Component:
    return rx.el.li(
        rx.link(
            _icon(account["channel"], account["channel_name"]),
            rx.el.div(_about(account), _chips(account), style=BESIDE_EACH_OTHER),
            pieces.icon("chevron-right", size=theme.ICON_BUTTON, color=theme.TEXT_QUIET),
            href=account["href"],
            style=ROW_STYLE,
        ),
        key=account["id"],
        custom_attrs={"data-testid": "channel-account", "data-channel": account["channel"]},
        style={"& + &": {"border_top": f"1px solid {theme.LINE}"}},
    )


def _about(account: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(account["name"], font_weight=theme.MEDIUM, color=theme.TEXT),
        fields.quiet(account["channel_name"], " · ", account["address"]),
        rx.cond(
            account["alarm"],
            rx.el.p(account["alarm"], font_size=theme.SIZE_SMALL, color=theme.BAD_TEXT),
            fields.quiet(account["first"]),
        ),
        flex="1 1 210px",
        min_width="0",
    )


def _chips(account: Any) -> rx.Component:
    demo = rx.cond(account["demo"], pieces.chip(words.DEMO, tone="accent"))
    return rx.el.div(demo, standing_chip(account), display="flex", gap="8px")


BESIDE_EACH_OTHER = {
    "display": "flex",
    "flex": "1",
    "flex_wrap": "wrap",
    "align_items": "center",
    "gap": "6px 12px",
    "min_width": "0",
}
"""The chips stand below the words where there is no room beside them."""

ROW_STYLE: dict[str, Any] = {
    "display": "flex",
    "gap": "12px",
    "align_items": "center",
    "padding": "12px 16px",
    "text_decoration": "none",
    "border_radius": theme.RADIUS_CARD,
    "&:hover": {"background": theme.SURFACE, "text_decoration": "none"},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}


def _icon(channel: Any, name: Any) -> rx.Component:
    return rx.el.img(src=pieces.channel_icon(channel), alt=name, width="32px", height="32px")


def _add() -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.ADD, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
        rx.el.ul(
            rx.foreach(ChannelsState.kinds, _kind),
            margin="12px 0 0",
            padding="0",
            list_style="none",
            display="grid",
            grid_template_columns="repeat(auto-fill, minmax(210px, 1fr))",
            gap="12px",
        ),
        margin_top="28px",
    )


def _kind(kind: Any) -> rx.Component:
    return rx.el.li(
        rx.link(
            _icon(kind["key"], ""),
            rx.el.span(kind["name"], font_weight=theme.MEDIUM, color=theme.TEXT),
            rx.el.span(kind["summary"], font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET),
            href=kind["href"],
            custom_attrs={"data-testid": "connect-" + kind["key"].to(str)},
            style=CARD_STYLE,
        ),
        key=kind["key"],
    )


CARD_STYLE: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "6px",
    "height": "100%",
    "padding": "16px",
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_CARD,
    "text_decoration": "none",
    "transition": f"background {theme.MOTION}",
    "&:hover": {"background": theme.SURFACE, "text_decoration": "none"},
    "&:focus-visible": theme.FOCUS_RING,
}


def _removed() -> rx.Component:
    return rx.cond(
        ChannelsState.removed.length() > 0,
        rx.el.section(
            rx.el.h2(words.REMOVED_TITLE, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
            fields.quiet(words.REMOVED_INTRO),
            rx.el.ul(
                rx.foreach(ChannelsState.removed, _gone),
                margin="12px 0 0",
                padding="0",
                list_style="none",
            ),
            margin_top="28px",
        ),
    )


def _gone(account: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(account["name"], font_weight=theme.MEDIUM),
        rx.el.span(account["channel_name"], " · ", account["address"], color=theme.TEXT_QUIET),
        key=account["id"],
        custom_attrs={"data-testid": "removed-account"},
        display="flex",
        flex_wrap="wrap",
        gap="4px 10px",
        padding="6px 0",
        font_size=theme.SIZE_SMALL,
    )
