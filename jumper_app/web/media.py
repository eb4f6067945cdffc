"""Files in and out by plain routes: with a session, never from a public folder."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from urllib.parse import quote

from sqlmodel import col, select
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels.contract import MIB
from jumper_app.conversations.attachments import path_of, readable, store_upload
from jumper_app.conversations.listing import find
from jumper_app.db import Database, Work
from jumper_app.errors import NotFound, Refused
from jumper_app.models import Conversation

from .auth import signed_in

MAX_UPLOAD_BYTES = 6 * MIB
"""A little more than any channel's picture, so that the refusal can name the channel's limit."""

SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")
"""What a browser may draw; everything else is offered as a download."""

LOCKED_UP = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=86400, immutable",
}


@dataclass(frozen=True)
class Files:
    """The two routes for attachments."""

    database: Database

    def routes(self) -> list[Route]:
        return [
            Route("/media/{public_id}", self.show, methods=["GET"]),
            Route("/api/attachments/{conversation}", self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """One file, to someone who is signed in. Others learn nothing, not even its absence."""
        public_id = request.path_params["public_id"]
        if await signed_in(request) is None:
            return _missing()
        row = await self.database.ask(readable, public_id)
        if row is None or not path_of(row.public_id).is_file():
            return _missing()
        inline = row.mime.startswith(SHOWN_INLINE)
        return FileResponse(
            path_of(row.public_id),
            media_type=row.mime if inline else "application/octet-stream",
            headers={**LOCKED_UP, "Content-Disposition": _disposition(row.filename, inline)},
        )

    async def take(self, request: Request) -> Response:
        """An agent's picture for one conversation. 422 with a sentence when it does not fit."""
        who = await signed_in(request)
        if who is None:
            return _missing()
        content, filename = await _file_of(request)
        try:
            channel = await self.database.ask(_channel_of, request.path_params["conversation"])
            row = await self.database.run(
                store_upload,
                content=content,
                filename=filename,
                agent_id=who.id,
                channel_key=channel,
                now=clock.now(),
            )
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, status_code=422)
        answer = {"attachment": row.public_id, "width": row.width, "height": row.height}
        return JSONResponse(answer, status_code=201)


def _channel_of(work: Work, conversation: str) -> str:
    key = find(work, conversation)
    if key is None:
        raise NotFound
    return work.exec(select(Conversation.channel).where(col(Conversation.id) == key)).one()


async def _file_of(request: Request) -> tuple[bytes, str]:
    """The one file of a form. Raises 400 or 413; the bytes are counted while they come."""
    parser = MultiPartParser(request.headers, _counted(request), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400, "This form could not be read.") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(400, "There is no file in this form.")
        return await file.read(), file.filename or ""
    finally:
        await form.close()


async def _counted(request: Request) -> AsyncGenerator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_UPLOAD_BYTES:
            raise HTTPException(413, "This file is too large.")
        yield chunk


def _disposition(filename: str, inline: bool) -> str:
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename*=UTF-8''{quote(filename or 'file', safe='')}"


def _missing() -> Response:
    return JSONResponse({"error": "There is no such file."}, status_code=404)
