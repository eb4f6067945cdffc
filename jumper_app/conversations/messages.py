"""A customer's message: stored once, it opens the window and wakes whoever answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from jumper_app import clock
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
    Agent,
    Attachment,
    ChannelAccount,
    Contact,
    Conversation,
    Event,
    Message,
    MessageKind,
    Owner,
    SignInSession,
    Wake,
)

from .amendments import apply_earlier_amendments, spoken_of
from .contacts import first_owner
from .latest import Preview, show, show_as_latest
from .log import CUSTOMER, add_status, numbered, stored, tell_changed
from .meeting import Meeting, conversations_with
from .window import open_window

REOPENS_TO_AGENT_FOR = timedelta(hours=24)
"""A conversation resolved less long ago goes back to the agent who had it, if online."""

ONLINE_FOR = timedelta(minutes=5)
"""Whoever acted within this time counts as online."""

STORED = select(Message.account_id, Message.external_id).where(
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
    """A new message that has just been stored under ``key``."""

    conversation: Conversation
    heard: Heard
    key: int


def receive(work: Work, account: ChannelAccount, inbound: Inbound, now: datetime) -> None:
    """Store the message unless it is here already, and pass it to the bot or to the queue."""
    receive_together(work, [Heard(account, inbound, now)])


def receive_together(work: Work, heard: Sequence[Heard]) -> None:
    """``receive`` for many messages, in their order, in few statements whatever their number."""
    met = [Meeting(one.account, one.inbound.sender, one.inbound.sent_at, one.now) for one in heard]
    fresh = _fresh(work, heard, conversations_with(work, met))
    lines = _reopen_all(work, fresh)
    rows = [_row(conversation, one) for conversation, one in fresh]
    keys = work.insert(Message, rows)
    arrived = [Arrived(*each, key) for each, key in zip(fresh, keys, strict=True)]
    for one in arrived:
        _hear(one.conversation, one.heard.inbound)
        keep_media(work, one.heard.account, one.key, one.heard.inbound.content, one.heard.now)
    for one, row in _last_of_each(arrived, rows):
        preview = Preview(kind=row["kind"], text=row["text"], content=row["content"])
        show(work, one.conversation, one.key, row["at"], preview)
    work.append(Event, [_event(one) for one in arrived])
    _wake_bot(work, arrived)
    _apply_what_was_said(work, arrived)
    _tell(work, arrived, lines)


def _last_of_each(
    arrived: Sequence[Arrived], rows: Sequence[dict[str, Any]]
) -> Iterable[tuple[Arrived, dict[str, Any]]]:
    """Of each conversation the one that stands last in the thread."""
    in_order = sorted(zip(arrived, rows, strict=True), key=lambda each: _place(each[1]))
    return {stored(one.conversation.id): (one, row) for one, row in in_order}.values()


def _place(row: dict[str, Any]) -> tuple[datetime, str]:
    return row["at"], row["order"]


def _fresh(
    work: Work, heard: Sequence[Heard], conversations: Sequence[Conversation]
) -> list[tuple[Conversation, Heard]]:
    """Those that are not here already, each once, with their conversations."""
    accounts, messages = {one.key[0] for one in heard}, {one.key[1] for one in heard}
    seen = set(work.values(STORED, accounts=list(accounts), messages=list(messages)))
    fresh: list[tuple[Conversation, Heard]] = []
    for conversation, one in zip(conversations, heard, strict=True):
        if one.key not in seen:
            seen.add(one.key)
            fresh.append((conversation, one))
    return fresh


def known(work: Work, account: ChannelAccount, external_id: str) -> bool:
    """Is there a message of this account with the provider's id?"""
    found = select(Message.id).where(
        col(Message.account_id) == account.id, col(Message.external_id) == external_id
    )
    return work.exec(found).first() is not None


def _row(conversation: Conversation, one: Heard) -> dict[str, Any]:
    inbound = one.inbound
    return {
        "conversation_id": stored(conversation.id),
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
        {"conversation_id": stored(one.conversation.id), "message_id": one.key}
        for one in arrived
        if one.conversation.owner == Owner.BOT and not one.heard.inbound.answered_elsewhere
    ]
    work.append(Wake, wakes)
    if wakes:
        work.tell(WorkWaiting())


def _apply_what_was_said(work: Work, arrived: Sequence[Arrived]) -> None:
    """Draw with reactions, edits and withdrawals that came before their message."""
    account_ids = {stored(one.heard.account.id) for one in arrived}
    about = spoken_of(work, account_ids, {one.heard.inbound.external_id for one in arrived})
    for one in arrived:
        if one.heard.inbound.external_id in about:
            message = work.get_one(Message, one.key)
            apply_earlier_amendments(work, message)
            show_as_latest(work, one.conversation, message)


def _tell(
    work: Work, arrived: Sequence[Arrived], lines: Sequence[tuple[Conversation, Message]]
) -> None:
    """One word for each conversation, with all its new messages."""
    shown = {stored(one.conversation.id): (one.conversation, list[int]()) for one in arrived}
    for conversation, _ in shown.values():
        conversation.version += 1
    work.flush()
    for one in arrived:
        shown[stored(one.conversation.id)][1].append(one.key)
    for conversation, line in lines:
        shown[stored(conversation.id)][1].append(stored(line.id))
    for conversation, message_ids in shown.values():
        tell_changed(work, conversation, message_ids)


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


def _hear(conversation: Conversation, inbound: Inbound) -> None:
    """Count it, and move the reply window by the provider's time, never back."""
    if not inbound.historical:
        conversation.heard += 1
        since = conversation.waiting_since or inbound.sent_at
        conversation.waiting_since = min(since, inbound.sent_at)
    if inbound.opens_window:
        open_window(conversation, inbound.sent_at)


def _reopen_all(
    work: Work, fresh: Sequence[tuple[Conversation, Heard]]
) -> list[tuple[Conversation, Message]]:
    """Reopen what was resolved, before anything new stands in it."""
    return [
        (conversation, line)
        for conversation, one in fresh
        if conversation.owner == Owner.RESOLVED and not one.inbound.historical
        for line in _reopen(work, conversation, one.now)
    ]


def _reopen(work: Work, conversation: Conversation, now: datetime) -> list[Message]:
    """A customer writes after the end: to their agent if there, else the bot, else the queue."""
    agent = _agent_still_here(work, conversation, now)
    account = work.get_one(ChannelAccount, conversation.account_id)
    conversation.epoch += 1
    conversation.resolved_at = None
    if agent is not None:
        conversation.owner, conversation.agent_id = Owner.AGENT, agent.id
    else:
        contact = work.get_one(Contact, conversation.contact_id)
        conversation.owner = first_owner(work, account, contact, now)
    return [add_status(work, conversation, "reopened", actor=CUSTOMER, now=now, by="customer")]


def _agent_still_here(work: Work, conversation: Conversation, now: datetime) -> Agent | None:
    resolved_at, agent_id = conversation.resolved_at, conversation.resolved_by_id
    if agent_id is None or resolved_at is None or now - resolved_at >= REOPENS_TO_AGENT_FOR:
        return None
    online = select(SignInSession.id).where(
        col(SignInSession.agent_id) == agent_id,
        col(SignInSession.last_seen_at) > clock.machine() - ONLINE_FOR,
    )
    agent = work.get(Agent, agent_id)
    here = agent is not None and agent.active and work.exec(online).first() is not None
    return agent if here else None


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
