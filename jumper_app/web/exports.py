"""A customer's data as one archive, for admins."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from jumper_app import clock
from jumper_app.conversations import listing
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.privacy.exporting import Export, export
from jumper_app.db import Database, Work
from jumper_app.errors import NotFound
from jumper_app.settings import settings

from .auth import FormRefused, form_fields, signed_in

PATH = "/privacy/export"
PART_BYTES = 256 * 1024
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Exports:
    """The route that hands out what is known of one customer."""

    database: Database

    def routes(self) -> list[Route]:
        return [Route(PATH, self.give, methods=["POST"])]

    async def give(self, request: Request) -> Response:
        """``POST /privacy/export`` (form ``conversation``, ``notes``): a zip with ``data.json``."""
        who = await signed_in(request)
        if who is None or not who.is_admin:
            return _refused(HTTPStatus.FORBIDDEN, "Only an admin may export a customer's data.")
        try:
            told = await form_fields(request)
            public_id, notes = told.get("conversation", ""), bool(told.get("notes"))
            found = await self.database.run(_export, public_id, notes, who.id)
        except FormRefused as refusal:
            return _refused(HTTPStatus.BAD_REQUEST, refusal.for_agent)
        except NotFound as missing:
            return _refused(HTTPStatus.NOT_FOUND, missing.for_agent)
        archive = await run_in_threadpool(packed, found)
        return StreamingResponse(
            parts(archive),
            media_type="application/zip",
            headers={**HEADERS, "Content-Disposition": _named(found.name)},
        )


def _export(work: Work, public_id: str, notes: bool, agent_id: int) -> Export:
    key = listing.find(work, public_id)
    if key is None:
        raise NotFound("This conversation no longer exists.")
    return export(work, conversation_id=key, notes=notes, agent_id=agent_id, now=clock.now())


def packed(found: Export) -> IO[bytes]:
    """The archive, in a file that has no name and is gone when it is closed."""
    archive = tempfile.TemporaryFile(dir=settings().data_dir)  # noqa: SIM115 (closed by ``parts``)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", json.dumps(found.told, ensure_ascii=False, indent=1))
        for place, public_id in found.files.items():
            if path_of(public_id).is_file():
                pack.write(path_of(public_id), place)
    archive.seek(0)
    return archive


def parts(archive: IO[bytes]) -> Iterator[bytes]:
    """The bytes, a piece at a time."""
    with archive:
        while part := archive.read(PART_BYTES):
            yield part


def _named(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(f'{name}.zip', safe='')}"


def _refused(status: HTTPStatus, words: str) -> Response:
    return PlainTextResponse(words, status, HEADERS)
