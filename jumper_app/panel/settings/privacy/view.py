"""``/settings/privacy``: how it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel.settings import fields, frame

from . import words
from .state import PrivacyState


def privacy_page() -> rx.Component:
    """How long messages are kept, and the way to one customer's data."""
    return frame.page(
        "privacy",
        words.TITLE,
        words.INTRO,
        frame.for_admins(
            rx.cond(
                PrivacyState.loaded,
                rx.fragment(_keep(), _customers()),
                rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
            )
        ),
    )


def _keep() -> rx.Component:
    return fields.card(
        words.KEEP_TITLE,
        fields.form(
            _periods(),
            _counted(),
            fields.buttons(
                pieces.primary_button(
                    words.SAVE,
                    test_id="keep",
                    type="submit",
                    disabled=(PrivacyState.chosen == PrivacyState.months) | PrivacyState.counting,
                )
            ),
            key=PrivacyState.months,
            on_submit=PrivacyState.keep,
        ),
        intro=words.KEEP_INTRO,
    )


def _periods() -> rx.Component:
    return fields.choice(
        words.KEEP_LABEL,
        "months",
        *(rx.el.option(words.period(each), value=str(each)) for each in words.PERIODS),
        hint="",
        default_value=PrivacyState.months,
        on_change=PrivacyState.choose,
    )


def _counted() -> rx.Component:
    """What the choice would delete."""
    told = rx.el.p(
        PrivacyState.counted,
        role="status",
        custom_attrs={"data-testid": "counted"},
        font_weight=theme.MEDIUM,
    )
    return rx.cond(
        PrivacyState.counting,
        fields.quiet(words.COUNTING),
        rx.cond(PrivacyState.counted != "", told),
    )


def _customers() -> rx.Component:
    found: Any = PrivacyState.customers
    return fields.card(
        words.CUSTOMERS_TITLE,
        fields.form(
            fields.field(words.SEARCH, "words", "", hint=words.SEARCH_HINT, type="search"),
            fields.buttons(
                pieces.outline_button(words.SEARCH_BUTTON, test_id="find", type="submit")
            ),
            key="search",
            on_submit=PrivacyState.search,
        ),
        rx.cond(
            found.length() > 0,
            rx.el.ul(rx.foreach(found, _customer), margin="0", padding="0", list_style="none"),
            rx.cond(PrivacyState.searched, fields.quiet(words.NOBODY_FOUND)),
        ),
        intro=words.CUSTOMERS_INTRO,
    )


def _customer(customer: Any) -> rx.Component:
    return rx.el.li(
        rx.link(
            rx.el.img(
                src=pieces.channel_icon(customer["channel"]),
                alt=customer["channel_name"],
                width="22px",
                height="22px",
            ),
            _who(customer),
            client.Age.create(at=customer["last_at"], style=AGE_STYLE),
            href=customer["href"],
            style=ROW_STYLE,
        ),
        key=customer["href"],
        custom_attrs={"data-testid": "found-customer"},
        style={"& + &": {"border_top": f"1px solid {theme.LINE}"}},
    )


def _who(customer: Any) -> rx.Component:
    reached_at = customer["reached_at"]
    return rx.el.div(
        rx.el.p(
            customer["name"],
            color=theme.TEXT,
            font_weight=theme.MEDIUM,
            custom_attrs={"dir": "auto"},
        ),
        fields.quiet(customer["account_name"], rx.cond(reached_at != "", " · ", ""), reached_at),
        flex="1",
        min_width="0",
    )


AGE_STYLE: dict[str, Any] = {"font_size": theme.SIZE_META, "color": theme.TEXT_QUIET}
ROW_STYLE: dict[str, Any] = {
    "display": "flex",
    "gap": "12px",
    "align_items": "center",
    "padding": "10px 8px",
    "border_radius": theme.RADIUS_BUTTON,
    "text_decoration": "none",
    "&:hover": {"background": theme.SURFACE, "text_decoration": "none"},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}
