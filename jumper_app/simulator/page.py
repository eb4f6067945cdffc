"""``/simulator``: phones that play customers, and the world around them."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.simulator import words
from jumper_app.simulator.state import SimulatorState
from jumper_app.simulator.views import contacts as contacts_view
from jumper_app.simulator.views import world as world_view
from jumper_app.simulator.views.table import table
from jumper_app.simulator.webchat.site import PATH as SITE

ROUTE = "/simulator"
TITLE = "Simulator"
ON_LOAD = (SimulatorState.load, SimulatorState.watch)
"""What the page begins with, in this order; the watcher is started here and nowhere else."""

NOT_PHONE = "@media (min-width: 768px)"
"""The customers have a column of their own."""


def simulator_page() -> rx.Component:
    """The whole page."""
    return rx.el.div(
        _top(),
        rx.match(
            SimulatorState.phase,
            ("open", _columns()),
            ("missing", pieces.empty_state("smartphone", *words.MISSING, _back(), flex="1")),
            rx.el.div(pieces.skeleton_row(), pieces.skeleton_row(), aria_label=words.LOADING),
        ),
        display="flex",
        flex_direction="column",
        height="100dvh",
        overflow="hidden",
        background=theme.GROUND,
        color=theme.TEXT,
    )


def _top() -> rx.Component:
    return rx.el.header(
        rx.link(
            rx.el.img(src="/jumper.svg", alt=words.PRODUCT, width="28px", height="28px"),
            href="/",
            title=words.BACK,
            class_name="home",
        ),
        rx.el.h1(words.TITLE),
        pieces.chip(words.DEMO, tone="amber", class_name="wide-only"),
        rx.el.p(words.INTRO, class_name="wide-only"),
        rx.el.span(flex="1"),
        _website(),
        _opens("users", words.CUSTOMERS, contacts_view.SHEET, "contacts-opener"),
        _opens("globe", words.WORLD, world_view.SHEET, "world-opener"),
        pieces.icon_button(
            "sun-moon", words.LIGHT_OR_DARK, on_click=rx.toggle_color_mode, test_id="sim-theme"
        ),
        _back(),
        style=TOP,
    )


def _website() -> rx.Component:
    """The business's own site, where the chat of the web is to be seen as visitors see it."""
    return rx.link(
        pieces.icon("store", size=theme.ICON_BUTTON),
        rx.el.span(words.WEBSITE, class_name="wide-only"),
        href=SITE,
        is_external=True,
        aria_label=words.WEBSITE,
        custom_attrs={"data-testid": "sim-site"},
        style=pieces.OUTLINE_STYLE,
    )


def _back() -> rx.Component:
    return rx.link(
        pieces.icon("arrow-left", size=theme.ICON_BUTTON),
        rx.el.span(words.BACK, class_name="wide-only"),
        href="/",
        aria_label=words.BACK,
        custom_attrs={"data-testid": "sim-back"},
        style=pieces.OUTLINE_STYLE,
    )


def _opens(icon: str, label: str, sheet: str, class_name: str) -> rx.Component:
    """A button for a column that is a sheet on this width."""
    return pieces.icon_button(
        icon, label, custom_attrs={"popoverTarget": sheet}, class_name=class_name
    )


TOP: dict[str, Any] = {
    "display": "flex",
    "align_items": "center",
    "gap": "10px",
    "flex": "none",
    "height": "52px",
    "padding": "0 14px",
    "border_bottom": f"1px solid {theme.LINE}",
    "background": theme.GROUND_SIDE,
    "& .home": {
        "display": "inline-flex",
        "border_radius": theme.RADIUS_BUTTON,
        "&:focus-visible": theme.FOCUS_RING,
    },
    "& h1": {"font_size": theme.SIZE_TITLE, "font_weight": theme.SEMIBOLD},
    "& p": {"font_size": theme.SIZE_SMALL, "color": theme.TEXT_QUIET, **theme.ELLIPSIS},
    NOT_PHONE: {"& .contacts-opener": {"display": "none"}},
    theme.WIDE: {"& .world-opener": {"display": "none"}},
    theme.PHONE: {"& .wide-only": {"display": "none"}, "padding": "0 8px 0 12px", "gap": "6px"},
}


def _columns() -> rx.Component:
    return rx.el.div(
        rx.el.aside(
            contacts_view.contacts(),
            id=contacts_view.SHEET,
            aria_label=words.CUSTOMERS,
            custom_attrs={"popover": "auto"},
            style=_sheet(NOT_PHONE, theme.PHONE, "288px", "inline_end"),
        ),
        table(),
        rx.el.aside(
            world_view.world(),
            id=world_view.SHEET,
            aria_label=words.WORLD,
            custom_attrs={"popover": "auto"},
            style=_sheet(theme.WIDE, theme.NOT_WIDE, "320px", "inline_start"),
        ),
        display="flex",
        flex="1",
        min_height="0",
    )


def _sheet(column: str, sheet: str, width: str, line: str) -> dict[str, Any]:
    """A column where there is room; else a sheet that a button opens.

    Args:
        column: The media query under which it is a column; ``sheet``: the other ones.
        width: Of the column.
        line: The edge that is drawn.
    """
    inner = {"display": "flex", "flex_direction": "column"}
    return {
        **SHEET,
        column: {
            **inner,
            "position": "static",
            "width": width,
            "flex": "none",
            "height": "100%",
            f"border_{line}": f"1px solid {theme.LINE}",
        },
        sheet: {
            **AS_SHEET,
            "inset": "0 auto 0 0" if line == "inline_end" else "0 0 0 auto",
            "width": f"min({width}, 88vw)",
            "&:popover-open": inner,
        },
    }


SHEET: dict[str, Any] = {
    "background": theme.GROUND_SIDE,
    "color": theme.TEXT,
    "padding": "0",
    "margin": "0",
    "border": "0",
}
AS_SHEET: dict[str, Any] = {
    "position": "fixed",
    "height": "100dvh",
    "max_height": "none",
    "box_shadow": theme.SHADOW_MENU,
    "&::backdrop": {"background": theme.SHADE},
    "& [popovertarget][aria-label]": {"display": "inline-flex"},
}
