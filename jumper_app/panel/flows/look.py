"""How the dialog looks: the template picker's frame and list, with one column."""

from typing import Any

from jumper_app.panel import theme
from jumper_app.panel.templates.look import CHOOSE, FRAME

STYLE: dict[str, Any] = {
    **FRAME,
    **CHOOSE,
    "width": "min(480px, calc(100vw - 24px))",
    "& .inside": {
        "display": "flex",
        "flex_direction": "column",
        "height": "min(440px, calc(100dvh - 24px))",
        theme.PHONE: {"height": "calc(100dvh - 24px)"},
    },
    "& .option-about": {
        "font_size": theme.SIZE_SMALL,
        "color": theme.TEXT_QUIET,
        "overflow_wrap": "anywhere",
    },
    "& .option-why": {"font_size": theme.SIZE_META, "color": theme.TEXT_QUIET},
    "& .option[aria-selected=true] .option-about, & .option[aria-selected=true] .option-why": {
        "color": theme.TEXT_ON_CHOSEN
    },
    "& .instead": {
        "flex": "none",
        "margin": "0",
        "padding": "10px 20px 14px",
        "border_top": f"1px solid {theme.LINE}",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
    },
}
