"""A task of its own that looks for work: when there is news of it, and now and then in any case."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from jumper_app.db import Database
from jumper_app.live import LiveEvent

log = logging.getLogger(__name__)

AFTER_A_STUMBLE_S = 10.0
"""How long the rounds rest when a look has failed, in seconds."""


@dataclass(frozen=True)
class Rounds:
    """How one kind of work is looked for.

    Attributes:
        look: Does what is due. An error is logged, and the next look comes all the same.
        news: The events after which it looks at once.
        sleep_s: How long it sleeps without news, in seconds.
        stumbled: What the log says of an error.
    """

    look: Callable[[], Awaitable[object]]
    news: type[LiveEvent] | tuple[type[LiveEvent], ...]
    sleep_s: Callable[[], Awaitable[float]]
    stumbled: str

    @asynccontextmanager
    async def going(self, database: Database) -> AsyncIterator[None]:
        """Look until the block ends. What is cut off then is done at the next start."""
        going = asyncio.create_task(self._go(database))
        try:
            yield
        finally:
            going.cancel()
            with suppress(asyncio.CancelledError):
                await going

    async def _go(self, database: Database) -> None:
        with database.hub.listening(self._concerns) as listener:
            while True:
                sleep_s = await self._look_once()
                with suppress(TimeoutError):
                    await asyncio.wait_for(listener.drain(), sleep_s)

    async def _look_once(self) -> float:
        """Look, and ask how long to sleep then; neither may end the rounds."""
        try:
            await self.look()
            return await self.sleep_s()
        except Exception:
            log.exception(self.stumbled)
            return AFTER_A_STUMBLE_S

    def _concerns(self, event: LiveEvent) -> bool:
        return isinstance(event, self.news)


def always(seconds: float) -> Callable[[], Awaitable[float]]:
    """A sleep of the same length each time."""

    async def sleep_s() -> float:
        return seconds

    return sleep_s
