"""What the channels' pages are drawn of: fields from a description, findings, values to copy."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel.settings import fields

from . import words

VERDICTS = {
    "good": ("circle-check", theme.CHIP["green"][1]),
    "warning": ("triangle-alert", theme.CHIP["amber"][1]),
    "bad": ("circle-x", theme.BAD_TEXT),
    "unknown": ("circle-help", theme.TEXT_QUIET),
}
"""How each verdict of a finding looks."""


def standing_chip(account: Any) -> Any:
    """The one word for an account."""
    shown = [
        (name, pieces.chip(account["standing_name"], tone=tone))
        for name, tone in words.TONES.items()
    ]
    return rx.match(account["standing"], *shown, rx.fragment())


def described_field(row: Any, errors: Any, *, kept: bool = False) -> rx.Component:
    """A field as its channel describes it. ``kept``: a secret is stored already."""
    error = errors[row["name"]]
    return rx.el.div(
        rx.el.label(
            fields.label(row["label"]),
            rx.el.input(
                name=row["name"],
                type=row["type"],
                input_mode=row["mode"],
                default_value=row["value"],
                placeholder=rx.cond(row["secret"], words.SECRET_SAVED, "") if kept else "",
                auto_complete=rx.cond(row["secret"], "new-password", "off"),
                spell_check=False,
                aria_invalid=rx.cond(error, "true", "false"),
                custom_attrs={
                    "aria-description": rx.cond(error, error, row["help"]),
                    "data-testid": "field-" + row["name"].to(str),
                },
                style=fields.FIELD_STYLE,
            ),
            display="block",
        ),
        fields.below(error, row["help"]),
        key=row["name"],
    )


def described_option(row: Any, errors: Any) -> Any:
    """A switch or a text of an account, as its channel describes it."""
    return rx.match(
        row["kind"],
        ("switch", _switch(row)),
        ("lines", _text(row, errors, rx.el.textarea(rows=4, **_attributes(row, errors)))),
        ("choice", _text(row, errors, _select(row))),
        _text(row, errors, rx.el.input(**_attributes(row, errors))),
    )


def _switch(row: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        name=row["name"],
        default_checked=row["on"],
        custom_attrs={
            "aria-description": row["help"],
            "data-testid": "field-" + row["name"].to(str),
        },
        style=BOX_STYLE,
    )
    words_beside = rx.el.span(
        rx.el.span(row["label"], display="block"),
        rx.el.span(row["help"], aria_hidden="true", style=BESIDE_STYLE),
    )
    return rx.el.label(
        box, words_beside, display="flex", gap="10px", cursor="pointer", padding="4px 0"
    )


BOX_STYLE: dict[str, Any] = {
    "width": "18px",
    "height": "18px",
    "flex": "none",
    "margin": "1px 0 0",
    "accent_color": theme.FILLED,
}
BESIDE_STYLE: dict[str, Any] = {
    "display": "block",
    "font_size": theme.SIZE_META,
    "line_height": "16px",
    "color": theme.TEXT_QUIET,
}


def _text(row: Any, errors: Any, control: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.label(fields.label(row["label"]), control, display="block"),
        fields.below(errors[row["name"]], row["help"]),
    )


def _select(row: Any) -> rx.Component:
    return rx.el.select(
        rx.foreach(
            row["choices"].to(list[dict[str, str]]),
            lambda one: rx.el.option(one["label"], value=one["value"]),
        ),
        name=row["name"],
        default_value=row["text"],
        custom_attrs={"data-testid": "field-" + row["name"].to(str)},
        style=fields.FIELD_STYLE,
    )


def _attributes(row: Any, errors: Any) -> dict[str, Any]:
    lines = {"height": "auto", "padding": "8px 11px", "resize": "vertical"}
    return {
        "name": row["name"],
        "default_value": row["text"],
        "aria_invalid": rx.cond(errors[row["name"]], "true", "false"),
        "custom_attrs": {
            "aria-description": rx.cond(errors[row["name"]], errors[row["name"]], row["help"]),
            "data-testid": "field-" + row["name"].to(str),
        },
        "style": {**fields.FIELD_STYLE, "&:is(textarea)": lines},
    }


def first_answerer(flows: Any, chosen: Any) -> rx.Component:
    """Who answers a customer who has not written before."""
    return fields.choice(
        words.FIELD_FLOW,
        "flow",
        rx.foreach(flows, lambda one: rx.el.option(one["label"], value=one["value"])),
        hint=words.FIELD_FLOW_HINT,
        default_value=chosen,
    )


def findings(rows: Any, subscribe: Any = None) -> rx.Component:
    """What was found, a line each. ``subscribe``: the event that mends a missing subscription."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: _finding(row, subscribe)),
        margin="0",
        padding="0",
        list_style="none",
        display="flex",
        flex_direction="column",
        gap="12px",
        custom_attrs={"data-testid": "findings"},
    )


