"""The visitors of the flood bench, a process of their own.

``python -m benchmarks.visitors --port 3000 --flooders 200 --seconds 20`` prints what the
honest ones waited, as JSON. Every visitor has an address of their own, as if a network of
machines were behind the flood; a proxy of the server's says which.
"""

import argparse
import asyncio
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.kill import posting

KEY = "bench"
HONEST = 3
"""Visitors who talk with the bot as people do."""

PAUSE_S = 1.5
"""What an honest visitor needs to read an answer before they write on."""

REFUSED_PAUSE_S = 0.1
"""How soon a flooder who was refused tries again. What they are told about when is ignored."""

LINES = (("order", "Did that help?"), ("Another question", "What is it about?"))
"""With these two the welcome flow talks for ever; beside each, what it says last."""

PATIENCE_S = 30.0


@dataclass
class Visitor:
    """One browser: a connection to post on, and one for its stream."""

    port: int
    number: int
    secret: str = field(
        default_factory=lambda: urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    )
    lines: int = 0
    awaits: str = ""

    def __post_init__(self) -> None:
        self._post = posting.Connection(self.port)
        self.answered = asyncio.Event()

    async def write(self, text: str) -> int:
        """The status that a message is answered with; 0 when there was no answer."""
        body = orjson.dumps({"id": secrets.token_hex(16), "text": text})
        head = f"{self._head('POST', 'messages')}Content-Type: application/json\r\n"
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        return await self._post.answer(request)

    async def next_line(self) -> int:
        """Write what keeps the bot talking. ``answered`` is set when it has said its answer."""
        says, self.awaits = LINES[self.lines % len(LINES)]
        self.lines += 1
        self.answered.clear()
        return await self.write(says)

    async def listen(self) -> None:
        """Hold the stream open until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"{self._head('GET', 'stream')}\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self._hear(orjson.loads(line[6:]))
        finally:
            writer.close()

    def _hear(self, told: dict[str, Any]) -> None:
        said = [one["text"] for one in told.get("bubbles", ()) if one["by"] == "bot"]
        if self.awaits and self.awaits in said:
            self.answered.set()

    def _head(self, method: str, name: str) -> str:
        address = f"10.7.{self.number // 250}.{self.number % 250 + 1}"
        return (
            f"{method} /chat/{KEY}/{name} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Visitor {self.secret}\r\n"
            f"X-Forwarded-For: {address}\r\n"
        )


@dataclass
class Visit:
    """Everything that happens in one run."""

    port: int
    flooders: int
    answers: Counter[int] = field(default_factory=Counter[int])
    acked_ms: list[float] = field(default_factory=list[float])
    answered_ms: list[float] = field(default_factory=list[float])

    async def run(self, seconds: float) -> dict[str, float]:
        crowd = [Visitor(self.port, number) for number in range(self.flooders + HONEST)]
        for one in crowd:
            await one.write("Hello")
        streams = [asyncio.create_task(one.listen()) for one in crowd]
        await asyncio.sleep(1)
        until = time.perf_counter() + seconds
        flood = [self._flood(one, until) for one in crowd[HONEST:]]
        await asyncio.gather(*flood, *(self._talk(one, until) for one in crowd[:HONEST]))
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        return self._told(seconds)

    async def _flood(self, one: Visitor, until: float) -> None:
        while time.perf_counter() < until:
            status = await one.next_line()
            self.answers[status] += 1
            if status != 200:
                await asyncio.sleep(REFUSED_PAUSE_S)

    async def _talk(self, one: Visitor, until: float) -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(PAUSE_S)
            began = time.perf_counter()
            if (status := await one.next_line()) != 200:
                raise SystemExit(f"an honest visitor was answered {status}")
            self.acked_ms.append(1000 * (time.perf_counter() - began))
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    await one.answered.wait()
            self.answered_ms.append(1000 * (time.perf_counter() - began))

    def _told(self, seconds: float) -> dict[str, float]:
        waits = sorted(self.answered_ms)
        other = sum(count for status, count in self.answers.items() if status not in (200, 429))
        return {
            "answer_p50_ms": waits[len(waits) // 2],
            "answer_p95_ms": waits[len(waits) * 95 // 100],
            "answer_max_ms": waits[-1],
            "ack_max_ms": max(self.acked_ms),
            "answers": len(waits),
            "let_in": self.answers[200] / seconds,
            "refused": self.answers[429] / seconds,
            "other": other,
        }


def main() -> None:
    """Visit for the time asked and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--flooders", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    asked = parser.parse_args()
    visit = Visit(asked.port, asked.flooders)
    print(json.dumps(asyncio.run(visit.run(asked.seconds))))


if __name__ == "__main__":
    main()
