"""Brings webhooks to the app's door, signed, and comes again until it hears 200."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import httpx

from jumper_app import clock
from jumper_app.simulator.config import Config
from jumper_app.simulator.faults import Faults
from jumper_app.simulator.meta import webhooks
from jumper_app.simulator.store import Store

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0
"""How long Meta waits for an answer. Source: Messenger Platform, webhooks FAQ."""
GIVE_UP_AFTER_S = 7 * 24 * 3600
"""Source: WhatsApp Cloud API, webhooks overview (seven days)."""


class Postman:
    """The app's callback addresses and everything on its way there.

    A delivery is stored before its first try. Deliveries of one lane are tried in order;
    one that is refused is tried again beside the others, so that order is never promised.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        faults: Faults,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.config = config
        self.holding = False
        self.address: Callable[[str], str] = config.webhook_url
        """Where the deliveries of a channel go; empty: nowhere, nobody has subscribed."""
        self._store = store
        self._sql = store.sql
        self._faults = faults
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def working(self) -> AsyncGenerator[None]:
        """Deliver while inside; what was left from last time goes first."""
        client = httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_S, trust_env=False)
        async with client:
            self._client = client
            self._spawn(self._waiting(), lane="left over")
            try:
                yield
            finally:
                self._client = None
                await self._stop()

    def post(
        self, channel: str, bodies: Sequence[bytes], lane: str, about: str = ""
    ) -> "asyncio.Task[None] | None":
        """Send these deliveries one after the other; the task ends with the last first try.

        ``about``: ids of the customer's messages inside, divided by spaces.
        """
        if not self.address(channel):
            return None
        kept = [seq for body in bodies for seq in self._keep(channel, body, about)]
        return None if self.holding else self._spawn(kept, lane)

    def repeat(self, back: int = 0) -> bool:
        """Send a delivery that the app already took once more, byte for byte.

        Args:
            back: 0 for the last one, 1 for the one before it, and so on.
        """
        query = "select * from webhook where state='done' order by seq desc limit 1 offset ?"
        row = self._sql.execute(query, (back,)).fetchone()
        if row is not None:
            self.post(row["channel"], [row["body"]], lane="repeat")
        return row is not None

    def release(self, *, shuffle: int | None = None, batch: bool = False) -> int:
        """Stop holding and send what was held; the count of deliveries.

        Args:
            shuffle: Seed of a random order; None keeps the order.
            batch: Put everything of a channel into one body.
        """
        self.holding = False
        held = self._waiting()
        if shuffle is not None:
            random.Random(shuffle).shuffle(held)  # noqa: S311 - an order, not a secret
        if batch and held:
            held = self._batched(held)
        self._spawn(held, lane="held")
        return len(held)

    def delivered(self) -> list[bytes]:
        """The bodies that the app took, in the order in which they were written."""
        rows = self._sql.execute("select body from webhook where state='done' order by seq")
        return [row["body"] for row in rows]

    def counts(self) -> dict[str, int]:
        """Deliveries by state: waiting, done, dropped, given up."""
        rows = self._sql.execute("select state, count(*) as n from webhook group by state")
        return {row["state"]: row["n"] for row in rows}

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def _keep(self, channel: str, body: bytes, about: str) -> list[int]:
        """Store a delivery, or two or none of it when the script says so."""
        fault = self._faults.take("webhook")
        state = "dropped" if fault and fault.kind == "drop" else "waiting"
        times = 2 if fault and fault.kind == "twice" else 1
        values = (channel, body, about, state, 0, 0, clock.now().timestamp())
        insert = (
            "insert into webhook (channel, body, about, state, attempts, answer, at)"
            " values (?,?,?,?,?,?,?)"
        )
        kept = [self._sql.execute(insert, values).lastrowid for _ in range(times)]
        return [seq for seq in kept if seq is not None] if state == "waiting" else []

    def _waiting(self) -> list[int]:
        rows = self._sql.execute("select seq from webhook where state='waiting' order by seq")
        return [row["seq"] for row in rows]

    def _batched(self, seqs: Sequence[int]) -> list[int]:
        by_channel: dict[str, list[Any]] = {}
        for seq in seqs:
            row = self._row(seq)
            by_channel.setdefault(row["channel"], []).append(row)
            self._sql.execute("delete from webhook where seq=?", (seq,))
        return [seq for channel, rows in by_channel.items() for seq in self._merged(channel, rows)]

    def _merged(self, channel: str, rows: Sequence[Any]) -> list[int]:
        body = webhooks.merge(row["body"] for row in rows)
        return self._keep(channel, body, " ".join(row["about"] for row in rows if row["about"]))

    def _row(self, seq: int) -> Any:
        return self._sql.execute("select * from webhook where seq=?", (seq,)).fetchone()

    def _spawn(self, seqs: Sequence[int], lane: str) -> "asyncio.Task[None] | None":
        if self._client is None or not seqs:
            return None
        return self._own(self._first_tries(list(seqs), lane))

    def _own(self, coroutine: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _first_tries(self, seqs: list[int], lane: str) -> None:
        lock = self._lanes.setdefault(lane, asyncio.Lock())
        async with lock:
            for seq in seqs:
                if not await self._try(seq):
                    self._own(self._try_again(seq))

    async def _try_again(self, seq: int) -> None:
        delays = self.config.retry_delays_s
        attempt = 0
        while True:
            await asyncio.sleep(delays[min(attempt, len(delays) - 1)])
            if await self._try(seq) or self._too_old(seq):
                return
            attempt += 1

    async def _try(self, seq: int) -> bool:
        """Post once; True when there is nothing left to do."""
        client = self._client
        row = self._row(seq)
        if client is None or row is None or row["state"] != "waiting":
            return True
        answer = await self._answer(client, row["channel"], row["body"])
        state = "done" if answer == 200 else "waiting"
        update = "update webhook set state=?, answer=?, attempts=attempts+1 where seq=?"
        self._sql.execute(update, (state, answer, seq))
        if state == "done":
            self._store.set_taken(row["about"].split())
        return state == "done"

    async def _answer(self, client: httpx.AsyncClient, channel: str, body: bytes) -> int:
        """The app's HTTP status; 0 when it gave none."""
        signed = webhooks.headers(body, self.config.app_secret)
        address = self.address(channel) or self.config.webhook_url(channel)
        try:
            response = await client.post(address, content=body, headers=signed)
        except httpx.HTTPError as problem:
            log.info("webhook not delivered, will be tried again: %s", type(problem).__name__)
            return 0
        return response.status_code

    def _too_old(self, seq: int) -> bool:
        before = clock.now().timestamp() - GIVE_UP_AFTER_S
        update = "update webhook set state='given up' where seq=? and at<? returning seq"
        return self._sql.execute(update, (seq, before)).fetchone() is not None

    async def _stop(self) -> None:
        while self._tasks:
            tasks = set(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._tasks -= tasks
