"""Erasing one customer: nothing that they said, or that names them, stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, cast, delete, func, text, update
from sqlmodel import SQLModel, col, select

from jumper_app.channels import CHANNELS
from jumper_app.conversations.listing import name_of
from jumper_app.conversations.log import agent_actor, record, stored, tell_changed
from jumper_app.db import Work
from jumper_app.errors import NotFound, Refused
from jumper_app.models import (
    AccountNews,
    Attachment,
    ChannelAccount,
    Contact,
    ContactIdentity,
    ContactMark,
    Conversation,
    Draft,
    Echoed,
    Message,
    OptInRow,
    Outbox,
    OutboxState,
    Owner,
    ParkedItem,
    ReadDue,
    ReadMark,
    Run,
    SurveyAnswer,
    WatermarkRow,
    WebhookDelivery,
)

from .deleting import delete_messages, forget_told
from .erased import remember

AT_ONCE = 500
"""Messages that one statement names."""

A_MOMENT_BEFORE = timedelta(hours=1)
"""A raw delivery may have been received a little before its customer was written down."""

NEVER = datetime.min.replace(tzinfo=UTC)
OF_A_CONVERSATION = (Draft, ReadMark, ReadDue, SurveyAnswer, Run)
OF_A_CONTACT = (ContactIdentity, OptInRow, ContactMark)


class StillSending(Refused):
    """Something is on its way to the customer; it must be written down first."""

    code = "still_sending"
    for_agent = "A message to this customer is just being sent. Please try again in a moment."


class NameDiffers(Refused):
    """What was typed is not the customer's name."""

    code = "name_differs"
    for_agent = "This is not the customer's name."


@dataclass(frozen=True)
class Erased:
    """What went. ``files``: public ids whose bytes go after the commit."""

    messages: int
    files: tuple[str, ...]


def erase(work: Work, *, conversation_id: int, typed: str, agent_id: int, now: datetime) -> Erased:
    """Erase the customer of a conversation, whatever they were called before.

    The log stays: it numbers what happened and holds no words. Should the same person
    write again, they are somebody new.

    Args:
        typed: The customer's name, typed once more.

    Raises:
        NameDiffers: Something else was typed.
        StillSending: A message is being sent at this very moment.
    """
    conversations = _all_of(work, conversation_id)
    contact = work.get_one(Contact, conversations[0].contact_id)
    if typed.strip() != name_of(contact, CHANNELS[conversations[0].channel]):
        raise NameDiffers
    account = work.get_one(ChannelAccount, contact.account_id)
    contacts = _with_twins(work, contact)
    names = _names(work, contacts)
    _nothing_is_being_sent(work, conversations)
    since = min(each.created_at for each in contacts) - A_MOMENT_BEFORE
    _forget_raw(work, account, names, since)
    _erase_echoes(work, account, names, now)
    erased = _erase_messages(work, account, conversations, now)
    pictures = _erase_contacts(work, account, contacts, names)
    for each in conversations:
        _empty(work, each, agent_id, now)
    return Erased(erased.messages, (*erased.files, *pictures))


