"""What an agent has seen, and when the customer is told that we read.

Looking is not felt: only the owner's look, or an answer, tells the customer.
"""

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.live import ConversationSeen, ReadByUs, WorkWaiting
from jumper_app.models import Conversation, Message, MessageKind, Owner, ReadDue, ReadMark

from .log import stored
from .mentions import see_mentions


def mark_seen(work: Work, *, conversation_id: int, agent_id: int) -> None:
    """Nothing is unread for this agent any more."""
    conversation = work.get_one(Conversation, conversation_id)
    see_mentions(work, conversation_id=conversation_id, agent_id=agent_id)
    if not see(work, conversation, agent_id):
        return
    if conversation.owner == Owner.AGENT and conversation.agent_id == agent_id:
        read_to_customer(work, conversation)


def see(work: Work, conversation: Conversation, agent_id: int) -> bool:
    """Count everything up to now as seen by this agent. False: it was."""
    conversation_id = stored(conversation.id)
    mark = work.exec(
        select(ReadMark).where(
            col(ReadMark.agent_id) == agent_id, col(ReadMark.conversation_id) == conversation_id
        )
    ).first()
    if mark is not None and mark.heard >= conversation.heard:
        return False
    mark = mark or ReadMark(agent_id=agent_id, conversation_id=conversation_id)
    mark.heard = conversation.heard
    work.add(mark)
    work.tell(ConversationSeen(conversation_id=conversation_id, agent_id=agent_id))
    return True


def read_to_customer(work: Work, conversation: Conversation, *, typing: bool = False) -> None:
    """Let the background tell the customer that everything up to now is read."""
    latest = work.exec(
        select(Message)
        .where(
            col(Message.conversation_id) == conversation.id,
            col(Message.kind) == MessageKind.CUSTOMER,
            col(Message.external_id).is_not(None),
        )
        .order_by(col(Message.at).desc(), col(Message.order).desc())
        .limit(1)
    ).first()
    if latest is None or conversation.read_external_id == latest.external_id:
        return
    conversation.read_external_id = latest.external_id or ""
    row = work.get(ReadDue, stored(conversation.id)) or ReadDue(
        conversation_id=stored(conversation.id), external_id=""
    )
    row.external_id, row.typing = conversation.read_external_id, typing
    work.add(row)
    work.tell(WorkWaiting(), ReadByUs(stored(conversation.id), typing=typing))
