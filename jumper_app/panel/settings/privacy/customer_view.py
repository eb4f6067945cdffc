"""``/settings/privacy/<conversation>``: how one customer's data is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel.settings import fields, frame
from jumper_app.panel.settings.fields import field

from . import words
from .customer_state import CustomerDataState

CUSTOMER: Any = CustomerDataState.customer


def customer_page() -> rx.Component:
    """What is kept of one customer, to be handed out or erased."""
    return frame.inner_page(
        "/settings/privacy",
        words.BACK,
        frame.for_admins(
            rx.cond(
                CustomerDataState.missing,
                pieces.empty_state("user-x", *words.GONE),
                rx.cond(
                    CustomerDataState.conversation != "",
                    rx.fragment(_head(), _kept(), _export(), _erase()),
                    pieces.skeleton_row(),
                ),
            )
        ),
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.img(
            src=pieces.channel_icon(CUSTOMER["channel"]),
            alt=CUSTOMER["channel_name"],
            width="32px",
            height="32px",
        ),
        rx.el.h1(
            CUSTOMER["name"],
            font_size="20px",
            line_height="28px",
            font_weight=theme.SEMIBOLD,
            overflow_wrap="anywhere",
            custom_attrs={"dir": "auto", "data-testid": "customer-name"},
        ),
        display="flex",
        gap="12px",
        align_items="center",
    )


def _kept() -> rx.Component:
    return fields.card(
        words.WHAT_IS_KEPT,
        pieces.facts(
            pieces.fact(words.CHANNEL, CUSTOMER["account_name"]),
            rx.cond(
                CUSTOMER["reached_at"] != "",
                pieces.fact(words.REACHED_AT, CUSTOMER["reached_at"]),
            ),
            pieces.fact(words.LAST, client.Moment.create(at=CUSTOMER["last_at"])),
            pieces.fact(words.MESSAGES, CustomerDataState.messages),
            pieces.fact(words.FILES, CustomerDataState.files),
        ),
    )


def _export() -> rx.Component:
    notes = rx.el.label(
        rx.el.input(type="checkbox", name="notes", value="1", style=BOX_STYLE),
        rx.el.span(
            words.WITH_NOTES,
            rx.el.span(words.WITH_NOTES_HINT, style=BESIDE_STYLE),
        ),
        display="flex",
        gap="10px",
        cursor="pointer",
    )
    return fields.card(
        words.EXPORT_TITLE,
        client.DownloadForm.create(
            rx.el.input(type="hidden", name="conversation", value=CustomerDataState.conversation),
            notes,
            fields.buttons(pieces.primary_button(words.DOWNLOAD, test_id="export", type="submit")),
            action="/privacy/export",
            failed=words.EXPORT_FAILED,
        ),
        intro=words.EXPORT_INTRO,
    )


BOX_STYLE: dict[str, Any] = {
    "width": "18px",
    "height": "18px",
    "margin": "1px 0 0",
    "accent_color": theme.FILLED,
}
BESIDE_STYLE: dict[str, Any] = {
    "display": "block",
    "font_size": theme.SIZE_META,
    "line_height": "16px",
    "color": theme.TEXT_QUIET,
}


def _erase() -> rx.Component:
    ask = fields.buttons(
        pieces.danger_button(words.ERASE_ASK, test_id="erase", on_click=CustomerDataState.ask)
    )
    return fields.card(
        words.ERASE_TITLE,
        rx.cond(CustomerDataState.asking, _really(), ask),
        intro=words.ERASE_INTRO,
    )


def _really() -> rx.Component:
    """The name has to be typed: nobody is erased by a slip."""
    before, after = words.TYPE_NAME
    return fields.form(
        field(
            rx.fragment(before, CUSTOMER["name"], after),
            "typed",
            CustomerDataState.error,
            auto_focus=True,
        ),
        fields.buttons(
            pieces.quiet_button(words.KEEP, on_click=CustomerDataState.keep),
            pieces.danger_button(words.ERASE_REALLY, test_id="erase-really", type="submit"),
        ),
        key="erase",
        on_submit=CustomerDataState.erase,
    )
