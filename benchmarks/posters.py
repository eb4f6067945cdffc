"""The clients of the webhook bench, a process of their own: the same for every server.

``python -m benchmarks.posters --port 3000 --seconds 3 --turn 1`` prints how many
deliveries were acknowledged, as JSON. With ``--graph-port`` it takes the bot's answers
too, and new people write in every turn, so that the bot has somebody to answer.
"""

import argparse
import asyncio
import itertools
import json
import secrets
import time
from dataclasses import dataclass

from tests.kill import graph, posting

CLIENTS = 16
CUSTOMERS = 400
"""People who write, each again and again, as in the middle of a busy day."""

AHEAD = 5000
"""Deliveries a second that are signed before the clock starts: more than any server takes."""

TURN_S = 60
"""How much later, by the provider's clock, the messages of the next turn were written."""

TOGETHER = 50
"""Customers who introduce themselves in one body, before the clock starts."""


DONE: dict[str, object] = {"success": True}


@dataclass
class Turn:
    """One run of the clients against one server. No two have a message in common."""

    port: int
    number: int
    new_people: bool = False

    def __post_init__(self) -> None:
        self.name = secrets.token_hex(6)
        self._first = self.number * CUSTOMERS if self.new_people else 0
        self._began = int(time.time()) - 86400 // 2 + TURN_S * self.number

    def introductions(self) -> list[bytes]:
        """A word of every customer, so that nobody is new when the clock starts."""
        everyone = [self._message(number) for number in range(-CUSTOMERS, 0)]
        parts = [everyone[at : at + TOGETHER] for at in range(0, CUSTOMERS, TOGETHER)]
        return [posting.signed(posting.delivery(messages=part), self.port) for part in parts]

    def requests(self, count: int) -> list[bytes]:
        """Signed requests of one message each, the first one last."""
        bodies = (posting.delivery(messages=[self._message(n)]) for n in reversed(range(count)))
        return [posting.signed(body, self.port) for body in bodies]

    def _message(self, number: int) -> dict[str, object]:
        return posting.message(
            f"wamid.{self.name}{number}",
            f"1650{self._first + number % CUSTOMERS:07}",
            f"Message {number} of the bench: where is my order?",
            self._began + number // CUSTOMERS,
        )


async def play(turn: Turn, seconds: float, graph_port: int | None) -> dict[str, float]:
    """Post, and take the bot's answers if it has a Graph API to send them to."""
    if graph_port is None:
        return await post_all(turn, seconds)
    numbers = itertools.count()

    def take(sent: dict[str, object]) -> dict[str, object]:
        is_message = "type" in sent
        return graph.accepted(f"wamid.{turn.name}.{next(numbers)}") if is_message else DONE

    async with await graph.listening(graph_port, take):
        result = await post_all(turn, seconds)
        return {**result, "bot_messages": next(numbers)}


async def post_all(turn: Turn, seconds: float) -> dict[str, float]:
    """Post from ``CLIENTS`` connections side by side until the time is over."""
    for request in turn.introductions():
        await _post(posting.Connection(turn.port), request)
    requests = turn.requests(int(AHEAD * seconds))
    waits: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_client(turn.port, requests, until, waits) for _ in range(CLIENTS)))
    took = time.perf_counter() - began
    waits.sort()
    return {
        "acknowledged": len(waits),
        "per_second": len(waits) / took,
        "p50_ms": 1000 * waits[len(waits) // 2],
        "p99_ms": 1000 * waits[len(waits) * 99 // 100],
    }


async def _client(port: int, requests: list[bytes], until: float, waits: list[float]) -> None:
    connection = posting.Connection(port)
    while (now := time.perf_counter()) < until:
        await _post(connection, requests.pop())
        waits.append(time.perf_counter() - now)
    connection.close()


async def _post(connection: posting.Connection, request: bytes) -> None:
    answer = await connection.post(request)
    if answer != 200:
        raise SystemExit(f"a delivery was answered {answer}")


def main() -> None:
    """Post for the time asked and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--turn", type=int, default=0)
    parser.add_argument("--graph-port", type=int)
    asked = parser.parse_args()
    turn = Turn(asked.port, asked.turn, new_people=asked.graph_port is not None)
    print(json.dumps(asyncio.run(play(turn, asked.seconds, asked.graph_port))))


if __name__ == "__main__":
    main()
