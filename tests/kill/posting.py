"""Signed WhatsApp deliveries, and the plainest HTTP client that can post them.

Used where a whole client library would cost more than what is measured, or would
hide what happens to a connection when its server is killed.
"""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import orjson

from tests import make

PATH = "/webhooks/whatsapp"
ANSWER_WITHIN_S = 10.0
"""How long a client waits for an answer before it takes another connection."""


class NoAnswer(Exception):
    """The connection ended, or never was, before a whole answer came."""


@dataclass
class Connection:
    """One kept-alive connection to a server of this machine."""

    port: int
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def post(self, request: bytes) -> int:
        """Send a whole request and give back the status. Raises NoAnswer."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await self._exchange(request)
        except (OSError, EOFError, ValueError, TimeoutError, IndexError) as error:
            self.close()
            raise NoAnswer(type(error).__name__) from error

    async def answer(self, request: bytes) -> int:
        """The status, or 0 when no whole answer came."""
        try:
            return await self.post(request)
        except NoAnswer:
            return 0

    async def _exchange(self, request: bytes) -> int:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        await self._reader.readexactly(content_length(head))
        return int(head[9:12])

    def close(self) -> None:
        """Let go; the next post opens a new one."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def content_length(head: bytes) -> int:
    """What the head of a request or answer says about its body; 0 when it is silent."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def signed(body: bytes, port: int, secret: str = make.APP_SECRET) -> bytes:
    """The whole request that delivers ``body``."""
    seal = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        "Content-Type: application/json\r\n"
        f"X-Hub-Signature-256: sha256={seal}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def message(wamid: str, wa_id: str, text: str, at: int) -> dict[str, Any]:
    """One element of ``messages``; ``at`` in Unix seconds."""
    return {
        "from": wa_id,
        "id": wamid,
        "timestamp": str(at),
        "type": "text",
        "text": {"body": text},
    }


def status(wamid: str, wa_id: str, state: str, reference: str, at: int) -> dict[str, Any]:
    """One element of ``statuses``."""
    return {
        "id": wamid,
        "status": state,
        "timestamp": str(at),
        "recipient_id": wa_id,
        "biz_opaque_callback_data": reference,
    }


def delivery(*, messages: list[dict[str, Any]] | None = None, **more: Any) -> bytes:
    """A body of Meta's for the number of the tests; ``statuses`` as a keyword."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "15550783881",
            "phone_number_id": make.PHONE_NUMBER_ID,
        },
        **more,
    }
    if messages:
        value["contacts"] = [
            {"profile": {"name": "Maya Ramirez"}, "wa_id": wa_id}
            for wa_id in dict.fromkeys(one["from"] for one in messages)
        ]
        value["messages"] = messages
    change = {"field": "messages", "value": value}
    entry = {"id": make.WABA, "changes": [change]}
    return orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
