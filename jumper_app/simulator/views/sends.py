"""What becomes of the business' sends: planned misfortune, the ledger; and the reset."""

from typing import Any

import reflex as rx

from jumper_app.channels import CHANNELS
from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.network import Room, rooms
from jumper_app.simulator.world import WorldState

from .browser import TimeOfDay
from .fields import card, choice, quiet

# --- Misfortune


def misfortune() -> rx.Component:
    """Plan what goes wrong next, and see what is planned."""
    return card(
        "cloud-lightning",
        words.FAULTS,
        rx.el.form(
            choice(words.WHAT, "kind", *(_group(*group) for group in words.HAPPENINGS)),
            _codes(),
            rx.el.div(
                choice(
                    words.TIMES,
                    "times",
                    *(rx.el.option(label, value=value) for value, label in words.OFTEN),
                    flex="1",
                ),
                pieces.soft_button(words.PLAN, type="submit", test_id="sim-plan", height="34px"),
                class_name="end",
            ),
            on_submit=WorldState.plan,
            style=FORM,
        ),
        rx.cond(WorldState.script, _script()),
    )


FORM: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "8px",
    "& .end": {"display": "flex", "align_items": "flex-end", "gap": "6px"},
    "& .code": {"display": "none"},
    "&:has([value=error]:checked) .code": {"display": "block"},
    "&:has([value=failed_status]:checked) .code": {"display": "block"},
}


def _group(title: str, group: tuple[tuple[str, str], ...]) -> rx.Component:
    options = (rx.el.option(name, value=kind) for kind, name in group)
    return rx.el.optgroup(*options, label=title)


def _codes() -> rx.Component:
    """Every error that the providers document; there only for what needs one."""
    groups = (_known(room) for room in rooms() if room.codes)
    first = str(words.FIRST_CODE)
    return choice(words.CODE, "code", *groups, default_value=first, class_name="code")


def _known(room: Room) -> rx.Component:
    options = (
        rx.el.option(f"{code.replace('.', ' / ')} · {title}", value=code)
        for code, title in sorted(room.codes.items(), key=lambda one: float(one[0]))
    )
    return rx.el.optgroup(*options, label=CHANNELS[room.key].wording.name)


def _script() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(words.PLANNED, flex="1", font_weight=theme.MEDIUM),
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
        rx.el.ul(rx.foreach(WorldState.script, _planned)),
        style=SCRIPT,
    )


SCRIPT: dict[str, Any] = {
    "padding": "6px 6px 8px 10px",
    "border_radius": theme.RADIUS_FIELD,
    "background": theme.BAD_SURFACE,
    "color": theme.BAD_TEXT,
    "font_size": theme.SIZE_META,
    "& ul": {
        "margin": "0",
        "padding": "0",
        "list_style": "none",
        "display": "flex",
        "flex_direction": "column",
        "gap": "4px",
    },
}


def _planned(fault: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(fault["what"], flex="1", min_width="0"),
        rx.el.span(fault["times"], font_variant_numeric=theme.TABULAR),
        display="flex",
        gap="8px",
        padding_inline_end="8px",
        line_height="17px",
        custom_attrs={"data-testid": "sim-planned"},
    )


# --- Ledger


def ledger() -> rx.Component:
    """The newest sends with their answers."""
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


def _line(line: Any) -> rx.Component:
    verdict = (pieces.chip(line["verdict"], tone=tone) for tone in ("green", "amber", "red"))
    good, fair, bad = verdict
    return rx.el.li(
        rx.el.div(
            TimeOfDay.create(at=line["at"]),
            rx.el.span(line["to"], class_name="to"),
            rx.match(line["tone"], ("green", good), ("amber", fair), bad),
        ),
        rx.el.div(
            rx.el.span(line["text"], class_name="words"),
            rx.cond(line["fault"], pieces.chip(line["fault"])),
        ),
        style=LINE,
        custom_attrs={"data-testid": "sim-send", "data-tone": line["tone"]},
    )


LINE: dict[str, Any] = {
    "font_size": theme.SIZE_META,
    "line_height": "20px",
    "padding": "6px 0",
    "& + &": {"border_top": f"1px solid {theme.LINE}"},
    "& > div": {"display": "flex", "align_items": "center", "gap": "8px"},
    "& time": {"color": theme.TEXT_QUIET, "font_variant_numeric": theme.TABULAR},
    "& .to": {"flex": "1", "font_weight": theme.MEDIUM, **theme.ELLIPSIS},
    "& .words": {"flex": "1", "color": theme.TEXT_QUIET, **theme.ELLIPSIS},
}


# --- Reset


def reset() -> rx.Component:
    """Seed the workspace anew, once sure."""
    button = pieces.danger_button(words.RESET, test_id="sim-reset")
    dialog = rx.alert_dialog.root(rx.alert_dialog.trigger(button), _sure())
    return rx.cond(
        WorldState.can_reset, card("rotate-ccw", words.RESET, quiet(words.RESET_INTRO), dialog)
    )


def _sure() -> rx.Component:
    button = pieces.danger_button(
        words.RESET, on_click=WorldState.reset_workspace, test_id="sim-reset-sure"
    )
    return rx.alert_dialog.content(
        rx.alert_dialog.title(words.RESET_SURE, size="4"),
        rx.alert_dialog.description(words.RESET_MEANS, size="2"),
        rx.el.div(
            rx.alert_dialog.cancel(pieces.quiet_button(words.CANCEL)),
            rx.alert_dialog.action(button),
            display="flex",
            justify_content="flex-end",
            gap="8px",
            margin_top="16px",
        ),
        max_width="420px",
    )
