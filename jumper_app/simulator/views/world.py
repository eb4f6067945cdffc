"""The side of the page where the world is moved: clock, webhooks, misfortune, ledger."""

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.graph_errors import KNOWN
from jumper_app.simulator.shown import SendRow
from jumper_app.simulator.world import FaultRow, WorldState

from .browser import DemoClock, TimeOfDay
from .fields import FIELD, SHEET_CLOSE, card, choice, quiet

SHEET = "simulator-world"
"""The id of the sheet that the world is where there is no third column."""


def world() -> rx.Component:
    """All of it, in cards."""
    return rx.fragment(
        rx.el.header(
            rx.el.h2(words.WORLD, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
            rx.el.span(flex="1"),
            rx.el.button(
                pieces.icon("x"),
                type="button",
                aria_label=words.CLOSE,
                custom_attrs={"popoverTarget": SHEET, "popoverTargetAction": "hide"},
                style=SHEET_CLOSE,
            ),
            display="flex",
            align_items="center",
            min_height="48px",
            padding="10px 10px 6px 16px",
        ),
        rx.el.div(
            _clock(),
            _webhooks(),
            _misfortune(),
            _ledger(),
            _reset(),
            display="flex",
            flex_direction="column",
            gap="10px",
            padding="0 12px 16px",
            overflow_y="auto",
            overscroll_behavior="contain",
            scrollbar_width="thin",
            flex="1",
            min_height="0",
        ),
    )


# --- The clock


def _clock() -> rx.Component:
    return card(
        "clock-3",
        words.CLOCK,
        rx.el.div(
            DemoClock.create(
                at=WorldState.now,
                style={
                    "font_size": "26px",
                    "line_height": "32px",
                    "font_weight": theme.SEMIBOLD,
                    "font_variant_numeric": theme.TABULAR,
                    "letter_spacing": "-0.01em",
                },
                custom_attrs={"data-testid": "sim-clock"},
            ),
            rx.el.div(
                DemoClock.create(at=WorldState.now, form="day"),
                rx.cond(
                    WorldState.ahead == words.REAL_TIME,
                    pieces.chip(WorldState.ahead),
                    pieces.chip(WorldState.ahead, tone="accent"),
                ),
                display="flex",
                flex_wrap="wrap",
                align_items="center",
                gap="6px 8px",
                font_size=theme.SIZE_META,
                color=theme.TEXT_QUIET,
            ),
        ),
        rx.el.div(
            *(
                pieces.outline_button(
                    label,
                    on_click=WorldState.advance(seconds),
                    test_id=f"sim-advance-{seconds}",
                    padding="0 6px",
                )
                for label, seconds in words.STEPS
            ),
            display="grid",
            grid_template_columns="1fr 1fr",
            gap="6px",
        ),
        _custom_step(),
        quiet(words.CLOCK_INTRO),
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
        pieces.outline_button(
            pieces.icon("repeat-2", size=15),
            words.REPEAT,
            on_click=WorldState.repeat,
            test_id="sim-repeat",
        ),
        rx.cond(
            WorldState.holding,
            rx.el.div(
                pieces.chip(pieces.icon("pause", size=11), words.HOLDING, tone="amber"),
                rx.el.div(
                    pieces.soft_button(
                        words.LET_GO,
                        on_click=WorldState.release("in order"),
                        test_id="sim-release",
                    ),
                    pieces.outline_button(
                        words.SHUFFLE,
                        on_click=WorldState.release("shuffled"),
                        test_id="sim-shuffle",
                    ),
                    pieces.outline_button(
                        words.BATCH,
                        on_click=WorldState.release("as one"),
                        test_id="sim-batch",
                    ),
                    display="flex",
                    flex_wrap="wrap",
                    gap="6px",
                ),
                display="flex",
                flex_direction="column",
                align_items="flex-start",
                gap="8px",
            ),
            pieces.outline_button(
                pieces.icon("pause", size=15),
                words.HOLD_BACK,
                on_click=WorldState.hold_back,
                test_id="sim-hold",
            ),
        ),
    )


def _count(count: rx.Var[int], label: str, test_id: str) -> rx.Component:
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


# --- Misfortune


def _misfortune() -> rx.Component:
    return card(
        "cloud-lightning",
        words.FAULTS,
        rx.el.form(
            choice(
                words.WHAT,
                "kind",
                *(
                    rx.el.optgroup(
                        *(rx.el.option(name, value=kind) for kind, name in group), label=title
                    )
                    for title, group in words.HAPPENINGS
                ),
            ),
            choice(
                words.CODE,
                "code",
                *(
                    rx.el.option(f"{code} · {known.title}", value=str(code))
                    for code, known in sorted(KNOWN.items())
                ),
                class_name="code",
            ),
            rx.el.div(
                choice(
                    words.TIMES,
                    "times",
                    *(rx.el.option(label, value=value) for value, label in words.OFTEN),
                    flex="1",
                ),
                pieces.soft_button(words.PLAN, type="submit", test_id="sim-plan", height="34px"),
                display="flex",
                align_items="flex-end",
                gap="6px",
            ),
            on_submit=WorldState.plan,
            style={
                "display": "flex",
                "flex_direction": "column",
                "gap": "8px",
                "& .code": {"display": "none"},
                "&:has([value=error]:checked) .code": {"display": "block"},
                "&:has([value=failed_status]:checked) .code": {"display": "block"},
            },
        ),
        rx.cond(WorldState.script, _script()),
    )


def _script() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(words.PLANNED, font_size=theme.SIZE_META, font_weight=theme.MEDIUM),
            rx.el.span(flex="1"),
            pieces.quiet_button(
                words.CLEAR,
                on_click=WorldState.clear,
                test_id="sim-clear",
                height="24px",
                padding="0 8px",
                color=theme.BAD_TEXT,
            ),
            display="flex",
            align_items="center",
        ),
        rx.el.ul(
            rx.foreach(WorldState.script, _planned),
            margin="0",
            padding="0",
            list_style="none",
            display="flex",
            flex_direction="column",
            gap="4px",
        ),
        padding="6px 6px 8px 10px",
        border_radius=theme.RADIUS_FIELD,
        background=theme.BAD_SURFACE,
        color=theme.BAD_TEXT,
    )


