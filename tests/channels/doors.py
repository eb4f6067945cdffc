"""A door to WhatsApp with a pretended network behind it."""

import asyncio
from typing import Any

import httpx
from pydantic import SecretStr

from jumper_app.channels.contract import Credentials
from jumper_app.channels.whatsapp.door import WhatsAppDoor

GRAPH = "https://graph.example"
TOKEN = "EAAG-very-secret"
ACCOUNT = Credentials(external_id="106540352242922", token=SecretStr(TOKEN))


def with_door(answer, act, url=GRAPH) -> tuple[Any, list[httpx.Request]]:
    """Do ``act`` with a door behind which ``answer`` stands; what it gives, and the requests."""
    asked = []

    def handle(request):
        asked.append(request)
        return answer(request)

    async def go():
        door = WhatsAppDoor(url, "v26.0", httpx.MockTransport(handle))
        try:
            return await act(door)
        finally:
            await door.aclose()

    return asyncio.run(go()), asked


def always(status, body=None, **more):
    """Answer everything the same."""
    return lambda request: httpx.Response(status, json=body, **more)


def breaks(error):
    """Answer nothing, as the network does when ``error`` happens."""

    def handle(request):
        raise error("the network", request=request)

    return handle
