"""The flows that an agent may start, as one browser shows them."""

from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.bots import runs
from jumper_app.bots.starting import FlowOffer
from jumper_app.db import Work, database
from jumper_app.panel.access import handler
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.people.sessions import Who

Key = Annotated[str, Field(min_length=8, max_length=64)]
"""Made by the browser, so that it knows the answer to its own question."""


class FlowRow(TypedDict):
    """A flow that could be started. ``why_not``: a sentence, empty when it can start now."""

    id: str
    name: str
    about: str
    why_not: str


class OfferedRow(TypedDict):
    """The answer to the question with that key."""

    key: str
    flows: list[FlowRow]


class FlowsState(rx.State):
    """What may be started in the conversation that the browser asked about."""

    offered: OfferedRow = OfferedRow(key="", flows=[])

    @handler(rate="60/minute")
    async def ask(self, who: Who, conversation: str, key: Key) -> None:
        """Say which flows there are, and what keeps each from starting there now."""
        flows = await database().ask(_offers, conversation)
        self.offered = OfferedRow(key=key, flows=[_row(one) for one in flows])

    @handler(rate="30/minute")
    async def start(self, who: Who, conversation: str, flow: str) -> None:
        """Have the bot begin a flow (its public id)."""
        await database().run(_start, conversation, flow, who.id)


def _row(offer: FlowOffer) -> FlowRow:
    return FlowRow(
        id=offer.public_id, name=offer.name, about=offer.description, why_not=offer.why_not
    )


def _offers(work: Work, conversation: str) -> list[FlowOffer]:
    return runs.offers(
        work, conversation_id=conversation_behind(work, conversation), now=clock.now()
    )


def _start(work: Work, conversation: str, flow: str, agent_id: int) -> None:
    runs.start_flow(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        flow=flow,
        now=clock.now(),
    )
