"""Who wrote, for many messages at once: the ordinary case in two reads.

Most messages come from people whose every name is known. Whoever is new, or goes by a
new name, is met one by one (``contacts.conversation_with``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.orm import load_only
from sqlmodel import col, select

from jumper_app.channels.contract import Person
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Contact, ContactIdentity, Conversation

from .contacts import FACTS, conversation_with, take_over_facts
from .log import stored

MOVED = (
    "account_id",
    "contact_id",
    "owner",
    "last_heard_at",
    "window_shut_at",
    "waiting_since",
    "last_activity_at",
    "preview",
    "preview_kind",
    "preview_content",
    "preview_agent_id",
    "heard",
    "version",
    "next_event",
)
"""What a message moves in its conversation, or looks at."""

BEARERS = (
    select(ContactIdentity.account_id, ContactIdentity.kind, ContactIdentity.value, Contact)
    .join(Contact, col(Contact.id) == col(ContactIdentity.contact_id))
    .where(
        col(ContactIdentity.account_id).in_(bindparam("accounts", expanding=True)),
        col(ContactIdentity.kind).in_(bindparam("kinds", expanding=True)),
        col(ContactIdentity.value).in_(bindparam("values", expanding=True)),
    )
    .options(load_only(*(getattr(Contact, name) for name in ("named_at", *FACTS))))
)

LOCKED = (
    select(Conversation)
    .where(col(Conversation.contact_id).in_(bindparam("contacts", expanding=True)))
    .order_by(col(Conversation.id))
    .with_for_update()
    .options(load_only(*(getattr(Conversation, name) for name in MOVED)))
)


@dataclass(frozen=True)
class Meeting:
    """Somebody was heard of.

    Attributes:
        told_at: The provider's time of what told their names.
    """

    account: ChannelAccount
    person: Person
    told_at: datetime
    now: datetime


def conversations_with(work: Work, meetings: Sequence[Meeting]) -> list[Conversation]:
    """The one conversation with each of these people, in the order of the meetings.

    All are locked for writing, in the order of their ids.
    """
    contacts = _well_known(work, meetings)
    strangers = [one for one, known in zip(meetings, contacts, strict=True) if known is None]
    for one in strangers:
        conversation_with(work, one.account, one.person, one.told_at, one.now)
    if strangers:
        contacts = _well_known(work, meetings)
    met = [stored(contact.id) for contact in contacts if contact is not None]
    locked = _locked(work, met)
    for one, contact in zip(meetings, contacts, strict=True):
        if contact is not None:
            take_over_facts(contact, one.person, one.told_at)
    return [locked[key] for key in met]


def _well_known(work: Work, meetings: Sequence[Meeting]) -> list[Contact | None]:
    """The contact who bears all of a person's names; None where a name is new or shared."""
    names = [name for one in meetings for name in one.person.identities]
    asked = {
        "accounts": list({stored(one.account.id) for one in meetings}),
        "kinds": list({name.kind for name in names}),
        "values": list({name.value for name in names}),
    }
    bearers = {
        (account_id, kind, value): contact
        for account_id, kind, value, contact in work.exec(BEARERS, params=asked)
    }
    return [_only_bearer(bearers, one) for one in meetings]


def _only_bearer(bearers: dict[tuple[int, str, str], Contact], one: Meeting) -> Contact | None:
    account_id = stored(one.account.id)
    found = [bearers.get((account_id, name.kind, name.value)) for name in one.person.identities]
    return found[0] if found and all(contact is found[0] for contact in found) else None


def _locked(work: Work, contact_ids: Sequence[int]) -> dict[int, Conversation]:
    rows = work.exec(LOCKED, params={"contacts": list(set(contact_ids))})
    return {row.contact_id: row for row in rows}
