"""Who a person is: identities lead to contacts, and contacts that prove to be one are joined."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from jumper_app.channels.contract import Identity, Person
from jumper_app.db import Work
from jumper_app.models import (
    ChannelAccount,
    Contact,
    ContactIdentity,
    ContactMark,
    Conversation,
    DiscountCode,
    Draft,
    Message,
    OptInRow,
    Outbox,
    Owner,
    ReadDue,
    ReadMark,
    Run,
    RunStatus,
    SurveyAnswer,
    Wake,
)

from .latest import show_what_stands_last
from .log import SYSTEM, add_status, changed, record, stored
from .moving import Facts
from .outside import is_answered_outside
from .spoken_of import draw_again

JUST_BEFORE = timedelta(microseconds=1)
"""A name that was given up counts as told this much before the one that replaced it."""

FACTS = ("name", "username", "phone", "email", "language", "timezone")
"""What a message tells of a person."""

TAKES_BOTH = (Owner.AGENT, Owner.REQUESTED, Owner.BOT, Owner.RESOLVED)
"""Who owns two conversations that become one: the first of these that owned either."""


def conversation_with(
    work: Work,
    account: ChannelAccount,
    person: Person,
    told_at: datetime,
    now: datetime,
    *,
    former: Iterable[Identity] = (),
) -> Conversation:
    """The one conversation with this person, locked for writing; made if they are new.

    What the person's names say is kept, the latest told counts. When the names
    belong to several contacts, those are one person: they are merged.

    Args:
        former: Names that the person gave up at ``told_at``.
    """
    given_up = [name for name in former if name not in person.identities]
    contacts = _contacts_called(work, stored(account.id), (*person.identities, *given_up))
    contact = contacts[0] if contacts else _make_contact(work, account, now)
    for twin in contacts[1:]:
        _merge(work, into=contact, twin=twin, now=now)
    _learn_names(work, contact, given_up, told_at - JUST_BEFORE)
    _learn_names(work, contact, person.identities, told_at)
    take_over_facts(contact, person, told_at)
    return _conversation_of(work, account, contact, now)


def conversation_known(work: Work, account: ChannelAccount, person: Person) -> Conversation | None:
    """The conversation with this person, locked for writing; None if nobody knows them."""
    contacts = _contacts_called(work, stored(account.id), person.identities)
    if not contacts:
        return None
    return work.exec(
        select(Conversation).where(col(Conversation.contact_id) == contacts[0].id).with_for_update()
    ).first()


def _contacts_called(work: Work, account_id: int, identities: Iterable[Identity]) -> list[Contact]:
    """The contacts that bear any of these names, the oldest first."""
    found: dict[int, Contact] = {}
    for identity in identities:
        row = work.exec(
            select(Contact)
            .join(ContactIdentity, col(ContactIdentity.contact_id) == col(Contact.id))
            .where(
                col(ContactIdentity.account_id) == account_id,
                col(ContactIdentity.kind) == identity.kind,
                col(ContactIdentity.value) == identity.value,
            )
        ).first()
        if row is not None:
            found[stored(row.id)] = row
    return [found[key] for key in sorted(found)]


def _make_contact(work: Work, account: ChannelAccount, now: datetime) -> Contact:
    contact = Contact(account_id=stored(account.id), created_at=now)
    work.add(contact)
    work.flush()
    return contact


def _learn_names(
    work: Work, contact: Contact, identities: Iterable[Identity], told_at: datetime
) -> None:
    """Keep the names, each with the latest time at which the provider told it."""
    rows = work.exec(select(ContactIdentity).where(col(ContactIdentity.contact_id) == contact.id))
    known = {(row.kind, row.value): row for row in rows}
    for identity in identities:
        row = known.get((identity.kind, identity.value)) or ContactIdentity(
            account_id=contact.account_id,
            contact_id=stored(contact.id),
            kind=identity.kind,
            value=identity.value,
            seen_at=told_at,
        )
        row.seen_at = max(row.seen_at, told_at)
        work.add(row)


def take_over_facts(contact: Contact | Facts, told: Person | Contact, told_at: datetime) -> None:
    """Keep the latest told; of facts told at the same time the greater, so order never matters."""
    newer = contact.named_at is None or told_at > contact.named_at
    same = told_at == contact.named_at
    for fact in FACTS:
        present, new = str(getattr(contact, fact)), str(getattr(told, fact))
        if new and (newer or not present or (same and new > present)):
            setattr(contact, fact, new)
    if newer:
        contact.named_at = told_at


def _conversation_of(
    work: Work, account: ChannelAccount, contact: Contact, now: datetime
) -> Conversation:
    conversation = work.exec(
        select(Conversation).where(col(Conversation.contact_id) == contact.id).with_for_update()
    ).first()
    return conversation or _open_conversation(work, account, contact, now)


def _open_conversation(
    work: Work, account: ChannelAccount, contact: Contact, now: datetime
) -> Conversation:
    conversation = Conversation(
        account_id=stored(account.id),
        contact_id=stored(contact.id),
        channel=account.channel,
        owner=first_owner(work, account, contact, now),
        last_activity_at=now,
        created_at=now,
    )
    work.add(conversation)
    work.flush()
    return conversation


def first_owner(work: Work, account: ChannelAccount, contact: Contact, now: datetime) -> Owner:
    """Who answers a new conversation, or one that was resolved: the account's bot if it has one.

    Not while somebody answers the customer with another tool.
    """
    if account.flow_id is None or is_answered_outside(work, contact, now):
        return Owner.REQUESTED
    return Owner.BOT


def _merge(work: Work, *, into: Contact, twin: Contact, now: datetime) -> None:
    """Move everything of ``twin`` to the older contact; its ids redirect from now on."""
    for identity in work.exec(
        select(ContactIdentity).where(col(ContactIdentity.contact_id) == twin.id)
    ):
        identity.contact_id = stored(into.id)
    twin.merged_into_id = into.id
    take_over_facts(into, twin, twin.named_at or now)
    pair = [
        work.exec(
            select(Conversation).where(col(Conversation.contact_id) == key).with_for_update()
        ).first()
        for key in sorted((stored(into.id), stored(twin.id)))
    ]
    into.picture, twin.picture = into.picture or twin.picture, ""
    theirs = update(OptInRow).where(col(OptInRow.contact_id) == twin.id)
    work.exec(theirs.values(contact_id=into.id))
    work.flush()
    _move_marks(work, stored(twin.id), stored(into.id))
    survivor, other = pair
    if survivor is None and other is not None:
        other.contact_id = stored(into.id)
    elif survivor is not None and other is not None:
        _merge_conversations(work, survivor, other, now)


def _move_marks(work: Work, old: int, new: int) -> None:
    """Tags, fields and codes go along; what both have, the older contact keeps."""
    for table, same in ((ContactMark, ("kind", "name")), (DiscountCode, ("pool_id",))):
        rows = work.exec(select(table).where(col(table.contact_id).in_((old, new)))).all()
        there = {
            tuple(getattr(row, name) for name in same) for row in rows if row.contact_id == new
        }
        for row in rows:
            if row.contact_id == old and tuple(getattr(row, name) for name in same) not in there:
                row.contact_id = new


def _merge_conversations(
    work: Work, survivor: Conversation, other: Conversation, now: datetime
) -> None:
    new, old = stored(survivor.id), stored(other.id)
    work.flush()
    moved = work.exec(select(Message).where(col(Message.conversation_id) == old)).all()
    for table in (Message, Outbox, Wake, SurveyAnswer):
        work.exec(
            update(table).where(col(table.conversation_id) == old).values(conversation_id=new)
        )
    for run in work.exec(select(Run).where(col(Run.conversation_id) == old)):
        if run.status in {RunStatus.RUNNING, RunStatus.PAUSED}:
            run.status = RunStatus.REPLACED
    _move_drafts(work, old, new)
    for table in (ReadMark, ReadDue):
        for row in work.exec(select(table).where(col(table.conversation_id) == old)):
            work.delete(row)
    _join_states(survivor, other)
    other.merged_into_id = new
    work.flush()
    draw_again(work, new)
    show_what_stands_last(work, survivor)
    line = add_status(work, survivor, "merged", actor=SYSTEM, now=now)
    record(work, other, "merged_away", actor=SYSTEM, now=now, into=new)
    changed(work, other)
    changed(work, survivor, *moved, line)


def _move_drafts(work: Work, old: int, new: int) -> None:
    """What an agent has typed is not lost, unless they were typing in both."""
    rows = work.exec(select(Draft).where(col(Draft.conversation_id).in_((old, new)))).all()
    there = {(row.agent_id, row.mode): row for row in rows if row.conversation_id == new}
    for row in rows:
        if row.conversation_id == old:
            other = there.get((row.agent_id, row.mode))
            if other is None:
                row.conversation_id = new
                continue
            if not other.text:
                other.text, other.revision = row.text, other.revision + 1
            work.delete(row)


def _join_states(survivor: Conversation, other: Conversation) -> None:
    """A person who took either conversation keeps it; no bot goes on that began in the other."""
    survivor.heard += other.heard
    survivor.epoch = max(survivor.epoch, other.epoch) + 1
    heard = [time for time in (survivor.last_heard_at, other.last_heard_at) if time]
    survivor.last_heard_at = max(heard, default=None)
    waiting = [time for time in (survivor.waiting_since, other.waiting_since) if time]
    survivor.waiting_since = min(waiting, default=None)
    shut = [time for time in (survivor.window_shut_at, other.window_shut_at) if time]
    survivor.window_shut_at = max(
        (time for time in shut if not heard or time > max(heard)), default=None
    )
    if TAKES_BOTH.index(Owner(other.owner)) < TAKES_BOTH.index(Owner(survivor.owner)):
        survivor.owner, survivor.agent_id = other.owner, other.agent_id
        survivor.resolved_at = None
    other.owner, other.agent_id = Owner.RESOLVED, None
