"""What the composer knows of message shortcuts; the list itself comes by a plain route."""

from typing import Any, TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.conversations.customer import Card
from jumper_app.conversations.shortcuts import keeping
from jumper_app.conversations.shortcuts.variables import NAMES, PATTERN, Known, values_of
from jumper_app.db import Work, database
from jumper_app.models import Conversation
from jumper_app.panel import words
from jumper_app.panel.access import handler
from jumper_app.panel.put import put
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.people.sessions import Who

GRAMMAR: dict[str, Any] = {
    "pattern": PATTERN,
    "names": list(NAMES),
    "labels": words.VARIABLES,
}
"""How a variable is written, which there are, and what they are called."""


class KnownRow(TypedDict):
    """The values of variables in one conversation."""

    conversation: str
    channel: str
    known: dict[str, str]


class ShortcutsState(rx.State):
    """Which list of shortcuts is the present one, and what is known to fill them in."""

    version: str = ""
    here: KnownRow = KnownRow(conversation="", channel="", known={})

    @handler()
    async def used(self, who: Who, shortcut: str, conversation: str) -> None:
        """A shortcut was put into the text of a conversation."""
        await database().run(_note_use, shortcut, conversation, who)

    def _list(self, version: str) -> None:
        put(self, version=version)

    def _show(self, who: Who, card: Card) -> None:
        """Say what is known of the open conversation."""
        known = Known(
            customer=card.told_name,
            phone=card.phone,
            email=card.email,
            locale=card.language,
            agent=who.name,
            agent_email=who.email,
            conversation=card.conversation_public_id,
            channel=card.channel_name,
            brand=card.account_name,
        )
        here = KnownRow(
            conversation=card.conversation_public_id,
            channel=card.channel,
            known=dict(values_of(known)),
        )
        put(self, here=here)


def _note_use(work: Work, shortcut: str, conversation: str, who: Who) -> None:
    row = work.get_one(Conversation, conversation_behind(work, conversation))
    keeping.note_use(work, public_id=shortcut, by=who, channel=row.channel, now=clock.now())
