"""How the lists above the composer look, and what is still to be filled in."""

from typing import Any

import reflex as rx

from jumper_app.panel import theme

_KEY: dict[str, Any] = {
    "font": f"{theme.MEDIUM} {theme.SIZE_TINY}/16px {theme.FONT}",
    "color": theme.TEXT_QUIET,
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": "5px",
    "padding": "0 5px",
    "background": theme.GROUND,
}

_FACES: dict[str, Any] = {
    f"&[data-tone={tone}]": {
        "background": rx.color(tone, theme.TONE_GROUND_STEP),  # pyright: ignore[reportArgumentType]
        "color": rx.color(tone, theme.TONE_TEXT_STEP),  # pyright: ignore[reportArgumentType]
    }
    for tone in theme.TONES
}

POPUP: dict[str, Any] = {
    "& .popup": {
        "position": "absolute",
        "left": "8px",
        "bottom": "calc(100% + 8px)",
        "z_index": "12",
        "width": "min(580px, calc(100% - 16px))",
        "background": theme.GROUND,
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": theme.RADIUS_CARD,
        "box_shadow": theme.SHADOW_MENU,
        "color": theme.TEXT,
    },
    "& .popup-rows": {
        "margin": "0",
        "padding": "6px",
        "list_style": "none",
        "max_height": "284px",
        "overflow_y": "auto",
        "overscroll_behavior": "contain",
        "scrollbar_width": "thin",
    },
    "& .popup-row": {
        "display": "grid",
        "grid_template_columns": "minmax(104px, max-content) minmax(0, 1fr) auto auto",
        "align_items": "center",
        "gap": "14px",
        "height": "34px",
        "padding": "4px 10px",
        "border_radius": theme.RADIUS_BUTTON,
        "font_size": theme.SIZE_SMALL,
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE},
        "&[aria-selected=true]": {"background": theme.CHOSEN_STRONG},
        "& b": {"color": theme.TEXT_ACCENT, "font_weight": "inherit"},
        theme.PHONE: {"gap": "8px", "grid_template_columns": "auto minmax(0, 1fr) auto"},
    },
    "& .popup-code": {"font_weight": theme.SEMIBOLD, "max_width": "180px", **theme.ELLIPSIS},
    "& .popup-said": {"color": theme.TEXT_QUIET, **theme.ELLIPSIS},
    "& .popup-title": {
        "color": theme.TEXT,
        "font_weight": theme.MEDIUM,
        "margin_inline_end": "8px",
    },
    "& .popup-face": {
        "display": "grid",
        "place_items": "center",
        "width": "24px",
        "height": "24px",
        "border_radius": "50%",
        "font_size": "10px",
        "font_weight": theme.SEMIBOLD,
        **_FACES,
    },
    "& .popup-row:has(.popup-face)": {"grid_template_columns": "24px minmax(0, 1fr) auto auto"},
    "& .popup-name": theme.ELLIPSIS,
    "& .popup-mark": {"color": theme.TEXT_QUIET, "display": "inline-flex", "gap": "8px"},
    "& .popup-mark span": {"display": "inline-flex"},
    "& .popup-file": {
        "align_items": "center",
        "gap": "5px",
        "font_size": theme.SIZE_META,
        "&[data-off]": {"color": theme.AMBER_TEXT},
    },
    "& .popup-mark .popup-file-name": {
        "display": "block",
        "max_width": "120px",
        **theme.ELLIPSIS,
    },
    "& .popup-file:not([data-off]) .popup-file-name": {theme.PHONE: {"display": "none"}},
    "& .popup-enter": {
        **_KEY,
        "display": "none",
        "padding": "3px 6px",
        "line_height": "1",
        "grid_column": "4",
        theme.PHONE: {"display": "none !important"},
    },
    "& .popup-row[aria-selected=true] .popup-enter": {"display": "inline-flex"},
    "& .popup-empty": {
        "margin": "0",
        "padding": "12px 16px",
        "font_size": theme.SIZE_SMALL,
        "color": theme.TEXT_QUIET,
    },
    "& .popup-foot": {
        "display": "flex",
        "gap": "14px",
        "margin": "0 10px",
        "padding": "8px 6px 9px",
        "border_top": f"1px solid {theme.LINE}",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
        "& kbd": {**_KEY, "margin_inline_end": "5px"},
        theme.PHONE: {"display": "none"},
    },
    "& .unseen": {
        "position": "absolute",
        "width": "1px",
        "height": "1px",
        "overflow": "hidden",
        "clip_path": "inset(50%)",
        "white_space": "nowrap",
    },
}

LACKING: dict[str, Any] = {
    "& .lacking": {
        "display": "flex",
        "flex_wrap": "wrap",
        "align_items": "center",
        "gap": "6px",
        "margin": "8px 12px 0",
        "font_size": theme.SIZE_META,
        "color": theme.AMBER_TEXT,
    },
    "& .lack": {
        "font": "inherit",
        "font_weight": theme.MEDIUM,
        "min_height": theme.TOUCH,
        "padding": "0 9px",
        "border": f"1px solid {theme.NOTE_LINE}",
        "border_radius": theme.RADIUS_CHIP,
        "background": theme.NOTE_STRONG,
        "color": theme.AMBER_TEXT,
        "cursor": "pointer",
        "&:hover": {"border_color": theme.SLOW},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .box": {"position": "relative"},
    "& .composer-back": {
        "position": "absolute",
        "inset": "0",
        "overflow": "hidden",
        "padding": "8px 16px",
        "line_height": theme.LINE_HEIGHT,
        "white_space": "pre-wrap",
        "overflow_wrap": "break-word",
        "color": "transparent",
        "pointer_events": "none",
        "& mark": {
            "color": "transparent",
            "border_radius": "4px",
            "background": theme.NOTE_STRONG,
            "box_shadow": f"0 0 0 2px {theme.NOTE_STRONG}",
        },
    },
    "&[data-mode=note] .composer-back mark": {
        "background": theme.NOTE_MARK,
        "box_shadow": f"0 0 0 2px {theme.NOTE_MARK}",
    },
}
