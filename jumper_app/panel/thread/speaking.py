"""What agents say of a message: a reaction."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations import reactions
from jumper_app.db import Work, database
from jumper_app.panel import words
from jumper_app.panel.access import handler
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.people.sessions import Who

LIBRARY = "$/public/speaking.js"

Given = rx.Var[dict[str, Any]]


class SpeakingState(rx.State):
    """Has nothing of its own: what was said comes back with the message."""

    @handler(rate="60/minute")
    async def react(
        self, who: Who, conversation: str, message: str, emoji: Annotated[str, Field(max_length=16)]
    ) -> None:
        """Say it with an emoji; an empty one takes back what was said."""
        await database().run(_react, conversation, message, who.id, emoji)


def _react(work: Work, conversation: str, message: str, agent_id: int, emoji: str) -> None:
    reactions.react(
        work,
        conversation_id=conversation_behind(work, conversation),
        message=message,
        agent_id=agent_id,
        emoji=emoji,
        now=clock.now(),
    )


def _reacted(event: Given) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["conversation"].to(str), given["message"].to(str), given["emoji"].to(str)


class MessageTools(rx.Component):
    """Buttons beside a message while it is looked at: react, quote, and a menu of the rest."""

    library = LIBRARY
    tag = "MessageTools"
    message: rx.Var[str]
    kind: rx.Var[str]
    quotes: rx.Var[bool]
    reactions: rx.Var[list[str]]
    reacted: rx.Var[str]
    who: rx.Var[str]
    at: rx.Var[str]
    after: rx.Var[dict[str, int]]
    failure: rx.Var[str]
    words: rx.Var[dict[str, Any]]
    on_react: rx.EventHandler[_reacted]


def _asked_for(event: Given) -> tuple[rx.Var[str]]:
    given: Any = event
    return (given["message"].to(str),)


class QuoteLink(rx.Component):
    """A quote that leads to the message it quotes."""

    library = LIBRARY
    tag = "QuoteLink"
    message: rx.Var[str]
    label: rx.Var[str]
    on_go: rx.EventHandler[_asked_for]


def message_tools(msg: Any, contact: Any) -> rx.Component:
    """What can be said of a message. ``msg``: its row; ``contact``: who the customer is."""
    return MessageTools.create(
        message=msg["id"],
        kind=msg["kind"],
        quotes=contact["quotes"],
        reactions=contact["reactions"],
        reacted=msg["reacted"],
        who=rx.cond(
            msg["kind"] == "customer",
            contact["name"],
            rx.cond(msg["author"], msg["author"], words.OURS),
        ),
        at=msg["at"],
        after=msg["after"],
        failure=msg["failure"],
        words=words.SPEAKING,
        on_react=SpeakingState.react,
    )
