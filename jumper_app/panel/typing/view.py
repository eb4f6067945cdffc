"""The line between the messages and the band that says that the customer types, and what."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme, words

from .state import TypingState

FADES_AFTER = "20s"
"""The widget says it again while something stands in its field; a lost *stopped* ends here."""


def typing_line(name: rx.Var[str]) -> rx.Component:
    """Drawn only while something is typed. Not announced: it changes with every word."""
    return rx.cond(
        TypingState.active,
        rx.el.div(
            pieces.icon("pencil-line", size=theme.ICON_LINE),
            rx.el.span(
                rx.el.b(name, " ", words.IS_TYPING, font_weight=theme.MEDIUM),
                rx.cond(TypingState.text != "", _words()),
                min_width="0",
                overflow_wrap="anywhere",
            ),
            key=f"typing-{TypingState.beat}",
            custom_attrs={"data-testid": "customer-typing"},
            style=STYLE,
        ),
    )


def _words() -> rx.Component:
    return rx.fragment(
        ": ",
        rx.el.span(
            TypingState.text, custom_attrs={"dir": "auto"}, white_space="pre-wrap", color=theme.TEXT
        ),
    )


STYLE: dict[str, Any] = {
    "display": "flex",
    "gap": "8px",
    "align_items": "baseline",
    "flex": "none",
    "max_height": "84px",
    "overflow_y": "auto",
    "margin": "0 20px 8px",
    "padding": "6px 12px",
    "border": f"1px dashed {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_NOTE,
    "font_size": theme.SIZE_SMALL,
    "color": theme.TEXT_QUIET,
    "animation": f"typing-ends 0s linear {FADES_AFTER} forwards",
    "@keyframes typing-ends": {"to": {"display": "none"}},
    theme.PHONE: {"margin": "0 12px 8px"},
}
