"""``/settings/account``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

from . import fields, frame, words
from .account import AccountState
from .fields import field
from .session_list import session_list


def account_page() -> rx.Component:
    """Name, password, and the way out of every browser."""
    return frame.page(
        "account",
        words.SETTINGS_ACCOUNT,
        words.ACCOUNT_INTRO,
        _name(),
        _writing(),
        _alerts(),
        _password(),
        _sessions(),
    )


def _name() -> rx.Component:
    return fields.card(
        words.NAME_TITLE,
        fields.form(
            field(
                words.FIELD_PERSON,
                "name",
                AccountState.name_error,
                hint=words.NAME_HINT,
                default_value=AccountState.name,
                auto_complete="name",
            ),
            fields.buttons(pieces.primary_button(words.SAVE, test_id="save-name", type="submit")),
            key=AccountState.name,
            on_submit=AccountState.rename,
        ),
    )


def _writing() -> rx.Component:
    undo, key = AccountState.undo_s, AccountState.send_key
    return fields.card(
        words.WRITING_TITLE,
        fields.form(
            fields.pairs(
                _choice(
                    words.FIELD_SEND_KEY, "send_key", words.SEND_KEYS, key, words.SEND_KEY_HINT
                ),
                _choice(words.FIELD_UNDO, "undo_s", words.UNDO_SECONDS, undo, words.UNDO_HINT),
            ),
            fields.buttons(
                pieces.primary_button(words.SAVE, test_id="save-writing", type="submit")
            ),
            key=f"{key}:{undo}",
            on_submit=AccountState.write_like,
        ),
    )


def _alerts() -> rx.Component:
    return fields.card(
        words.ALERTS_TITLE,
        rx.el.p(words.ALERTS_INTRO, font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET),
        client.AlertSetting.create(
            words=words.ALERTS,
            custom_attrs={"data-testid": "alert-setting"},
            style=ALERTS_STYLE,
        ),
    )


ALERTS_STYLE: dict[str, Any] = {
    "display": "flex",
    "flex_wrap": "wrap",
    "align_items": "center",
    "justify_content": "space-between",
    "gap": "10px 16px",
    "margin_top": "14px",
    "font_size": theme.SIZE_SMALL,
    "& button": pieces.OUTLINE_STYLE,
    "& label": {"display": "flex", "align_items": "center", "gap": "8px", "min_height": "24px"},
    "& input": {"accent_color": theme.FILLED, "width": "16px", "height": "16px"},
}


def _choice(label: str, name: str, options: dict[str, str], chosen: Any, hint: str) -> rx.Component:
    """One among few; the chosen one is that of the state when the form is drawn anew."""
    return fields.choice(
        label,
        name,
        *(rx.el.option(said, value=value) for value, said in options.items()),
        hint=hint,
        default_value=chosen,
    )


def _password() -> rx.Component:
    errors: Any = AccountState.errors
    old: dict[str, Any] = {"type": "password", "auto_complete": "current-password"}
    new: dict[str, Any] = {"type": "password", "auto_complete": "new-password"}
    hint = words.PASSWORD_HINT
    change = words.CHANGE_PASSWORD
    return fields.card(
        change,
        fields.form(
            field(words.FIELD_OLD_PASSWORD, "old", errors["old"], **old),
            fields.pairs(
                field(words.FIELD_NEW_PASSWORD, "new", errors["new"], hint=hint, **new),
                field(words.FIELD_REPEAT_PASSWORD, "repeat", errors["repeat"], **new),
            ),
            fields.buttons(pieces.primary_button(change, test_id="change-password", type="submit")),
            key=AccountState.changed,
            on_submit=AccountState.change_password,
        ),
    )


def _sessions() -> rx.Component:
    return fields.card(
        words.SESSIONS_TITLE,
        session_list(AccountState.sessions, AccountState.end_session),
        rx.el.div(
            rx.el.p(
                words.SIGN_OUT_EVERYWHERE_HINT,
                flex="1",
                font_size=theme.SIZE_SMALL,
                color=theme.TEXT_QUIET,
            ),
            pieces.danger_button(
                words.SIGN_OUT_EVERYWHERE,
                test_id="sign-out-everywhere",
                on_click=AccountState.sign_out_everywhere,
            ),
            display="flex",
            flex_wrap="wrap",
            gap="12px",
            align_items="center",
        ),
        intro=words.SESSIONS_INTRO,
    )
