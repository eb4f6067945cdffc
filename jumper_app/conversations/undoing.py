"""An author takes a held reply back: it was never said, and its words are a draft again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import NotFound, SendRefused
from jumper_app.models import (
    Attachment,
    Conversation,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
    TakenBack,
)

from .drafts import put_before
from .history import File, as_file
from .holds import keys_of
from .latest import show_what_stands_last
from .log import agent_actor, record, stored, tell_changed
from .privacy.deleting import delete_messages
from .takeover import locked

GONE = 0
"""No message's key. Whoever is told of it reads the thread afresh: a key may be used again."""


class TooLate(SendRefused):
    """The reply may be on its way already."""

    code = "too_late"
    for_agent = "Too late: this message is on its way already."


@dataclass(frozen=True)
class GivenFile:
    """A file that waits to be sent again, with the words that stood under it."""

    file: File
    kind: str
    caption: str


@dataclass(frozen=True)
class Undone:
    """What an author gets back.

    Attributes:
        text: The words.
        draft: What the author's draft is now: these words, and what was written since.
        draft_key: That draft's key.
        revision: Of that draft.
        key: Under which the author's browser had sent it; nothing ever leaves under it again.
        files: In the order in which they would have gone.
        quotes: The message that was to be answered, if any.
    """

    text: str
    draft: str
    draft_key: str
    revision: int
    key: str
    files: tuple[GivenFile, ...]
    quotes: Message | None


def take_back(
    work: Work, *, message_id: int, agent_id: int, revision: int, now: datetime
) -> Undone:
    """Unsay a held reply, all of its messages or none.

    Args:
        revision: Of the draft that the author's browser holds; what is given back stands above it.

    Raises:
        TooLate: Its time has come, or somebody spoke after it.
        NotFound: It is not this agent's, or nobody's any more.
    """
    found = work.get(Message, message_id)
    if found is None or found.kind != MessageKind.AGENT or found.agent_id != agent_id:
        raise NotFound("This message is not yours to take back.")
    conversation = locked(work, found.conversation_id)
    key = (found.client_key or "").partition("+")[0]
    messages = _held(work, key, now)
    text, files = _given_back(work, messages)
    quotes = _quoted(work, messages[0])
    work.add(TakenBack(client_key=key, at=now))
    _forget(work, conversation, messages)
    _tell(work, conversation, messages, agent_id, now)
    draft = put_before(
        work, conversation_id=found.conversation_id, agent_id=agent_id, text=text, above=revision
    )
    return Undone(
        text=text,
        draft=draft.text,
        draft_key=draft.key,
        revision=draft.revision,
        key=key.partition(":")[2],
        files=tuple(files),
        quotes=quotes,
    )


def _held(work: Work, key: str, now: datetime) -> Sequence[Message]:
    """All messages of the reply, none of which may have left. Raises TooLate."""
    rows = work.exec(
        select(Message, Outbox)
        .join(Outbox, col(Outbox.message_id) == col(Message.id))
        .where(col(Message.client_key).in_(keys_of(key)))
        .order_by(col(Message.id))
        .execution_options(populate_existing=True)
    ).all()
    if not rows or not all(_waits(row, now) for _, row in rows):
        raise TooLate
    return [message for message, _ in rows]


def _waits(row: Outbox, now: datetime) -> bool:
    return row.state == OutboxState.QUEUED and not row.attempts and row.due_at > now


def _given_back(work: Work, messages: Sequence[Message]) -> tuple[str, list[GivenFile]]:
    files = [_file(work, message) for message in messages if _is_file(message)]
    plain = [message.text for message in messages if not _is_file(message)]
    if files and not plain:  # the words of the box stand under the first file
        plain = [files[0].caption]
        files[0] = GivenFile(files[0].file, files[0].kind, "")
    return "\n".join(plain), files


def _is_file(message: Message) -> bool:
    return _content(message).get("type") == "media"


def _content(message: Message) -> dict[str, Any]:
    return message.content or {}


def _file(work: Work, message: Message) -> GivenFile:
    content = _content(message)
    row = work.exec(select(Attachment).where(col(Attachment.message_id) == message.id)).one()
    return GivenFile(as_file(row), str(content.get("kind", "")), message.text)


def _quoted(work: Work, message: Message) -> Message | None:
    if not message.quotes:
        return None
    return work.exec(
        select(Message).where(
            col(Message.account_id) == message.account_id,
            col(Message.external_id) == message.quotes,
        )
    ).first()


def _forget(work: Work, conversation: Conversation, messages: Sequence[Message]) -> None:
    """Delete the messages but not their files, and let the customer wait again."""
    keys = [stored(message.id) for message in messages]
    for row in work.exec(select(Attachment).where(col(Attachment.message_id).in_(keys))):
        row.message_id = None
    work.flush()
    delete_messages(work, keys)
    if conversation.owner != Owner.RESOLVED:
        conversation.waiting_since = _waiting_since(work, conversation)
    show_what_stands_last(work, conversation)


def _tell(
    work: Work,
    conversation: Conversation,
    messages: Sequence[Message],
    agent_id: int,
    now: datetime,
) -> None:
    """Every open thread reads afresh: what is told of is not there any more."""
    keys, actor = [stored(message.id) for message in messages], agent_actor(agent_id)
    for key in keys:
        record(work, conversation, "reply_taken_back", actor=actor, now=now, message=key)
    conversation.version += 1
    tell_changed(work, conversation, (GONE,))


def _waiting_since(work: Work, conversation: Conversation) -> datetime | None:
    """When the customer wrote what nobody has answered; None if all is answered."""
    mine = col(Message.conversation_id) == conversation.id
    answers = (MessageKind.AGENT, MessageKind.BOT)
    answered = work.exec(
        select(func.max(Message.at)).where(mine, col(Message.kind).in_(answers))
    ).first()
    asked = select(col(Message.at)).where(mine, col(Message.kind) == MessageKind.CUSTOMER)
    if answered is not None:
        asked = asked.where(col(Message.at) > answered)
    return work.exec(asked.order_by(col(Message.at)).limit(1)).first()
