"""Asking providers who a customer is, beside everything else: nothing waits for a name."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager

from jumper_app import clock
from jumper_app.channels.contract import Door, MediaRef
from jumper_app.conversations.attachments import keep_fetched, landing
from jumper_app.conversations.portraits import LARGEST, fetch_of, keep_portrait
from jumper_app.conversations.profiles import ProfileDue, keep_profile, take_due
from jumper_app.db import Database
from jumper_app.errors import BadInput, SendFailed
from jumper_app.live import WorkWaiting

from .rounds import Rounds, always

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 2.0
"""The longest sleep, in seconds."""


class Acquainting:
    """Learns names and faces of customers whose channel does not tell them with messages."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors

    def running(self) -> AbstractAsyncContextManager[None]:
        """Work until the block ends. Who was asked about and not told is asked about later."""
        rounds = Rounds(
            look=self.ask_due,
            news=WorkWaiting,
            sleep_s=always(LOOK_AGAIN_S),
            stumbled="names could not be asked for; it looks again",
        )
        return rounds.going(self._database)

    async def ask_due(self) -> int:
        """Ask about everyone who is due. Returns how many there were."""
        due = await self._database.run_behind(take_due, now=clock.now())
        await asyncio.gather(*(self._ask(one) for one in due))
        return len(due)

    async def _ask(self, one: ProfileDue) -> None:
        try:
            told = await self._doors[one.channel].profile(one.credentials, one.names)
        except SendFailed as failure:
            log.info("a name was not told: %s", failure.code)
            return
        await self._database.run_behind(keep_profile, one, told, clock.now())
        if told.picture is not None:
            await self._portray(one, told.picture)

    async def _portray(self, one: ProfileDue, picture: MediaRef) -> None:
        """Fetch what shows their face. Whatever goes wrong, all else about them stays."""
        fetch, door = fetch_of(one.account_id, picture), self._doors[one.channel]
        with landing() as came, landing() as anew:
            try:
                told = await door.download(one.credentials, picture, came, LARGEST)
                file = await asyncio.to_thread(keep_fetched, fetch, told, came, anew)
            except (SendFailed, BadInput, OSError) as failure:
                log.info("a picture was not fetched: %s", type(failure).__name__)
                return
        await self._database.run_behind(
            keep_portrait, contact_id=one.contact_id, fetch=fetch, file=file, now=clock.now()
        )
