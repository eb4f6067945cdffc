"""How an open websocket is ended from outside: an event that travels in its ASGI scope.

The outermost door puts it there and waits for it; whoever finds that the session behind a
socket is over sets it. Asking the other side to close would leave that to the other side.
"""

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from starlette.types import Message, Receive, Send

KEY = "jumper.hang_up"
CLOSED = {"type": "websocket.close", "code": 1008}
"""1008: the session is over, a matter of policy."""


def may_hang_up(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> Receive:
    """Let the socket be ended by ``hang_up``: give its application what comes back."""
    over = scope[KEY] = asyncio.Event()

    async def receive_until_over() -> Message:
        ending = asyncio.ensure_future(over.wait())
        heard = asyncio.ensure_future(receive())
        try:
            await asyncio.wait((ending, heard), return_when=asyncio.FIRST_COMPLETED)
            if not ending.done():
                return heard.result()
        finally:
            ending.cancel()
            if not heard.done():
                heard.cancel()
        with suppress(Exception):
            await send(CLOSED)
        return {"type": "websocket.disconnect", "code": 1008}

    return receive_until_over


def hang_up(scope: MutableMapping[str, Any]) -> None:
    """End the socket with this scope, unless it has ended."""
    if over := scope.get(KEY):
        over.set()