def _finding(row: Any, subscribe: Any) -> rx.Component:
    mend = rx.fragment()
    if subscribe is not None:
        button = pieces.outline_button(
            words.SUBSCRIBE, test_id="subscribe", on_click=subscribe, align_self="center"
        )
        mend = rx.cond(row["can_subscribe"], button)
    return rx.el.li(
        _mark(row),
        rx.el.div(
            rx.el.p(
                row["title"],
                rx.cond(row["at"] != "", client.Age.create(at=row["at"], style=WHEN_STYLE)),
                font_weight=theme.MEDIUM,
            ),
            fields.quiet(row["text"]),
            flex="1",
            min_width="0",
        ),
        mend,
        custom_attrs={"data-testid": "finding", "data-verdict": row["verdict"]},
        display="flex",
        gap="10px",
        align_items="flex-start",
    )


WHEN_STYLE: dict[str, Any] = {
    "margin_inline_start": "8px",
    "font_weight": theme.REGULAR,
    "font_size": theme.SIZE_META,
    "color": theme.TEXT_QUIET,
}


def _mark(row: Any) -> Any:
    drawn = [
        (name, pieces.icon(icon, size=theme.ICON_BAR, color=colour, margin_top="1px"))
        for name, (icon, colour) in VERDICTS.items()
    ]
    return rx.match(row["verdict"], *drawn, rx.fragment())


def to_copy(label: Any, value: Any, test_id: Any) -> rx.Component:
    """A value beside a button that copies it."""
    return rx.el.div(
        fields.label(label),
        rx.el.div(
            fields.code(value, test_id),
            fields.copy_button(value),
            display="flex",
            gap="12px",
            align_items="center",
            padding="8px 8px 8px 12px",
            border_radius=theme.RADIUS_FIELD,
            background=theme.SURFACE,
        ),
    )


def shown_once(rows: Any) -> rx.Component:
    """Values of our own making that are told once."""
    return rx.cond(
        rows.length() > 0,
        rx.el.div(
            rx.foreach(
                rows,
                lambda row: to_copy(row["label"], row["value"], "shown-" + row["name"].to(str)),
            ),
            rx.el.p(words.COPY_NOW, font_size=theme.SIZE_META, color=theme.TEXT_QUIET),
            display="flex",
            flex_direction="column",
            gap="8px",
        ),
    )


def numbered(steps: Any) -> rx.Component:
    """What to do, in order."""
    return rx.el.ol(
        rx.foreach(steps, lambda step: rx.el.li(step, padding_inline_start="4px")),
        margin="0",
        padding_inline_start="20px",
        list_style="decimal",
        display="flex",
        flex_direction="column",
        gap="6px",
    )


def trouble(sentence: Any) -> rx.Component:
    """Why it did not work."""
    return rx.cond(
        sentence,
        rx.el.p(
            sentence,
            role="alert",
            color=theme.BAD_TEXT,
            font_size=theme.SIZE_SMALL,
            custom_attrs={"data-testid": "trouble"},
        ),
    )
