"""Who wrote, for many messages at once: the ordinary case in one read.

Most messages come from people whose every name is known. Whoever is new, or goes by a
new name, is met one by one (``contacts.conversation_with``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from jumper_app.channels.contract import Person
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Contact, ContactIdentity, Conversation

from .contacts import conversation_with, take_over_facts
from .log import stored
from .moving import OF_CONTACT, OF_CONVERSATION, Facts, Standing, columns, keep_facts

NAME = ("account_id", "kind", "value")
"""What makes an identity of somebody the only one of its kind."""

KNOWN = (
    select(
        *columns(ContactIdentity, NAME),
        *columns(Contact, OF_CONTACT),
        *columns(Conversation, OF_CONVERSATION),
    )
    .join(Contact, col(Contact.id) == col(ContactIdentity.contact_id))
    .join(Conversation, col(Conversation.contact_id) == col(Contact.id))
    .where(
        col(ContactIdentity.account_id).in_(bindparam("accounts", expanding=True)),
        col(ContactIdentity.kind).in_(bindparam("kinds", expanding=True)),
        col(ContactIdentity.value).in_(bindparam("values", expanding=True)),
    )
    .order_by(col(Conversation.id))
    .with_for_update(of=[Contact, Conversation])
)
"""Who bears these names, and where the conversations with them stand: read, and both locked."""


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


@dataclass(frozen=True)
class Met:
    """A contact, and where the one conversation with them stands."""

    facts: Facts
    standing: Standing


def conversations_with(work: Work, meetings: Sequence[Meeting]) -> list[Standing]:
    """Where the one conversation with each of these people stands, in the order of the meetings.

    All are locked for writing, in the order of their ids. Of the same conversation it is
    the same object.
    """
    known = _well_known(work, meetings)
    strangers = [one for one, met in zip(meetings, known, strict=True) if met is None]
    for one in strangers:
        conversation_with(work, one.account, one.person, one.told_at, one.now)
    if strangers:
        work.flush()
        known = _well_known(work, meetings)
    everyone = [met for met in known if met is not None]
    for one, met in zip(meetings, everyone, strict=True):
        take_over_facts(met.facts, one.person, one.told_at)
    keep_facts(work, [met.facts for met in everyone])
    return [met.standing for met in everyone]


def _well_known(work: Work, meetings: Sequence[Meeting]) -> list[Met | None]:
    """The contact who bears all of a person's names; None where a name is new or shared."""
    names = [name for one in meetings for name in one.person.identities]
    asked = {
        "accounts": list({stored(one.account.id) for one in meetings}),
        "kinds": list({name.kind for name in names}),
        "values": list({name.value for name in names}),
    }
    bearers: dict[tuple[int, str, str], Met] = {}
    everyone: dict[int, Met] = {}
    for row in work.values(KNOWN, **asked):
        met = _met(row[len(NAME) :])
        bearers[tuple(row[: len(NAME)])] = everyone.setdefault(met.facts.id, met)
    return [_only_bearer(bearers, one) for one in meetings]


def _met(row: Sequence[Any]) -> Met:
    return Met(Facts(*row[: len(OF_CONTACT)]), Standing(*row[len(OF_CONTACT) :]))


def _only_bearer(bearers: dict[tuple[int, str, str], Met], one: Meeting) -> Met | None:
    account_id = stored(one.account.id)
    found = [bearers.get((account_id, name.kind, name.value)) for name in one.person.identities]
    return found[0] if found and all(met is found[0] for met in found) else None
