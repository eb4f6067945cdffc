"""Whose request is looked at next, where many strangers ask at once.

The database is asked for a few visitors at a time. Whoever asked the least of late goes
first, so that a flood waits for itself and hardly for anybody else's.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

from jumper_app.lately import Lately

from .errors import Crowded

AT_ONCE = 2
"""Questions of visitors that are looked up side by side; more would only share one core."""

MOST_WAITING = 1000
"""Questions that may wait. Beyond that whoever comes is asked to come again."""

LATELY_S = 10.0
"""Turns are remembered for this long, in seconds, and at most twice as long."""


class Turns:
    """Gives turns, the fewest of late first, then first come, first served."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = at_once
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._had = Lately[str](LATELY_S)

    @asynccontextmanager
    async def turn(self, who: str) -> AsyncIterator[None]:
        """Wait for a turn of ``who``, and hold it until the block ends. Raises Crowded."""
        await self._wait(self._count(who))
        try:
            yield
        finally:
            self._pass_on()

    def _count(self, who: str) -> int:
        """How many turns they had or asked for of late, before this one."""
        now_s = asyncio.get_running_loop().time()
        had = self._had.of(who, now_s)
        self._had.add(who, now_s)
        return had

    async def _wait(self, had: int) -> None:
        if self._free:
            self._free -= 1
            return
        if len(self._waiting) >= MOST_WAITING:
            raise Crowded
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (had, next(self._order), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give the turn that has just ended to the next who still waits."""
        while self._waiting:
            *_, next_one = heappop(self._waiting)
            if not next_one.done():
                next_one.set_result(None)
                return
        self._free += 1
