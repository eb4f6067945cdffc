"""The one loop that runs in the background: bots, sending, read marks, files, second looks.

It sleeps until somebody stores work (``WorkWaiting``) or a row falls due, and looks
again every few seconds in any case, so that nothing waits for a wake-up that was lost.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from jumper_app import clock
from jumper_app.bots.resuming import next_resume, resume_next
from jumper_app.bots.runs import answer_next
from jumper_app.bots.timers import elapse_next, next_timer
from jumper_app.channels.contract import Door
from jumper_app.conversations.overdue import declare_unknown, next_due
from jumper_app.db import Database
from jumper_app.lately import Lately
from jumper_app.live import Listener, WorkWaiting

from .looking import what_waits
from .media import Fetching
from .reacting import Reacting
from .reading import tell_read
from .sending import Sending

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 2.0
"""The longest sleep, in seconds: the bound on every wait that no wake-up ends."""

SHORTEST_SLEEP_S = 0.02

ANSWERS_A_LOOK = 4
"""Customers whom the bot answers, each in a transaction of its own, before what it said leaves."""


HEARD_S = 30.0
"""So long, in seconds, what a customer wrote counts against them when others wait as well."""


class Background:
    """Everything that happens without anyone clicking."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors
        self._stopping = False
        self._sending = Sending(database, doors)
        self._fetching = Fetching(database, doors)
        self._reacting = Reacting(database, doors)
        self._heard = Lately[int](HEARD_S)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work until the block ends, then let open calls finish."""
        self._stopping = False
        working, reading = asyncio.create_task(self._work()), asyncio.create_task(self._read())
        try:
            yield
        finally:
            self._stopping = True
            self._database.hub.tell([WorkWaiting()])
            await asyncio.gather(working, reading)
            await self._sending.finish()
            await self._fetching.finish()
            await self._reacting.finish()

    async def _work(self) -> None:
        """Ends by itself, never cancelled: a committed claim must reach its call."""
        with self._database.hub.listening(_is_work) as listener:
            while not self._stopping:
                try:
                    await self._look(listener)
                except Exception:
                    log.exception("the background stumbled; it looks again")
                    await asyncio.sleep(LOOK_AGAIN_S)

    async def _look(self, listener: Listener) -> None:
        """Do what is due once; with nothing to do, wait for news or the next row."""
        if await self.work_once():
            listener.take()
            return
        sleep_s = await self._sleep_s()
        with suppress(TimeoutError):
            await asyncio.wait_for(listener.drain(), sleep_s)

    async def work_once(self) -> int:
        """One look at everything: the bot's answers first, so that they leave in the same look."""
        await self._sending.renew_claims()
        now = clock.now()
        waits = await self._database.ask(what_waits, now=now)
        done = await self._answer(now) if waits.words else 0
        done += await self._elapse(now) if waits.timers else 0
        if waits.sends or done:
            done += await self._sending.send_due()
        if waits.reactions:
            done += await self._reacting.react_due()
        if waits.files:
            done += await self._fetching.fetch_due()
        if waits.silence:
            done += await self._database.run_behind(declare_unknown, now=now)
        return done

    async def _answer(self, now: datetime) -> int:
        """Let the bot answer a few, each in a transaction of its own. Returns how many."""
        done, now_s = 0, now.timestamp()
        while done < ANSWERS_A_LOOK:
            heard = self._heard.had(now_s)
            looked = await self._database.run_behind(answer_next, now=now, heard=heard)
            if looked is None:
                break
            self._heard.add(looked.conversation_id, now_s, looked.lines)
            done += 1
        return done

    async def _elapse(self, now: datetime) -> int:
        """Let a few whose time has come go on, each in a transaction of its own."""
        done = 0
        for go_on in (elapse_next, resume_next):
            while done < ANSWERS_A_LOOK and await self._database.run_behind(go_on, now=now):
                done += 1
        return done

    async def _read(self) -> None:
        with self._database.hub.listening(_is_work) as listener:
            while not self._stopping:
                if not await self._tell_read():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(listener.drain(), LOOK_AGAIN_S)

    async def _tell_read(self) -> int:
        try:
            return await tell_read(self._database, self._doors)
        except Exception:
            log.exception("read marks could not be told; the next ones are")
            return 0

    async def _sleep_s(self) -> float:
        now = clock.now()
        soonest = (next_due, next_timer, next_resume)
        dues = [await self._database.ask(one, now=now) for one in soonest]
        due = min((one for one in dues if one is not None), default=None)
        if due is None:
            return LOOK_AGAIN_S
        left = (due - now).total_seconds()
        return min(max(left, SHORTEST_SLEEP_S), LOOK_AGAIN_S)

    async def settle(self) -> None:
        """Let every open call and download end; for tests."""
        await self._sending.finish()
        await self._fetching.finish()
        await self._reacting.finish()


def _is_work(event: object) -> bool:
    return isinstance(event, WorkWaiting)
