"""The world outside: sixteen clients that post, and a Graph API that takes the answers.

A process of its own, which nobody kills. At the first line of its input it begins nothing
new, posts until all is acknowledged, and says so; at the second it ends.
"""

import argparse
import asyncio
import itertools
import random
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from tests.kill import graph, posting
from tests.kill.ledger import Ledger

CLIENTS = 16
REPEATS = 0.10
"""The share of deliveries that are an earlier body once more."""

SEVERAL = 0.2
"""The share of bodies that carry more than one message."""

MESSAGES_EACH = 24
"""After so many messages a client plays a new customer, so that the bot greets again. It
answers the first few and then calls a person, so it is never far behind."""

NO_ANSWER = 0.03
"""The share of accepted sends whose answer is lost with its connection."""

TRY_AGAIN_S = 0.02


class Outside:
    """Everybody but us."""

    def __init__(self, port: int, ledger: Ledger, seed: int) -> None:
        self._port = port
        self._ledger = ledger
        self._random = random.Random(seed)
        self._numbers = itertools.count(1)
        self._customers = itertools.count(1)
        self._bodies: list[bytes] = []
        self._statuses: deque[bytes] = deque()
        self._over = asyncio.Event()

    def end(self) -> None:
        """Begin nothing new."""
        self._over.set()

    async def write(self) -> None:
        """Post from all clients until ``end``, and then until all is acknowledged."""
        await asyncio.gather(*(self._client() for _ in range(CLIENTS)))

    async def _client(self) -> None:
        customer, left = self._new_customer(), MESSAGES_EACH
        while not self._over.is_set():
            if self._statuses:
                await self._deliver(self._statuses.popleft(), [])
            elif self._bodies and self._random.random() < REPEATS:
                await self._deliver(self._random.choice(self._bodies), [])
            else:
                count = self._random.randint(2, 4) if self._random.random() < SEVERAL else 1
                await self._deliver(*self._news(customer, count))
                left -= count
            if left <= 0:
                customer, left = self._new_customer(), MESSAGES_EACH

    async def tell_statuses(self) -> None:
        """Post what the Graph API has to say about our sends, as it comes."""
        while True:
            await self.tell_statuses_left()
            await asyncio.sleep(TRY_AGAIN_S)

    async def tell_statuses_left(self) -> None:
        """Post what it has said so far."""
        while self._statuses:
            await self._deliver(self._statuses.popleft(), [])

    def _new_customer(self) -> str:
        return f"1650{next(self._customers):07}"

    def _news(self, customer: str, count: int) -> tuple[bytes, list[str]]:
        """A body with new messages of this customer, and their ids."""
        numbers = [next(self._numbers) for _ in range(count)]
        texts = {f"wamid.kill{number:07}": f"message number {number}" for number in numbers}
        now = int(time.time())
        body = posting.delivery(
            messages=[posting.message(key, customer, text, now) for key, text in texts.items()]
        )
        self._ledger.enter("posted", messages=texts)
        self._bodies.append(body)
        return body, list(texts)

    async def _deliver(self, body: bytes, ids: list[str]) -> None:
        """Post until the answer is 200, each time on a new connection."""
        request = posting.signed(body, self._port)
        while True:
            connection = posting.Connection(self._port)
            answer = await connection.answer(request)
            connection.close()
            if answer == 200:
                break
            await asyncio.sleep(TRY_AGAIN_S)
        self._ledger.enter("acknowledged", ids=ids)

    def take(self, sent: dict[str, Any]) -> dict[str, Any] | None:
        """Answer for the Graph API. What it accepts is in the ledger before the answer."""
        if "type" not in sent:
            return {"success": True}
        reference = sent["biz_opaque_callback_data"]
        wamid, wa_id = f"wamid.ours{next(self._numbers):07}", sent["to"].removeprefix("+")
        self._ledger.enter("accepted", reference=reference, wamid=wamid)
        told = posting.status(wamid, wa_id, "sent", reference, int(time.time()))
        self._statuses.append(posting.delivery(statuses=[told]))
        return None if self._random.random() < NO_ANSWER else graph.accepted(wamid)


async def play(port: int, graph_port: int, ledger: Ledger, seed: int) -> None:
    """Be the world; see above for when it ends."""
    outside = Outside(port, ledger, seed)
    async with await graph.listening(graph_port, outside.take):
        writing = asyncio.create_task(outside.write())
        await asyncio.to_thread(sys.stdin.readline)
        outside.end()
        await writing
        print("acknowledged", flush=True)
        telling = asyncio.create_task(outside.tell_statuses())
        await asyncio.to_thread(sys.stdin.readline)
        telling.cancel()
        await outside.tell_statuses_left()


def main() -> None:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--graph-port", type=int, required=True)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    with Ledger(asked.ledger) as ledger:
        asyncio.run(play(asked.port, asked.graph_port, ledger, asked.seed))


if __name__ == "__main__":
    main()
