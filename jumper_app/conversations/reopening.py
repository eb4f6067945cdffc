"""A customer writes after the end of their conversation: who answers them now?"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app import clock
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    ChannelAccount,
    Contact,
    Conversation,
    Message,
    Owner,
    SignInSession,
)

from .contacts import first_owner
from .log import CUSTOMER, add_status
from .moving import Standing

REOPENS_TO_AGENT_FOR = timedelta(hours=24)
"""A conversation resolved less long ago goes back to the agent who had it, if online."""

ONLINE_FOR = timedelta(minutes=5)
"""Whoever acted within this time counts as online."""


def reopen(work: Work, standing: Standing, now: datetime) -> Message:
    """Pass it to their agent if online, else to the bot, else to the queue; the status line."""
    conversation = work.get_one(Conversation, standing.id, populate_existing=True)
    agent = _agent_still_here(work, conversation, now)
    account = work.get_one(ChannelAccount, conversation.account_id)
    conversation.epoch += 1
    conversation.resolved_at = None
    if agent is not None:
        conversation.owner, conversation.agent_id = Owner.AGENT, agent.id
    else:
        contact = work.get_one(Contact, conversation.contact_id)
        conversation.owner = first_owner(work, account, contact, now)
    line = add_status(work, conversation, "reopened", actor=CUSTOMER, now=now, by="customer")
    work.flush()
    standing.owner, standing.next_event = conversation.owner, conversation.next_event
    return line


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
