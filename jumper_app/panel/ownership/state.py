"""Who answers, as one browser shows it, and the steps that change it."""

from datetime import datetime
from typing import TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.bots import runs
from jumper_app.conversations import pausing, resuming, takeover
from jumper_app.conversations.customer import Card
from jumper_app.db import Work, database
from jumper_app.errors import BadInput
from jumper_app.models import Owner
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.panel.put import put
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.people import agents
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import Who


class ColleagueRow(TypedDict):
    """Somebody who could answer."""

    id: str
    name: str
    initials: str
    tone: str


class OwnershipState(rx.State):
    """The band above the composer, and *Resolve*, *Reopen* and *Assign* in the header.

    Handlers take the conversation that the browser showed when the button was pressed:
    the open one may be another by the time the press arrives.
    """

    conversation: str = ""
    owner: str = ""
    """``bot``, ``requested``, ``agent`` or ``resolved``; empty while nothing is open."""
    mine: bool = False
    answering: str = ""
    """The public id of the agent who answers; empty if none does."""
    colleague: str = ""
    """The name of the colleague who answers; empty if nobody else does."""
    speaker: str = ""
    """Who speaks, in words, drawn strong."""
    detail: str = ""
    under_way: bool = False
    """A flow is under way, if only paused."""
    asked: str = ""
    """Its open question, shortened."""
    continues: str = ""
    """What the bot does when it goes on, in words."""
    begins: str = ""
    """What it does when it begins again."""
    silent_since: str = ""
    """ISO time of the takeover since which the bot is silent; empty if it is not."""
    spoke_after: str = ""
    """How many of its messages went out after that, in words."""
    resumes_at: str = ""
    """ISO time at which the bot goes on by itself; empty if it does not."""
    me: str = ""
    colleagues: list[ColleagueRow] = []

    @handler()
    async def pause(self, who: Who, conversation: str) -> rx.event.EventSpec | None:
        """The bot falls silent, and this agent answers, unless a colleague was quicker."""
        done = await database().run(_pause, conversation, who.id)
        return say(words.on_the_way(done.on_the_way), "info") if done.on_the_way else None

    @handler()
    async def pass_back(
        self, who: Who, conversation: str, goes: runs.Goes = runs.Goes.CONTINUE
    ) -> None:
        """The bot speaks again: where it was paused, or as the agent chose."""
        await database().run(_pass_back, conversation, who.id, goes)

    @handler()
    async def resume_later(self, who: Who, conversation: str, minutes: int) -> None:
        """The bot goes on by itself when this agent has been silent for so long."""
        await database().run(_resume_later, conversation, who.id, minutes)

    @handler()
    async def more_time(self, who: Who, conversation: str) -> None:
        """Put off the bot that would go on by itself."""
        await database().run(_more_time, conversation, who.id)

    @handler()
    async def stay_silent(self, who: Who, conversation: str) -> None:
        """The bot does not go on by itself after all."""
        await database().run(_stay_silent, conversation, who.id)

    @handler()
    async def resolve(self, who: Who, conversation: str) -> None:
        """Close the conversation until the customer writes again."""
        await database().run(_resolve, conversation, who.id)

    @handler()
    async def reopen(self, who: Who, conversation: str) -> None:
        """Take up a resolved conversation."""
        await database().run(_reopen, conversation, who.id)

    @handler()
    async def assign(self, who: Who, conversation: str, to: str) -> rx.event.EventSpec | None:
        """Give it to somebody (a public id), or to nobody: Requested."""
        done = await database().run(_assign, conversation, to, who.id)
        return say(words.on_the_way(done.on_the_way), "info") if done.on_the_way else None

    def _show(self, who: Who, card: Card, colleagues: list[Colleague] | None = None) -> None:
        """Say who answers. ``colleagues`` is None when nobody came or went."""
        mine = (
            card.answering.owner == Owner.AGENT and card.answering.agent_public_id == who.public_id
        )
        speaker, detail = _said(card, mine=mine)
        put(
            self,
            conversation=card.conversation_public_id,
            owner=card.answering.owner,
            mine=mine,
            answering=card.answering.agent_public_id,
            colleague=card.answering.agent_name
            if card.answering.owner == Owner.AGENT and not mine
            else "",
            speaker=speaker,
            detail=detail,
            under_way=card.answering.under_way,
            **_next_words(card),
            **_of_the_silence(card),
            me=who.public_id,
        )
        if colleagues is not None:
            here = [_row(one) for one in colleagues if one.active and not one.invited]
            put(self, colleagues=here)

    def _close(self) -> None:
        self.conversation = self.owner = self.answering = self.colleague = self.speaker = (
            self.detail
        ) = self.asked = self.continues = self.begins = self.silent_since = self.resumes_at = ""
        self.mine = self.under_way = False


