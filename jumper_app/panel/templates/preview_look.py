"""How a template looks on the customer's phone, in the theme's colours."""

from typing import Any

from jumper_app.panel import theme


def _gap(ground: Any) -> dict[str, Any]:
    """A value on a ground of its own, a little wider than its letters."""
    return {"background": ground, "box_shadow": f"0 0 0 2px {ground}", "border_radius": "2px"}


PREVIEW: dict[str, Any] = {
    "& .wall": {
        "display": "flex",
        "flex_direction": "column",
        "justify_content": "safe center",
        "min_height": "0",
        "overflow_y": "auto",
        "scrollbar_width": "thin",
        "padding": "20px",
        "background": theme.PHONE_WALL,
        theme.PHONE: {"max_height": "34dvh", "justify_content": "safe end", "padding": "12px 20px"},
    },
    "& .shown": {
        "flex": "none",
        "border_radius": "3px 12px 12px 12px",
        "background": theme.PHONE_THEIRS,
        "box_shadow": theme.SHADOW_CARD,
        "overflow": "hidden",
    },
    "& .shown-words": {
        "display": "flex",
        "flex_direction": "column",
        "gap": "4px",
        "padding": "9px 12px 10px",
        "overflow_wrap": "anywhere",
        "white_space": "pre-wrap",
    },
    "& .shown-header": {"font_weight": theme.SEMIBOLD},
    "& .shown-footer": {"font_size": theme.SIZE_META, "color": theme.TEXT_QUIET},
    "& .shown-button": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "center",
        "gap": "7px",
        "padding": "9px 12px",
        "border_top": f"1px solid {theme.LINE}",
        "color": theme.TEXT_ACCENT,
        "font_weight": theme.MEDIUM,
        "overflow_wrap": "anywhere",
    },
    "& .above": {
        "width": "calc(100% + 14px)",
        "max_width": "none",
        "margin": "-3px -7px 4px",
        "max_height": "170px",
        "object_fit": "cover",
        "border_radius": "9px",
    },
    "& .above.empty": {
        "display": "flex",
        "flex_direction": "column",
        "align_items": "center",
        "justify_content": "center",
        "gap": "6px",
        "height": "104px",
        "background": theme.SURFACE_HOVER,
        "color": theme.TEXT_QUIET,
        "font_size": theme.SIZE_META,
    },
    "& .gap.filled": {**_gap(theme.CHOSEN_STRONG), "color": theme.TEXT_ON_CHOSEN},
    "& .gap.empty": {**_gap(theme.SURFACE_HOVER), "color": theme.TEXT_QUIET},
}
