"""Agents hand in files by plain routes: counted while they come, and never held in memory."""

import asyncio
from dataclasses import dataclass
from urllib.parse import unquote

from sqlmodel import col, select
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel
from jumper_app.conversations.attachments import (
    Landing,
    Prepared,
    landing,
    largest,
    prepare,
    store_upload,
    too_much,
)
from jumper_app.conversations.listing import find
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, NotFound, Refused
from jumper_app.models import Conversation
from jumper_app.people import throttle
from jumper_app.people.sessions import Who
from jumper_app.people.throttle import Throttle

from .auth import signed_in

OFTEN = throttle.rate("60/minute")
"""Files of one session; a send takes ten."""

LONGEST_NAME = 1000
"""Characters of a percent-encoded name that are read."""

PIECE = 1024 * 1024
"""Bytes that are written to the disk at once."""


@dataclass(frozen=True)
class Uploads:
    """The route that takes a file for one conversation."""

    database: Database
    rates: Throttle

    def routes(self) -> list[Route]:
        return [Route("/api/attachments/{conversation}", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """The body is the file, ``X-Filename`` its name. 422 with a sentence if it does not fit."""
        who = await signed_in(request)
        if who is None:
            return JSONResponse({"error": "Please sign in again."}, status_code=404)
        try:
            return JSONResponse(told(await self._taken(request, who)), status_code=201)
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, status_code=422)
        except ClientDisconnect:
            return Response(status_code=400)

    async def _taken(self, request: Request, who: Who) -> Prepared:
        self.rates.take(OFTEN, str(who.session_id), "upload")
        channel = await self.database.ask(channel_of, request.path_params["conversation"])
        name = unquote(request.headers.get("x-filename", "")[:LONGEST_NAME])
        with landing() as came, landing() as anew:
            await pour(request, came, largest(channel), too_much(channel))
            prepared = await asyncio.to_thread(prepare, channel, came, name, anew)
        await self.database.run(store_upload, prepared, agent_id=who.id, now=clock.now())
        return prepared


def told(prepared: Prepared) -> dict[str, object]:
    """What the browser hears of a file that was taken."""
    return {
        "attachment": prepared.public_id,
        "kind": prepared.kind,
        "name": prepared.filename,
        "size": prepared.size,
        "width": prepared.width,
        "height": prepared.height,
    }


async def pour(request: Request, into: Landing, limit: int, refusal: str) -> None:
    """Write the body to the disk. Raises BadInput as soon as it is more than ``limit`` bytes."""
    if int(request.headers.get("content-length", "0")) > limit:
        raise BadInput(refusal)
    held = bytearray()
    async for part in request.stream():
        held += part
        if into.size + len(held) > limit:
            raise BadInput(refusal)
        if len(held) >= PIECE:
            await asyncio.to_thread(into.write, bytes(held))
            held.clear()
    await asyncio.to_thread(into.write, bytes(held))


def channel_of(work: Work, conversation: str) -> Channel:
    """The channel of a conversation that a browser names. Raises NotFound."""
    key = find(work, conversation)
    if key is None:
        raise NotFound
    named = work.exec(select(Conversation.channel).where(col(Conversation.id) == key)).one()
    return CHANNELS[named]
