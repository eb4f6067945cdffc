"""``/settings/channels``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

from . import fields, words
from .channels import ChannelsState
from .fields import field

FORM = "connect-number"


def channels_page() -> rx.Component:
    """Connected numbers, the form for one more, and what Meta's dashboard must be told."""
    return fields.page(
        "channels",
        words.SETTINGS_CHANNELS,
        words.CHANNELS_INTRO,
        fields.for_admins(_accounts(), _form(), _callback()),
    )


def _accounts() -> rx.Component:
    return rx.cond(
        ChannelsState.loaded,
        rx.cond(
            ChannelsState.accounts.length() > 0,
            rx.el.ul(
                rx.foreach(ChannelsState.accounts, _account),
                margin="20px 0 0",
                padding="0",
                list_style="none",
                border=f"1px solid {theme.LINE_STRONG}",
                border_radius=theme.RADIUS_CARD,
            ),
            pieces.empty_state("plug", *words.NO_CHANNELS),
        ),
        pieces.skeleton_row(),
    )


def _account(account: Any) -> rx.Component:
    return rx.el.li(
        rx.el.img(
            src=pieces.channel_icon(account["channel"]),
            alt=account["channel_name"],
            width="32px",
            height="32px",
        ),
        rx.el.div(
            rx.el.p(account["name"], font_weight=theme.MEDIUM),
            rx.el.p(
                account["channel_name"],
                " · ",
                rx.cond(account["address"], account["address"], account["external_id"]),
                font_size=theme.SIZE_SMALL,
                color=theme.TEXT_QUIET,
            ),
            rx.el.p(
                rx.cond(
                    account["flow_name"], account["flow_name"] + words.FLOW_FIRST, words.NO_FLOW
                ),
                font_size=theme.SIZE_SMALL,
                color=theme.TEXT_QUIET,
            ),
            rx.cond(
                account["alarm"],
                rx.el.p(account["alarm"], font_size=theme.SIZE_SMALL, color=theme.BAD_TEXT),
            ),
            flex="1 1 210px",
            min_width="0",
        ),
        rx.cond(account["demo"], pieces.chip(words.DEMO, tone="accent")),
        _health(account),
        pieces.quiet_button(words.CHANGE, on_click=ChannelsState.change(account["id"])),
        key=account["id"],
        custom_attrs={"data-testid": "channel-account"},
        display="flex",
        flex_wrap="wrap",
        gap="12px",
        align_items="center",
        padding="14px 16px",
        style={"& + &": {"border_top": f"1px solid {theme.LINE}"}},
    )


def _health(account: Any) -> rx.Component:
    return rx.cond(
        account["active"],
        rx.cond(
            account["alarm"],
            pieces.chip(words.NEEDS_YOU, tone="red"),
            pieces.chip(words.HEALTHY, tone="green"),
        ),
        pieces.chip(words.INACTIVE),
    )


def _form() -> rx.Component:
    errors: Any = ChannelsState.errors
    start: Any = ChannelsState.form
    secret = rx.cond(ChannelsState.changing, words.SECRET_SAVED, "")
    hidden: dict[str, Any] = {
        "type": "password",
        "placeholder": secret,
        "auto_complete": "new-password",
    }
    return fields.card(
        words.CONNECT_WHATSAPP,
        rx.el.form(
            fields.pairs(
                field(
                    words.FIELD_NAME,
                    "name",
                    errors["name"],
                    hint=words.FIELD_NAME_HINT,
                    default_value=start["name"],
                ),
                field(
                    words.FIELD_ADDRESS,
                    "address",
                    errors["address"],
                    hint=words.FIELD_ADDRESS_HINT,
                    default_value=start["address"],
                    type="tel",
                ),
                field(
                    words.FIELD_PHONE_ID,
                    "phone_id",
                    errors["phone_id"],
                    hint=words.FIELD_PHONE_ID_HINT,
                    default_value=start["phone_id"],
                    input_mode="numeric",
                    read_only=ChannelsState.changing,
                ),
                field(
                    words.FIELD_WABA_ID,
                    "waba_id",
                    errors["waba_id"],
                    hint=words.FIELD_WABA_ID_HINT,
                    default_value=start["waba_id"],
                    input_mode="numeric",
                ),
            ),
            field(
                words.FIELD_TOKEN, "token", errors["token"], hint=words.FIELD_TOKEN_HINT, **hidden
            ),
            fields.pairs(
                field(
                    words.FIELD_APP_SECRET,
                    "app_secret",
                    errors["app_secret"],
                    hint=words.FIELD_APP_SECRET_HINT,
                    **hidden,
                ),
                field(
                    words.FIELD_VERIFY_TOKEN,
                    "verify_token",
                    errors["verify_token"],
                    hint=words.FIELD_VERIFY_TOKEN_HINT,
                    **hidden,
                ),
            ),
            rx.el.p(words.SECRETS_STAY, font_size=theme.SIZE_META, color=theme.TEXT_QUIET),
            _buttons(),
            id=FORM,
            key=f"{start['phone_id']} {ChannelsState.saved}",
            on_submit=ChannelsState.connect,
            no_validate=True,
            display="flex",
            flex_direction="column",
            gap="12px",
        ),
        intro=words.CONNECT_WHATSAPP_INTRO,
    )


def _buttons() -> rx.Component:
    written = f"Object.fromEntries(new FormData(document.getElementById('{FORM}')))"
    return fields.buttons(
        fields.message(ChannelsState.worked, good=True),
        fields.message(ChannelsState.failed, good=False),
        rx.cond(
            ChannelsState.changing,
            pieces.quiet_button(words.CANCEL, on_click=ChannelsState.cancel),
        ),
        pieces.outline_button(
            rx.cond(ChannelsState.asking, words.TESTING, words.TEST_CONNECTION),
            test_id="test-connection",
            disabled=ChannelsState.asking,
            on_click=rx.call_script(written, callback=ChannelsState.test),
        ),
        pieces.primary_button(
            rx.cond(ChannelsState.changing, words.SAVE, words.CONNECT),
            test_id="connect",
            type="submit",
        ),
    )


def _callback() -> rx.Component:
    return fields.card(
        words.CALLBACK_TITLE,
        rx.el.div(
            rx.el.code(
                ChannelsState.callback,
                flex="1",
                min_width="0",
                overflow_wrap="anywhere",
                font_size=theme.SIZE_SMALL,
                custom_attrs={"data-testid": "callback-url"},
            ),
            copy_button(ChannelsState.callback),
            display="flex",
            gap="12px",
            align_items="center",
            padding="8px 8px 8px 12px",
            border_radius=theme.RADIUS_FIELD,
            background=theme.SURFACE,
        ),
        rx.el.p(words.CALLBACK_VERIFY, font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET),
        intro=words.CALLBACK_INTRO,
    )


def copy_button(text: pieces.Text) -> rx.Component:
    """Copies a text."""
    return client.CopyButton.create(
        text=text, label=words.COPY, done=words.COPIED, style=pieces.OUTLINE_STYLE
    )