def _planned(fault: rx.Var[FaultRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(fault["what"], flex="1", min_width="0"),
        rx.el.span(fault["times"], font_variant_numeric=theme.TABULAR),
        display="flex",
        gap="8px",
        padding_inline_end="8px",
        font_size=theme.SIZE_META,
        line_height="17px",
        custom_attrs={"data-testid": "sim-planned"},
    )


# --- Ledger


def _ledger() -> rx.Component:
    return card(
        "scroll-text",
        words.LEDGER,
        quiet(words.LEDGER_INTRO),
        rx.cond(
            WorldState.ledger,
            rx.el.ol(
                rx.foreach(WorldState.ledger, _line),
                margin="0",
                padding="0",
                list_style="none",
            ),
            quiet(words.LEDGER_EMPTY),
        ),
    )


def _line(line: rx.Var[SendRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            TimeOfDay.create(
                at=line["at"],
                style={"color": theme.TEXT_QUIET, "font_variant_numeric": theme.TABULAR},
            ),
            rx.el.span(line["to"], font_weight=theme.MEDIUM, flex="1", **theme.ELLIPSIS),
            rx.match(
                line["tone"],
                ("green", pieces.chip(line["verdict"], tone="green")),
                ("amber", pieces.chip(line["verdict"], tone="amber")),
                pieces.chip(line["verdict"], tone="red"),
            ),
            display="flex",
            align_items="center",
            gap="8px",
        ),
        rx.el.div(
            rx.el.span(line["text"], flex="1", color=theme.TEXT_QUIET, **theme.ELLIPSIS),
            rx.cond(line["fault"], pieces.chip(line["fault"])),
            display="flex",
            align_items="center",
            gap="8px",
        ),
        font_size=theme.SIZE_META,
        line_height="20px",
        padding="6px 0",
        style={"& + &": {"border_top": f"1px solid {theme.LINE}"}},
        custom_attrs={"data-testid": "sim-send", "data-tone": line["tone"]},
    )


# --- Reset


def _reset() -> rx.Component:
    return rx.cond(
        WorldState.can_reset,
        card(
            "rotate-ccw",
            words.RESET,
            quiet(words.RESET_INTRO),
            rx.alert_dialog.root(
                rx.alert_dialog.trigger(
                    pieces.danger_button(words.RESET, test_id="sim-reset"),
                ),
                rx.alert_dialog.content(
                    rx.alert_dialog.title(words.RESET_SURE, size="4"),
                    rx.alert_dialog.description(words.RESET_MEANS, size="2"),
                    rx.el.div(
                        rx.alert_dialog.cancel(pieces.quiet_button(words.CANCEL)),
                        rx.alert_dialog.action(
                            pieces.danger_button(
                                words.RESET,
                                on_click=WorldState.reset_workspace,
                                test_id="sim-reset-sure",
                            )
                        ),
                        display="flex",
                        justify_content="flex-end",
                        gap="8px",
                        margin_top="16px",
                    ),
                    max_width="420px",
                ),
            ),
        ),
    )
