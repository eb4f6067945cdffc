"""What was said about a message, drawn into it: the latest counts, in whatever order it came.

Whoever says something says it in their own conversation, and changes or withdraws only what
they wrote themselves; whatever else a delivery claims is kept and never drawn.
"""

from sqlalchemy import exists
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Conversation, Message, MessageKind, Said

OURSELVES = "us"
OURS = (MessageKind.AGENT, MessageKind.BOT)

IS_SPOKEN_OF = exists().where(
    col(Said.account_id) == col(Message.account_id), col(Said.about) == col(Message.external_id)
)
"""Of a stored message: did somebody say something about it, perhaps before it came?"""


def apply_earlier_amendments(work: Work, message: Message) -> None:
    """Draw a new message with what was said about it before it came."""
    for said in work.exec(_about(message)).all():
        if may_say(work, said, message):
            apply(message, said)


def draw_again(work: Work, conversation_id: int) -> None:
    """Two conversations have become this one: what was said in one holds in the other now."""
    spoken_of = select(Message).where(col(Message.conversation_id) == conversation_id, IS_SPOKEN_OF)
    for message in work.exec(spoken_of).all():
        apply_earlier_amendments(work, message)


def _about(message: Message):
    """Everything that was said about a message, the latest last."""
    return (
        select(Said)
        .where(col(Said.account_id) == message.account_id, col(Said.about) == message.external_id)
        .order_by(col(Said.at), col(Said.external_id))
    )


def may_say(work: Work, said: Said, message: Message) -> bool:
    """Is it said in the message's own conversation, and what is changed by who wrote it?"""
    by_us = _drawn_as(said) == OURSELVES
    if said.kind != "reaction" and by_us != (message.kind in OURS):
        return False
    spoken_in = said.person.partition(":")[2]
    if not spoken_in:
        return True
    conversation = work.get(Conversation, int(spoken_in))
    while conversation is not None and conversation.merged_into_id is not None:
        conversation = work.get(Conversation, conversation.merged_into_id)
    return conversation is not None and conversation.id == message.conversation_id


def _drawn_as(said: Said) -> str:
    """``customer`` or ``us``; what stands behind it is the conversation it was said in."""
    return said.person.partition(":")[0]


def apply(message: Message, said: Said) -> None:
    """Draw one thing said into the message."""
    if said.kind == "reaction":
        given: dict[str, str] = {one["person"]: one["emoji"] for one in message.reactions or ()}
        given[_drawn_as(said)] = said.emoji
        message.reactions = [
            {"person": person, "emoji": emoji} for person, emoji in sorted(given.items()) if emoji
        ] or None
    elif said.kind == "revoke":
        message.revoked_at = said.at
    elif said.content is not None:
        message.edited_at = said.at
        message.content = {**(message.content or {}), **said.content}
        message.text = said.content.get("text") or said.content.get("caption") or message.text
