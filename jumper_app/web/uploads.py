"""Agents hand in files, or links to them: counted while they come, and never held in memory."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import unquote

from limits import RateLimitItem
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import col, select
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel, MenuItem
from jumper_app.conversations.attachments import (
    Landing,
    Prepared,
    check_room,
    copy_into,
    landing,
    largest,
    must_stand_behind,
    prepare,
    store_upload,
    too_much,
)
from jumper_app.conversations.listing import find
from jumper_app.conversations.shortcuts.files import NO_FILE, visible_file
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, NotFound, Refused
from jumper_app.fetching import Fetcher, LinkTooLarge
from jumper_app.models import ChannelAccount, Conversation
from jumper_app.people import throttle
from jumper_app.people.sessions import Who
from jumper_app.people.throttle import Throttle

from .auth import signed_in

UPLOADS, LINKS = throttle.rate("60/minute"), throttle.rate("20/minute")
"""Files of one session; a send takes at most ten."""

COPIES = throttle.rate("120/minute")
"""Files of shortcuts that one session puts into trays: no more is typed by hand."""

LONGEST_NAME = 1000
"""Characters of a percent-encoded name that are read."""

LONGEST_BODY = 8 * 1024
"""Bytes of a body that holds a link."""

PIECE = 1024 * 1024
"""Bytes that are written to the disk at once."""


class LinkBody(BaseModel):
    """What stands in the body of a link."""

    model_config = ConfigDict(extra="forbid", strict=True)

    link: str
    item: MenuItem | None = Field(default=None, strict=False)
    """The item of the menu that it was pasted under; left out, whatever the channel takes."""


class CopyBody(BaseModel):
    """What stands in the body of a copy: which file of a shortcut."""

    model_config = ConfigDict(extra="forbid", strict=True)

    file: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True)
class Brought:
    """A file that has been written to the disk: what it is called, and as what it was asked for."""

    name: str
    item: MenuItem | None = None


Body = TypeVar("Body", bound=BaseModel)

Bring = Callable[[Request, Who, Channel, Landing], Awaitable[Brought]]
"""Writes a file to the disk."""


class Uploads:
    """The routes that take a file for one conversation: from a browser, a link or a shortcut.

    They answer 201 with what is known of the file, or 422 with a sentence.
    """

    def __init__(self, database: Database, rates: Throttle, fetcher: Fetcher) -> None:
        self._database = database
        self._rates = rates
        self._fetcher = fetcher

    def routes(self) -> list[Route]:
        path = "/api/attachments/{conversation}"
        return [
            Route(path, self.take, methods=["POST"]),
            Route(f"{path}/link", self.open, methods=["POST"]),
            Route(f"{path}/shortcut", self.copy, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """The body is the file, ``X-Filename`` its name."""
        return await self._answer(request, self._from_body, UPLOADS)

    async def open(self, request: Request) -> Response:
        """The body is ``{"link": …}``."""
        return await self._answer(request, self._from_link, LINKS)

    async def copy(self, request: Request) -> Response:
        """The body is ``{"file": …}``, one that goes with a shortcut. The copy is a new upload."""
        return await self._answer(request, self._from_shortcut, COPIES)

    async def _answer(self, request: Request, bring: Bring, rate: RateLimitItem) -> Response:
        who = await signed_in(request)
        if who is None:
            return JSONResponse({"error": "Please sign in again."}, status_code=404)
        try:
            self._rates.take(rate, str(who.session_id))
            return JSONResponse(told(await self._keep(request, bring, who)), status_code=201)
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, status_code=422)
        except ClientDisconnect:
            return Response(status_code=400)

    async def _keep(self, request: Request, bring: Bring, who: Who) -> Prepared:
        channel = await self._database.ask(channel_of, request.path_params["conversation"])
        size, now = largest(channel), clock.now()
        await self._database.ask(check_room, agent_id=who.id, size=size, now=now)
        with landing() as came, landing() as anew:
            brought = await bring(request, who, channel, came)
            prepared = await asyncio.to_thread(prepare, channel, came, brought.name, anew)
            must_stand_behind(channel, brought.item, prepared.kind)
        await self._database.run(store_upload, prepared, agent_id=who.id, now=now)
        return prepared

    async def _from_body(
        self, request: Request, _: Who, channel: Channel, came: Landing
    ) -> Brought:
        await pour(request, came, largest(channel), too_much(channel))
        return Brought(name_in(request))

    async def _from_link(
        self, request: Request, _: Who, channel: Channel, came: Landing
    ) -> Brought:
        asked = await body_in(request, LinkBody)
        try:
            fetched = await self._fetcher.fetch(asked.link, came, largest(channel))
        except LinkTooLarge as error:
            raise BadInput(too_much(channel)) from error
        return Brought(fetched.filename, asked.item)

    async def _from_shortcut(
        self, request: Request, who: Who, channel: Channel, came: Landing
    ) -> Brought:
        asked = await body_in(request, CopyBody)
        file = await self._database.ask(visible_file, asked.file, who)
        if file.size > largest(channel):
            raise BadInput(too_much(channel))
        try:
            await asyncio.to_thread(copy_into, came, file.kept_as)
        except FileNotFoundError as error:
            raise BadInput(NO_FILE) from error
        return Brought(file.filename)


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


def name_in(request: Request) -> str:
    """What the sender of a body calls it."""
    return unquote(request.headers.get("x-filename", "")[:LONGEST_NAME])


async def body_in(request: Request, model: type[Body]) -> Body:
    """What a browser asks for in a few words. Raises BadInput."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise BadInput("This link is too long.")
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as error:
        raise BadInput from error


def announced(request: Request) -> int:
    """The bytes that a body is said to have; 0 when nothing is said."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


async def pour(request: Request, into: Landing, limit: int, refusal: str) -> None:
    """Write the body to the disk. Raises BadInput as soon as it is more than ``limit`` bytes."""
    if announced(request) > limit:
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
    """The channel of a conversation that a browser names; or of one of our accounts.

    For an account are the files of a conversation that is yet to begin. Raises NotFound.
    """
    key = find(work, conversation)
    account = select(ChannelAccount).where(col(ChannelAccount.public_id) == conversation)
    if key is None and (row := work.exec(account).first()) is not None:
        return CHANNELS[row.channel]
    if key is None:
        raise NotFound
    named = work.exec(select(Conversation.channel).where(col(Conversation.id) == key)).one()
    return CHANNELS[named]
