"""A customer's message: stored once, it opens the window and wakes whoever answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from jumper_app.channels.contract import (
    Contacts,
    Content,
    Form,
    Inbound,
    Location,
    Media,
    Order,
    Text,
    Unsupported,
)
from jumper_app.db import Work
from jumper_app.live import WorkWaiting
from jumper_app.models import (
    Attachment,
    ChannelAccount,
    Event,
    Message,
    MessageKind,
    Owner,
    Wake,
)

from .latest import Preview, show, show_as_latest
from .log import CUSTOMER, numbered, stored, tell_changed
from .meeting import Meeting, conversations_with
from .moving import Standing, keep_standings
from .reopening import reopen
from .spoken_of import IS_SPOKEN_OF, apply_earlier_amendments
from .window import open_window

STORED = select(Message.account_id, Message.external_id, Message.id, IS_SPOKEN_OF).where(
    col(Message.account_id).in_(bindparam("accounts", expanding=True)),
    col(Message.external_id).in_(bindparam("messages", expanding=True)),
)


@dataclass(frozen=True)
class Heard:
    """A customer's message, and the account that it came to."""

    account: ChannelAccount
    inbound: Inbound
    now: datetime

    @property
    def key(self) -> tuple[int, str]:
        """What makes it the same message: account and the provider's id."""
        return stored(self.account.id), self.inbound.external_id


@dataclass(frozen=True)
class Arrived:
    """A new message that has just been stored under ``key``.

    Attributes:
        spoken_of: There are reactions, edits or a withdrawal that came before it.
    """

    conversation: Standing
    heard: Heard
    key: int
    spoken_of: bool


def receive(work: Work, account: ChannelAccount, inbound: Inbound, now: datetime) -> None:
    """Store the message unless it is here already, and pass it to the bot or to the queue."""
    receive_together(work, [Heard(account, inbound, now)])


def receive_together(work: Work, heard: Sequence[Heard]) -> None:
    """``receive`` for many messages, in their order, in few statements whatever their number."""
    met = [Meeting(one.account, one.inbound.sender, one.inbound.sent_at, one.now) for one in heard]
    fresh = _fresh(work, heard, conversations_with(work, met))
    lines = _reopen_all(work, fresh)
    rows = [_row(conversation, one) for conversation, one in fresh]
    work.append(Message, rows)
    found = _stored(work, [one for _, one in fresh])
    arrived = [Arrived(*each, *found[each[1].key]) for each in fresh]
    for one in arrived:
        _hear(one.conversation, one.heard.inbound)
        keep_media(work, one.heard.account, one.key, one.heard.inbound.content, one.heard.now)
    for one, row in _last_of_each(arrived, rows):
        preview = Preview(kind=row["kind"], text=row["text"], content=row["content"])
        show(work, one.conversation, one.key, row["at"], preview)
    work.append(Event, [_event(one) for one in arrived])
    _wake_bot(work, arrived)
    _apply_what_was_said(work, arrived)
    _move(work, arrived, lines)


def _last_of_each(
    arrived: Sequence[Arrived], rows: Sequence[dict[str, Any]]
) -> Iterable[tuple[Arrived, dict[str, Any]]]:
    """Of each conversation the one that stands last in the thread."""
    in_order = sorted(zip(arrived, rows, strict=True), key=lambda each: _place(each[1]))
    return {one.conversation.id: (one, row) for one, row in in_order}.values()


def _place(row: dict[str, Any]) -> tuple[datetime, str]:
    return row["at"], row["order"]


def _fresh(
    work: Work, heard: Sequence[Heard], conversations: Sequence[Standing]
) -> list[tuple[Standing, Heard]]:
    """Those that are not here already, each once, with their conversations."""
    seen = set(_stored(work, heard))
    fresh: list[tuple[Standing, Heard]] = []
    for conversation, one in zip(conversations, heard, strict=True):
        if one.key not in seen:
            seen.add(one.key)
            fresh.append((conversation, one))
    return fresh


def _stored(work: Work, heard: Sequence[Heard]) -> dict[tuple[int, str], tuple[int, bool]]:
    """Of those that are here: the primary key, and whether somebody spoke of it."""
    accounts, messages = {one.key[0] for one in heard}, {one.key[1] for one in heard}
    rows = work.values(STORED, accounts=list(accounts), messages=list(messages))
    return {
        (account_id, external_id): (key, bool(said)) for account_id, external_id, key, said in rows
    }


