"""The addresses that the widget talks to.

Every request names its visitor in a header, which no other site can make a browser send;
there is no cookie, so there is nothing that another site's page could ride on.
"""

import asyncio
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels.webchat import WEBCHAT, posts, tray
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.inbound import Delivery
from jumper_app.db import Database
from jumper_app.errors import JumperError, NotAllowed, NotFound
from jumper_app.live import CustomerTyping
from jumper_app.web.intake import Intake, NotStored

from . import bodies, feed, files
from .errors import TooFast, Unreadable
from .flood import Gate, Limits
from .pages import Pages
from .stream import Stream
from .turns import Turns
from .visitors import Knock, Visitor, admit, join

Endpoint = Callable[[Request], Awaitable[Response]]

NO_STORE = {"Cache-Control": "no-store"}
FILE_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Vary": "Authorization",
}
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""The second tells nginx to hand each event on at once."""

UPLOADS_AT_ONCE = 8
"""Files that are read into memory side by side, over all visitors."""

GOING_DOWN = signal.SIGUSR1
"""What a worker is sent before it is stopped."""

TRY_AGAIN_S = 2
"""When a message that could not be stored may be brought again, in seconds."""


class Widget:
    """The doors of every web chat of this installation."""

    def __init__(self, database: Database, intake: Intake, limits: Limits | None = None) -> None:
        self._database = database
        self._intake = intake
        self._gate = Gate(limits or Limits())
        self._streams: set[Stream] = set()
        self._turns = Turns()
        self._uploads = asyncio.Semaphore(UPLOADS_AT_ONCE)

    def routes(self) -> list[Route]:
        doors: list[tuple[str, str, Endpoint]] = [
            ("messages", "POST", self.write),
            ("messages", "GET", self.look_back),
            ("stream", "GET", self.stream),
            ("seen", "POST", self.see),
            ("typing", "POST", self.type),
            ("files", "POST", self.upload),
            ("files/{id}", "GET", self.download),
        ]
        return [
            *Pages(self._database).routes(),
            *(
                Route(f"/chat/{{key}}/{name}", _answering(door), methods=[method])
                for name, method, door in doors
            ),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve until the block ends. Streams end when the server says that it goes down."""
        loop = asyncio.get_running_loop()
        with suppress(RuntimeError, ValueError, NotImplementedError):  # not the main thread
            loop.add_signal_handler(GOING_DOWN, self.end_streams)
        try:
            yield
        finally:
            self.end_streams()

    def end_streams(self) -> None:
        """Every browser is to come again."""
        for stream in list(self._streams):
            stream.end()

    async def write(self, request: Request) -> Response:
        """A visitor's message. 200 only after the commit."""
        visitor = await self._visitor(request)
        said = await bodies.read(request, bodies.Message)
        file = await asyncio.to_thread(tray.find, _owner(visitor), said.file) if said.file else None
        if (said.file and file is None) or not (file or said.text.strip()):
            raise Unreadable
        self._gate.let_write(visitor, _address(request))
        written = posts.Written(id=said.id, text=said.text, choice=said.choice, file=file)
        await self._store(visitor, sender=_sender(visitor, said), written=written)
        return JSONResponse({"ref": said.id}, headers=NO_STORE)

    async def see(self, request: Request) -> Response:
        """How far our messages have come. Ids of others' messages are left out."""
        visitor = await self._visitor(request)
        told = await bodies.read(request, bodies.Seen)
        self._gate.let_tell(visitor, "seen")
        ids = {*told.delivered, *told.read}
        ours = await self._database.ask(feed.ours_among, visitor.conversation_id, ids)
        seen = posts.Seen(
            delivered=tuple(one for one in told.delivered if one in ours),
            read=tuple(one for one in told.read if one in ours),
        )
        if ours:
            await self._store(visitor, sender=visitor.sender, seen=seen)
        return Response(status_code=204, headers=NO_STORE)

    async def type(self, request: Request) -> Response:
        """The visitor types. Told to whoever looks, stored nowhere."""
        visitor = await self._visitor(request)
        typed = await bodies.read(request, bodies.Typing)
        self._gate.let_tell(visitor, "typing")
        if visitor.conversation_id:
            text = typed.text if visitor.chat.live_typing and typed.active else ""
            event = CustomerTyping(visitor.conversation_id, text=text, active=typed.active)
            self._database.hub.tell([event])
        return Response(status_code=204, headers=NO_STORE)

    async def upload(self, request: Request) -> Response:
        """A visitor's file. It is not said before a message names it."""
        visitor = await self._visitor(request)
        self._gate.let_upload(visitor, _address(request))
        async with self._uploads:
            file = await files.take(request, _owner(visitor))
        return JSONResponse({"file": file.place, "kind": file.kind}, 201, NO_STORE)

    async def download(self, request: Request) -> Response:
        """A file of this visitor's conversation, for a page that shows or saves it."""
        visitor = await self._visitor(request)
        where = (visitor.conversation_id, request.path_params["id"])
        row = await self._database.ask(feed.file_of, *where)
        if row is None or not path_of(row.public_id).is_file():
            raise NotFound
        return FileResponse(path_of(row.public_id), media_type=row.mime, headers=FILE_HEADERS)

    async def look_back(self, request: Request) -> Response:
        """The messages before one that is shown."""
        visitor = await self._visitor(request)
        before = request.query_params.get("before", "")
        where = (visitor.chat, visitor.conversation_id, before)
        bubbles, more = await self._database.ask(feed.earlier, *where)
        return JSONResponse({"bubbles": bubbles, "more": more}, headers=NO_STORE)

    async def stream(self, request: Request) -> Response:
        """What is said, as it is said; nothing before the visitor's first message."""
        visitor = await self._visitor(request)
        if not visitor.conversation_id:
            return Response(status_code=204, headers=NO_STORE)
        address = _address(request)
        self._gate.let_stream(address)
        place = request.headers.get("last-event-id", "")
        stream = Stream(self._database, self._turns, visitor, place)
        told = self._told(stream, address)
        return StreamingResponse(told, media_type="text/event-stream", headers=STREAM_HEADERS)

    async def _told(self, stream: Stream, address: str) -> AsyncGenerator[bytes]:
        """Everything the stream says, counted while it lasts."""
        self._streams.add(stream)
        try:
            with self._gate.streaming(address):
                async for line in stream.told():
                    yield line
        finally:
            self._streams.discard(stream)

    async def _visitor(self, request: Request) -> Visitor:
        """Who asks. What they wrote here as nobody joins what they wrote under their name."""
        knock = Knock.of(request.path_params["key"], request.headers)
        self._gate.let_look(knock.browser, _address(request))
        async with self._turns.turn(knock.browser):
            visitor = await self._database.ask(admit, knock, clock.machine())
            if visitor.joins:
                await self._database.run(join, knock, clock.machine())
                visitor = await self._database.ask(admit, knock, clock.machine())
        return visitor

    async def _store(self, visitor: Visitor, **parts: Any) -> None:
        """Hand a visitor's body to the first road; back after its commit."""
        post = posts.Post(account=visitor.chat.key, **parts).model_dump(mode="json")
        delivery = Delivery(
            channel=WEBCHAT.key,
            body=orjson.dumps(post),
            parsed=post,
            may_speak_for=frozenset({visitor.chat.key}),
            received_at=clock.now(),
        )
        await self._intake.store(delivery)


