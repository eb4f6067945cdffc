"""How a conversation looks: the rules of its classes, in the theme's colours.

Rows carry class names only and the rules stand once around them, which is what makes a
thousand rows quick to draw.
"""

from typing import Any

from jumper_app.panel import pieces, theme

from .bubble_look import BUBBLE, NOTE, PARTS
from .media_look import MEDIA
from .speaking_look import SPEAKING

DAY_WIDTH = "124px"
"""Wide enough for any day, so that one that sticks covers the ones before it."""

FEED: dict[str, Any] = {
    "position": "relative",
    "flex": "1",
    "min_height": "0",
    "display": "flex",
    "flex_direction": "column",
    "& .feed": {
        "flex": "1",
        "min_height": "0",
        "overflow_y": "auto",
        "overflow_anchor": "none",
        "scroll_padding_top": "34px",
        "overscroll_behavior": "contain",
        "scrollbar_width": "thin",
        "display": "flex",
        "flex_direction": "column",
    },
    "& .feed:focus-visible": theme.FOCUS_RING_INSIDE,
    "& .feed-rows": {
        "flex": "none",
        "margin_top": "auto",
        "padding": "14px 20px 18px",
        theme.PHONE: {"padding": "10px 12px"},
    },
    "& .unseen": {
        "position": "absolute",
        "width": "1px",
        "height": "1px",
        "overflow": "hidden",
        "clip_path": "inset(50%)",
        "white_space": "nowrap",
    },
    "& .feed-jump": {
        "position": "absolute",
        "right": "20px",
        "bottom": "12px",
        "min_width": "36px",
        "height": "36px",
        "padding": "0 10px",
        "display": "flex",
        "align_items": "center",
        "justify_content": "center",
        "gap": "6px",
        "border_radius": "18px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "background": theme.GROUND,
        "color": theme.TEXT,
        "box_shadow": theme.SHADOW_MENU,
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .feed-count": {
        "background": theme.FILLED,
        "color": theme.ON_FILLED,
        "font_size": theme.SIZE_TINY,
        "font_weight": theme.SEMIBOLD,
        "line_height": "18px",
        "padding": "0 6px",
        "border_radius": "9px",
    },
}

TOP: dict[str, Any] = {
    "& .beginning": {
        "text_align": "center",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
        "margin": "4px 0 6px",
        "& small": {"display": "block", "font_size": theme.SIZE_TINY, "line_height": "16px"},
    },
    "& .load": {"display": "flex", "margin": "0 auto 2px"},
    "& .load[aria-disabled=true]": pieces.BUTTON_OFF,
    "& .feed-newer": {
        "display": "block",
        "margin": "12px auto 0",
        "min_height": "28px",
        "padding": "0 12px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": theme.RADIUS_CHIP,
        "background": theme.GROUND,
        "color": theme.TEXT,
        "cursor": "pointer",
        "&:focus-visible": theme.FOCUS_RING,
    },
}

