"""Icons, chips, counts, keys and ages."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, theme, words

Text = str | rx.Var[str]
"""Words known now, or only in the browser."""


def icon(name: str, size: int = theme.ICON_BAR, **props: Any) -> rx.Component:
    """A lucide icon. It says nothing to screen readers: its neighbour has the words."""
    return rx.icon(
        name,
        size=size,
        stroke_width=props.pop("stroke_width", theme.ICON_STROKE),
        flex="none",
        aria_hidden="true",
        **props,
    )


def chip(*children: Any, tone: str = "gray", **props: Any) -> rx.Component:
    """A small label. ``tone``: one of ``theme.CHIP``."""
    ground, text = theme.CHIP[tone]
    return rx.el.span(*children, **CHIP_STYLE, background=ground, color=text, **props)


def window_chip(
    closes_at: Text, shut: bool | rx.Var[bool], *, brief: bool = False, **props: Any
) -> rx.Component:
    """The reply window, counting down by itself; the only loud thing on the screen."""
    return client.WindowChip.create(
        closes_at=closes_at,
        shut=shut,
        brief=brief,
        closed_word=words.WINDOW_CLOSED_SHORT,
        custom_attrs={"data-testid": props.pop("test_id", "window-chip")},
        style={
            **CHIP_STYLE,
            "background": theme.CHIP["gray"][0],
            "color": theme.CHIP["gray"][1],
            "&[data-urgency=green]": _tone_style("green"),
            "&[data-urgency=green][data-brief]": {"background": "transparent", "padding": "0"},
            "&[data-urgency=amber]": _tone_style("amber"),
            "&[data-urgency=red]": _tone_style("red"),
        },
        **props,
    )


def _tone_style(tone: str) -> dict[str, Any]:
    ground, text = theme.CHIP[tone]
    return {"background": ground, "color": text}


CHIP_STYLE: dict[str, Any] = {
    "display": "inline-flex",
    "align_items": "center",
    "gap": "4px",
    "flex": "none",
    "font_size": theme.SIZE_TINY,
    "font_weight": theme.MEDIUM,
    "line_height": "18px",
    "padding": "0 6px",
    "border_radius": theme.RADIUS_CHIP,
    "font_variant_numeric": theme.TABULAR,
    "white_space": "nowrap",
}


def count_badge(count: int | rx.Var[int], **props: Any) -> rx.Component:
    """How many are unread; draws nothing at zero (give it inside ``rx.cond``)."""
    return rx.el.span(
        count,
        background=theme.FILLED,
        color=theme.ON_FILLED,
        font_size=theme.SIZE_TINY,
        font_weight=theme.SEMIBOLD,
        line_height="18px",
        min_width="18px",
        text_align="center",
        border_radius="9px",
        padding="0 6px",
        font_variant_numeric=theme.TABULAR,
        **props,
    )


def kbd(key: str, **props: Any) -> rx.Component:
    """A key of the keyboard."""
    style: dict[str, Any] = {
        "font": f"{theme.MEDIUM} {theme.SIZE_TINY}/16px {theme.FONT}",
        "color": theme.TEXT_QUIET,
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": "5px",
        "padding": "0 5px",
        "background": theme.GROUND,
    }
    return rx.el.kbd(key, **{**style, **props})


def age(at: Text, **props: Any) -> rx.Component:
    """How long ago, growing by itself. ``at``: ISO time."""
    return client.Age.create(
        at=at,
        style={
            "font_size": theme.SIZE_META,
            "color": theme.TEXT_QUIET,
            "font_variant_numeric": theme.TABULAR,
            "white_space": "nowrap",
        },
        **props,
    )
