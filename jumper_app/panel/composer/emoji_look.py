"""How the emoji picker looks."""

from typing import Any

from jumper_app.panel import theme

EMOJI: dict[str, Any] = {
    "& .emoji": {"display": "contents"},
    "& .emoji-picker": {
        "position": "absolute",
        "left": "8px",
        "bottom": "46px",
        "z_index": "12",
        "width": "min(318px, calc(100% - 16px))",
        "background": theme.GROUND,
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": theme.RADIUS_CARD,
        "box_shadow": theme.SHADOW_MENU,
        "color": theme.TEXT,
    },
    "& .emoji-search": {
        "width": "calc(100% - 16px)",
        "height": "34px",
        "margin": "8px 8px 4px",
        "padding": "0 10px",
        "border": f"1px solid {theme.LINE_FIELD}",
        "border_radius": theme.RADIUS_FIELD,
        "background": theme.GROUND,
        "color": theme.TEXT,
        "font": "inherit",
        "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
        "&:focus-visible": theme.FOCUS_RING_INSIDE,
    },
    "& .emoji-grid": {
        "position": "relative",
        "height": "252px",
        "margin": "0 4px",
        "overflow_y": "auto",
        "overscroll_behavior": "contain",
        "scrollbar_width": "thin",
    },
    "& .emoji-row, & .emoji-name": {
        "position": "absolute",
        "left": "0",
        "right": "0",
        "height": "36px",
        "padding": "0 4px",
    },
    "& .emoji-row": {
        "display": "grid",
        "grid_template_columns": "repeat(8, minmax(0, 1fr))",
        "& button": {
            "height": "36px",
            "padding": "0",
            "border": "0",
            "border_radius": theme.RADIUS_BUTTON,
            "background": "transparent",
            "color": theme.TEXT,
            "font_family": "Noto Color Emoji, Apple Color Emoji, Segoe UI Emoji, sans-serif",
            "font_size": "20px",
            "line_height": "36px",
            "cursor": "pointer",
            "&:hover": {"background": theme.SURFACE},
            "&[aria-selected=true]": {
                "background": theme.CHOSEN_STRONG,
                "box_shadow": f"inset 0 0 0 2px {theme.FOCUS}",
            },
        },
    },
    "& .emoji-name": {
        "padding": "14px 8px 0",
        "font_size": theme.SIZE_META,
        "font_weight": theme.MEDIUM,
        "color": theme.TEXT_QUIET,
    },
    "& .emoji-picker .popup-foot": {"height": "34px", **theme.ELLIPSIS},
}
