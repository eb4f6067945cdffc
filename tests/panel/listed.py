"""Conversations for the Customer List, by what matters to the sentence."""

from datetime import datetime
from typing import Any

from sqlmodel import select

from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Contact, Conversation, Owner
from tests import make


def conversation(work: Work, name: str, at: datetime = make.NOON, **over: Any) -> Conversation:
    """A conversation whose last activity was at ``at``; its owner is the bot unless told."""
    account = work.exec(select(ChannelAccount)).first() or make.account(work)
    assert account.id is not None
    contact = Contact(account_id=account.id, name=name, created_at=make.NOON)
    work.add(contact)
    work.flush()
    assert contact.id is not None
    fields: dict[str, Any] = {
        "owner": Owner.BOT,
        "preview": "Hello",
        "preview_kind": "customer",
        "preview_content": "",
        "preview_agent_id": None,
        "preview_agent_name": "",
        "created_at": make.NOON,
    }
    row = Conversation(
        account_id=account.id,
        contact_id=contact.id,
        channel="whatsapp",
        last_activity_at=at,
        **{**fields, **over},
    )
    work.add(row)
    work.flush()
    return row


def belongs_to(agent_id: int) -> dict[str, Any]:
    """An agent's own conversation."""
    return {"owner": Owner.AGENT, "agent_id": agent_id}