def known(work: Work, account: ChannelAccount, external_id: str) -> bool:
    """Is there a message of this account with the provider's id?"""
    found = select(Message.id).where(
        col(Message.account_id) == account.id, col(Message.external_id) == external_id
    )
    return work.exec(found).first() is not None


def _row(conversation: Standing, one: Heard) -> dict[str, Any]:
    inbound = one.inbound
    return {
        "conversation_id": conversation.id,
        "account_id": stored(one.account.id),
        "kind": MessageKind.CUSTOMER,
        "external_id": inbound.external_id,
        "at": inbound.sent_at,
        "order": inbound.external_id,
        "text": words(inbound.content),
        "content": with_extras(inbound),
        "quotes": inbound.quotes,
        "stored_at": one.now,
    }


def _event(one: Arrived) -> dict[str, Any]:
    return numbered(
        one.conversation, "message_received", actor=CUSTOMER, now=one.heard.now, message=one.key
    )


def _wake_bot(work: Work, arrived: Sequence[Arrived]) -> None:
    wakes = [
        {"conversation_id": one.conversation.id, "message_id": one.key}
        for one in arrived
        if one.conversation.owner == Owner.BOT and not one.heard.inbound.answered_elsewhere
    ]
    work.append(Wake, wakes)
    if wakes:
        work.tell(WorkWaiting())


def _apply_what_was_said(work: Work, arrived: Sequence[Arrived]) -> None:
    """Draw with reactions, edits and withdrawals that came before their message."""
    for one in arrived:
        if one.spoken_of:
            message = work.get_one(Message, one.key)
            apply_earlier_amendments(work, message)
            show_as_latest(work, one.conversation, message)


def _move(work: Work, arrived: Sequence[Arrived], lines: Sequence[Message]) -> None:
    """Write back what moved, and tell it: one word for each conversation, with all that is new."""
    moved = {one.conversation.id: one.conversation for one in arrived}
    for conversation in moved.values():
        conversation.version += 1
    keep_standings(work, moved.values())
    shown: dict[int, list[int]] = {key: [] for key in moved}
    for one in arrived:
        shown[one.conversation.id].append(one.key)
    for line in lines:
        shown[line.conversation_id].append(stored(line.id))
    for key, message_ids in shown.items():
        tell_changed(work, moved[key], message_ids)


def with_extras(inbound: Inbound) -> dict[str, object]:
    """The content as JSON, with what is shown beside it."""
    content: dict[str, object] = inbound.content.model_dump(mode="json")
    if inbound.forwarded:
        content["forwarded"] = True
    if inbound.advert:
        content["advert"] = inbound.advert.model_dump(mode="json")
    return content


def keep_media(
    work: Work, account: ChannelAccount, message_id: int, content: Content, now: datetime
) -> None:
    """Note the files behind a message; they are fetched afterwards, in the background."""
    if not isinstance(content, Media):
        return
    for file in (content.media, *content.more):
        work.add(
            Attachment(
                message_id=message_id,
                account_id=account.id,
                state="waiting",
                source=file.model_dump(mode="json"),
                mime=file.mime[:100],
                filename=file.filename[:200],
                due_at=now,
                created_at=now,
            )
        )
    work.tell(WorkWaiting())


def _hear(conversation: Standing, inbound: Inbound) -> None:
    """Count it, and move the reply window by the provider's time, never back."""
    if not inbound.historical:
        conversation.heard += 1
        since = conversation.waiting_since or inbound.sent_at
        conversation.waiting_since = min(since, inbound.sent_at)
    if inbound.opens_window:
        open_window(conversation, inbound.sent_at)


def _reopen_all(work: Work, fresh: Sequence[tuple[Standing, Heard]]) -> list[Message]:
    """Reopen what was resolved, before anything new stands in it; the status lines."""
    return [
        reopen(work, standing, one.now)
        for standing, one in fresh
        if standing.owner == Owner.RESOLVED and not one.inbound.historical
    ]


def words(content: Content) -> str:
    """What is searched and previewed: the customer's own words, or what stands for them."""
    match content:
        case Text() | Form():
            return content.text
        case Media():
            return content.caption
        case Location():
            return content.name or content.address
        case Contacts():
            return ", ".join(card.name for card in content.cards)
        case Order():
            return content.text
        case Unsupported():
            return ""