LINES: dict[str, Any] = {
    "& .day": {
        "position": "sticky",
        "top": "6px",
        "z_index": "4",
        "width": "fit-content",
        "min_width": DAY_WIDTH,
        "margin": "12px auto 8px",
        "padding": "0 10px",
        "border_radius": "10px",
        "background": theme.GROUND,
        "box_shadow": f"0 0 0 1px {theme.LINE}",
        "text_align": "center",
        "pointer_events": "none",
        "font_size": theme.SIZE_TINY,
        "font_weight": theme.MEDIUM,
        "line_height": "20px",
        "color": theme.TEXT_QUIET,
    },
    "& .divide": {
        "display": "flex",
        "align_items": "center",
        "gap": "10px",
        "color": theme.UNREAD_TEXT,
        "font_size": theme.SIZE_TINY,
        "font_weight": theme.MEDIUM,
        "line_height": "16px",
        "margin": "8px 0",
        "&::before, &::after": {
            "content": "''",
            "flex": "1",
            "height": "1px",
            "background": theme.UNREAD_LINE,
        },
    },
    "& .status": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "center",
        "gap": "6px",
        "margin": "6px 0",
        "font_size": theme.SIZE_META,
        "line_height": "18px",
        "color": theme.STATUS_TEXT,
        "text_align": "center",
        "& b": {"font_weight": theme.MEDIUM, "color": theme.TEXT},
        "& svg": {"flex": "none"},
    },
    "& .line": {
        "display": "flex",
        "gap": "8px",
        "flex_wrap": "wrap",
        "align_items": "flex-end",
        "max_width": theme.BUBBLE_WIDTH,
        "margin_top": "6px",
        "&[data-follows]": {"margin_top": "3px"},
        "&[data-side=out]": {"flex_direction": "row-reverse", "margin_inline_start": "auto"},
        theme.PHONE: {"max_width": theme.BUBBLE_WIDTH_NARROW},
    },
    "& .row": {"contain": "style"},
    "& .said": {
        "min_width": "0",
        "max_width": "calc(100% - 32px)",
        "display": "flex",
        "flex_direction": "column",
        "align_items": "flex-start",
    },
    "& .line[data-side=out] .said": {"align_items": "flex-end"},
}

SPEAKER: dict[str, Any] = {
    "& .speaker": {"flex": "none", "width": "24px", "height": "24px", "position": "relative"},
    "& .speaker > button": {
        "all": "unset",
        "display": "block",
        "border_radius": "50%",
        "cursor": "default",
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .line[data-shared] .speaker > button": {"opacity": "0"},
    "& .line[data-shared]:hover .speaker > button": {"opacity": "1"},
    "& .line[data-shared] .speaker > button:focus": {"opacity": "1"},
    "& .speaker-tip": {
        "z_index": "20",
        "display": "flex",
        "flex_direction": "column",
        "background": theme.TIP,
        "color": theme.ON_TIP,
        "border_radius": "8px",
        "padding": "6px 10px",
        "font_size": theme.SIZE_META,
        "line_height": "16px",
        "font_variant_numeric": theme.TABULAR,
        "white_space": "nowrap",
        "box_shadow": theme.SHADOW_TIP,
        "pointer_events": "none",
        "& b": {"font_weight": theme.REGULAR},
        "& time, & .quiet-tip": {"color": theme.ON_TIP_QUIET},
    },
}

FIND: dict[str, Any] = {
    "& .find": {
        "display": "flex",
        "align_items": "center",
        "gap": "6px",
        "padding": "6px 20px",
        "border_bottom": f"1px solid {theme.LINE}",
        "color": theme.TEXT_QUIET,
        theme.PHONE: {"padding": "6px 12px"},
    },
    "& .find input": {
        "flex": "1",
        "min_width": "0",
        "height": "30px",
        "padding": "0 10px",
        "font": "inherit",
        "color": theme.TEXT,
        "background": theme.GROUND,
        "border": f"1px solid {theme.LINE_FIELD}",
        "border_radius": theme.RADIUS_CHIP,
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .find-count": {
        "font_size": theme.SIZE_META,
        "font_variant_numeric": theme.TABULAR,
        "white_space": "nowrap",
    },
    "& .find button": {
        "display": "grid",
        "place_items": "center",
        "flex": "none",
        "width": "28px",
        "height": "28px",
        "padding": "0",
        "border": "0",
        "border_radius": theme.RADIUS_CHIP,
        "background": "transparent",
        "color": "inherit",
        "cursor": "pointer",
        "&:hover": {"background": theme.SURFACE_HOVER},
        "&:focus-visible": theme.FOCUS_RING_INSIDE,
    },
}
"""The bar that searches inside the conversation."""

STYLE: dict[str, Any] = {
    **FEED,
    **TOP,
    **LINES,
    **SPEAKER,
    **BUBBLE,
    **PARTS,
    **MEDIA,
    **NOTE,
    **SPEAKING,
}
