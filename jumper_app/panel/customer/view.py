"""The right column: who this customer is."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme
from jumper_app.panel import words as panel_words

from . import words
from .state import CardState


def contact_card() -> rx.Component:
    """The contact card. Everything in it is told by ``CardState``."""
    return rx.cond(
        CardState.known,
        rx.el.div(
            _menu(),
            _head(),
            _conversation(),
            _about(),
            _identities(),
            _media(),
            padding="18px 18px 24px",
            position="relative",
        ),
        _waiting(),
    )


def _menu() -> rx.Component:
    """What only admins can do about a customer's data."""
    card: Any = CardState.card
    return rx.cond(
        card["data_href"] != "",
        rx.box(
            rx.dropdown_menu.root(
                rx.dropdown_menu.trigger(
                    pieces.icon_button("ellipsis", words.MORE, test_id="card-menu")
                ),
                rx.dropdown_menu.content(
                    rx.dropdown_menu.item(
                        words.EXPORT_OR_ERASE, on_select=rx.redirect(card["data_href"])
                    ),
                    align="end",
                ),
            ),
            position="absolute",
            top="10px",
            inset_inline_end="10px",
        ),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        pieces.skeleton("64px", "64px", "50%"),
        pieces.skeleton("140px", "16px"),
        pieces.skeleton("96px"),
        display="flex",
        flex_direction="column",
        align_items="center",
        gap="12px",
        padding="18px",
    )


def _head() -> rx.Component:
    card: Any = CardState.card
    return rx.el.header(
        pieces.avatar(card, theme.AVATAR_CARD, theme.GROUND_SIDE),
        rx.el.h2(
            card["name"],
            font_size=theme.SIZE_TITLE,
            font_weight=theme.SEMIBOLD,
            line_height="22px",
            margin_top="8px",
            overflow_wrap="anywhere",
            custom_attrs={"dir": "auto"},
        ),
        _where(card),
        display="flex",
        flex_direction="column",
        align_items="center",
        gap="4px",
        text_align="center",
        padding_bottom="16px",
        border_bottom=f"1px solid {theme.LINE}",
    )


def _where(card: Any) -> rx.Component:
    """The time on the customer's wall, and their language."""
    time = rx.fragment(client.LocalTime.create(zone=card["timezone"]), words.THEIR_TIME)
    return rx.el.p(
        rx.cond(card["timezone"] != "", time),
        rx.cond((card["timezone"] != "") & (card["language"] != ""), " · ", ""),
        card["language"],
        font_size=theme.SIZE_SMALL,
        color=theme.TEXT_QUIET,
    )


def _conversation() -> rx.Component:
    card: Any = CardState.card
    return pieces.section(
        words.CARD_CONVERSATION,
        pieces.facts(
            pieces.fact(words.OWNER, card["owner"]),
            pieces.fact(
                words.WAITING,
                rx.cond(
                    card["waiting_since"] != "",
                    client.Since.create(at=card["waiting_since"]),
                    words.NOT_WAITING,
                ),
            ),
            pieces.fact(words.REPLY_WINDOW, _window()),
        ),
        name="conversation",
    )


def _window() -> rx.Component:
    card: Any = CardState.card
    closing = client.Moment.create(at=card["closes_at"], before=words.WINDOW_CLOSES)
    closed = client.Moment.create(at=card["closes_at"], before=words.WINDOW_CLOSED_SINCE)
    return rx.cond(
        card["always_open"],
        words.WINDOW_ALWAYS,
        rx.cond(
            card["closes_at"] == "", words.WINDOW_CLOSED, rx.cond(card["shut"], closed, closing)
        ),
    )


def _about() -> rx.Component:
    card: Any = CardState.card
    return pieces.section(
        words.CARD_ABOUT,
        pieces.facts(
            pieces.fact(words.PHONE, rx.cond(card["phone"] != "", card["phone"], words.NO_PHONE)),
            rx.cond(card["email"] != "", pieces.fact(words.EMAIL, card["email"])),
            rx.cond(card["username"] != "", pieces.fact(words.HANDLE, card["username"])),
            pieces.fact(words.CHANNEL, card["channel_name"]),
            pieces.fact(words.ACCOUNT, card["account_name"]),
            pieces.fact(
                words.CONSENT,
                rx.cond(card["consent_at"] != "", _day(card["consent_at"]), words.NO_CONSENT),
            ),
            rx.cond(
                card["marketing_stopped_at"] != "",
                pieces.fact(
                    words.MARKETING,
                    rx.fragment(words.STOPPED, _day(card["marketing_stopped_at"])),
                ),
            ),
            pieces.fact(words.FIRST_SEEN, _day(card["first_seen_at"])),
        ),
        name="about",
    )


def _day(at: pieces.Text) -> rx.Component:
    return client.Moment.create(at=at, only="day")


def _identities() -> rx.Component:
    return rx.cond(
        CardState.identities.length() > 0,
        pieces.section(
            words.CARD_IDENTITIES,
            rx.el.dl(
                rx.foreach(CardState.identities, _identity),
                margin="0",
                font_size=theme.SIZE_META,
            ),
            name="identities",
        ),
    )


def _identity(identity: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(identity["kind"], color=theme.TEXT_QUIET),
        rx.el.dd(identity["value"], margin="0", overflow_wrap="anywhere"),
        margin_bottom="6px",
    )


def _media() -> rx.Component:
    return pieces.section(
        words.CARD_MEDIA,
        rx.cond(
            CardState.pictures.length() > 0,
            rx.el.div(
                rx.foreach(CardState.pictures, _picture),
                display="grid",
                grid_template_columns="repeat(4, 1fr)",
                gap="6px",
            ),
            rx.el.p(words.NO_MEDIA, font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET),
        ),
        name="media",
    )


def _picture(picture: Any) -> rx.Component:
    return rx.el.a(
        rx.el.img(
            src=picture["href"],
            alt=picture["name"],
            loading="lazy",
            width="100%",
            height="100%",
            object_fit="cover",
        ),
        href=picture["href"],
        target="_blank",
        rel="noopener",
        aria_label=panel_words.OPEN_PICTURE,
        display="block",
        height="56px",
        border_radius=theme.RADIUS_BUTTON,
        overflow="hidden",
        background=theme.SURFACE_HOVER,
        _focus_visible=theme.FOCUS_RING,
    )
