"""``/settings/channels``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme

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
            fields.framed_list(ChannelsState.accounts, _account),
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
        _facts(account),
        rx.cond(account["demo"], pieces.chip(words.DEMO, tone="accent")),
        _health(account),
        pieces.quiet_button(words.CHANGE, on_click=ChannelsState.change(account["id"])),
        key=account["id"],
        custom_attrs={"data-testid": "channel-account"},
        style=fields.ITEM_STYLE,
    )


def _facts(account: Any) -> rx.Component:
    seen_as = rx.cond(account["address"], account["address"], account["external_id"])
    first = rx.cond(account["flow_name"], account["flow_name"] + words.FLOW_FIRST, words.NO_FLOW)
    return rx.el.div(
        rx.el.p(account["name"], font_weight=theme.MEDIUM),
        fields.quiet(account["channel_name"], " · ", seen_as),
        fields.quiet(first),
        rx.cond(
            account["alarm"],
            rx.el.p(account["alarm"], font_size=theme.SIZE_SMALL, color=theme.BAD_TEXT),
        ),
        flex="1 1 210px",
        min_width="0",
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
    start: Any = ChannelsState.form
    return fields.card(
        words.CONNECT_WHATSAPP,
        fields.form(
            _number(start),
            *_secrets(),
            _answers_first(start),
            rx.el.p(words.SECRETS_STAY, font_size=theme.SIZE_META, color=theme.TEXT_QUIET),
            _buttons(),
            id=FORM,
            key=f"{start['phone_id']} {ChannelsState.saved}",
            on_submit=ChannelsState.connect,
        ),
        intro=words.CONNECT_WHATSAPP_INTRO,
    )


def _number(start: Any) -> rx.Component:
    digits: dict[str, Any] = {"input_mode": "numeric"}
    fixed: dict[str, Any] = {**digits, "read_only": ChannelsState.changing}
    asked: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("name", words.FIELD_NAME, words.FIELD_NAME_HINT, {}),
        ("address", words.FIELD_ADDRESS, words.FIELD_ADDRESS_HINT, {"type": "tel"}),
        ("phone_id", words.FIELD_PHONE_ID, words.FIELD_PHONE_ID_HINT, fixed),
        ("waba_id", words.FIELD_WABA_ID, words.FIELD_WABA_ID_HINT, digits),
    )
    errors: Any = ChannelsState.errors
    return fields.pairs(
        *(
            field(label, name, errors[name], hint=hint, default_value=start[name], **more)
            for name, label, hint, more in asked
        )
    )


def _answers_first(start: Any) -> rx.Component:
    """Who answers a customer who has not written before."""
    flows: Any = ChannelsState.flows
    return fields.choice(
        words.FIELD_FLOW,
        "flow",
        rx.el.option(words.PEOPLE_FIRST, value=""),
        rx.foreach(
            flows, lambda flow: rx.el.option(words.BOT_FIRST, flow["name"], value=flow["id"])
        ),
        hint=words.FIELD_FLOW_HINT,
        default_value=start["flow"],
    )


def _flow(flow: Any) -> rx.Component:
    return rx.el.option(words.BOT_FIRST, flow["name"], value=flow["id"])


def _secrets() -> tuple[rx.Component, rx.Component]:
    errors: Any = ChannelsState.errors
    kept = rx.cond(ChannelsState.changing, words.SECRET_SAVED, "")

    def secret(name: str, label: str, hint: str) -> rx.Component:
        return field(
            label,
            name,
            errors[name],
            hint=hint,
            type="password",
            placeholder=kept,
            auto_complete="new-password",
        )

    return (
        secret("token", words.FIELD_TOKEN, words.FIELD_TOKEN_HINT),
        fields.pairs(
            secret("app_secret", words.FIELD_APP_SECRET, words.FIELD_APP_SECRET_HINT),
            secret("verify_token", words.FIELD_VERIFY_TOKEN, words.FIELD_VERIFY_TOKEN_HINT),
        ),
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
            fields.code(ChannelsState.callback, "callback-url"),
            fields.copy_button(ChannelsState.callback),
            display="flex",
            gap="12px",
            align_items="center",
            padding="8px 8px 8px 12px",
            border_radius=theme.RADIUS_FIELD,
            background=theme.SURFACE,
        ),
        fields.quiet(words.CALLBACK_VERIFY),
        intro=words.CALLBACK_INTRO,
    )
