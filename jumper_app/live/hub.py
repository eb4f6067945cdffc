"""Who wants to hear what, within one process.

``tell`` may be called from any thread; listeners live on event loops. A listener
that falls behind is not fed one by one: it is told that it ``missed`` something
and must read afresh.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from .events import LiveEvent

LISTENER_BACKLOG = 1000
"""Events that may wait for one listener before it has to read afresh."""

Wanted = Callable[[LiveEvent], bool]


@dataclass(eq=False)
class Listener:
    """One reader's queue. Made by ``Hub.listening``."""

    wanted: Wanted
    loop: asyncio.AbstractEventLoop
    missed: bool = False
    _waiting: list[LiveEvent] = field(default_factory=list[LiveEvent])
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def receive(self, events: list[LiveEvent]) -> None:
        if len(self._waiting) + len(events) > LISTENER_BACKLOG:
            self._waiting.clear()
            self.missed = True
        else:
            self._waiting.extend(events)
        self._woken.set()

    async def drain(self) -> list[LiveEvent]:
        """Wait for news, then return all of it. Check ``missed`` afterwards and clear it."""
        await self._woken.wait()
        return self.take()

    def take(self) -> list[LiveEvent]:
        """Return what has come so far, without waiting."""
        self._woken.clear()
        news, self._waiting = self._waiting, []
        return news


class Hub:
    """Tells listeners what happened. Give it to ``Database``; it is told after each commit."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._lock = Lock()

    @contextmanager
    def listening(self, wanted: Wanted) -> Generator[Listener]:
        """Hear all events for which ``wanted`` is true, until the block ends."""
        listener = Listener(wanted, asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def tell(self, events: Iterable[LiveEvent]) -> None:
        """Hand events to everyone who wants them; from any thread."""
        told = list(events)
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            if chosen := [event for event in told if listener.wanted(event)]:
                _pass_on(listener, chosen)

    def __len__(self) -> int:
        return len(self._listeners)


def _pass_on(listener: Listener, events: list[LiveEvent]) -> None:
    if not listener.loop.is_closed():
        listener.loop.call_soon_threadsafe(listener.receive, events)