def _said(card: Card, *, mine: bool) -> tuple[str, str]:
    flow, asked = card.answering.flow_name, card.answering.paused_at
    paused = words.paused_at(flow, asked) if flow and asked else ""
    match card.answering.owner:
        case Owner.BOT:
            return words.BOT_ANSWERING, words.at_step(flow, asked)
        case Owner.REQUESTED:
            return words.NOBODY_ANSWERING, paused
        case Owner.AGENT if mine:
            return words.YOU_ANSWERING, paused
        case Owner.AGENT:
            return words.colleague_answering(card.answering.agent_name), paused
        case _:
            return words.CONVERSATION_RESOLVED, ""


def _of_the_silence(card: Card) -> dict[str, str]:
    """Since when the bot is silent, and when it ends that by itself."""
    silence = card.answering.silence
    return {
        "silent_since": _iso(silence.since) if silence else "",
        "spoke_after": words.spoke_after(silence.after) if silence else "",
        "resumes_at": _iso(card.answering.resumes_at),
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _next_words(card: Card) -> dict[str, str]:
    """What the bot would say next, after each way to pass back."""
    flow, asked = card.answering.flow_name, card.answering.paused_at
    begins = words.begins_again(flow)
    continues = words.asks_again(asked) if card.answering.under_way else begins
    return {"asked": asked, "continues": continues, "begins": begins}


def _row(colleague: Colleague) -> ColleagueRow:
    return ColleagueRow(
        id=colleague.public_id,
        name=colleague.name,
        initials=initials_of(colleague.name),
        tone=tone_of(colleague.public_id),
    )


def _pause(work: Work, conversation: str, agent_id: int) -> takeover.Takeover:
    return pausing.pause_unless_taken(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        now=clock.now(),
    )


def _pass_back(work: Work, conversation: str, agent_id: int, goes: runs.Goes) -> None:
    runs.pass_back(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        now=clock.now(),
        goes=goes,
    )


def _resume_later(work: Work, conversation: str, agent_id: int, minutes: int) -> None:
    resuming.resume_later(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        minutes=minutes,
        now=clock.now(),
    )


def _more_time(work: Work, conversation: str, agent_id: int) -> None:
    resuming.more_time(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        now=clock.now(),
    )


def _stay_silent(work: Work, conversation: str, agent_id: int) -> None:
    resuming.stay_silent(
        work, conversation_id=conversation_behind(work, conversation), agent_id=agent_id
    )


def _resolve(work: Work, conversation: str, agent_id: int) -> None:
    takeover.resolve(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        now=clock.now(),
    )


def _reopen(work: Work, conversation: str, agent_id: int) -> None:
    takeover.reopen(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        now=clock.now(),
    )


def _assign(work: Work, conversation: str, to: str, agent_id: int) -> takeover.Takeover:
    return takeover.assign(
        work,
        conversation_id=conversation_behind(work, conversation),
        to_agent_id=_agent(work, to),
        agent_id=agent_id,
        now=clock.now(),
    )


def _agent(work: Work, public_id: str) -> int | None:
    """The agent behind a public id; None for nobody, which is an empty id."""
    if not public_id:
        return None
    for one in agents.colleagues(work):
        if one.public_id == public_id:
            return one.id
    raise BadInput
