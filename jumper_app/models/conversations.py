"""Conversations, their messages, and what waits to be sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from .base import Json, Table, UtcTime, new_public_id


class Owner(StrEnum):
    """Who answers the customer now."""

    BOT = "bot"
    REQUESTED = "requested"
    AGENT = "agent"
    RESOLVED = "resolved"


class MessageKind(StrEnum):
    """Who speaks in a line, or that nobody does."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    NOTE = "note"
    STATUS = "status"


class Delivery(StrEnum):
    """How far a message of ours has come. Only the first six are ever shown as ticks."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"


class OutboxState(StrEnum):
    """Where an outgoing message stands with us, not with the customer."""

    QUEUED = "queued"
    SENDING = "sending"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class Conversation(Table, table=True):
    """Everything said with one contact, for ever. ``owner`` and ``epoch`` move together."""

    __table_args__ = (
        Index("ix_conversation_owner_last_activity_at", "owner", "last_activity_at"),
        Index("ix_conversation_agent_id_last_activity_at", "agent_id", "last_activity_at"),
        CheckConstraint("(owner = 'agent') = (agent_id IS NOT NULL)", name="agent_owns"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    account_id: int = Field(foreign_key="channel_account.id", index=True)
    contact_id: int = Field(foreign_key="contact.id", unique=True)
    channel: str = Field(max_length=20)
    merged_into_id: int | None = Field(default=None, foreign_key="conversation.id")
    owner: str = Field(default=Owner.BOT, max_length=10)
    epoch: int = 0
    """Grows with every change of owner; a bot's message of an older epoch is never sent."""
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    resolved_by_id: int | None = Field(default=None, foreign_key="agent.id")
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_heard_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the customer last wrote, by the provider's clock. Opens the reply window."""
    window_shut_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """The provider refused as late although our clock said open; later words reopen."""
    waiting_since: datetime | None = Field(default=None, sa_type=UtcTime)
    """Since when a customer's message stands unanswered by anyone."""
    last_activity_at: datetime = Field(sa_type=UtcTime)
    preview: str = Field(default="", max_length=160)
    preview_kind: str = Field(default="", max_length=10)
    preview_content: str = Field(default="", max_length=20)
    """What stands there when it has no words: ``image``, ``voice``, ``location``."""
    preview_agent_id: int | None = Field(default=None, foreign_key="agent.id")
    heard: int = 0
    """How many messages the customer has written; unread is this minus ``ReadMark.heard``."""
    read_external_id: str = Field(default="", max_length=300)
    """The customer's message up to which they were told that we read."""
    version: int = 0
    """Grows with every stored change; pushes and re-reads are compared by it."""
    next_event: int = 1
    erased_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """The customer was erased: nothing is left of them here but the numbers of the log."""
    created_at: datetime = Field(sa_type=UtcTime)


