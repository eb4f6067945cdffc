"""The customers whose phones can be held."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.newcomers import choices
from jumper_app.simulator.state import SimulatorState

from .fields import FIELD, field, sheet_header

SHEET = "simulator-customers"
"""The id of the sheet that the list is where there is only one column."""


def contacts() -> rx.Component:
    """A search, the list, and a way to add somebody."""
    return rx.fragment(
        sheet_header(words.CUSTOMERS, SHEET, _new_customer()),
        rx.el.div(_search(), padding="0 12px 8px"),
        rx.cond(
            SimulatorState.contacts,
            rx.el.ul(
                rx.foreach(SimulatorState.contacts, _contact),
                aria_label=words.CUSTOMERS,
                style=LIST,
            ),
            pieces.empty_state("user-search", *words.NOBODY_FOUND),
        ),
    )


LIST: dict[str, Any] = {
    "margin": "0",
    "padding": "2px 8px 12px",
    "list_style": "none",
    "overflow_y": "auto",
    "overscroll_behavior": "contain",
    "scrollbar_width": "thin",
    "flex": "1",
    "min_height": "0",
}


def _search() -> rx.Component:
    return rx.el.div(
        pieces.icon("search", size=15, color=theme.TEXT_QUIET, style=SEARCH_ICON),
        rx.el.input(
            type="search",
            default_value=SimulatorState.search,
            key=rx.cond(SimulatorState.adding, "adding", "searching"),
            on_change=SimulatorState.look_for.debounce(120),  # type: ignore[attr-defined]
            placeholder=words.SEARCH,
            aria_label=words.SEARCH,
            auto_complete="off",
            custom_attrs={"data-testid": "sim-search"},
            style={**FIELD, "padding": "0 10px 0 32px", "background": theme.GROUND},
        ),
        position="relative",
    )


SEARCH_ICON: dict[str, Any] = {"position": "absolute", "left": "11px", "top": "10px"}


def _contact(contact: Any) -> rx.Component:
    key = contact["key"]
    shown: Any = (SimulatorState.left["key"] == key) | (SimulatorState.right["key"] == key)
    return rx.el.li(
        rx.el.button(
            _face(contact),
            _names(contact),
            rx.cond(contact["unread"] > 0, pieces.count_badge(contact["unread"])),
            rx.cond(shown, pieces.icon("smartphone", size=15, color=theme.TEXT_ACCENT)),
            type="button",
            on_click=SimulatorState.pick(key),
            custom_attrs={
                "data-testid": "sim-contact",
                "data-phone": key,
                "aria-current": rx.cond(shown, "true", "false"),
                "popoverTarget": SHEET,
                "popoverTargetAction": "hide",
            },
            style=ROW,
        ),
        key=key,
    )


def _face(contact: Any) -> rx.Component:
    return rx.el.span(
        pieces.face(contact["initials"], contact["tone"], 36),
        pieces.channel_disc(contact["channel"], 14, theme.GROUND_SIDE),
        _network(contact),
        position="relative",
        flex="none",
        display="inline-block",
        height="36px",
    )


def _names(contact: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(contact["name"], display="block", font_weight=theme.MEDIUM, **theme.ELLIPSIS),
        rx.el.span(contact["about"], class_name="about"),
        flex="1",
        min_width="0",
    )


ROW: dict[str, Any] = {
    "display": "flex",
    "align_items": "center",
    "gap": "10px",
    "width": "100%",
    "min_height": "52px",
    "padding": "7px 10px",
    "border": "0",
    "border_radius": theme.RADIUS_RAIL,
    "background": "transparent",
    "color": theme.TEXT,
    "text_align": "start",
    "cursor": "pointer",
    "&:hover": {"background": theme.SURFACE},
    "&[aria-current=true]": {"background": theme.CHOSEN},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
    "& .about": {
        "display": "block",
        "font_size": theme.SIZE_META,
        "line_height": "16px",
        "color": theme.TEXT_QUIET,
        "font_variant_numeric": theme.TABULAR,
        **theme.ELLIPSIS,
    },
}


def _network(contact: Any) -> rx.Component:
    """The dot above a face: offline, in the pocket, chat open."""
    said: Any = rx.match(contact["held"], *words.HELD.items(), "")
    return rx.cond(
        contact["held"] == "pocket",
        rx.fragment(),
        rx.el.span(
            title=said,
            role="img",
            aria_label=said,
            position="absolute",
            right="-1px",
            top="-1px",
            width="11px",
            height="11px",
            border_radius="50%",
            border=f"2px solid {theme.GROUND_SIDE}",
            background=rx.cond(contact["held"] == "open", theme.GOOD, theme.LINE_FIELD),
        ),
    )


def _new_customer() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.trigger(
            pieces.icon_button("user-plus", words.NEW_CUSTOMER, test_id="sim-new-customer")
        ),
        rx.dialog.content(
            rx.dialog.title(words.NEW_CUSTOMER, size="4", margin_bottom="4px"),
            rx.dialog.description(words.NEW_CUSTOMER_INTRO, size="2", color=theme.TEXT_QUIET),
            _form(),
            max_width="420px",
        ),
        open=SimulatorState.adding,
        on_open_change=SimulatorState.show_adding,
    )


def _form() -> rx.Component:
    example = {"type": "tel", "placeholder": "+49 151 2345678"}
    return rx.el.form(
        field(words.NAME, "name", auto_focus=True, auto_complete="off", max_length=100),
        rx.el.div(*(_way(number, *way) for number, way in enumerate(choices())), role="radiogroup"),
        field(words.NUMBER, "number", class_name="by-number", **example),
        field(words.USERNAME, "username", class_name="by-username", placeholder="@quiet.fox"),
        rx.cond(
            SimulatorState.add_error,
            rx.el.p(SimulatorState.add_error, role="alert"),
        ),
        rx.el.div(
            pieces.quiet_button(words.CANCEL, on_click=SimulatorState.show_adding(shown=False)),
            pieces.primary_button(words.ADD, type="submit", test_id="sim-add"),
            class_name="buttons",
        ),
        on_submit=SimulatorState.add,
        no_validate=True,
        style=FORM,
    )


FORM: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "12px",
    "margin_top": "16px",
    "& [role=alert]": {"color": theme.BAD_TEXT, "font_size": theme.SIZE_SMALL},
    "& .buttons": {"display": "flex", "justify_content": "flex-end", "gap": "8px"},
    "& .by-username, & .by-number": {"display": "none"},
    "&:has([data-asks=number]:checked) .by-number": {"display": "block"},
    "&:has([data-asks=username]:checked) .by-username": {"display": "block"},
}


def _way(number: int, value: str, channel: str, label: str, asks: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="way",
            value=value,
            default_checked=number == 0,
            width="16px",
            height="16px",
            accent_color=theme.FILLED,
            custom_attrs={"data-asks": asks},
        ),
        rx.el.img(src=pieces.channel_icon(channel), alt="", width="16px", height="16px"),
        label,
        display="flex",
        align_items="center",
        gap="8px",
        min_height="28px",
        font_size=theme.SIZE_SMALL,
        cursor="pointer",
    )
