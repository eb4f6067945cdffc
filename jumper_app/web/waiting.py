"""Where deliveries wait for their commit, so that those that come together share it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from jumper_app.conversations.inbound import Delivery

MAX_WAITING = 2000
"""Deliveries that may wait; beyond that we answer 503 and Meta tries again."""

MAX_BATCH = 64
"""Deliveries that share one commit."""

GATHER_S = 0.003
"""How long, in seconds, a commit waits for the next of the present crowd. Whoever comes alone
waits for nobody."""


@dataclass
class Waiting:
    """A delivery that waits for its commit."""

    delivery: Delivery
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def answer(self, error: Exception | None) -> None:
        """It is stored, or it could not be."""
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


class WaitingRoom:
    """First come, first served, many at a time.

    Whoever was just answered soon comes again. So those of the last batch and those who came
    meanwhile are the present crowd, and worth waiting a moment for: a commit costs much the
    same for one as for all.
    """

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(MAX_WAITING)
        self._enough = 1
        self._is_enough = asyncio.Event()
        self._answered = 0

    @property
    def is_full(self) -> bool:
        return self._queue.full()

    def enter(self, waiting: Waiting) -> None:
        """Begin to wait. Ask ``is_full`` first."""
        self._queue.put_nowait(waiting)
        if self._queue.qsize() >= self._enough:
            self._is_enough.set()

    async def next_batch(self) -> list[Waiting]:
        """Those that are to be stored now, at least one. Ask when the last ones were answered."""
        crowd = self._answered + self._queue.qsize()
        first = await self._queue.get()
        await self._gather(min(crowd, MAX_BATCH) - 1)
        count = min(self._queue.qsize(), MAX_BATCH - 1)
        batch = [first, *(self._queue.get_nowait() for _ in range(count))]
        self._answered = len(batch)
        return batch

    async def _gather(self, enough: int) -> None:
        """Let others come in, until they are enough or nobody has come for a while."""
        self._enough = enough
        present = -1
        while present < self._queue.qsize() < enough:
            present = self._queue.qsize()
            self._is_enough.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHER_S):
                    await self._is_enough.wait()
