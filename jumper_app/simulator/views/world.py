"""The side of the page where the world is moved: the clock, webhooks, and what follows."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.world import WorldState

from .browser import DemoClock
from .fields import FIELD, card, quiet, sheet_header
from .sends import ledger, misfortune, reset
from .templates import templates

SHEET = "simulator-world"
"""The id of the sheet that the world is where there is no third column."""


def world() -> rx.Component:
    """All of it, in cards."""
    return rx.fragment(
        sheet_header(words.WORLD, SHEET),
        rx.el.div(_clock(), _webhooks(), misfortune(), templates(), ledger(), reset(), style=CARDS),
    )


CARDS: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "10px",
    "padding": "0 12px 16px",
    "overflow_y": "auto",
    "overscroll_behavior": "contain",
    "scrollbar_width": "thin",
    "flex": "1",
    "min_height": "0",
}


# --- The clock


def _clock() -> rx.Component:
    real = WorldState.ahead == words.REAL_TIME
    chips = pieces.chip(WorldState.ahead), pieces.chip(WorldState.ahead, tone="accent")
    return card(
        "clock-3",
        words.CLOCK,
        rx.el.div(
            DemoClock.create(
                at=WorldState.now, class_name="now", custom_attrs={"data-testid": "sim-clock"}
            ),
            rx.el.div(
                DemoClock.create(at=WorldState.now, form="day"),
                rx.cond(real, *chips),
                class_name="today",
            ),
            style=CLOCK,
        ),
        rx.el.div(
            *(_step(label, seconds) for label, seconds in words.STEPS),
            display="grid",
            grid_template_columns="1fr 1fr",
            gap="6px",
        ),
        _custom_step(),
        quiet(words.CLOCK_INTRO),
    )


CLOCK: dict[str, Any] = {
    "& .now": {
        "font_size": "26px",
        "line_height": "32px",
        "font_weight": theme.SEMIBOLD,
        "font_variant_numeric": theme.TABULAR,
        "letter_spacing": "-0.01em",
    },
    "& .today": {
        "display": "flex",
        "flex_wrap": "wrap",
        "align_items": "center",
        "gap": "6px 8px",
        "font_size": theme.SIZE_META,
        "color": theme.TEXT_QUIET,
    },
}


def _step(label: str, seconds: int) -> rx.Component:
    return pieces.outline_button(
        label,
        on_click=WorldState.advance(seconds),
        test_id=f"sim-advance-{seconds}",
        padding="0 6px",
    )


def _custom_step() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="amount",
            input_mode="decimal",
            placeholder="3",
            aria_label=words.AMOUNT,
            style={**FIELD, "height": "32px"},
            custom_attrs={"data-testid": "sim-amount"},
        ),
        rx.el.select(
            *(rx.el.option(unit, value=unit) for unit, _ in words.UNITS),
            name="unit",
            default_value="hours",
            aria_label=words.UNIT,
            style={**FIELD, "height": "32px", "cursor": "pointer"},
            custom_attrs={"data-testid": "sim-unit"},
        ),
        pieces.soft_button(words.MOVE, type="submit", test_id="sim-move"),
        on_submit=WorldState.advance_by,
        reset_on_submit=True,
        display="grid",
        grid_template_columns="64px 1fr auto",
        gap="6px",
    )


# --- Webhooks


def _webhooks() -> rx.Component:
    return card(
        "webhook",
        words.WEBHOOKS,
        rx.el.div(
            _count(WorldState.taken, words.TAKEN, "sim-taken"),
            _count(WorldState.waiting, words.WAITING, "sim-waiting"),
            _count(WorldState.lost, words.LOST, "sim-lost"),
            display="grid",
            grid_template_columns="1fr 1fr 1fr",
            gap="6px",
        ),
        _order("repeat-2", words.REPEAT, WorldState.repeat, "sim-repeat"),
        rx.cond(
            WorldState.holding,
            _held(),
            _order("pause", words.HOLD_BACK, WorldState.hold_back, "sim-hold"),
        ),
    )


def _order(icon: str, label: str, on_click: Any, test_id: str) -> rx.Component:
    drawn = pieces.icon(icon, size=15)
    return pieces.outline_button(drawn, label, on_click=on_click, test_id=test_id)


def _held() -> rx.Component:
    """Webhooks wait: how they may go on."""
    release = WorldState.release
    return rx.el.div(
        pieces.chip(pieces.icon("pause", size=11), words.HOLDING, tone="amber"),
        rx.el.div(
            pieces.soft_button(words.LET_GO, on_click=release("in order"), test_id="sim-release"),
            pieces.outline_button(
                words.SHUFFLE, on_click=release("shuffled"), test_id="sim-shuffle"
            ),
            pieces.outline_button(words.BATCH, on_click=release("as one"), test_id="sim-batch"),
            display="flex",
            flex_wrap="wrap",
            gap="6px",
        ),
        display="flex",
        flex_direction="column",
        align_items="flex-start",
        gap="8px",
    )


def _count(count: int | rx.Var[int], label: str, test_id: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            count,
            display="block",
            font_weight=theme.SEMIBOLD,
            font_size=theme.SIZE_TITLE,
            font_variant_numeric=theme.TABULAR,
            custom_attrs={"data-testid": test_id},
        ),
        rx.el.span(label, font_size=theme.SIZE_TINY, color=theme.TEXT_QUIET),
        padding="6px 10px 7px",
        border_radius=theme.RADIUS_FIELD,
        background=theme.SURFACE,
        line_height="18px",
    )
