"""The sheet of all keys; its other half is ``assets/keys-sheet.js``."""

from typing import Any

import reflex as rx

from jumper_app.panel import theme

from . import words

LIBRARY = "$/public/keys-sheet.js"


def _switched(on: rx.Var[bool]) -> tuple[rx.Var[bool]]:
    return (on,)


class KeysSheet(rx.Component):
    """Behind ``?``: every key there is, and the switch of those that are one sign."""

    library = LIBRARY
    tag = "KeysSheet"
    singles: rx.Var[bool]
    send_key: rx.Var[str]
    words: rx.Var[Any]
    on_switch: rx.EventHandler[_switched]


class KeysButton(rx.Component):
    """Opens the sheet, for whoever has turned ``?`` off or never heard of it."""

    library = LIBRARY
    tag = "KeysButton"
    label: rx.Var[str]


def keys_sheet(singles: Any, send_key: Any, *, on_switch: Any) -> rx.Component:
    """The sheet, closed until it is asked for. Once on every page.

    Args:
        singles: Does the agent want keys that are one sign?
        send_key: Which key sends.
        on_switch: Takes whether they want them from now on.
    """
    return KeysSheet.create(
        singles=singles,
        send_key=send_key,
        words=words.SAID,
        on_switch=on_switch,
        style=STYLE,
    )


def keys_button(style: dict[str, Any]) -> rx.Component:
    """A line of one's own menu."""
    return KeysButton.create(label=words.TITLE, style=style)


_QUIET: dict[str, Any] = {"color": theme.TEXT_QUIET, "font_size": theme.SIZE_SMALL}

STYLE: dict[str, Any] = {
    "margin": "auto",
    "width": "min(820px, calc(100vw - 24px))",
    "max_height": "min(86dvh, 760px)",
    "padding": "0",
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_CARD,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "box_shadow": theme.SHADOW_MENU,
    "overflow_y": "auto",
    "overscroll_behavior": "contain",
    "scrollbar_width": "thin",
    "&::backdrop": {"background": theme.SHADE},
    "& .inside": {"padding": "18px 22px 22px"},
    "& header": {"display": "flex", "align_items": "center", "justify_content": "space-between"},
    "& h2": {"font_size": theme.SIZE_TITLE, "font_weight": theme.SEMIBOLD, "outline": "0"},
    "& .close": {
        "display": "grid",
        "place_items": "center",
        "width": "32px",
        "height": "32px",
        "border": "0",
        "border_radius": theme.RADIUS_BUTTON,
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE, "color": theme.TEXT},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .switch": {
        "display": "flex",
        "gap": "10px",
        "align_items": "flex-start",
        "margin_top": "10px",
        "padding": "10px 12px",
        "border_radius": theme.RADIUS_BAND,
        "background": theme.GROUND_SIDE,
        "cursor": "pointer",
        "font_size": theme.SIZE_SMALL,
        "& input": {
            "flex": "none",
            "width": "18px",
            "height": "18px",
            "margin": "1px 0 0",
            "accent_color": theme.FILLED,
            "&:focus-visible": theme.FOCUS_RING,
        },
        "& b": {"display": "block", "font_weight": theme.MEDIUM},
        "& #single-keys-hint": _QUIET,
    },
    "& .groups": {"columns": "2", "column_gap": "32px", theme.PHONE: {"columns": "1"}},
    "& section": {"break_inside": "avoid", "padding_top": "16px"},
    "& h3": {**_QUIET, "font_weight": theme.SEMIBOLD, "padding_bottom": "4px"},
    "& dl": {"margin": "0"},
    "& .key": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "space-between",
        "gap": "12px",
        "min_height": "30px",
        "font_size": theme.SIZE_SMALL,
        "border_top": f"1px solid {theme.LINE}",
    },
    "& dd": {"margin": "0", "text_align": "end", **_QUIET},
    "& .keys": {"white_space": "nowrap"},
    "& .keys[data-off]": {"text_decoration": "line-through"},
    "& .keys + .keys": {"margin_inline_start": "6px"},
    "& kbd": {
        "display": "inline-block",
        "min_width": "22px",
        "padding": "1px 6px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": "5px",
        "background": theme.GROUND,
        "color": theme.TEXT,
        "font_family": "inherit",
        "font_size": theme.SIZE_META,
        "text_align": "center",
    },
}
