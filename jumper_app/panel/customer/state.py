"""The contact card's state: who the open conversation is with."""

from typing import TypedDict

import reflex as rx

from jumper_app.channels.contract import IdentityKind, Permission
from jumper_app.conversations.customer import Card
from jumper_app.models import Owner
from jumper_app.panel import figures
from jumper_app.panel import words as panel_words
from jumper_app.panel.inbox.rows import iso
from jumper_app.panel.pieces import initials_of, picture_at, tone_of
from jumper_app.people.sessions import Who

from . import words


class IdentityRow(TypedDict):
    """One name by which the channel knows the customer."""

    kind: str
    value: str


class PictureRow(TypedDict):
    """One picture of the gallery."""

    id: str
    href: str
    name: str


class CardRow(TypedDict):
    """Exactly what the card shows. Times are ISO in UTC; empty for none."""

    name: str
    initials: str
    picture: str
    tone: str
    channel: str
    channel_name: str
    account_name: str
    phone: str
    email: str
    username: str
    language: str
    timezone: str
    consent_at: str
    marketing_stopped_at: str
    first_seen_at: str
    owner: str
    waiting_since: str
    closes_at: str
    shut: bool
    always_open: bool
    data_href: str
    """Where an admin exports or erases the customer's data; empty for everyone else."""


HASH_SHOWN = 8
"""Letters of a visitor's hash that are shown."""

NOBODY = CardRow(
    name="",
    initials="",
    picture="",
    tone="gray",
    channel="",
    channel_name="",
    account_name="",
    phone="",
    email="",
    username="",
    language="",
    timezone="",
    consent_at="",
    marketing_stopped_at="",
    first_seen_at="",
    owner="",
    waiting_since="",
    closes_at="",
    shut=False,
    always_open=False,
    data_href="",
)


class CardState(rx.State):
    """What one browser shows of the open conversation's customer."""

    known: bool = False
    card: rx.Field[CardRow] = rx.field(default_factory=lambda: NOBODY)
    identities: rx.Field[list[IdentityRow]] = rx.field(default_factory=list)
    pictures: rx.Field[list[PictureRow]] = rx.field(default_factory=list)

    def _open(self, who: Who, card: Card) -> None:
        """Show what ``conversations.customer.card`` has read. Unchanged parts are not sent."""
        parts = {
            "known": True,
            "card": draw(card, who),
            "identities": [
                IdentityRow(kind=words.IDENTITIES.get(kind, kind), value=shown(kind, value))
                for kind, value in card.identities
            ],
            "pictures": [
                PictureRow(id=one.public_id, href=f"/media/{one.public_id}", name=one.filename)
                for one in card.media
            ],
        }
        for name, value in parts.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _close(self) -> None:
        """Show nobody."""
        self.known, self.card, self.identities, self.pictures = False, NOBODY, [], []


def shown(kind: str, value: str) -> str:
    """A name as people need it: of a visitor's hash the beginning tells one from another."""
    return value[:HASH_SHOWN] if kind == IdentityKind.VISITOR else value


def draw(card: Card, who: Who) -> CardRow:
    """The facts of a card, worded."""
    return CardRow(
        name=card.name,
        initials=initials_of(card.name),
        picture=picture_at(card.picture),
        tone=tone_of(card.conversation_public_id),
        channel=card.channel,
        channel_name=card.channel_name,
        account_name=card.account_name,
        phone=figures.phone(card.phone),
        email=card.email,
        username=f"@{card.username}" if card.username else "",
        language=figures.language(card.language),
        timezone=card.timezone,
        consent_at=iso(card.consent_at),
        marketing_stopped_at=iso(card.marketing_stopped_at),
        first_seen_at=iso(card.first_seen_at),
        owner=_owner(card),
        waiting_since=iso(card.answering.waiting_since),
        closes_at=iso(card.closes_at),
        shut=card.permission in (Permission.TEMPLATE_ONLY, Permission.CLOSED),
        always_open=card.permission is Permission.FREE and card.closes_at is None,
        data_href=f"/settings/privacy/{card.conversation_public_id}" if who.is_admin else "",
    )


def _owner(card: Card) -> str:
    match card.answering.owner:
        case Owner.AGENT:
            return card.answering.agent_name
        case Owner.BOT:
            return panel_words.bot_name(card.answering.flow_name)
        case Owner.REQUESTED:
            return words.NOBODY
        case _:
            return panel_words.OWNER_RESOLVED
