"""Taking back what was sent a moment ago."""

from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations.undoing import GivenFile, Undone, take_back
from jumper_app.db import database
from jumper_app.models import Message
from jumper_app.panel import words
from jumper_app.panel.access import handler
from jumper_app.panel.thread.rows import QUOTE_LENGTH
from jumper_app.panel.thread.state import ThreadState
from jumper_app.panel.thread.text import clean
from jumper_app.people.sessions import Who

from .state import ComposerState, DraftRow

MOST_REVISIONS = 2_000_000_000


class GivenRow(TypedDict):
    """A file that goes back into the tray."""

    id: str
    name: str
    kind: str
    size: int
    caption: str


class AnsweredRow(TypedDict):
    """The message that was to be answered; ``message`` is empty for none."""

    message: str
    who: str
    text: str


class UndoneRow(TypedDict):
    """What a browser gets back. ``key``: of the send that it took back."""

    key: str
    conversation: str
    text: str
    files: list[GivenRow]
    quote: AnsweredRow


NO_QUOTE = AnsweredRow(message="", who="", text="")
NOTHING = UndoneRow(key="", conversation="", text="", files=[], quote=NO_QUOTE)


class UndoState(rx.State):
    """What this browser took back last."""

    undone: UndoneRow = NOTHING

    @handler()
    async def take_back(
        self, who: Who, message: str, revision: Annotated[int, Field(ge=0, le=MOST_REVISIONS)]
    ) -> None:
        """Unsay a reply that has not left yet; its words are a draft again."""
        thread = await self.get_state(ThreadState)
        done = await database().run(
            take_back,
            message_id=thread._known(message),
            agent_id=who.id,
            revision=revision,
            now=clock.now(),
        )
        composer = await self.get_state(ComposerState)
        composer._hold(
            thread.conversation,
            "reply",
            DraftRow(text=done.draft, revision=done.revision, key=done.draft_key),
        )
        self.undone = _row(thread.conversation, done)


def _row(conversation: str, done: Undone) -> UndoneRow:
    return UndoneRow(
        key=done.key,
        conversation=conversation,
        text=done.text,
        files=[_given(one) for one in done.files],
        quote=_answered(done.quotes) if done.quotes else NO_QUOTE,
    )


def _given(one: GivenFile) -> GivenRow:
    return GivenRow(
        id=one.file.public_id,
        name=clean(one.file.filename),
        kind=one.kind,
        size=one.file.size,
        caption=one.caption,
    )


def _answered(message: Message) -> AnsweredRow:
    shown = clean(message.text)[:QUOTE_LENGTH] or words.A_FILE
    return AnsweredRow(message=message.public_id, who=words.QUOTED[message.kind], text=shown)
