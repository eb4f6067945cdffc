"""The menu beside *Pass back to bot*: how it goes on, or when by itself, or with another flow."""

import reflex as rx

from jumper_app.bots.runs import Goes
from jumper_app.panel import client, pieces, theme, words

from .state import OwnershipState

HERE = OwnershipState.conversation


def ways_back() -> rx.Component:
    """How to pass back, where the icon beside it does not do what is wanted."""
    chevron = rx.el.button(
        pieces.icon("chevron-down", size=theme.ICON_BUTTON),
        type="button",
        aria_label=words.PASS_BACK_WAYS,
        title=words.PASS_BACK_WAYS,
        custom_attrs={"data-testid": "pass-back-ways"},
        style=CHEVRON,
    )
    closed = rx.el.div(words.CLOSED_TO_THE_BOT, style=REASON)
    other = client.OtherFlow.create(
        words.PASS_BACK_OTHER, conversation=HERE, custom_attrs={"data-testid": "pass-back-other"}
    )
    menu = pieces.menu(
        chevron,
        client.WhenClosed.create(closed, speaker="bot"),
        *_ways(),
        rx.cond(OwnershipState.mine & OwnershipState.under_way, _by_itself()),
        rx.menu.separator(),
        other,
    )
    is_bots = OwnershipState.owner == "bot"
    return rx.cond(is_bots | (OwnershipState.colleague != ""), rx.fragment(), menu)


def _ways() -> tuple[rx.Component, ...]:
    again, asked = OwnershipState.under_way, OwnershipState.asked != ""
    first = rx.cond(again, words.PASS_BACK_CONTINUE, words.BOT_BEGINS)
    answer = _way(Goes.ANSWER, words.PASS_BACK_ANSWER, words.PASS_BACK_ANSWERED)
    restart = _way(Goes.RESTART, words.PASS_BACK_RESTART, OwnershipState.begins)
    return (
        _way(Goes.CONTINUE, first, OwnershipState.continues),
        rx.cond(asked, answer),
        rx.cond(again, restart),
    )


RESUMES_AFTER_MIN = (5, 30, 120)
"""The silences of an agent, in minutes, after which the menu lets the bot go on."""


def _by_itself() -> rx.Component:
    """The bot goes on unless the agent writes; off until it is chosen here."""
    return rx.fragment(
        rx.menu.separator(),
        *(
            rx.menu.item(
                words.resume_later(minutes),
                on_click=OwnershipState.resume_later(HERE, minutes),
                custom_attrs={"data-testid": "resume-later", "data-minutes": str(minutes)},
            )
            for minutes in RESUMES_AFTER_MIN
        ),
        rx.el.div(words.RESUME_LATER_TOLD, style=REASON),
    )


def _way(goes: Goes, label: rx.Var[str] | str, told: rx.Var[str] | str) -> rx.Component:
    return rx.menu.item(
        rx.el.span(
            rx.el.span(label, display="block"),
            rx.el.small(told, style=TOLD, custom_attrs={"dir": "auto"}),
        ),
        on_click=OwnershipState.pass_back(HERE, goes.value),
        custom_attrs={"data-testid": "pass-back-way", "data-goes": goes.value},
        style={"height": "auto", "padding_block": "6px", "max_width": "300px"},
    )


TOLD = {"display": "block", "font_size": theme.SIZE_META, "line_height": "16px", "opacity": "0.85"}
REASON = {"max_width": "300px", "padding": "4px 12px", "font_size": theme.SIZE_META}
CHEVRON = {
    "display": "grid",
    "place_items": "center",
    "flex": "none",
    "width": "28px",
    "height": "32px",
    "border": "0",
    "border_radius": theme.RADIUS_BUTTON,
    "background": "transparent",
    "color": theme.TEXT_ON_CHOSEN,
    "cursor": "pointer",
    "&:hover, &[data-state=open]": {"background": theme.CHOSEN_STRONGER},
    "&:focus-visible": theme.FOCUS_RING,
}
