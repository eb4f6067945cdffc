"""How a phone looks: the rules of its classes, in the theme's colours."""

from typing import Any

from jumper_app.panel import theme

from .media_look import MEDIA

WIDTH = "372px"
"""Of a phone where there is room for more."""


_OWN = {"background": theme.PHONE_MINE, "color": theme.PHONE_MINE_TEXT}

CHAT: dict[str, Any] = {
    "flex": "1",
    "min_height": "0",
    "overflow_y": "auto",
    "overflow_x": "hidden",
    "overscroll_behavior": "contain",
    "scrollbar_width": "thin",
    "background": theme.PHONE_WALL,
    "display": "flex",
    "flex_direction": "column",
    "padding": "10px 12px 14px",
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
    "& > :first-child": {"margin_top": "auto"},
    "& .day": {
        "width": "fit-content",
        "margin": "10px auto 8px",
        "padding": "2px 10px",
        "border_radius": "8px",
        "background": theme.PHONE_THEIRS,
        "font_size": theme.SIZE_TINY,
        "line_height": "18px",
        "color": theme.TEXT_QUIET,
    },
    "& .line": {
        "position": "relative",
        "display": "flex",
        "flex_direction": "column",
        "align_items": "flex-start",
        "width": "fit-content",
        "max_width": "84%",
        "margin_top": "4px",
    },
    "& .line.mine": {"align_items": "flex-end", "margin_inline_start": "auto"},
    "& .line:focus-visible": {"outline": "none"},
    "& .line:focus-visible .bubble": theme.FOCUS_RING,
}

BUBBLE: dict[str, Any] = {
    "& .bubble": {
        "min_width": "72px",
        "max_width": "100%",
        "padding": "6px 9px 5px",
        "border_radius": "12px",
        "border_end_start_radius": "3px",
        "background": theme.PHONE_THEIRS,
        "color": theme.TEXT,
        "box_shadow": theme.SHADOW_CARD,
        "font_size": theme.SIZE_BODY,
        "line_height": "19px",
    },
    "& .mine .bubble": {
        **_OWN,
        "border_end_start_radius": "12px",
        "border_end_end_radius": "3px",
    },
    "& .text": {"white_space": "pre-wrap", "overflow_wrap": "anywhere"},
    "& b.text": {"display": "block", "font_weight": theme.SEMIBOLD},
    "& .under": {"display": "block", "color": theme.TEXT_QUIET, "overflow_wrap": "anywhere"},
    "& .foot": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "flex-end",
        "gap": "3px",
        "margin_top": "1px",
        "font_size": "10.5px",
        "line_height": "14px",
        "font_variant_numeric": theme.TABULAR,
        "color": theme.TEXT_QUIET,
    },
    "& .mine .foot": {"color": theme.PHONE_MINE_TEXT},
    "& .tick": {"display": "inline-flex"},
    "& .tick[data-tick=read]": {"color": theme.PHONE_READ},
    "& .quote": {
        "display": "block",
        "margin": "0 -3px 4px",
        "padding": "4px 8px",
        "border_radius": "8px",
        "border_inline_start": f"3px solid {theme.FILLED}",
        "background": theme.PHONE_WALL,
        "font_size": theme.SIZE_META,
        "line_height": "16px",
        "color": theme.TEXT_QUIET,
        "& b": {"display": "block", "font_weight": theme.MEDIUM, "color": theme.TEXT_ACCENT},
        "& span": {
            "display": "-webkit-box",
            "-webkit-line-clamp": "2",
            "-webkit-box-orient": "vertical",
            "overflow": "hidden",
            "overflow_wrap": "anywhere",
        },
    },
    "& .mine .quote": {"background": theme.PHONE_MINE_DEEP, "color": theme.PHONE_MINE_TEXT},
    "& .given": {
        "align_self": "flex-start",
        "margin": "-6px 0 2px 8px",
        "position": "relative",
        "padding": "1px 6px",
        "border_radius": "11px",
        "background": theme.PHONE_THEIRS,
        "border": f"1px solid {theme.LINE_STRONG}",
        "font_size": theme.SIZE_META,
        "line_height": "18px",
    },
    "& .mine .given": {"align_self": "flex-end", "margin": "-6px 8px 2px 0"},
}

CHOICES: dict[str, Any] = {
    "& .choices": {
        "display": "flex",
        "flex_direction": "column",
        "gap": "3px",
        "width": "100%",
        "min_width": "208px",
        "margin_top": "3px",
    },
    "& .link": {"cursor": "default"},
    "& .choice": {
        "display": "flex",
        "flex_direction": "column",
        "align_items": "center",
        "justify_content": "center",
        "min_height": "38px",
        "padding": "6px 10px",
        "border": "0",
        "border_radius": "10px",
        "background": theme.PHONE_THEIRS,
        "box_shadow": theme.SHADOW_CARD,
        "color": theme.TEXT_ACCENT,
        "font_size": theme.SIZE_SMALL,
        "font_weight": theme.MEDIUM,
        "line_height": "18px",
        "cursor": "pointer",
        "&:hover": {"background": theme.CHOSEN},
        "&:focus-visible": theme.FOCUS_RING,
        "& small": {
            "font_size": theme.SIZE_META,
            "font_weight": theme.REGULAR,
            "color": theme.TEXT_QUIET,
        },
    },
}

TOOLS: dict[str, Any] = {
    "& .tools": {
        "position": "absolute",
        "z_index": "5",
        "top": "-20px",
        "inset_inline_start": "0",
        "display": "flex",
        "padding": "2px",
        "border_radius": "16px",
        "background": theme.GROUND,
        "border": f"1px solid {theme.LINE_STRONG}",
        "box_shadow": theme.SHADOW_MENU,
        "opacity": "0",
        "pointer_events": "none",
        "transition": f"opacity {theme.MOTION}",
    },
    "& .mine .tools": {"inset_inline_start": "auto", "inset_inline_end": "0"},
    "& .line:hover > .tools, & .line:focus-within > .tools": {
        "opacity": "1",
        "pointer_events": "auto",
    },
    "& .tools button": {
        "display": "grid",
        "place_items": "center",
        "width": "28px",
        "height": "26px",
        "padding": "0",
        "border": "0",
        "border_radius": "13px",
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "font_size": "15px",
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE_HOVER},
        "&[aria-pressed=true]": {"background": theme.CHOSEN_STRONG},
        "&:focus-visible": theme.FOCUS_RING_INSIDE,
    },
}

TYPING: dict[str, Any] = {
    "& .dots": {
        "display": "inline-flex",
        "align_items": "center",
        "gap": "4px",
        "width": "fit-content",
        "margin_top": "6px",
        "padding": "10px 12px",
        "border_radius": "14px",
        "border_end_start_radius": "3px",
        "background": theme.PHONE_THEIRS,
        "box_shadow": theme.SHADOW_CARD,
        "color": theme.TEXT_QUIET,
    },
    "& .dots i": {
        "width": "6px",
        "height": "6px",
        "border_radius": "50%",
        "background": "currentColor",
        "animation": "sim-dot 1.2s ease-in-out infinite",
    },
    "& .dots i:nth-child(2)": {"animation_delay": "0.15s"},
    "& .dots i:nth-child(3)": {"animation_delay": "0.3s"},
    "@keyframes sim-dot": {"0%, 70%, 100%": {"opacity": "0.3"}, "35%": {"opacity": "1"}},
}

ALL: dict[str, Any] = {**CHAT, **BUBBLE, **MEDIA, **CHOICES, **TOOLS, **TYPING}
