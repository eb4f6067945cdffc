"""The band above the composer, and the header's steps."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme, words

from .state import OwnershipState

HERE = OwnershipState.conversation


def band() -> rx.Component:
    """Who speaks, the bot icon, and the one next step."""
    return rx.cond(
        OwnershipState.owner != "",
        rx.el.div(
            _bot_icon(),
            rx.el.span(
                rx.el.b(OwnershipState.speaker, font_weight=theme.SEMIBOLD),
                rx.cond(OwnershipState.detail != "", " · ", ""),
                rx.el.span(OwnershipState.detail, custom_attrs={"dir": "auto"}),
                flex="1",
                min_width="0",
                overflow_wrap="anywhere",
            ),
            _next_step(),
            role="status",
            custom_attrs={"data-testid": "ownership", "data-owner": OwnershipState.owner},
            style=BAND_STYLE,
        ),
    )


BAND_STYLE = {
    "display": "flex",
    "align_items": "center",
    "gap": "10px",
    "flex": "none",
    "margin": "0 16px 8px",
    "padding": "7px 8px",
    "border_radius": theme.RADIUS_BAND,
    "background": theme.CHOSEN,
    "color": theme.TEXT_ON_CHOSEN,
    "font_size": theme.SIZE_SMALL,
    theme.PHONE: {"margin": "0 8px 8px"},
}


def _bot_icon() -> rx.Component:
    """A button in every state: it pauses the bot, or passes the conversation back to it."""
    speaking = OwnershipState.owner == "bot"
    label = rx.cond(speaking, words.PAUSE_BOT, words.PASS_BACK)
    return rx.el.button(
        pieces.icon("bot"),
        type="button",
        aria_label=label,
        title=label,
        aria_pressed=speaking,
        on_click=rx.cond(speaking, OwnershipState.pause(HERE), OwnershipState.pass_back(HERE)),
        custom_attrs={"data-testid": "bot-toggle", "data-owner": OwnershipState.owner},
        style=BOT_ICON_STYLE,
    )


BOT_ICON_STYLE = {
    "display": "grid",
    "place_items": "center",
    "flex": "none",
    "width": "36px",
    "height": "36px",
    "border_radius": theme.RADIUS_RAIL,
    "border": f"1px solid {theme.LINE_STRONG}",
    "background": theme.GROUND,
    "color": theme.TEXT_QUIET,
    "cursor": "pointer",
    "transition": f"background {theme.MOTION}",
    "&:hover": {"background": theme.SURFACE},
    "&[data-owner=bot]": {
        "background": theme.FILLED,
        "border_color": "transparent",
        "color": theme.ON_FILLED,
    },
    "&[data-owner=bot]:hover": {"background": theme.FILLED_HOVER},
    "&:focus-visible": theme.FOCUS_RING,
}


def _next_step() -> rx.Component:
    """The same step in words, for the mouse; the icon beside it says it to everyone else."""
    pause = pieces.primary_button(
        words.PAUSE_BOT, on_click=OwnershipState.pause(HERE), **FOR_THE_MOUSE
    )
    back = pieces.soft_button(
        words.PASS_BACK, on_click=OwnershipState.pass_back(HERE), **FOR_THE_MOUSE
    )
    take = pieces.primary_button(
        words.ASSIGN_TO_ME, on_click=OwnershipState.assign(HERE, OwnershipState.me)
    )
    return rx.match(  # pyright: ignore[reportReturnType]
        OwnershipState.owner,
        ("bot", pause),
        ("requested", take),
        rx.el.span(
            back,
            style={
                theme.PHONE: {"display": "none"},
                "& button": {"background": theme.CHOSEN_STRONGER},
            },
        ),
    )


FOR_THE_MOUSE = {"aria_hidden": "true", "tab_index": -1}


def steps() -> rx.Component:
    """*Assign*, and *Resolve* or *Reopen*, in the thread's header."""
    return rx.fragment(
        _assign_menu(),
        rx.cond(
            OwnershipState.owner == "resolved",
            _step("rotate-ccw", words.REOPEN, "reopen", OwnershipState.reopen(HERE)),
            _step("check", words.RESOLVE, "resolve", OwnershipState.resolve(HERE)),
        ),
    )


def _step(icon: str, label: str, test_id: str, on_click: rx.event.EventType[()]) -> rx.Component:
    return pieces.soft_button(
        pieces.icon(icon, size=theme.ICON_BUTTON),
        rx.el.span(label, style={theme.PHONE: {"display": "none"}}),
        test_id=test_id,
        aria_label=label,
        on_click=on_click,
    )


def _assign_menu() -> rx.Component:
    return rx.menu.root(
        rx.menu.trigger(
            pieces.outline_button(
                pieces.icon("user-round", size=theme.ICON_BUTTON),
                rx.el.span(words.ASSIGN, style={theme.PHONE: {"display": "none"}}),
                test_id="assign",
                aria_label=words.ASSIGN,
            )
        ),
        rx.menu.content(
            rx.foreach(OwnershipState.colleagues, _colleague),
            rx.menu.separator(),
            rx.menu.item(
                pieces.icon("hand", size=theme.ICON_BUTTON),
                words.ASSIGN_TO_REQUESTED,
                on_click=OwnershipState.assign(HERE, ""),
                custom_attrs={"data-testid": "assign-requested"},
            ),
            variant="soft",
            align="end",
        ),
    )


def _colleague(one: Any) -> rx.Component:
    return rx.menu.item(
        pieces.face(one["initials"], one["tone"], 20),
        rx.cond(one["id"] == OwnershipState.me, words.ASSIGN_TO_ME, one["name"]),
        on_click=OwnershipState.assign(HERE, one["id"]),
        custom_attrs={"data-testid": "assign-option", "data-agent": one["id"]},
    )
