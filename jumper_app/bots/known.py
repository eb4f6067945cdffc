"""What is known at the moment of a step: of the customer, of the hour, of who is here."""

from datetime import datetime, timedelta
from functools import lru_cache

import orjson
from sqlmodel import col, select

from jumper_app import clock
from jumper_app.channels.contract import Permission
from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import stored
from jumper_app.conversations.outgoing import permission_at
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    Contact,
    ContactMark,
    Conversation,
    FlowVersion,
    Run,
    RunStatus,
    SignInSession,
)

from .definition import Flow
from .facts import Facts
from .nodes import Branch, HandOver
from .service import office_hours

HERE_FOR = timedelta(minutes=5)
"""Whoever acted within this time is here."""


def flow_of(version: FlowVersion) -> Flow:
    """The flow of a version. Raises pydantic's ``ValidationError`` when it is none."""
    return _read(orjson.dumps(version.definition))


@lru_cache(maxsize=256)
def _read(definition: bytes) -> Flow:
    """Checking a flow costs more than taking a step of it, and versions never change."""
    return Flow.model_validate(orjson.loads(definition))


def variables_of(work: Work, conversation: Conversation) -> dict[str, str]:
    """What a run knows of its customer when it begins."""
    contact = work.get_one(Contact, conversation.contact_id)
    first, _, last = contact.name.partition(" ")
    fields = {f"customer.data.{row.name}": row.value for row in _marks(work, contact, "field")}
    return {
        **fields,
        "customer.first_name": first,
        "customer.last_name": last,
        "customer.full_name": contact.name,
        "customer.phone": contact.phone,
        "customer.email": contact.email,
    }


def facts_of(work: Work, conversation: Conversation, flow: Flow, now: datetime) -> Facts:
    """What a step of this flow may ask. What no node of it asks is not looked up."""
    asked = asks_about(flow)
    contact = work.get_one(Contact, conversation.contact_id)
    known: dict[str, object] = {"channel": conversation.channel, "timezone": contact.timezone}
    if "tag" in asked:
        known["tags"] = frozenset(row.name for row in _marks(work, contact, "tag"))
    if "office_hours" in asked:
        known["office_open"] = office_hours(work).is_open(now)
    if "repeat" in asked:
        known["returns"] = _came_before(work, conversation)
    if "window" in asked:
        permission = permission_at(channel_of(work, conversation), conversation, now)
        known["window_open"] = permission == Permission.FREE
    if "present" in asked:
        known["present"] = present(work)
    return Facts.model_validate(known)


def asks_about(flow: Flow) -> frozenset[str]:
    """The kinds of facts that some node of the flow asks for."""
    asked = {"present" for node in flow.nodes.values() if _seeks_somebody(node)}
    for node in flow.nodes.values():
        if isinstance(node, Branch):
            asked |= {case.when.type for case in node.cases}
    return frozenset(asked)


def _seeks_somebody(node: object) -> bool:
    return isinstance(node, HandOver) and bool(node.nobody)


def _marks(work: Work, contact: Contact, kind: str) -> list[ContactMark]:
    rows = select(ContactMark).where(
        col(ContactMark.contact_id) == contact.id, col(ContactMark.kind) == kind
    )
    return list(work.exec(rows))


def _came_before(work: Work, conversation: Conversation) -> bool:
    alive = (RunStatus.RUNNING, RunStatus.PAUSED)
    before = select(Run.id).where(
        col(Run.conversation_id) == stored(conversation.id), col(Run.status).not_in(alive)
    )
    return work.exec(before.limit(1)).first() is not None


def present(work: Work) -> frozenset[str]:
    """The e-mails of the agents who are here."""
    found = (
        select(Agent.email)
        .join(SignInSession, col(SignInSession.agent_id) == col(Agent.id))
        .where(
            col(Agent.active).is_(True),
            col(SignInSession.last_seen_at) > clock.machine() - HERE_FOR,
        )
    )
    return frozenset(work.exec(found))
