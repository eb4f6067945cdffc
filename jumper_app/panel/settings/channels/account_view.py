"""``/settings/channels/<id>``: how one account is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel.settings import fields, frame
from jumper_app.panel.settings.fields import field

from . import parts, words
from .account_state import ChannelState
from .health_view import band, health

ACCOUNT: Any = ChannelState.account
ERRORS: Any = ChannelState.errors


def account_page() -> rx.Component:
    """How the account is doing, what is set, and what can be done with it."""
    return frame.inner_page(
        "/settings/channels",
        words.ALL_CHANNELS,
        frame.for_admins(
            rx.cond(
                ChannelState.missing,
                pieces.empty_state("plug", *words.GONE),
                rx.cond(
                    ACCOUNT["id"] != "",
                    _account(),
                    rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
                ),
            )
        ),
    )


def _account() -> rx.Component:
    alive = rx.fragment(band(), health(), _settings(), _paste(), _secrets(), _pause(), _remove())
    gone = rx.el.p(words.REMOVED_INTRO, color=theme.TEXT_QUIET, margin_top="20px")
    return rx.fragment(_head(), rx.cond(ACCOUNT["standing"] == "removed", gone, alive))


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.img(
            src=pieces.channel_icon(ACCOUNT["channel"]),
            alt=ACCOUNT["channel_name"],
            width="36px",
            height="36px",
        ),
        rx.el.div(
            rx.el.h1(ACCOUNT["name"], style=NAME_STYLE),
            fields.quiet(ACCOUNT["channel_name"], " · ", ACCOUNT["address"]),
            flex="1 1 180px",
            min_width="0",
        ),
        rx.cond(ACCOUNT["demo"], pieces.chip(words.DEMO, tone="accent")),
        parts.standing_chip(ACCOUNT),
        custom_attrs={"data-testid": "account", "data-standing": ACCOUNT["standing"]},
        display="flex",
        flex_wrap="wrap",
        gap="8px 12px",
        align_items="center",
    )


NAME_STYLE: dict[str, Any] = {
    "font_size": "20px",
    "line_height": "28px",
    "font_weight": theme.SEMIBOLD,
    "overflow_wrap": "anywhere",
}


def _settings() -> rx.Component:
    options: Any = ChannelState.options
    return fields.card(
        words.SETTINGS,
        fields.form(
            field(words.FIELD_NAME, "name", ERRORS["name"], default_value=ACCOUNT["name"]),
            parts.first_answerer(ChannelState.flows, ChannelState.flow),
            rx.foreach(options, lambda row: parts.described_option(row, ERRORS)),
            fields.buttons(pieces.primary_button(words.SAVE, test_id="save", type="submit")),
            key=f"settings {ACCOUNT['id']} {ChannelState.saved}",
            on_submit=ChannelState.save,
        ),
    )


def _paste() -> rx.Component:
    made: Any = ChannelState.made
    return rx.cond(
        (ChannelState.callback != "") | (ChannelState.snippet != "") | (made.length() > 0),
        fields.card(
            words.PASTE,
            rx.cond(
                ChannelState.callback != "",
                rx.fragment(
                    parts.numbered(ChannelState.callback_steps),
                    parts.to_copy(words.CALLBACK, ChannelState.callback, "callback-url"),
                ),
            ),
            rx.cond(
                ChannelState.snippet != "",
                rx.fragment(
                    parts.to_copy(words.SNIPPET, ChannelState.snippet, "snippet"),
                    fields.quiet(ChannelState.snippet_help),
                ),
            ),
            rx.foreach(made, _made),
            parts.shown_once(ChannelState.shown),
        ),
    )


def _made(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(row["label"], font_weight=theme.MEDIUM),
            fields.quiet(row["help"]),
            flex="1",
            min_width="0",
        ),
        pieces.outline_button(
            words.MAKE_ANEW,
            custom_attrs={"data-testid": "make-" + row["name"].to(str)},
            on_click=ChannelState.make_anew(row["name"]),
        ),
        key=row["name"],
        display="flex",
        gap="12px",
        align_items="center",
    )


def _secrets() -> rx.Component:
    rows: Any = ChannelState.secrets
    return rx.cond(
        (rows.length() > 0) | (ChannelState.old_secret_until != ""),
        fields.card(
            words.SECRETS,
            _old_secret(),
            fields.form(
                rx.foreach(rows, lambda row: parts.described_field(row, ERRORS, kept=True)),
                rx.cond(
                    rows.length() > 0,
                    fields.buttons(
                        pieces.primary_button(
                            rx.cond(ChannelState.asking, words.CHECKING, words.REPLACE),
                            test_id="renew",
                            type="submit",
                            disabled=ChannelState.asking,
                        )
                    ),
                ),
                key=f"secrets {ACCOUNT['id']} {ChannelState.saved}",
                on_submit=ChannelState.renew,
            ),
            intro=words.SECRETS_INTRO,
        ),
    )


def _old_secret() -> rx.Component:
    return rx.cond(
        ChannelState.old_secret_until != "",
        rx.el.div(
            rx.el.p(
                words.OLD_COUNTS,
                client.Moment.create(at=ChannelState.old_secret_until),
                ".",
                flex="1",
                font_size=theme.SIZE_SMALL,
            ),
            pieces.quiet_button(
                words.FORGET_OLD, test_id="forget-old", on_click=ChannelState.forget_old
            ),
            custom_attrs={"data-testid": "old-secret"},
            display="flex",
            gap="12px",
            align_items="center",
        ),
    )


def _pause() -> rx.Component:
    return fields.card(
        words.PAUSE,
        rx.el.div(
            rx.el.p(words.PAUSE_HINT, flex="1", color=theme.TEXT_QUIET),
            rx.cond(
                ACCOUNT["standing"] == "paused",
                pieces.primary_button(words.RESUME, test_id="resume", on_click=ChannelState.resume),
                pieces.outline_button(words.PAUSE, test_id="pause", on_click=ChannelState.pause),
            ),
            display="flex",
            gap="12px",
            align_items="center",
        ),
    )


def _remove() -> rx.Component:
    ask = fields.buttons(
        pieces.danger_button(
            words.REMOVE_ASK, test_id="remove", on_click=ChannelState.ask_to_remove
        )
    )
    return fields.card(
        words.REMOVE,
        rx.el.p(words.REMOVE_INTRO, color=theme.TEXT_QUIET),
        rx.cond(ChannelState.removing, _really(), ask),
    )


def _really() -> rx.Component:
    """The name has to be typed: nobody removes a channel by a slip."""
    asked = rx.fragment(words.TYPE_NAME[0], ACCOUNT["name"], words.TYPE_NAME[1])
    return fields.form(
        field(asked, "typed", ERRORS["typed"], auto_focus=True),
        fields.buttons(
            pieces.quiet_button(words.KEEP, on_click=ChannelState.keep),
            pieces.danger_button(words.REMOVE_REALLY, test_id="remove-really", type="submit"),
        ),
        key="remove",
        on_submit=ChannelState.remove,
    )
