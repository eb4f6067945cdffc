"""One visitor's open stream: server-sent events, each of which has a place in the feed.

It listens before it reads, so that nothing falls in between; it tells what happened since
the place that the browser names, and after that whatever is committed. A line is a message
under its own id, so being told twice changes nothing.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import orjson

from jumper_app.db import Database, Work
from jumper_app.live import (
    AgentTyping,
    ConversationChanged,
    Listener,
    LiveEvent,
    ReadByUs,
    SettingsChanged,
    VisitorArrived,
)

from . import feed
from .bubbles import names
from .feed import Around, Moved, News
from .turns import Turns
from .visitors import Visitor

HEARTBEAT_S = 20.0
"""A quiet stream says this often that it is alive, in seconds; the widget doubts it after two."""

LONGEST_S = 900.0
"""A stream ends after this, in seconds, and the widget opens the next: so no leak lasts."""

TOGETHER_S = 0.05
"""News that follows closely is told together."""

HEARTBEAT = b":\n\n"


@dataclass(eq=False)
class Stream:
    """The stream of one browser in one conversation.

    Attributes:
        cursor: The last place in the feed that the browser knows; empty for none.
    """

    database: Database
    turns: Turns
    visitor: Visitor
    cursor: str
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _around: Around | None = None
    _ear: Listener | None = None
    _ended: bool = False

    async def told(self) -> AsyncGenerator[bytes]:
        """Everything that is to be said, until it is over."""
        arrived = VisitorArrived(self.visitor.conversation_id, self.visitor.browser, self.name)
        with self.database.hub.listening(self._concerns) as self._ear:
            self.database.hub.tell([arrived])
            try:
                yield await self._catch_up()
                async for line in self._live(self._ear, _seconds() + LONGEST_S):
                    yield line
            except Moved:
                yield _event("over", {"why": "again"})

    async def _live(self, ear: Listener, ends_at: float) -> AsyncGenerator[bytes]:
        while _seconds() < ends_at and not self._ended:
            news = await _hear(ear)
            if ear.missed:
                ear.missed = False
                yield await self._catch_up()
            elif why := _over(news):
                yield _event("over", {"why": why})
                return
            elif news:
                async with self.turns.turn(self.visitor.browser):
                    news += ear.take()
                    lines = [line async for line in self._said(news)]
                yield b"".join(lines) or HEARTBEAT
            else:
                yield HEARTBEAT

    def end(self) -> None:
        """The server goes down; the browser will come again."""
        self._ended = True
        if self._ear is not None:
            self._ear.receive([])

    def _concerns(self, event: LiveEvent) -> bool:
        match event:
            case ConversationChanged() | ReadByUs() | AgentTyping():
                return event.conversation_id == self.visitor.conversation_id
            case VisitorArrived():
                return event.browser == self.visitor.browser and event.stream != self.name
            case SettingsChanged():
                return True
            case _:
                return False

    async def _said(self, news: list[LiveEvent]) -> AsyncGenerator[bytes]:
        """Messages and what stands around them, if that is new; then who is typing."""
        changes = [one for one in news if isinstance(one, ConversationChanged)]
        reads = [one for one in news if isinstance(one, ReadByUs)]
        if changes or reads:
            touched = {key for one in changes for key in one.message_ids}
            found = await self.database.ask(feed.changed, *self._where, touched)
            if found.bubbles or found.around != self._around:
                yield self._wrapped(found)
        if typing := [one for one in news if isinstance(one, AgentTyping)]:
            name = await self.database.ask(_name, self.visitor, typing[-1].agent_id)
            yield _event("typing", {"by": "agent", "name": name})
        elif any(one.typing for one in reads):
            yield _event("typing", {"by": "bot", "name": ""})

    async def _catch_up(self) -> bytes:
        async with self.turns.turn(self.visitor.browser):
            if self.cursor:
                news = await self.database.ask(feed.since, *self._where, self.cursor)
            else:
                news = await self.database.ask(feed.everything, *self._where)
        return self._wrapped(news)

    @property
    def _where(self):
        return self.visitor.chat, self.visitor.conversation_id

    def _wrapped(self, news: News) -> bytes:
        self.cursor, self._around = news.cursor, news.around
        told = {"bubbles": news.bubbles, "more": news.more, **news.around}
        return _event("all" if news.afresh else "some", told, news.cursor)


async def _hear(ear: Listener) -> list[LiveEvent]:
    """What happened, gathered for a moment; nothing when it was quiet for a while."""
    try:
        async with asyncio.timeout(HEARTBEAT_S):
            news = await ear.drain()
    except TimeoutError:
        return ear.take()
    await asyncio.sleep(TOGETHER_S)
    return [*news, *ear.take()]


def _over(news: list[LiveEvent]) -> str:
    """Why it ends: a newer stream of this browser, or something that wants a fresh look."""
    if any(isinstance(one, VisitorArrived) for one in news):
        return "elsewhere"
    return "again" if any(isinstance(one, SettingsChanged) for one in news) else ""


def _name(work: Work, visitor: Visitor, agent_id: int) -> str:
    return names(work, visitor.chat, {agent_id}).get(agent_id, "")


def _event(kind: str, data: Any, cursor: str = "") -> bytes:
    """One event of a stream. Source: HTML Living Standard, 9.2 Server-sent events."""
    place = f"id: {cursor}\n".encode() if cursor else b""
    return b"event: " + kind.encode() + b"\n" + place + b"data: " + orjson.dumps(data) + b"\n\n"


def _seconds() -> float:
    return asyncio.get_running_loop().time()
