"""A message of ours that came back before the answer to its send, and did not say it was ours.

It looks like another tool's until the answer names it. Then it was ours all the time: what
was stored for it goes, and our own message takes its place.
"""

from sqlalchemy import delete, update
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Attachment, Conversation, Echoed, Message

from .latest import show_what_stands_last
from .log import stored, tell_changed
from .spoken_of import apply_earlier_amendments


def name_message(work: Work, message: Message, external_id: str) -> None:
    """The provider calls this message of ours so, whoever was believed to have sent that."""
    work.exec(
        update(Echoed)
        .where(col(Echoed.account_id) == message.account_id, col(Echoed.external_id) == external_id)
        .values(outside=False)
    )
    standin = work.exec(
        select(Message).where(
            col(Message.account_id) == message.account_id,
            col(Message.external_id) == external_id,
            col(Message.elsewhere),
        )
    ).first()
    if standin is not None:
        _remove(work, standin)
    message.external_id = external_id
    apply_earlier_amendments(work, message)


def _remove(work: Work, standin: Message) -> None:
    """Take it out of its thread. The bytes of its files become strays, which are swept away."""
    conversation = work.get_one(Conversation, standin.conversation_id, with_for_update=True)
    gone = stored(standin.id)
    work.exec(delete(Attachment).where(col(Attachment.message_id) == gone))
    work.delete(standin)
    work.flush()
    show_what_stands_last(work, conversation)
    conversation.version += 1
    work.flush()
    tell_changed(work, conversation, [gone])
