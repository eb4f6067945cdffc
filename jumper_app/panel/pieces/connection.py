"""Is the page live? Takes the place of the framework's own banner."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import connection_errors_count

from jumper_app.panel import client, theme, words
from jumper_app.panel.keeping_up import KeepingUp


def connection() -> rx.Component:
    """A dot beside the list's title, with words as soon as the page is not live."""
    return _told({**DOT_STYLE, "&[data-state=live] > span": UNSEEN}, "connection")


def connection_notice(shown_on: str = "") -> rx.Component:
    """The same over a page that has no list: nothing while live. ``shown_on``: a media query."""
    style: dict[str, Any] = {**DOT_STYLE, **NOTICE_STYLE}
    if shown_on:
        style = {"display": "none", shown_on: style}
    return _told(style, "connection-notice")


def _told(style: dict[str, Any], test_id: str) -> rx.Component:
    return client.Connection.create(
        errors=connection_errors_count,
        ready=rx.State.is_hydrated & ~KeepingUp.behind,
        titles=words.CONNECTION,
        labels={
            "live": words.LIVE,
            "reconnecting": words.RECONNECTING,
            "offline": words.OFFLINE,
        },
        custom_attrs={"data-testid": test_id},
        style=style,
    )


def _dot(colour: Any, halo: Any) -> dict[str, Any]:
    return {"& > i": {"background": colour, "box_shadow": f"0 0 0 3px {halo}"}}


UNSEEN: dict[str, Any] = {
    "position": "absolute",
    "width": "1px",
    "height": "1px",
    "overflow": "hidden",
    "clip_path": "inset(50%)",
}
DOT_STYLE: dict[str, Any] = {
    "display": "inline-flex",
    "align_items": "center",
    "gap": "8px",
    "margin_inline_start": "2px",
    "font_size": theme.SIZE_META,
    "font_weight": theme.MEDIUM,
    "color": theme.TEXT_QUIET,
    "& > i": {"width": "7px", "height": "7px", "border_radius": "50%", "flex": "none"},
    "&[data-state=live]": _dot(theme.GOOD, theme.GOOD_HALO),
    "&[data-state=reconnecting]": _dot(theme.SLOW, theme.SLOW_HALO),
    "&[data-state=offline]": _dot(theme.BAD, theme.BAD_HALO),
}
NOTICE_STYLE: dict[str, Any] = {
    "position": "fixed",
    "z_index": "5",
    "top": "66px",
    "left": "50%",
    "transform": "translateX(-50%)",
    "padding": "5px 12px",
    "border_radius": "14px",
    "background": theme.GROUND,
    "border": f"1px solid {theme.LINE_STRONG}",
    "box_shadow": theme.SHADOW_MENU,
    "&[data-state=live]": {"display": "none"},
}
