"""Agents' reactions leave: claimed, sent once, and what became of each written down."""

import asyncio
import logging

from jumper_app import clock
from jumper_app.channels.contract import Door
from jumper_app.conversations.accounts import credentials
from jumper_app.conversations.reactions import (
    ReactionClaim,
    claim_reactions,
    not_reacted,
    reacted,
)
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, SendFailed
from jumper_app.live import WorkWaiting
from jumper_app.models import ChannelAccount

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Reactions that may be on their way side by side."""


class Reacting:
    """Sends what agents say with an emoji."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors
        self._calls: set[asyncio.Task[None]] = set()

    async def react_due(self) -> int:
        """Claim what may leave now and start the calls. Returns how many were claimed."""
        room = AT_ONCE - len(self._calls)
        if room <= 0:
            return 0
        claims = await self._database.run_behind(claim_reactions, now=clock.now(), limit=room)
        for one in claims:
            task = asyncio.create_task(self._send(one))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        return len(claims)

    async def _send(self, one: ReactionClaim) -> None:
        try:
            await self._call(one)
        except Exception:
            log.exception("what became of a reaction could not be written down")
        finally:
            self._database.hub.tell([WorkWaiting()])

    async def _call(self, one: ReactionClaim) -> None:
        try:
            account = await self._database.ask(_account, one)
            await self._doors[one.channel].react(credentials(account), one.outbound)
        except BadInput as sealed:
            refusal = SendFailed(sealed.for_agent)
            await self._database.run_behind(not_reacted, one, refusal, clock.now())
        except SendFailed as failure:
            log.info("reaction refused: %s %s", failure.code, failure.provider_code)
            await self._database.run_behind(not_reacted, one, failure, clock.now())
        else:
            await self._database.run_behind(reacted, one, clock.now())

    async def finish(self) -> None:
        """Let the open calls come to their end."""
        await asyncio.gather(*self._calls, return_exceptions=True)


def _account(work: Work, one: ReactionClaim) -> ChannelAccount:
    return work.get_one(ChannelAccount, one.account_id)
