"""``/settings/channels/connect/<channel>``: how the steps are drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme
from jumper_app.panel.settings import fields, frame
from jumper_app.panel.settings.fields import field

from . import parts, words
from .connect_state import FIRST, IDS, NEEDS, PASTE, TEST, ConnectState
from .steps_view import overview


def connect_page() -> rx.Component:
    """One step at a time; the others stand beside it, or above it on a phone."""
    return frame.inner_page(
        "/settings/channels",
        words.ALL_CHANNELS,
        frame.for_admins(
            rx.cond(
                ConnectState.missing,
                pieces.empty_state("plug", *words.GONE),
                rx.fragment(_title(), rx.el.div(overview(), _step(), style=COLUMNS_STYLE)),
            )
        ),
    )


COLUMNS_STYLE: dict[str, Any] = {
    "display": "grid",
    "grid_template_columns": "190px minmax(0, 1fr)",
    "gap": "32px",
    "margin_top": "20px",
    "align_items": "start",
    theme.PHONE: {"grid_template_columns": "1fr", "gap": "14px", "margin_top": "12px"},
}


def _title() -> rx.Component:
    return rx.el.header(
        rx.cond(
            ConnectState.channel != "",
            rx.el.img(
                src=pieces.channel_icon(ConnectState.channel), alt="", width="32px", height="32px"
            ),
        ),
        rx.el.div(
            rx.el.h1(
                ConnectState.channel_name,
                font_size="20px",
                line_height="28px",
                font_weight=theme.SEMIBOLD,
            ),
            fields.quiet(ConnectState.summary),
        ),
        display="flex",
        gap="12px",
        align_items="center",
    )


def _step() -> rx.Component:
    return rx.el.div(
        rx.match(
            ConnectState.step,
            (NEEDS, _needs()),
            (IDS, _ids()),
            (PASTE, _paste()),
            (TEST, _test()),
            (FIRST, _first()),
            _done(),
        ),
        min_width="0",
        custom_attrs={"data-testid": "connect-step", "data-step": ConnectState.step},
    )


def _needs() -> rx.Component:
    needs: Any = ConnectState.needs
    return fields.card(
        ConnectState.title,
        rx.el.p(words.NEEDS_INTRO, color=theme.TEXT_QUIET),
        rx.el.ul(
            rx.foreach(needs, _need),
            margin="0",
            padding="0",
            list_style="none",
            display="flex",
            flex_direction="column",
            gap="8px",
        ),
        fields.buttons(
            rx.cond(
                ConnectState.dashboard != "",
                fields.outside_link(words.OPEN_DASHBOARD, ConnectState.dashboard),
            ),
            pieces.primary_button(words.BEGIN, test_id="begin", on_click=ConnectState.go(IDS)),
        ),
        margin_top="0",
    )


def _need(need: Any) -> rx.Component:
    return rx.el.li(
        pieces.icon("check", size=theme.ICON_BUTTON, color=theme.TEXT_ACCENT, margin_top="2px"),
        rx.el.span(need),
        display="flex",
        gap="10px",
        align_items="flex-start",
    )


def _ids() -> rx.Component:
    errors: Any = ConnectState.errors
    rows: Any = ConnectState.fields
    return fields.card(
        ConnectState.title,
        fields.form(
            field(words.FIELD_NAME, "name", errors["name"], hint=words.FIELD_NAME_HINT),
            rx.foreach(rows, lambda row: parts.described_field(row, errors)),
            fields.quiet(words.SECRETS_STAY),
            _not_yours(),
            parts.trouble(ConnectState.failed),
            fields.buttons(
                pieces.quiet_button(words.BACK, on_click=ConnectState.go(NEEDS)),
                pieces.primary_button(
                    rx.cond(ConnectState.asking, words.CHECKING, words.CONTINUE),
                    test_id="connect",
                    type="submit",
                    disabled=ConnectState.asking,
                ),
            ),
            key=ConnectState.channel,
            on_submit=ConnectState.save,
        ),
        margin_top="0",
    )


def _not_yours() -> rx.Component:
    """Why the provider says that this is somebody else's."""
    return rx.cond(
        ConnectState.findings.length() > 0,
        rx.el.div(
            rx.el.p(words.NOT_YOURS, font_weight=theme.MEDIUM, margin_bottom="8px"),
            parts.findings(ConnectState.findings),
            role="alert",
        ),
    )


