"""Where the phones lie, and the rules of their classes."""

from typing import Any

import reflex as rx

from jumper_app.panel import theme
from jumper_app.simulator import words
from jumper_app.simulator.state import SimulatorState

from . import look
from .phone import phone

ROOM_FOR_TWO = "@media (min-width: 1420px)"
"""Two phones beside each other, between the customers and the world."""
ONE_ONLY = "@media (max-width: 1419.98px)"


def table() -> rx.Component:
    """The phones: two on a wide screen, else one."""
    return rx.el.main(
        phone(0, SimulatorState.left),
        phone(1, SimulatorState.right),
        aria_label=words.TITLE,
        style=TABLE,
    )


_FLAT = {"border": "0", "border_radius": "0", "box_shadow": "none", "width": "100%"}

TABLE: dict[str, Any] = {
    "flex": "1",
    "min_width": "0",
    "min_height": "0",
    "display": "flex",
    "justify_content": "center",
    "gap": "24px",
    "padding": "14px 20px 18px",
    "background": theme.GROUND,
    "overflow": "hidden",
    theme.PHONE: {"padding": "0"},
    "& .phone": {
        "width": look.WIDTH,
        "max_width": "100%",
        "height": "100%",
        "max_height": "860px",
        "min_width": "0",
        "display": "flex",
        "flex_direction": "column",
        "gap": "12px",
        theme.PHONE: {"width": "100%", "gap": "0", "max_height": "none"},
    },
    "& .phone[data-active=false]": {ONE_ONLY: {"display": "none"}},
    "& .phone[data-active=true] .device": {
        ROOM_FOR_TWO: {"box_shadow": f"0 0 0 2px {theme.FILLED}, {theme.SHADOW_MENU}"}
    },
    "& .owner": {
        "display": "flex",
        "flex_direction": "column",
        "gap": "8px",
        theme.PHONE: {"padding": "8px 10px 8px 12px", "border_bottom": f"1px solid {theme.LINE}"},
    },
    "& .who": {"display": "flex", "align_items": "center", "gap": "10px"},
    "& .device": {
        "flex": "1",
        "min_height": "0",
        "display": "flex",
        "flex_direction": "column",
        "overflow": "hidden",
        "background": theme.GROUND,
        "border": f"7px solid {theme.PHONE_RIM}",
        "border_radius": "38px",
        "box_shadow": f"0 0 0 1px {theme.PHONE_RIM_LINE}, {theme.SHADOW_MENU}",
        theme.PHONE: _FLAT,
    },
    "& .status-bar": {
        "display": "grid",
        "grid_template_columns": "1fr auto 1fr",
        "align_items": "center",
        "padding": "7px 20px 3px 22px",
        "font_size": theme.SIZE_META,
        "font_weight": theme.SEMIBOLD,
        "line_height": "18px",
        "font_variant_numeric": theme.TABULAR,
        "& > :last-child": {"justify_self": "end"},
        theme.PHONE: {"display": "none"},
    },
    "& .speaker": {
        "width": "64px",
        "height": "16px",
        "border_radius": "10px",
        "background": theme.PHONE_RIM,
    },
    "& .top": {
        "display": "flex",
        "align_items": "center",
        "gap": "10px",
        "padding": "7px 16px 9px",
        "border_bottom": f"1px solid {theme.LINE}",
        "line_height": "18px",
    },
    "& .sub": {
        "font_size": theme.SIZE_META,
        "line_height": "16px",
        "color": theme.TEXT_QUIET,
        "font_variant_numeric": theme.TABULAR,
    },
    "& .sub.typing": {"color": theme.CHIP["green"][1]},
    "& .store": {
        "display": "grid",
        "place_items": "center",
        "flex": "none",
        "width": "34px",
        "height": "34px",
        "border_radius": "50%",
        "background": theme.FILLED,
        "color": theme.ON_FILLED,
    },
    "& .bottom": {
        "padding": "8px 10px 6px",
        "border_top": f"1px solid {theme.LINE}",
        "background": theme.GROUND,
    },
    "& .write": {"display": "flex", "align_items": "flex-end", "gap": "8px"},
    "& .pill": {
        "flex": "1",
        "min_width": "0",
        "min_height": "38px",
        "max_height": "112px",
        "padding": "8px 14px",
        "border": f"1px solid {theme.LINE_FIELD}",
        "border_radius": "19px",
        "background": theme.GROUND,
        "color": theme.TEXT,
        "font_size": theme.SIZE_BODY,
        "line_height": "20px",
        "resize": "none",
        "field_sizing": "content",
        "scrollbar_width": "none",
        "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
        "&:focus-visible": {"outline": f"2px solid {theme.FOCUS}", "outline_offset": "-1px"},
        theme.PHONE: {"font_size": theme.SIZE_TITLE},
    },
    "& .go": {
        "display": "grid",
        "place_items": "center",
        "flex": "none",
        "width": "38px",
        "height": "38px",
        "border": "0",
        "border_radius": "50%",
        "background": theme.FILLED,
        "color": theme.ON_FILLED,
        "cursor": "pointer",
        "&:hover": {"background": theme.FILLED_HOVER},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .write:has(.pill:placeholder-shown) .go": {
        "background": theme.SURFACE_OFF,
        "color": theme.TEXT_QUIET,
    },
    "& .samples": {
        "display": "grid",
        "grid_template_columns": "repeat(4, 1fr)",
        "gap": "2px",
        "margin_top": "4px",
    },
    "& .sample": {
        "display": "flex",
        "flex_direction": "column",
        "align_items": "center",
        "gap": "2px",
        "padding": "5px 2px 4px",
        "border": "0",
        "border_radius": theme.RADIUS_BUTTON,
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "font_size": theme.SIZE_TINY,
        "line_height": "14px",
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE, "color": theme.TEXT},
        "&:focus-visible": theme.FOCUS_RING_INSIDE,
    },
    "& .answering": {
        "display": "flex",
        "align_items": "center",
        "gap": "8px",
        "margin_bottom": "6px",
        "padding": "4px 4px 4px 10px",
        "border_radius": "10px",
        "border_inline_start": f"3px solid {theme.FILLED}",
        "background": theme.SURFACE,
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
    },
    "& .drop": {
        "display": "grid",
        "place_items": "center",
        "width": theme.TOUCH,
        "height": theme.TOUCH,
        "border": "0",
        "border_radius": "50%",
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE_HOVER},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .nothing": {
        "flex": "1",
        "display": "flex",
        "flex_direction": "column",
        "align_items": "center",
        "justify_content": "center",
        "gap": "4px",
        "border": f"1.5px dashed {theme.LINE_FIELD}",
        "border_radius": "38px",
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "cursor": "pointer",
        "& svg": {"margin_bottom": "6px"},
        "&:hover": {"background": theme.GROUND_SIDE},
        "&[aria-pressed=true]": {
            "border_color": theme.FILLED,
            "background": theme.CHOSEN,
            "& svg": {"color": theme.TEXT_ACCENT},
        },
        "&:focus-visible": theme.FOCUS_RING,
        theme.PHONE: {"margin": "16px", "border_radius": "20px"},
    },
}
