"""Fetching customers' files, after their message is on every screen."""

import asyncio
import logging

from jumper_app import clock
from jumper_app.channels.contract import Door
from jumper_app.conversations.accounts import credentials
from jumper_app.conversations.attachments import (
    MAX_DOWNLOAD_BYTES,
    Fetch,
    fetched,
    keep_fetched,
    landing,
    next_fetches,
    not_fetched,
    put_off,
)
from jumper_app.db import Database, Work
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Files that are fetched side by side."""


class Fetching:
    """Fetches what is due and keeps it in our store."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors
        self._calls: set[asyncio.Task[None]] = set()

    async def fetch_due(self) -> int:
        """Start fetching what is due. Returns how many were started."""
        room = AT_ONCE - len(self._calls)
        if room <= 0:
            return 0
        due = await self._database.run_behind(next_fetches, now=clock.now(), limit=room)
        for one in due:
            task = asyncio.create_task(self._fetch(one))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        return len(due)

    async def _fetch(self, one: Fetch) -> None:
        try:
            await self._call(one)
        except Exception:
            log.exception("a file could not be fetched or kept; it is tried again")

    async def _call(self, one: Fetch) -> None:
        account = await self._database.ask(_account, one)
        door = self._doors[account.channel]
        with landing() as came, landing() as anew:
            try:
                told = await door.download(
                    credentials(account), one.media, came, MAX_DOWNLOAD_BYTES
                )
            except SendFailed as failure:
                log.info("a file was not fetched: %s %s", failure.code, failure.provider_code)
                await self._not_fetched(one, failure)
            else:
                kept = await asyncio.to_thread(keep_fetched, one, told, came, anew)
                await self._database.run_behind(fetched, one, kept)

    async def _not_fetched(self, one: Fetch, failure: SendFailed) -> None:
        if failure.pauses == "account":
            await self._database.run_behind(put_off, one, clock.now())
        else:
            await self._database.run_behind(not_fetched, one, for_good=not failure.retryable)

    async def finish(self) -> None:
        """Let the open downloads come to their end."""
        await asyncio.gather(*self._calls, return_exceptions=True)


def _account(work: Work, one: Fetch) -> ChannelAccount:
    return work.get_one(ChannelAccount, one.account_id)