def _paste() -> rx.Component:
    has_callback = ConnectState.callback != ""
    return fields.card(
        ConnectState.title,
        rx.cond(
            has_callback,
            rx.fragment(
                parts.numbered(ConnectState.callback_steps),
                parts.to_copy(words.CALLBACK, ConnectState.callback, "callback-url"),
                rx.cond(ConnectState.insecure, fields.quiet(words.INSECURE)),
            ),
        ),
        rx.cond(
            ConnectState.snippet != "",
            rx.fragment(
                parts.to_copy(words.SNIPPET, ConnectState.snippet, "snippet"),
                fields.quiet(ConnectState.snippet_help),
            ),
        ),
        parts.shown_once(ConnectState.shown),
        fields.buttons(
            pieces.primary_button(words.TEST_NOW, test_id="to-test", on_click=ConnectState.test)
        ),
        margin_top="0",
    )


def _test() -> rx.Component:
    go_on = rx.cond(ConnectState.works, words.CONTINUE_TO_FIRST, words.GO_ON_ANYWAY)
    return fields.card(
        ConnectState.title,
        rx.el.p(words.TEST_INTRO, color=theme.TEXT_QUIET),
        rx.cond(ConnectState.asking, pieces.spinner("2")),
        parts.findings(ConnectState.findings, ConnectState.subscribe),
        _verdict(),
        parts.trouble(ConnectState.failed),
        fields.buttons(
            pieces.quiet_button(words.BACK, on_click=ConnectState.go(PASTE)),
            pieces.outline_button(
                words.TEST_AGAIN,
                test_id="test-connection",
                disabled=ConnectState.asking,
                on_click=ConnectState.test,
            ),
            pieces.primary_button(go_on, test_id="to-first", on_click=ConnectState.go(FIRST)),
        ),
        margin_top="0",
    )


def _verdict() -> rx.Component:
    """All of it in one sentence."""
    return rx.cond(
        ConnectState.findings.length() > 0,
        rx.el.p(
            rx.cond(ConnectState.works, words.ALL_GOOD, words.NOT_YET),
            role="status",
            font_weight=theme.MEDIUM,
        ),
    )


def _first() -> rx.Component:
    errors: Any = ConnectState.errors
    options: Any = ConnectState.options
    return fields.card(
        ConnectState.title,
        fields.form(
            field(
                words.FIELD_NAME, "name", errors["name"], hint="", default_value=ConnectState.name
            ),
            parts.first_answerer(ConnectState.flows, ""),
            rx.foreach(options, lambda row: parts.described_option(row, errors)),
            fields.buttons(
                pieces.quiet_button(words.BACK, on_click=ConnectState.go(TEST)),
                pieces.primary_button(words.FINISH, test_id="finish", type="submit"),
            ),
            key=ConnectState.account,
            on_submit=ConnectState.finish,
        ),
        margin_top="0",
    )


def _done() -> rx.Component:
    return fields.card(
        ConnectState.title,
        rx.el.p(
            rx.el.b(ConnectState.name, font_weight=theme.SEMIBOLD),
            words.IS_CONNECTED,
            custom_attrs={"data-testid": "connected"},
        ),
        rx.cond(
            ConnectState.address != "",
            rx.el.p(ConnectState.address, font_variant_numeric=theme.TABULAR),
        ),
        rx.el.p(words.DONE_INTRO, color=theme.TEXT_QUIET),
        fields.buttons(
            fields.link_button(words.OPEN_ACCOUNT, f"/settings/channels/{ConnectState.account}"),
            fields.link_button(words.OPEN_LIST, "/", style=pieces.PRIMARY_STYLE),
        ),
        margin_top="0",
    )
