"""Whom we have reached: a provider tells by which names it knows the person behind a number.

Somebody who was written to first is known by the number that was dialled. When they answer,
they may go by other names; these are learned from the answers to our own sends, so that
nobody becomes two contacts.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import Identity, IdentityKind, Person
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, ContactIdentity, Conversation

from .contacts import conversation_with


def recognise(
    work: Work, conversation: Conversation, told: Iterable[Identity], now: datetime
) -> None:
    """Learn the names of somebody who has not written yet; one who has told their names.

    When a name belongs to another contact, the two are one person and are joined.
    """
    if conversation.last_heard_at is not None:
        return
    known = _names_of(work, conversation)
    new = [name for name in told if name not in known]
    if new:
        account = work.get_one(ChannelAccount, conversation.account_id)
        person = Person(identities=(*known, *new))
        conversation_with(work, account, person, now, now)


def _names_of(work: Work, conversation: Conversation) -> list[Identity]:
    rows = work.exec(
        select(ContactIdentity).where(col(ContactIdentity.contact_id) == conversation.contact_id)
    )
    return [Identity(kind=IdentityKind(row.kind), value=row.value) for row in rows]
