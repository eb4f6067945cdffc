"""Names that do not come with messages: whom to ask the provider about, and what it told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Credentials, Identity, Person, Profile
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import ChannelAccount, Contact, Conversation

from .accounts import credentials
from .contacts import take_over_facts
from .log import changed, stored
from .outgoing import recipient_of
from .standing import silent_accounts
from .waiting import unwell_accounts

AT_ONCE = 8
"""Customers who are asked about side by side."""

ASK_AGAIN = timedelta(days=7)
"""After a provider told nothing: it may not be allowed to, or the customer forbids it."""

FRESH_FOR = timedelta(days=30)
"""How long what was told is believed."""


@dataclass(frozen=True)
class ProfileDue:
    """One customer whose name we want to know."""

    channel: str
    contact_id: int
    account_id: int
    credentials: Credentials
    names: tuple[Identity, ...]


def take_due(work: Work, *, now: datetime) -> list[ProfileDue]:
    """Whom to ask about now. Each is put off, so that nobody is asked about twice at once."""
    asked = [key for key, channel in CHANNELS.items() if channel.profiles]
    due_at = col(Contact.profile_due_at)
    found = work.exec(
        select(Contact, Conversation, ChannelAccount)
        .join(Conversation, col(Conversation.contact_id) == col(Contact.id))
        .join(ChannelAccount, col(ChannelAccount.id) == col(Contact.account_id))
        .where(
            due_at.is_(None) | (due_at <= now),
            col(ChannelAccount.channel).in_(asked),
            col(ChannelAccount.id).not_in(silent_accounts()),
            col(ChannelAccount.id).not_in(unwell_accounts(now)),
        )
        .order_by(col(Contact.id).desc())
        .limit(AT_ONCE)
    ).all()
    for contact, _, _ in found:
        contact.profile_due_at = now + ASK_AGAIN
    return [due for each in found if (due := _due(work, *each))]


def _due(
    work: Work, contact: Contact, conversation: Conversation, account: ChannelAccount
) -> ProfileDue | None:
    try:
        opened = credentials(account)
    except BadInput:
        return None
    names = recipient_of(work, conversation)
    return ProfileDue(account.channel, stored(contact.id), contact.account_id, opened, names)


def keep_profile(work: Work, due: ProfileDue, told: Profile, now: datetime) -> None:
    """Keep the name; an empty one changes nothing."""
    conversation = work.exec(
        select(Conversation).where(col(Conversation.contact_id) == due.contact_id).with_for_update()
    ).first()
    if conversation is None or not told.name:
        return
    contact = work.get_one(Contact, due.contact_id)
    before = contact.name
    take_over_facts(contact, Person(identities=due.names, name=told.name), now)
    contact.profile_due_at = now + FRESH_FOR
    if contact.name != before:
        changed(work, conversation)