class ReadMark(Table, table=True):
    """How much of a conversation one agent has seen."""

    __table_args__ = (UniqueConstraint("agent_id", "conversation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    heard: int = 0


class Draft(Table, table=True):
    """What an agent has typed and not sent. The highest revision counts."""

    __table_args__ = (UniqueConstraint("agent_id", "conversation_id", "mode"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    mode: str = Field(max_length=5)
    text: str = Field(default="")
    revision: int = 0
    key: str = Field(default="", max_length=64)
    """Under which it is sent, made with its first letter; empty while there is none."""


class Message(Table, table=True):
    """One line of a conversation, of any kind. Drawn by ``at``, then ``order``, then ``id``."""

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        UniqueConstraint("id", "kind"),
        Index("ix_message_conversation_id_at", "conversation_id", "at", "order", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    """Also our reference at the provider: it comes back in receipts and echoes."""
    conversation_id: int = Field(foreign_key="conversation.id")
    account_id: int = Field(foreign_key="channel_account.id")
    kind: str = Field(max_length=10)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    bot: str = Field(default="", max_length=80)
    """The flow's name when a bot speaks."""
    why: Any = Field(default=None, sa_type=Json, nullable=True)
    """When a bot speaks: the flow's version and node, and what made the flow begin."""
    external_id: str | None = Field(default=None, max_length=300)
    at: datetime = Field(sa_type=UtcTime)
    """The provider's time of a customer's message, our own of everything else."""
    order: str = Field(default="", max_length=300)
    """Settles equal times: the provider's id, empty for our own."""
    text: str = ""
    """The words that are searched and previewed: text, caption, title."""
    content: Any = Field(default=None, sa_type=Json, nullable=True)
    """The typed content as JSON; a status line's event kind and arguments."""
    quotes: str = Field(default="", max_length=300)
    delivery: str = Field(default="", max_length=10)
    """A ``Delivery`` for our own messages, empty for the others."""
    delivery_times: Any = Field(default=None, sa_type=Json, nullable=True)
    """When it was sent, delivered, read: ISO times by state."""
    failure: str = Field(default="", max_length=300)
    """The sentence for the agent when it failed or is unknown."""
    reactions: Any = Field(default=None, sa_type=Json, nullable=True)
    edited_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    elsewhere: bool = False
    """Sent in our name by another tool."""
    client_key: str | None = Field(default=None, unique=True, max_length=80)
    """Made by the browser or the run; the same key twice is the same message."""
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)
    """Until then its author can take it back; it does not leave before. None: never held."""
    stored_at: datetime = Field(sa_type=UtcTime)


class TakenBack(Table, table=True):
    """The key of a reply that its author took back: under it nothing is ever sent again."""

    id: int | None = Field(default=None, primary_key=True)
    client_key: str = Field(unique=True, max_length=80)
    at: datetime = Field(sa_type=UtcTime)


class Mention(Table, table=True):
    """A colleague is named in a note. Their bell counts what they have not ``seen``."""

    __table_args__ = (
        UniqueConstraint("message_id", "agent_id"),
        Index("ix_mention_agent_id_seen", "agent_id", "seen"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    agent_id: int = Field(foreign_key="agent.id")
    seen: bool = False


class Said(Table, table=True):
    """What somebody says about a message: reaction, edit, withdrawal. The latest counts.

    Kept by the message's provider id, so that it may come before the message itself.
    """

    __table_args__ = (UniqueConstraint("account_id", "about", "kind", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    about: str = Field(max_length=300)
    kind: str = Field(max_length=10)
    person: str = Field(max_length=300)
    external_id: str = Field(max_length=300)
    at: datetime = Field(sa_type=UtcTime)
    emoji: str = Field(default="", max_length=64)
    content: Any = Field(default=None, sa_type=Json, nullable=True)


class ReceiptRow(Table, table=True):
    """News of a message of ours, kept by provider id, known to us already or not."""

    __table_args__ = (UniqueConstraint("account_id", "external_id", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    external_id: str = Field(max_length=300)
    state: str = Field(max_length=10)
    at: datetime = Field(sa_type=UtcTime)
    our_reference: str = Field(default="", max_length=64, index=True)
    error_code: str = Field(default="", max_length=20)
    error_detail: str = Field(default="", max_length=500)


class Attachment(Table, table=True):
    """A file of a message. The bytes lie in the data folder under ``public_id``."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="channel_account.id")
    uploaded_by_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    state: str = Field(default="ready", max_length=10, index=True)
    """``waiting`` (still at the provider), ``ready`` or ``failed``."""
    source: Any = Field(default=None, sa_type=Json, nullable=True)
    """Where the provider holds it (a ``MediaRef``), for what customers send."""
    mime: str = Field(default="", max_length=100)
    filename: str = Field(default="", max_length=200)
    size: int = 0
    width: int = 0
    height: int = 0
    sha256: str = Field(default="", max_length=64)
    attempts: int = 0
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)


class Outbox(Table, table=True):
    """A message on its way to a customer. The database itself keeps notes out."""

    __table_args__ = (
        ForeignKeyConstraint(["message_id", "message_kind"], ["message.id", "message.kind"]),
        CheckConstraint("message_kind IN ('agent', 'bot')", name="never_a_note"),
        Index("ix_outbox_state_due_at", "state", "due_at"),
        Index("ix_outbox_conversation_id_state", "conversation_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(unique=True)
    message_kind: str = Field(max_length=10)
    conversation_id: int = Field(foreign_key="conversation.id")
    account_id: int = Field(foreign_key="channel_account.id")
    epoch: int
    """The conversation's epoch that the message was computed under."""
    outbound: Any = Field(sa_type=Json)
    """A ``channels.contract.Outbound`` as JSON."""
    state: str = Field(default=OutboxState.QUEUED, max_length=10)
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    claimed_by: str = Field(default="", max_length=40)
    created_at: datetime = Field(sa_type=UtcTime)


class ReadDue(Table, table=True):
    """A customer is to be told that we read up to this message, once."""

    conversation_id: int = Field(foreign_key="conversation.id", primary_key=True)
    external_id: str = Field(max_length=300)
    typing: bool = False
    """Show the customer that an answer is being written."""


class Wake(Table, table=True):
    """A customer's message that the bot has not looked at yet, in the order they came."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    message_id: int = Field(foreign_key="message.id", unique=True)
