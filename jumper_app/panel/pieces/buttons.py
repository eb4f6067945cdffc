"""Buttons, from the one thing that a screen is for to what is there when looked for."""

from typing import Any

import reflex as rx

from jumper_app.panel import theme

from .marks import icon

BUTTON_OFF: dict[str, Any] = {
    "background": theme.SURFACE_OFF,
    "border_color": "transparent",
    "color": theme.TEXT_QUIET,
    "cursor": "default",
}
"""A button that does nothing now."""

BUTTON_STYLE: dict[str, Any] = {
    "display": "inline-flex",
    "align_items": "center",
    "justify_content": "center",
    "gap": "7px",
    "flex": "none",
    "height": "32px",
    "padding": "0 12px",
    "border": "1px solid transparent",
    "border_radius": theme.RADIUS_BUTTON,
    "font_family": "inherit",
    "font_size": theme.SIZE_SMALL,
    "font_weight": theme.MEDIUM,
    "line_height": "1",
    "white_space": "nowrap",
    "cursor": "pointer",
    "text_decoration": "none",
    "transition": f"background {theme.MOTION}",
    "_focus_visible": theme.FOCUS_RING,
    "_disabled": BUTTON_OFF,
}

PRIMARY_STYLE: dict[str, Any] = {
    **BUTTON_STYLE,
    "background": theme.FILLED,
    "color": theme.ON_FILLED,
    "_hover": {"background": theme.FILLED_HOVER},
}
SOFT_STYLE: dict[str, Any] = {
    **BUTTON_STYLE,
    "background": theme.CHOSEN_STRONG,
    "color": theme.TEXT_ACCENT,
    "_hover": {"background": theme.CHOSEN_STRONGER},
}
OUTLINE_STYLE: dict[str, Any] = {
    **BUTTON_STYLE,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "border": f"1px solid {theme.LINE_STRONG}",
    "_hover": {"background": theme.SURFACE},
}
QUIET_STYLE: dict[str, Any] = {
    **BUTTON_STYLE,
    "background": "transparent",
    "color": theme.TEXT_QUIET,
    "_hover": {"background": theme.SURFACE, "color": theme.TEXT},
}
DANGER_STYLE: dict[str, Any] = {
    **BUTTON_STYLE,
    "background": theme.BAD_SURFACE,
    "color": theme.BAD_TEXT,
    "_hover": {"background": rx.color("red", 4)},
}


def primary_button(*children: Any, test_id: str = "", **props: Any) -> rx.Component:
    """The one thing that a screen is for."""
    return _button(children, PRIMARY_STYLE, test_id, props)


def soft_button(*children: Any, test_id: str = "", **props: Any) -> rx.Component:
    """The next step that offers itself."""
    return _button(children, SOFT_STYLE, test_id, props)


def outline_button(*children: Any, test_id: str = "", **props: Any) -> rx.Component:
    """One of several equal things."""
    return _button(children, OUTLINE_STYLE, test_id, props)


def quiet_button(*children: Any, test_id: str = "", **props: Any) -> rx.Component:
    """Something that is there when looked for."""
    return _button(children, QUIET_STYLE, test_id, props)


def danger_button(*children: Any, test_id: str = "", **props: Any) -> rx.Component:
    """Something that takes something away."""
    return _button(children, DANGER_STYLE, test_id, props)


def icon_button(name: str, label: str, test_id: str = "", **props: Any) -> rx.Component:
    """A quiet button with an icon only; ``label`` is what it says to everyone else."""
    return _button(
        (icon(name, size=theme.ICON_BAR),),
        {**QUIET_STYLE, "width": "32px", "padding": "0"},
        test_id,
        {"aria_label": label, "title": label, **props},
    )


def _button(
    children: tuple[Any, ...], style: dict[str, Any], test_id: str, props: dict[str, Any]
) -> rx.Component:
    attrs = {**props.pop("custom_attrs", {}), **({"data-testid": test_id} if test_id else {})}
    return rx.el.button(
        *children, type=props.pop("type", "button"), custom_attrs=attrs, **{**style, **props}
    )
