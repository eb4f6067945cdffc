"""How the composer looks: the rules of its classes, in the theme's colours."""

from typing import Any

from jumper_app.panel import pieces, theme

from . import enclosed_look as enclosed
from .emoji_look import EMOJI
from .popup_look import LACKING, POPUP

_TOOL: dict[str, Any] = {
    "display": "inline-flex",
    "align_items": "center",
    "justify_content": "center",
    "width": "32px",
    "height": "32px",
    "border": "0",
    "border_radius": theme.RADIUS_BUTTON,
    "background": "transparent",
    "color": theme.TEXT_QUIET,
    "cursor": "pointer",
    "&:hover": {"background": theme.SURFACE, "color": theme.TEXT},
    "&:focus-visible": theme.FOCUS_RING,
}

CARD: dict[str, Any] = {
    "position": "relative",
    "flex": "none",
    "margin": "0 16px 14px",
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_CARD,
    "background": theme.GROUND,
    "box_shadow": theme.SHADOW_CARD,
    theme.PHONE: {"margin": "0 8px 8px"},
    "&:focus-within": {"border_color": theme.LINE_FIELD},
    "&[data-over=true]": {"border_color": theme.FOCUS},
    "&[data-mode=note]": {"background": theme.NOTE, "border_color": theme.NOTE_LINE},
}

MODES: dict[str, Any] = {
    "& .modes": {
        "display": "flex",
        "align_items": "center",
        "gap": "4px",
        "padding": "7px 8px 0",
    },
    "& .mode": {
        "font": "inherit",
        "font_size": theme.SIZE_SMALL,
        "font_weight": theme.MEDIUM,
        "line_height": "26px",
        "padding": "0 10px",
        "border": "0",
        "border_radius": "7px",
        "background": "transparent",
        "color": theme.TEXT_QUIET,
        "cursor": "pointer",
        "&:hover": {"color": theme.TEXT},
        "&[aria-pressed=true]": {"background": theme.SURFACE, "color": theme.TEXT},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .mode-hint": {
        "display": "inline-flex",
        "align_items": "center",
        "gap": "4px",
        "margin_inline_start": "auto",
        "padding_inline_end": "10px",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
    },
    "& .mode-hint[data-people-only=true]": {"color": theme.AMBER_TEXT},
    "&[data-mode=note] .mode[aria-pressed=true]": {
        "background": theme.NOTE_STRONG,
        "color": theme.NOTE_TEXT_QUIET,
    },
    "&[data-mode=note] .mode-hint, &[data-mode=note] .mode": {"color": theme.NOTE_TEXT_QUIET},
}

WRITING: dict[str, Any] = {
    "& .composer-text": {
        "display": "block",
        "position": "relative",
        "width": "100%",
        "resize": "none",
        "border": "0",
        "outline": "0",
        "background": "transparent",
        "color": theme.TEXT,
        "font": "inherit",
        "line_height": theme.LINE_HEIGHT,
        "padding": "8px 16px",
        "min_height": "40px",
        "max_height": "176px",
        "field_sizing": "content",
        "overflow_y": "auto",
        "scrollbar_width": "thin",
        "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
    },
    "&[data-mode=note] .composer-text": {"color": theme.NOTE_TEXT},
    "&[data-mode=note] .composer-text::placeholder": {"color": theme.NOTE_TEXT_QUIET},
    "& .closed": {
        "display": "flex",
        "flex_wrap": "wrap",
        "align_items": "center",
        "gap": "0 12px",
        "padding": "0 12px 0 0",
        "& .send": {"margin_inline_start": "auto", "margin_block": "8px"},
    },
    "& .closed .composer-text": {"padding_bottom": "0", "color": theme.TEXT_QUIET},
    "& .shut": {
        "flex": "1 1 260px",
        "padding": "12px 16px",
        "margin": "0",
        "color": theme.TEXT_QUIET,
    },
    "& .refusal": {
        "margin": "8px 12px 0",
        "padding": "6px 10px",
        "border_radius": theme.RADIUS_BUTTON,
        "background": theme.BAD_SURFACE,
        "color": theme.BAD_TEXT,
        "font_size": theme.SIZE_SMALL,
    },
    "& .waits": {
        "margin": "8px 12px 0",
        "padding": "6px 10px",
        "border_radius": theme.RADIUS_BUTTON,
        "background": theme.CHIP["amber"][0],
        "color": theme.CHIP["amber"][1],
        "font_size": theme.SIZE_SMALL,
    },
}

TOOLS: dict[str, Any] = {
    "& .tools": {
        "display": "flex",
        "align_items": "center",
        "gap": "2px",
        "padding": "4px 8px 8px",
    },
    "& .space": {"flex": "1"},
    "& .tool": _TOOL,
    "& .left, & .draft-saved": {
        "display": "inline-flex",
        "align_items": "center",
        "gap": "4px",
        "margin_inline_end": "8px",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
        "font_variant_numeric": theme.TABULAR,
        "white_space": "nowrap",
    },
    "& .left[data-over=true]": {"color": theme.BAD_TEXT, "font_weight": theme.MEDIUM},
    "&[data-mode=note] .draft-saved, &[data-mode=note] .left": {"color": theme.NOTE_TEXT_QUIET},
    "& .send": {
        **{k: v for k, v in pieces.PRIMARY_STYLE.items() if not k.startswith("_")},
        "&:hover": {"background": theme.FILLED_HOVER},
        "&:focus-visible": theme.FOCUS_RING,
        "& kbd": {
            "font": f"{theme.MEDIUM} {theme.SIZE_TINY}/16px {theme.FONT}",
            "border": "1px solid currentColor",
            "border_radius": "5px",
            "padding": "0 5px",
            "opacity": "0.75",
        },
    },
    "&[data-mode=note] .send": {
        "background": theme.NOTE_FILLED,
        "color": theme.ON_NOTE_FILLED,
    },
    "& .send:disabled, &[data-mode=note] .send:disabled": {
        "background": theme.SURFACE_OFF,
        "color": theme.TEXT_QUIET,
        "cursor": "default",
    },
}

ASK: dict[str, Any] = {
    "& .ask": {
        "margin": "auto",
        "width": "min(420px, 92vw)",
        "border": "0",
        "border_radius": "16px",
        "padding": "20px",
        "background": theme.GROUND,
        "color": theme.TEXT,
        "box_shadow": theme.SHADOW_MENU,
        "&::backdrop": {"background": theme.SHADE},
        "& h2": {"font_size": theme.SIZE_TITLE, "font_weight": theme.SEMIBOLD, "margin": "0"},
        "& p": {"margin": "6px 0 0", "color": theme.TEXT_QUIET},
    },
    "& .ask-buttons": {
        "display": "flex",
        "justify_content": "flex-end",
        "gap": "8px",
        "margin_top": "18px",
        "& button": {
            **{k: v for k, v in pieces.BUTTON_STYLE.items() if not k.startswith("_")},
            "background": "transparent",
            "color": theme.TEXT,
            "&:hover": {"background": theme.SURFACE},
            "&:focus-visible": theme.FOCUS_RING,
        },
        "& .ask-yes": {
            "background": theme.FILLED,
            "color": theme.ON_FILLED,
            "&:hover": {"background": theme.FILLED_HOVER},
        },
    },
}

STYLE: dict[str, Any] = {
    **CARD,
    **MODES,
    **WRITING,
    **TOOLS,
    **ASK,
    **POPUP,
    **LACKING,
    **EMOJI,
    **enclosed.STYLE,
}
