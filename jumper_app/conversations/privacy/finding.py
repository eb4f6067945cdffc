"""Finding a customer by name, number or address, and how much is kept of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.conversations import listing
from jumper_app.db import Work
from jumper_app.models import Attachment, ChannelAccount, Contact, Conversation, Message

MOST = 20
"""Customers that a search shows."""

SHORTEST = 2
"""Characters that must be known of somebody."""


@dataclass(frozen=True)
class Customer:
    """Somebody whose data is kept."""

    conversation: str
    """Public id."""
    name: str
    channel: str
    channel_name: str
    account_name: str
    reached_at: str
    """Their number or address; empty when the channel keeps it back."""
    last_activity_at: datetime


@dataclass(frozen=True)
class Amount:
    """How much is kept of a customer. ``bytes``: of the files."""

    messages: int
    files: int
    bytes: int


def find(work: Work, words: str) -> list[Customer]:
    """Customers whose name, handle, number or address holds these words, the latest first."""
    wanted = words.strip().lower()
    if len(wanted) < SHORTEST:
        return []
    digits = "".join(filter(str.isdigit, wanted))
    holds = [
        func.lower(column).contains(wanted, autoescape=True)
        for column in (Contact.name, Contact.username, Contact.email)
    ]
    if len(digits) >= SHORTEST:
        holds.append(col(Contact.phone).contains(digits, autoescape=True))
    query = _all().where(or_(*holds)).order_by(col(Conversation.last_activity_at).desc())
    return [_customer(*row) for row in work.exec(query.limit(MOST))]


def look_up(work: Work, public_id: str) -> tuple[Customer, Amount] | None:
    """One customer and how much is kept of them; None when there is nobody like that."""
    key = listing.find(work, public_id)
    row = work.exec(_all().where(col(Conversation.id) == key)).first() if key else None
    if row is None:
        return None
    messages = select(func.count()).select_from(Message).where(Message.conversation_id == key)
    files = (
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0))
        .select_from(Attachment)
        .join(Message, col(Message.id) == col(Attachment.message_id))
        .where(col(Message.conversation_id) == key)
    )
    count, size = work.exec(files).one()
    return _customer(*row), Amount(work.exec(messages).one(), count, int(size))


def _all():
    return (
        select(Conversation, Contact, ChannelAccount)
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .join(ChannelAccount, col(ChannelAccount.id) == col(Conversation.account_id))
        .where(*listing.alive())
    )


def _customer(conversation: Conversation, contact: Contact, account: ChannelAccount) -> Customer:
    return Customer(
        conversation=conversation.public_id,
        name=listing.name_of(contact, CHANNELS[conversation.channel]),
        channel=conversation.channel,
        channel_name=CHANNELS[conversation.channel].wording.name,
        account_name=account.name,
        reached_at=contact.phone or contact.email,
        last_activity_at=conversation.last_activity_at,
    )
