"""The rail: the narrow bar of places, and one's own menu."""

from typing import Any

import reflex as rx

from . import client, pieces, theme, words
from .inbox.state import InboxState
from .keys.view import keys_button
from .me import MeState
from .mentions.state import MentionsState


def rail(*, current: str, hidden_on_phone: bool) -> rx.Component:
    """The narrow bar of places: at the side, on a phone below."""
    return rx.el.nav(
        rx.el.img(src="/jumper.svg", alt=words.PRODUCT, style=LOGO_STYLE),
        _place("inbox", words.CONVERSATIONS, "/", current == "conversations", _waiting()),
        _place("bell", words.MENTIONS, "/mentions", current == "mentions", _asked()),
        _place(
            "square-slash",
            words.MESSAGE_SHORTCUTS,
            "/settings/shortcuts",
            current == "shortcuts",
        ),
        rx.el.span(flex="1", style={theme.PHONE: {"display": "none"}}),
        _place("settings", words.SETTINGS, _settings(), current == "settings"),
        me_menu(),
        aria_label=words.PRODUCT,
        style={**RAIL_STYLE, theme.PHONE: RAIL_HIDDEN if hidden_on_phone else RAIL_BELOW},
    )


RAIL_STYLE: dict[str, Any] = {
    "width": theme.RAIL_WIDTH,
    "flex": "none",
    "display": "flex",
    "flex_direction": "column",
    "align_items": "center",
    "gap": "6px",
    "padding": "12px 0",
    "background": theme.GROUND_SIDE,
    "border_inline_end": f"1px solid {theme.LINE}",
}
RAIL_HIDDEN: dict[str, Any] = {"display": "none"}
RAIL_BELOW: dict[str, Any] = {
    "width": "100%",
    "flex_direction": "row",
    "justify_content": "space-around",
    "padding": "6px 12px",
    "border": "0",
    "border_top": f"1px solid {theme.LINE}",
}
LOGO_STYLE: dict[str, Any] = {
    "width": "32px",
    "height": "32px",
    "margin_bottom": "10px",
    theme.PHONE: {"display": "none"},
}


def _settings() -> rx.Var[str]:
    return rx.cond(MeState.is_admin, "/settings/channels", "/settings/account")


def _place(icon: str, label: str, href: Any, current: bool, *more: rx.Component) -> rx.Component:
    return rx.link(
        pieces.icon(icon),
        *more,
        href=href,
        title=label,
        aria_label=label,
        custom_attrs={
            "data-testid": f"rail-{icon}",
            **({"aria-current": "page"} if current else {}),
        },
        display="grid",
        place_items="center",
        width="36px",
        height="36px",
        border_radius=theme.RADIUS_RAIL,
        position="relative",
        color=theme.TEXT_ACCENT if current else theme.TEXT_QUIET,
        background=theme.CHOSEN_STRONG if current else "transparent",
        _hover={"background": theme.CHOSEN_STRONG if current else theme.SURFACE_HOVER},
        _focus_visible=theme.FOCUS_RING,
    )


def _waiting() -> rx.Component:
    """How many customers wait for a person, whoever that will be."""
    return _dot(InboxState.counts["requested"], words.REQUESTED_WAIT, theme.ALERT)


def _asked() -> rx.Component:
    """How many notes that name the agent they have not looked at."""
    return _dot(MentionsState.count, words.MENTIONS, theme.FILLED)


def _dot(count: Any, title: str, ground: Any) -> rx.Component:
    return rx.cond(
        count > 0,
        rx.el.b(
            count,
            title=title,
            position="absolute",
            top="1px",
            inset_inline_end="0",
            min_width="16px",
            height="16px",
            border_radius="8px",
            padding="0 4px",
            background=ground,
            color="white",
            font_size="10px",
            font_weight=theme.SEMIBOLD,
            line_height="16px",
            text_align="center",
            font_variant_numeric=theme.TABULAR,
        ),
    )


def me_menu() -> rx.Component:
    """One's own face: name, theme, account, sign out."""
    return rx.popover.root(
        rx.popover.trigger(_my_face()),
        rx.popover.content(
            _my_name(),
            _themes(),
            rx.link(
                pieces.icon("user-round", size=theme.ICON_BUTTON),
                words.YOUR_ACCOUNT,
                href="/settings/account",
                style=MENU_ITEM,
            ),
            rx.popover.close(keys_button(MENU_ITEM)),
            _sign_out(),
            side="right",
            align="end",
            custom_attrs={"aria-label": words.YOUR_ACCOUNT},
            width="232px",
            padding="6px",
        ),
    )


def _my_face() -> rx.Component:
    return rx.el.button(
        pieces.face(MeState.initials, MeState.tone, theme.AVATAR_ME),
        type="button",
        aria_label=words.YOUR_ACCOUNT,
        title=MeState.name,
        custom_attrs={"data-testid": "me"},
        background="transparent",
        border="0",
        padding="3px",
        border_radius="50%",
        cursor="pointer",
        _focus_visible=theme.FOCUS_RING,
    )


def _sign_out() -> rx.Component:
    return client.PostForm.create(
        rx.el.button(
            pieces.icon("log-out", size=theme.ICON_BUTTON),
            words.SIGN_OUT,
            type="submit",
            custom_attrs={"data-testid": "sign-out"},
            style=MENU_ITEM,
        ),
        method="post",
        action="/auth/logout",
    )


MENU_ITEM: dict[str, Any] = {
    "display": "flex",
    "align_items": "center",
    "gap": "10px",
    "width": "100%",
    "min_height": "34px",
    "padding": "6px 10px",
    "border": "0",
    "border_radius": theme.RADIUS_BUTTON,
    "background": "transparent",
    "color": theme.TEXT,
    "font_size": theme.SIZE_BODY,
    "text_align": "start",
    "text_decoration": "none",
    "cursor": "pointer",
    "&:hover": {"background": theme.SURFACE},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}


def _my_name() -> rx.Component:
    return rx.el.div(
        rx.el.p(MeState.name, font_weight=theme.MEDIUM, **theme.ELLIPSIS),
        rx.el.p(MeState.email, font_size=theme.SIZE_META, color=theme.TEXT_QUIET, **theme.ELLIPSIS),
        padding="6px 10px 8px",
    )


def _themes() -> rx.Component:
    return rx.el.div(
        _theme("sun", "light", words.THEME_LIGHT),
        _theme("moon", "dark", words.THEME_DARK),
        _theme("monitor", "system", words.THEME_SYSTEM),
        role="group",
        aria_label=words.THEME,
        display="flex",
        gap="4px",
        padding="0 6px 8px",
        margin_bottom="6px",
        border_bottom=f"1px solid {theme.LINE}",
    )


def _theme(icon: str, mode: Any, label: str) -> rx.Component:
    chosen = rx.color_mode == mode
    return rx.el.button(
        pieces.icon(icon, size=theme.ICON_BUTTON),
        type="button",
        on_click=rx.style.set_color_mode(mode),
        title=label,
        aria_label=label,
        custom_attrs={"aria-pressed": chosen},
        flex="1",
        height="32px",
        display="grid",
        place_items="center",
        border="0",
        border_radius=theme.RADIUS_BUTTON,
        cursor="pointer",
        color=rx.cond(chosen, theme.TEXT_ACCENT, theme.TEXT_QUIET),
        background=rx.cond(chosen, theme.CHOSEN_STRONG, "transparent"),
        _hover={"background": rx.cond(chosen, theme.CHOSEN_STRONG, theme.SURFACE)},
        _focus_visible=theme.FOCUS_RING,
    )
