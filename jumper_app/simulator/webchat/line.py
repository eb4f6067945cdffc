"""Reading a stream of server-sent events. Source: HTML Living Standard, 9.2."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import httpx
import orjson


@dataclass(frozen=True)
class Event:
    """One event: what kind, its place in the feed, and what it says."""

    kind: str
    place: str
    data: dict[str, Any]


async def events(answer: httpx.Response) -> AsyncGenerator[Event]:
    """The events of an open answer, until it ends."""
    fields: dict[str, str] = {}
    async for row in answer.aiter_lines():
        name, _, value = row.partition(": ")
        if row:
            fields[name] = value
        elif "event" in fields:
            yield Event(fields["event"], fields.get("id", ""), orjson.loads(fields["data"]))
            fields = {}
