"""The frame of every settings page: the pages beside it, its title, the way back."""

import reflex as rx

from jumper_app.panel import pieces, shell, theme
from jumper_app.panel.me import MeState

from . import words


def page(
    current: str, title: str, intro: str, *children: rx.Component, width: str = "720px"
) -> rx.Component:
    """A settings page: the other pages above, the title, what it holds."""
    return shell.plain_page(
        rx.el.div(
            _places(current),
            rx.el.h1(title, font_size="20px", line_height="28px", font_weight=theme.SEMIBOLD),
            rx.el.p(intro, color=theme.TEXT_QUIET, margin_top="2px"),
            *children,
            max_width=width,
            margin="0 auto",
            padding="16px 20px 64px",
        ),
        current="shortcuts" if current == "shortcuts" else "settings",
    )


def inner_page(back: str, back_label: str, *children: rx.Component) -> rx.Component:
    """A page below one of the settings pages, with the way back above."""
    return shell.plain_page(
        rx.el.div(
            rx.link(
                pieces.icon("chevron-left", size=theme.ICON_BUTTON),
                back_label,
                href=back,
                display="inline-flex",
                gap="4px",
                align_items="center",
                min_height="32px",
                margin_bottom="12px",
                font_size=theme.SIZE_SMALL,
                color=theme.TEXT_QUIET,
                text_decoration="none",
                _hover={"color": theme.TEXT},
                _focus_visible=theme.FOCUS_RING,
            ),
            *children,
            max_width="780px",
            margin="0 auto",
            padding="16px 20px 64px",
        ),
        current="settings",
    )


def _places(current: str) -> rx.Component:
    admins = rx.cond(
        MeState.is_admin,
        rx.fragment(
            _place("/settings/channels", words.SETTINGS_CHANNELS, current == "channels"),
            _place("/settings/agents", words.SETTINGS_AGENTS, current == "agents"),
            _place("/settings/privacy", words.SETTINGS_PRIVACY, current == "privacy"),
        ),
    )
    return rx.el.nav(
        admins,
        _place("/settings/shortcuts", words.SETTINGS_SHORTCUTS, current == "shortcuts"),
        _place("/settings/account", words.SETTINGS_ACCOUNT, current == "account"),
        display="flex",
        flex_wrap="wrap",
        column_gap="18px",
        margin_bottom="24px",
        border_bottom=f"1px solid {theme.LINE}",
    )


def _place(href: str, label: str, current: bool) -> rx.Component:
    return rx.link(
        label,
        href=href,
        custom_attrs={"aria-current": "page"} if current else {},
        padding="8px 0",
        font_size=theme.SIZE_BODY,
        font_weight=theme.MEDIUM,
        white_space="nowrap",
        text_decoration="none",
        color=theme.TEXT if current else theme.TEXT_QUIET,
        box_shadow=f"inset 0 -2px 0 {theme.FILLED}" if current else "none",
        _hover={"color": theme.TEXT},
        _focus_visible=theme.FOCUS_RING_INSIDE,
    )


def for_admins(*children: rx.Component) -> rx.Component:
    """What only admins see; the server refuses everyone else as well."""
    return rx.cond(
        MeState.is_admin,
        rx.fragment(*children),
        rx.cond(MeState.name != "", pieces.empty_state("lock", *words.ADMINS_ONLY)),
    )
