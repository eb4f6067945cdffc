"""Notes for colleagues. They have a verb of their own and no way to a channel."""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Conversation, Message, MessageKind

from .drafts import clear_draft, refuse_other_words
from .latest import show_as_latest
from .log import LAST, agent_actor, changed, place, record, stored
from .mentions import handles, mention, mentions_in, present
from .takeover import locked

NOTE_LENGTH = 4000
"""Characters; long enough for a hand-over, short enough to read."""


def add_note(
    work: Work, *, conversation_id: int, agent_id: int, text: str, client_key: str, now: datetime
) -> int:
    """Store a note that only the team sees. The same ``client_key`` twice is one note."""
    written = text.strip().replace("\x00", "")
    if not written:
        raise BadInput("There is nothing to note yet.")
    if len(written) > NOTE_LENGTH:
        raise BadInput(f"A note takes at most {NOTE_LENGTH} characters.")
    conversation = locked(work, conversation_id)
    key = f"note:{agent_id}:{client_key}"
    before = work.exec(select(Message).where(col(Message.client_key) == key)).first()
    if before is not None:
        refuse_other_words(written, (before.text,))
        return stored(before.id)
    named = mentions_in(written, handles(present(work)))
    note = _store(work, conversation, agent_id, written, key, now)
    if named:
        note.content = {"type": "note", "mentions": sorted({one.text for one in named})}
        mention(work, note, named)
    actor = agent_actor(agent_id)
    record(work, conversation, "note_added", actor=actor, now=now, message=note.id)
    show_as_latest(work, conversation, note)
    clear_draft(work, conversation_id, agent_id, "note")
    changed(work, conversation, note)
    return stored(note.id)


def _store(
    work: Work, conversation: Conversation, agent_id: int, text: str, key: str, now: datetime
) -> Message:
    note = Message(
        conversation_id=stored(conversation.id),
        account_id=conversation.account_id,
        kind=MessageKind.NOTE,
        agent_id=agent_id,
        at=place(conversation, now),
        order=LAST,
        text=text,
        client_key=key,
        stored_at=now,
    )
    work.add(note)
    work.flush()
    return note
