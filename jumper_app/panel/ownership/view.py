"""The band above the composer, and the header's steps."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme, words

from .countdown import countdown
from .state import OwnershipState
from .ways import ways_back

HERE = OwnershipState.conversation


def band() -> rx.Component:
    """Who speaks, the bot icon, and the one next step."""
    return rx.cond(
        OwnershipState.owner != "",
        rx.el.div(
            client.Steady.create(
                _bot_icon(), _who(), _next_step(), ways_back(), next=WHERE_ONE_WRITES
            ),
            role="status",
            custom_attrs={"data-testid": "ownership", "data-owner": OwnershipState.owner},
            style=BAND_STYLE,
        ),
    )


WHERE_ONE_WRITES = "[data-testid=composer-input]"

NEEDED_BY = rx.cond(OwnershipState.owner == "bot", "", "bot")
"""Whoever needs the window open for the bot's icon: pausing needs nothing."""


def _who() -> rx.Component:
    return rx.el.span(
        rx.el.b(OwnershipState.speaker, font_weight=theme.SEMIBOLD),
        rx.cond(OwnershipState.detail != "", " · ", ""),
        rx.el.span(OwnershipState.detail, custom_attrs={"dir": "auto"}),
        client.WhenClosed.create(rx.el.span(" · ", words.CLOSED_TO_THE_BOT), speaker=NEEDED_BY),
        rx.cond(OwnershipState.silent_since != "", _receipt()),
        rx.cond(OwnershipState.resumes_at != "", countdown()),
        flex="1",
        min_width="0",
        overflow_wrap="anywhere",
    )


def _receipt() -> rx.Component:
    """What the takeover did, read from the log."""
    return rx.el.small(
        words.BOT_SILENT_SINCE,
        " ",
        client.Moment.create(at=OwnershipState.silent_since, only="second"),
        ", ",
        OwnershipState.spoke_after,
        custom_attrs={"data-testid": "silence"},
        style={"display": "block", "font_size": theme.SIZE_META, "line_height": "16px"},
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
    return client.ReplyButton.create(
        pieces.icon("bot"),
        speaker=NEEDED_BY,
        why=words.CLOSED_TO_THE_BOT,
        on_click=rx.cond(speaking, OwnershipState.pause(HERE), OwnershipState.pass_back(HERE)),
        custom_attrs={
            "data-testid": "bot-toggle",
            "data-owner": OwnershipState.owner,
            "aria-label": label,
            "aria-pressed": speaking,
            "title": label,
        },
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
    "&[aria-disabled=true]": {**pieces.BUTTON_OFF, "border_color": "transparent"},
    "&[data-owner=bot]": {
        "background": theme.FILLED,
        "border_color": "transparent",
        "color": theme.ON_FILLED,
    },
    "&[data-owner=bot]:hover": {"background": theme.FILLED_HOVER},
    "&:focus-visible": theme.FOCUS_RING,
}


def _next_step() -> rx.Component:
    """What offers itself, in words. What the icon beside it does, too, is for the mouse only."""
    pause = pieces.primary_button(
        words.PAUSE_BOT, on_click=OwnershipState.pause(HERE), **FOR_THE_MOUSE
    )
    back = client.ReplyButton.create(
        words.PASS_BACK,
        speaker="bot",
        why=words.CLOSED_TO_THE_BOT,
        on_click=OwnershipState.pass_back(HERE),
        custom_attrs={"aria-hidden": "true", "tabIndex": -1},
        style={**ON_THE_BAND, theme.PHONE: {"display": "none"}},
    )
    to_me = OwnershipState.assign(HERE, OwnershipState.me)
    take = pieces.primary_button(words.ASSIGN_TO_ME, on_click=to_me)
    over = rx.el.button(words.ASSIGN_TO_ME, type="button", on_click=to_me, style=ON_THE_BAND)
    return rx.match(  # pyright: ignore[reportReturnType]
        OwnershipState.owner,
        ("bot", pause),
        ("requested", take),
        rx.cond(OwnershipState.colleague != "", over, back),
    )


ON_THE_BAND = {
    **pieces.SOFT_STYLE,
    "background": theme.CHOSEN_STRONGER,
    "&[aria-disabled=true]": pieces.BUTTON_OFF,
}
FOR_THE_MOUSE = {"aria_hidden": "true", "tab_index": -1}


def steps() -> rx.Component:
    """*Assign*, and *Resolve* or *Reopen*, in the thread's header."""
    return rx.fragment(
        _assign_menu(),
        client.Steady.create(
            rx.cond(
                OwnershipState.owner == "resolved",
                _step("rotate-ccw", words.REOPEN, "reopen", OwnershipState.reopen(HERE)),
                _step("check", words.RESOLVE, "resolve", OwnershipState.resolve(HERE)),
            )
        ),
    )


def _step(icon: str, label: str, test_id: str, on_click: rx.event.EventType[()]) -> rx.Component:
    return pieces.soft_button(
        pieces.icon(icon, size=theme.ICON_BUTTON),
        rx.el.span(label, class_name="words"),
        test_id=test_id,
        aria_label=label,
        title=label,
        on_click=on_click,
    )


def _assign_menu() -> rx.Component:
    return pieces.menu(
        pieces.outline_button(
            pieces.icon("user-round", size=theme.ICON_BUTTON),
            rx.el.span(words.ASSIGN, class_name="words"),
            test_id="assign",
            aria_label=words.ASSIGN,
            title=words.ASSIGN,
        ),
        rx.foreach(OwnershipState.colleagues, _colleague),
        rx.menu.separator(),
        rx.menu.item(
            pieces.icon("hand", size=theme.ICON_BUTTON),
            words.ASSIGN_TO_REQUESTED,
            _is_so(OwnershipState.owner == "requested"),
            disabled=OwnershipState.owner == "requested",
            on_click=OwnershipState.assign(HERE, ""),
            custom_attrs={"data-testid": "assign-requested"},
        ),
    )


def _colleague(one: Any) -> rx.Component:
    answers = one["id"] == OwnershipState.answering
    own = rx.cond(OwnershipState.mine, words.YOU, words.ASSIGN_TO_ME)
    return rx.menu.item(
        pieces.face(one["initials"], one["tone"], 20),
        rx.cond(one["id"] == OwnershipState.me, own, one["name"]),
        _is_so(answers),
        disabled=answers,
        on_click=OwnershipState.assign(HERE, one["id"]),
        custom_attrs={"data-testid": "assign-option", "data-agent": one["id"]},
    )


def _is_so(holds: Any) -> rx.Component:
    """The sign on the one who has it already."""
    sign = pieces.icon("check", size=theme.ICON_BUTTON, margin_inline_start="auto")
    return rx.cond(holds, sign)