def _all_of(work: Work, conversation_id: int) -> list[Conversation]:
    """The conversation and those that went into it, locked by their ids."""
    keys, found = {conversation_id}, {conversation_id}
    while found:
        went = select(Conversation.id).where(col(Conversation.merged_into_id).in_(found))
        found = {stored(key) for key in work.exec(went)} - keys
        keys |= found
    rows = work.exec(
        select(Conversation)
        .where(col(Conversation.id).in_(keys))
        .order_by(col(Conversation.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    open_ones = [row for row in rows if row.id == conversation_id and row.erased_at is None]
    if not open_ones or open_ones[0].merged_into_id is not None:
        raise NotFound("This conversation no longer exists.")
    return [*open_ones, *(row for row in rows if row.id != conversation_id)]


def _with_twins(work: Work, contact: Contact) -> list[Contact]:
    """The contact and everyone who proved to be the same person."""
    everyone = {stored(contact.id): contact}
    fresh = set(everyone)
    while fresh:
        rows = work.exec(select(Contact).where(col(Contact.merged_into_id).in_(fresh))).all()
        fresh = {stored(row.id) for row in rows} - everyone.keys()
        everyone |= {stored(row.id): row for row in rows}
    return list(everyone.values())


def _names(work: Work, contacts: Sequence[Contact]) -> set[str]:
    """By what the provider knows the person, and the digits of their number."""
    keys = [stored(each.id) for each in contacts]
    values = work.exec(
        select(ContactIdentity.value).where(col(ContactIdentity.contact_id).in_(keys))
    )
    return {*values, *(each.phone.removeprefix("+") for each in contacts if each.phone)}


def _nothing_is_being_sent(work: Work, conversations: Sequence[Conversation]) -> None:
    keys = [stored(each.id) for each in conversations]
    sending = select(Outbox.id).where(
        col(Outbox.conversation_id).in_(keys), col(Outbox.state) == OutboxState.SENDING
    )
    if work.exec(sending).first() is not None:
        raise StillSending


def _erase_messages(
    work: Work, account: ChannelAccount, conversations: Sequence[Conversation], now: datetime
) -> Erased:
    keys = [stored(each.id) for each in conversations]
    rows = work.exec(
        select(Message.id, Message.external_id).where(col(Message.conversation_id).in_(keys))
    ).all()
    remember(work, stored(account.id), [told for _, told in rows if told], now)
    files: list[str] = []
    ids = [stored(key) for key, _ in rows]
    for start in range(0, len(ids), AT_ONCE):
        files += delete_messages(work, ids[start : start + AT_ONCE]).files
    for table in OF_A_CONVERSATION:
        _delete_where(work, table, "conversation_id", keys)
    return Erased(len(ids), tuple(files))


def _erase_echoes(work: Work, account: ChannelAccount, names: set[str], now: datetime) -> None:
    """What another tool sent them, shown here or not, and what was told of it."""
    mine = (col(Echoed.account_id) == account.id) & col(Echoed.value).in_(names)
    told = [str(each) for each in work.exec(select(Echoed.external_id).where(mine))]
    remember(work, stored(account.id), told, now)
    forget_told(work, stored(account.id), told)
    work.exec(delete(Echoed).where(mine))


def _delete_where(work: Work, table: type[SQLModel], column: str, keys: Sequence[int]) -> None:
    work.exec(delete(table).where(getattr(table, column).in_(keys)))


def _erase_contacts(
    work: Work, account: ChannelAccount, contacts: Sequence[Contact], names: set[str]
) -> tuple[str, ...]:
    """Leave of each contact an empty row. Returns the files of their profile pictures."""
    keys = [stored(each.id) for each in contacts]
    for table in OF_A_CONTACT:
        _delete_where(work, table, "contact_id", keys)
    work.exec(
        delete(WatermarkRow).where(
            col(WatermarkRow.account_id) == account.id, col(WatermarkRow.value).in_(names)
        )
    )
    pictures = tuple(each.picture for each in contacts if each.picture)
    work.exec(delete(Attachment).where(col(Attachment.public_id).in_(pictures)))
    for each in contacts:
        for field, value in _blank().items():
            setattr(each, field, value)
    return pictures


def _blank() -> dict[str, Any]:
    """Everything that a contact may say about a person, unsaid."""
    kept = {"id", "public_id", "account_id", "merged_into_id", "created_at"}
    blank: dict[str, Any] = Contact(account_id=0, created_at=NEVER).model_dump()
    return {field: value for field, value in blank.items() if field not in kept}


def _empty(work: Work, conversation: Conversation, agent_id: int, now: datetime) -> None:
    """Leave of the conversation what the log hangs on, and show it to nobody."""
    conversation.owner, conversation.agent_id = Owner.RESOLVED, None
    conversation.epoch += 1
    conversation.resolved_at, conversation.resolved_by_id = None, None
    conversation.last_heard_at = conversation.window_shut_at = conversation.waiting_since = None
    conversation.preview = conversation.preview_kind = conversation.preview_content = ""
    conversation.preview_agent_id, conversation.read_external_id = None, ""
    conversation.heard, conversation.erased_at = 0, now
    conversation.version += 1
    record(work, conversation, "erased", actor=agent_actor(agent_id), now=now)
    tell_changed(work, conversation, ())


def _forget_raw(work: Work, account: ChannelAccount, names: set[str], since: datetime) -> None:
    """Empty the raw deliveries that name the person, and what was parked of them.

    A delivery is still known by its digest when it comes again.
    """
    ours = {account.external_id, account.parent_id, ""}
    for name in names:
        holds = and_(
            col(WebhookDelivery.channel) == account.channel,
            col(WebhookDelivery.received_at) >= since,
            _holds(work, name),
        )
        work.exec(update(WebhookDelivery).where(holds).values(body=b""))
        for table in (ParkedItem, AccountNews):
            told = cast(col(table.raw), String).contains(name, autoescape=True)
            work.exec(delete(table).where(col(table.account).in_(ours), told))


def _holds(work: Work, name: str) -> Any:
    """Do the bytes of a raw delivery hold this name?"""
    if work.connection().dialect.name == "sqlite":
        return func.instr(col(WebhookDelivery.body), name.encode()) > 0
    return text("position(:name in webhook_delivery.body) > 0").bindparams(name=name.encode())
