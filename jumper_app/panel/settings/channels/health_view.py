"""How one account is doing: figures, findings and news."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel.settings import fields

from . import parts, words
from .account_state import ChannelState

ACCOUNT: Any = ChannelState.account
HEALTH: Any = ChannelState.health


def band() -> rx.Component:
    """What is wrong, above everything else."""
    return rx.fragment(
        rx.cond(
            ACCOUNT["alarm"],
            fields.band("triangle-alert", ACCOUNT["alarm"], _stopped(), tone="red"),
        ),
        rx.cond(
            ACCOUNT["standing"] == "paused",
            fields.band("circle-pause", words.PAUSED_BAND, tone="amber"),
        ),
    )


def _stopped() -> rx.Component:
    """Since when nothing leaves because of it, and the way on."""
    return rx.cond(
        HEALTH["stopped_at"],
        rx.el.span(
            words.STOPPED_SINCE,
            client.Moment.create(at=HEALTH["stopped_at"]),
            words.STOPPED_MEANWHILE,
            rx.el.span(
                pieces.outline_button(
                    words.TRY_NOW, test_id="try-now", on_click=ChannelState.try_now
                ),
                display="block",
                margin_top="8px",
            ),
            display="block",
            margin_top="6px",
        ),
    )


def health() -> rx.Component:
    """Figures, then what the provider says."""
    return fields.card(
        words.HEALTH,
        _figures(),
        _tested(),
        parts.trouble(ChannelState.failed),
        parts.findings(ChannelState.findings, ChannelState.subscribe),
        _news(),
    )


def _tested() -> rx.Component:
    checked = rx.cond(
        HEALTH["checked_at"],
        rx.fragment(words.CHECKED, client.Moment.create(at=HEALTH["checked_at"])),
        words.NEVER_CHECKED,
    )
    return rx.el.div(
        rx.el.p(checked, font_size=theme.SIZE_META, color=theme.TEXT_QUIET, flex="1"),
        pieces.outline_button(
            rx.cond(ChannelState.asking, words.CHECKING, words.TEST_NOW),
            test_id="test-connection",
            disabled=ChannelState.asking,
            on_click=ChannelState.test,
        ),
        display="flex",
        gap="12px",
        align_items="center",
        padding_top="12px",
        border_top=f"1px solid {theme.LINE}",
    )


def _figures() -> rx.Component:
    return rx.el.dl(
        _figure(
            words.LAST_HEARD,
            rx.cond(HEALTH["heard_at"], client.Age.create(at=HEALTH["heard_at"]), words.NEVER),
            test_id="last-heard",
        ),
        _figure(words.LAG, rx.cond(HEALTH["lag"], HEALTH["lag"], words.NO_LAG), words.LAG_HINT),
        _figure(words.FAILED, HEALTH["failed"], words.LAST_DAY, test_id="failed-sends"),
        _figure(words.UNKNOWN, HEALTH["unknown"], words.LAST_DAY),
        _figure(words.WAITING, HEALTH["waiting"], test_id="waiting-sends"),
        rx.cond(HEALTH["quality"], _figure(words.QUALITY, HEALTH["quality"])),
        rx.cond(
            HEALTH["token_until"],
            _figure(
                words.TOKEN,
                client.Moment.create(at=HEALTH["token_until"], before=words.TOKEN_UNTIL),
            ),
        ),
        margin="0",
        display="grid",
        grid_template_columns="repeat(auto-fill, minmax(135px, 1fr))",
        gap="14px 20px",
    )


def _figure(label: str, value: Any, hint: str = "", test_id: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, font_size=theme.SIZE_META, color=theme.TEXT_QUIET),
        rx.el.dd(
            value,
            margin="0",
            font_weight=theme.MEDIUM,
            font_variant_numeric=theme.TABULAR,
            custom_attrs={"data-testid": test_id} if test_id else {},
        ),
        rx.el.dd(hint, margin="0", font_size=theme.SIZE_TINY, color=theme.TEXT_QUIET)
        if hint
        else rx.fragment(),
    )


def _news() -> rx.Component:
    return rx.cond(
        ChannelState.news.length() > 0,
        rx.el.div(
            rx.el.h3(
                words.NEWS,
                font_size=theme.SIZE_SMALL,
                font_weight=theme.SEMIBOLD,
                margin_bottom="10px",
            ),
            parts.findings(ChannelState.news),
            padding_top="14px",
            border_top=f"1px solid {theme.LINE}",
            custom_attrs={"data-testid": "news"},
        ),
    )