def _sender(visitor: Visitor, said: bodies.Message) -> posts.Sender:
    """Under which name a message is stored: the site's word, else the visitor's own."""
    sender = visitor.sender
    told = {
        "name": sender.name or said.name,
        "email": sender.email or said.email,
        "language": said.language,
        "timezone": said.timezone,
    }
    return sender.model_copy(update=told)


def _owner(visitor: Visitor) -> str:
    """Whose the files are that this visitor brings."""
    return f"{visitor.sender.identity.kind}:{visitor.sender.identity.value}"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _answering(door: Endpoint) -> Endpoint:
    """Answer a refusal with its code; the widget has the words."""

    async def endpoint(request: Request) -> Response:
        try:
            return await door(request)
        except NotStored:
            return _refusal("busy", 503, TRY_AGAIN_S)
        except JumperError as error:
            wait_s = error.retry_after_s if isinstance(error, TooFast) else 0
            return _refusal(error.code, _status(error), wait_s)

    return endpoint


def _status(error: JumperError) -> int:
    match error:
        case TooFast():
            return 429
        case NotAllowed():
            return 401
        case NotFound():
            return 404
        case _:
            return 422


def _refusal(code: str, status: int, wait_s: int) -> Response:
    headers = {**NO_STORE, "Retry-After": str(wait_s)} if wait_s else NO_STORE
    return JSONResponse({"error": code}, status_code=status, headers=headers)
