"""Locks that a batch takes before it stores anything, always in the same order.

Without them two batches, or a batch and a worker that claims, could each hold what the
other waits for, and two first messages of one new contact could make two of them.
"""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from jumper_app.channels.contract import (
    Amendment,
    Arrival,
    Call,
    ControlChange,
    Echo,
    IdentityChange,
    Inbound,
    Item,
    OptIn,
    Receipt,
    Watermark,
)
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, ContactIdentity, Conversation, Message

from .log import stored


def hold(work: Work, items: Sequence[tuple[ChannelAccount | None, Item]]) -> None:
    """Lock the accounts, then the conversations that the items speak of, each by their ids.

    SQLite has one writer at a time, so there is nothing to lock.
    """
    ours = [(stored(account.id), item) for account, item in items if account is not None]
    if not ours or work.connection().dialect.name == "sqlite":
        return
    accounts = sorted({key for key, _ in ours})
    work.exec(
        select(ChannelAccount.id)
        .where(col(ChannelAccount.id).in_(accounts))
        .order_by(col(ChannelAccount.id))
        .with_for_update(key_share=True)
    ).all()
    told = [item for _, item in ours]
    keys = {*_of_people(work, accounts, told), *_of_messages(work, accounts, told)}
    work.exec(
        select(Conversation.id)
        .where(col(Conversation.id).in_(keys))
        .order_by(col(Conversation.id))
        .with_for_update()
    ).all()


def _of_people(work: Work, accounts: Sequence[int], items: Iterable[Item]) -> Sequence[int | None]:
    values = {value for item in items for value in _names_in(item)}
    return work.exec(
        select(Conversation.id)
        .join(ContactIdentity, col(ContactIdentity.contact_id) == col(Conversation.contact_id))
        .where(
            col(ContactIdentity.account_id).in_(accounts), col(ContactIdentity.value).in_(values)
        )
    ).all()


def _names_in(item: Item) -> list[str]:
    match item:
        case Inbound():
            named = item.sender.identities
        case Echo():
            named = item.recipient.identities
        case Amendment() | Arrival() | Watermark() | OptIn() | ControlChange() | Call():
            named = item.person.identities
        case Receipt():
            named = item.recipient
        case IdentityChange():
            named = (*item.before, *item.after.identities)
        case _:
            named = ()
    return [name.value for name in named]


def _of_messages(work: Work, accounts: Sequence[int], items: Iterable[Item]) -> Sequence[int]:
    about, references = set[str](), set[str]()
    for item in items:
        if isinstance(item, Amendment):
            about.add(item.about)
        elif isinstance(item, Receipt | Echo):
            about.add(item.external_id)
            references.add(item.our_reference)
    return work.exec(
        select(Message.conversation_id).where(
            col(Message.account_id).in_(accounts),
            col(Message.external_id).in_(about) | col(Message.public_id).in_(references),
        )
    ).all()
