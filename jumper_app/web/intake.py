"""Where deliveries of every channel are stored: those that arrive together in one commit."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from prometheus_client import Counter

from jumper_app.conversations.inbound import Delivery, Tally, receive_all
from jumper_app.db import Database

from .waiting import Waiting, WaitingRoom

log = logging.getLogger(__name__)

ITEMS = Counter("jumper_webhook_items", "Items in webhook deliveries", ["fate"])


class NotStored(Exception):
    """It is not in the database; whoever brought it has to bring it again."""


class Intake:
    """Takes deliveries and answers each after its commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._room: WaitingRoom | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Store deliveries until the block ends."""
        self._room = WaitingRoom()
        storing = asyncio.create_task(self._store_all(self._room))
        try:
            yield
        finally:
            storing.cancel()
            with suppress(asyncio.CancelledError):
                await storing
            self._room = None

    async def store(self, delivery: Delivery) -> None:
        """Come back after the commit. Raises NotStored."""
        if self._room is None or self._room.is_full:
            raise NotStored("Too much is waiting. Please deliver again.")
        waiting = Waiting(delivery)
        self._room.enter(waiting)
        try:
            await waiting.done
        except Exception as error:  # whatever it was has been logged
            raise NotStored("It could not be stored. Please deliver again.") from error

    async def _store_all(self, room: WaitingRoom) -> None:
        while True:
            await self._commit(await room.next_batch())

    async def _commit(self, batch: list[Waiting]) -> None:
        """Answer after the commit.

        If the batch fails, each is tried alone, so that one bad delivery cannot make the
        provider repeat the others for days.
        """
        try:
            tally = await self._database.run(receive_all, [one.delivery for one in batch])
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._commit([one])
                return
            log.exception("a delivery could not be stored")
            batch[0].answer(error)
            return
        _count(tally)
        for one in batch:
            one.answer(None)


def _count(tally: Tally) -> None:
    ITEMS.labels("stored").inc(tally.stored)
    ITEMS.labels("parked").inc(tally.parked)
    ITEMS.labels("foreign").inc(tally.foreign)
