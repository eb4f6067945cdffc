"""How quoting and reacting look: the buttons beside a message, the emoji above them."""

from typing import Any

from jumper_app.panel import theme

_BUTTON: dict[str, Any] = {
    "display": "grid",
    "place_items": "center",
    "width": "28px",
    "height": "28px",
    "padding": "0",
    "border": "0",
    "border_radius": "50%",
    "background": "transparent",
    "color": theme.TEXT_QUIET,
    "cursor": "pointer",
    "&:hover": {"background": theme.SURFACE_HOVER, "color": theme.TEXT},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}

SPEAKING: dict[str, Any] = {
    "& .line .said": {"position": "relative"},
    "& .message-tools": {
        "position": "absolute",
        "top": "0",
        "z_index": "2",
        "display": "none",
        "gap": "2px",
        "padding": "1px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": "16px",
        "background": theme.GROUND,
        "box_shadow": theme.SHADOW_CARD,
        "& > button": _BUTTON,
    },
    "& .message-tools[data-near=true]": {"display": "inline-flex"},
    "& .line[data-side=in] .message-tools": {"inset_inline_start": "calc(100% + 6px)"},
    "& .line[data-side=out] .message-tools": {"inset_inline_end": "calc(100% + 6px)"},
    "& .emoji-menu": {
        "position": "absolute",
        "bottom": "calc(100% + 4px)",
        "inset_inline_start": "0",
        "z_index": "3",
        "display": "flex",
        "gap": "2px",
        "padding": "4px",
        "border": f"1px solid {theme.LINE_STRONG}",
        "border_radius": "22px",
        "background": theme.GROUND,
        "box_shadow": theme.SHADOW_MENU,
        "& button": {**_BUTTON, "width": "34px", "height": "34px", "font_size": "19px"},
        "& [aria-checked=true]": {"background": theme.CHOSEN_STRONG},
    },
    "& .unreacted": {
        "align_self": "flex-start",
        "font_size": theme.SIZE_META,
        "line_height": "16px",
        "color": theme.BAD_TEXT,
    },
    "& button.quote": {
        "width": "100%",
        "border_width": "0 0 0 0",
        "border_inline_start": "3px solid currentColor",
        "border_radius": "2px",
        "background": "transparent",
        "color": "inherit",
        "font_family": "inherit",
        "text_align": "start",
        "cursor": "pointer",
        "&:hover": {"opacity": "1"},
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& .found .bubble": {"animation": "jumper-found 1.6s ease-out"},
    "@keyframes jumper-found": {"from": {"outline": f"3px solid {theme.FOCUS}"}},
}
