"""One customer's data, to be handed to them: what they said and what was said to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.conversations.listing import name_of
from jumper_app.conversations.log import agent_actor, record
from jumper_app.conversations.takeover import locked
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    Attachment,
    ChannelAccount,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    MessageKind,
    OptInRow,
)

SPOKEN = (MessageKind.CUSTOMER, MessageKind.AGENT, MessageKind.BOT)
"""What a customer said, or was to read. Notes and status lines are the business's own."""

FACTS = ("name", "username", "phone", "email", "language", "timezone")


@dataclass(frozen=True)
class Export:
    """What goes into the archive.

    Attributes:
        told: Becomes ``data.json``.
        files: Public ids of stored files, by their place in the archive.
    """

    name: str
    told: dict[str, Any]
    files: dict[str, str]


def export(
    work: Work, *, conversation_id: int, notes: bool, agent_id: int, now: datetime
) -> Export:
    """Gather a customer's data and write down in the log that it was handed out.

    Args:
        notes: With the notes that colleagues wrote about them; not for the customer.
    """
    conversation = locked(work, conversation_id)
    contact = work.get_one(Contact, conversation.contact_id)
    account = work.get_one(ChannelAccount, conversation.account_id)
    kinds = (*SPOKEN, MessageKind.NOTE) if notes else SPOKEN
    messages = _messages(work, conversation, kinds)
    places = _places(work, messages)
    told = {
        "exported_at": now.isoformat(),
        "channel": CHANNELS[conversation.channel].wording.name,
        "account": account.name,
        "customer": _customer(work, contact),
        "messages": _said(work, messages, places),
    }
    record(work, conversation, "exported", actor=agent_actor(agent_id), now=now)
    files = {place: file.public_id for each in places.values() for place, file in each.items()}
    return Export(name_of(contact, CHANNELS[conversation.channel]), told, files)


def _messages(
    work: Work, conversation: Conversation, kinds: Sequence[MessageKind]
) -> Sequence[Message]:
    return work.exec(
        select(Message)
        .where(col(Message.conversation_id) == conversation.id, col(Message.kind).in_(kinds))
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    ).all()


Places = Mapping[int | None, Mapping[str, Attachment]]
"""The files of each message, by their place in the archive."""


def _places(work: Work, messages: Sequence[Message]) -> Places:
    shown = {message.id: number for number, message in enumerate(messages, start=1)}
    rows = work.exec(
        select(Attachment)
        .join(Message, col(Message.id) == col(Attachment.message_id))
        .where(
            col(Message.conversation_id).in_({message.conversation_id for message in messages}),
            col(Attachment.state) == "ready",
        )
        .order_by(col(Attachment.id))
    )
    places: dict[int | None, dict[str, Attachment]] = {}
    for row in rows:
        if row.message_id in shown:
            mine = places.setdefault(row.message_id, {})
            name = (row.filename or "file").replace("/", "_").replace("\\", "_")
            mine[f"files/{shown[row.message_id]:05}-{len(mine) + 1}-{name[-100:]}"] = row
    return places


def _customer(work: Work, contact: Contact) -> dict[str, Any]:
    names = work.exec(select(ContactIdentity).where(col(ContactIdentity.contact_id) == contact.id))
    opt_ins = work.exec(select(OptInRow).where(col(OptInRow.contact_id) == contact.id))
    return {
        **{fact: getattr(contact, fact) for fact in FACTS},
        "first_seen_at": contact.created_at.isoformat(),
        "consent_at": contact.consent_at.isoformat() if contact.consent_at else None,
        "known_as": [{"kind": each.kind, "value": each.value} for each in names],
        "opt_ins": [
            {"kind": each.kind, "state": each.state, "title": each.title, "at": each.at.isoformat()}
            for each in opt_ins
        ],
    }


def _said(work: Work, messages: Sequence[Message], places: Places) -> list[dict[str, Any]]:
    ids = {message.agent_id for message in messages if message.agent_id}
    agents = work.exec(select(Agent).where(col(Agent.id).in_(ids)))
    names = {agent.id: agent.name for agent in agents}
    return [_line(message, names, places.get(message.id, {})) for message in messages]


def _line(
    message: Message, names: Mapping[int | None, str], files: Mapping[str, Attachment]
) -> dict[str, Any]:
    """One message. Names of agents are those that customers read; their addresses stay here."""
    return {
        "at": message.at.isoformat(),
        "from": message.kind,
        "name": names.get(message.agent_id, "") or message.bot,
        "text": message.text,
        "content": message.content,
        "reactions": [each["emoji"] for each in message.reactions or ()],
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
        "withdrawn_at": message.revoked_at.isoformat() if message.revoked_at else None,
        "delivery": message.delivery,
        "files": [
            {"place": place, "type": file.mime, "bytes": file.size} for place, file in files.items()
        ],
    }
