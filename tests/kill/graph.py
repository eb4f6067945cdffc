"""The plainest Graph API: it takes what is posted and answers what it is told to answer."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson

from tests.kill import posting

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]
"""What to answer to a body; None when the answer is to be lost with its connection."""


async def listening(port: int, answer: Answer) -> asyncio.Server:
    """A Graph API on a port of this machine."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (told := answer(await _posted(reader))) is not None:
                body = orjson.dumps(told)
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return  # the client, or everything, has ended
        finally:
            writer.close()

    return await asyncio.start_server(serve, "127.0.0.1", port)


async def _posted(reader: asyncio.StreamReader) -> dict[str, Any]:
    head = await reader.readuntil(b"\r\n\r\n")
    return orjson.loads(await reader.readexactly(posting.content_length(head)))


def accepted(wamid: str) -> dict[str, Any]:
    """The answer to a message that was taken."""
    return {"messaging_product": "whatsapp", "messages": [{"id": wamid}]}
