"""The hourglass above the list: what closes next, and the key to the next one."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme, words

from .closing import ClosingState
from .row import row


def _after(conversation: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (conversation,)


class NextKey(rx.Component):
    """Alt+W anywhere on the page; says which conversation is open. Looks when one closes."""

    library = "$/public/closing.js"
    tag = "NextKey"
    closes_at: rx.Var[str]
    turn: rx.Var[int]
    on_next: rx.EventHandler[_after]
    on_look: rx.EventHandler[rx.event.no_args_event_spec]


def closing_next() -> rx.Component:
    """The button with its list, and the key."""
    return rx.fragment(
        NextKey.create(
            closes_at=ClosingState.closes_at,
            turn=ClosingState.turn,
            on_next=ClosingState.open_next,
            on_look=ClosingState.look,
        ),
        rx.popover.root(
            rx.popover.trigger(_button()),
            rx.popover.content(
                rx.el.h2(words.CLOSING_NEXT, style=TITLE_STYLE),
                rx.el.p(words.CLOSING_KEY, style=HINT_STYLE),
                rx.cond(ClosingState.rows.length() > 0, _rows(), _nothing()),
                custom_attrs={"data-testid": "closing-list", "aria-label": words.CLOSING_NEXT},
                align="end",
                background=theme.GROUND,
                padding="12px 0 8px",
                width="min(360px, calc(100vw - 24px))",
            ),
            open=ClosingState.open,
            on_open_change=ClosingState.show,
        ),
    )


def _button() -> rx.Component:
    count = ClosingState.count
    return rx.el.button(
        pieces.icon("hourglass", size=theme.ICON_BAR),
        rx.cond(
            count > 0,
            rx.el.span(count, style=COUNT_STYLE, custom_attrs={"data-testid": "closing-count"}),
        ),
        type="button",
        title=words.CLOSING_NEXT,
        aria_label=rx.cond(count > 0, f"{words.CLOSING_NEXT}, {count}", words.CLOSING_NEXT),
        custom_attrs={"data-testid": "closing-next"},
        style=BUTTON_STYLE,
    )


BUTTON_STYLE: dict[str, Any] = {
    **pieces.QUIET_STYLE,
    "min_width": "32px",
    "padding": "0 6px",
    "gap": "4px",
}
COUNT_STYLE: dict[str, Any] = {
    "font_size": theme.SIZE_TINY,
    "font_weight": theme.MEDIUM,
    "font_variant_numeric": theme.TABULAR,
}
TITLE_STYLE: dict[str, Any] = {
    "font_size": theme.SIZE_BODY,
    "font_weight": theme.SEMIBOLD,
    "padding": "0 16px",
}
HINT_STYLE: dict[str, Any] = {
    "font_size": theme.SIZE_TINY,
    "color": theme.TEXT_QUIET,
    "padding": "2px 16px 8px",
}


def _rows() -> rx.Component:
    return rx.el.div(
        rx.foreach(ClosingState.rows, lambda item: row(item=item, key=item["id"])),
        on_click=ClosingState.show(shown=False),
        max_height="min(60vh, 480px)",
        overflow_y="auto",
    )


def _nothing() -> rx.Component:
    return pieces.empty_state("hourglass", *words.NOTHING_CLOSES)
