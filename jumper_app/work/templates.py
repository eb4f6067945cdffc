"""Fetching templates: on a timer, and soon after somebody asks.

A task of its own, which waits for other news than the loop that sends.
"""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager

from jumper_app import clock
from jumper_app.channels.contract import Door, TellsTemplates
from jumper_app.conversations.accounts import credentials
from jumper_app.conversations.templates.shelf import (
    Sync,
    keep,
    next_due,
    next_syncs,
    not_fetched,
)
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, SendFailed
from jumper_app.live import SettingsChanged, TemplatesWanted
from jumper_app.models import ChannelAccount

from .rounds import Rounds

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 60.0
SHORTEST_SLEEP_S = 1.0
"""Between two looks that nobody asked for, in seconds."""

NOT_FETCHED = "The templates could not be fetched; we will try again."


class Syncing:
    """Keeps the templates of every connected business as its provider tells of them."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors

    def running(self) -> AbstractAsyncContextManager[None]:
        """Work until the block ends. A fetch that is cut off is made again later."""
        rounds = Rounds(
            look=self.sync_due,
            news=(TemplatesWanted, SettingsChanged),
            sleep_s=self._sleep_s,
            stumbled="templates could not be fetched; it looks again",
        )
        return rounds.going(self._database)

    async def sync_due(self) -> int:
        """Fetch what is due. Returns how many businesses that were."""
        due = await self._database.run_behind(next_syncs, now=clock.now())
        await asyncio.gather(*(self._sync(one) for one in due))
        return len(due)

    async def _sync(self, one: Sync) -> None:
        door = self._doors[one.channel]
        if not isinstance(door, TellsTemplates):
            raise TypeError(f"the channel {one.channel} has templates, and its door tells none")
        try:
            account = await self._database.ask(_account, one)
            told = await door.templates(credentials(account))
        except (SendFailed, BadInput) as failure:
            log.info("templates were not told: %s", failure.code)
            why = failure.for_agent if failure.alarming else NOT_FETCHED
            await self._database.run_behind(not_fetched, one, why, clock.now())
        else:
            await self._database.run_behind(keep, one, told, clock.now())

    async def _sleep_s(self) -> float:
        due = await self._database.ask(next_due)
        left = (due - clock.now()).total_seconds() if due else LOOK_AGAIN_S
        return min(max(left, SHORTEST_SLEEP_S), LOOK_AGAIN_S)


def _account(work: Work, one: Sync) -> ChannelAccount:
    return work.get_one(ChannelAccount, one.account_id)
