"""The list of message shortcuts for the composer, and as a file: plain routes with a session."""

import asyncio
import functools
import gzip
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.conversations.shortcuts import importing, reading, sheet
from jumper_app.conversations.shortcuts.importing import Line
from jumper_app.conversations.shortcuts.reading import Offered
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, Refused
from jumper_app.people import throttle
from jumper_app.people.sessions import Who
from jumper_app.people.throttle import Throttle

from .auth import signed_in

FRESH = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
"""A browser keeps the answer and asks each time whether it is still the present one."""

IMPORTS = throttle.rate("30/minute")
"""Files that one session may hand in."""

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know UTF-8."""


@dataclass(frozen=True)
class Shortcuts:
    """The routes of message shortcuts. Everyone gets everyone's and their own, nothing else."""

    database: Database

    def routes(self) -> list[Route]:
        return [
            Route("/api/shortcuts", self.show, methods=["GET"]),
            Route("/api/shortcuts.csv", self.export, methods=["GET"]),
            Route("/api/shortcuts/import", self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole list; 304 when the browser has it."""
        who = await signed_in(request)
        if who is None:
            return _nobody()
        known = request.headers.get("if-none-match", "").removeprefix("W/")
        tag, rows = await self.database.ask(_list, who, known)
        headers = {**FRESH, "ETag": tag}
        if rows is None:
            return Response(status_code=304, headers=headers)
        return await asyncio.to_thread(_packed, rows, headers, _takes_gzip(request))

    async def export(self, request: Request) -> Response:
        """The same as a CSV file."""
        who = await signed_in(request)
        if who is None:
            return _nobody()
        file = BYTE_ORDER_MARK + await self.database.ask(importing.exported, who)
        headers = {
            "Content-Disposition": 'attachment; filename="message-shortcuts.csv"',
            "Cache-Control": "private, no-store",
        }
        return Response(file.encode(), media_type="text/csv", headers=headers)

    async def take(self, request: Request) -> Response:
        """A CSV file: with ``?dry`` say what it would do, else do all of it or nothing."""
        who = await signed_in(request)
        if who is None:
            return _nobody()
        try:
            _throttle().take(IMPORTS, str(who.session_id))
            rows = await asyncio.to_thread(sheet.read, await _body(request))
            if "dry" in request.query_params:
                lines = await self.database.ask(importing.look_at, rows, who)
            else:
                lines = await self.database.run(importing.take_in, rows, who, clock.now())
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, status_code=422)
        return JSONResponse(_report(lines))


async def _body(request: Request) -> bytes:
    """The request's body, counted while it comes. Raises BadInput when it is too large."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > sheet.MOST_BYTES:
            raise BadInput("This file is too large.")
    return bytes(held)


def _report(lines: list[Line]) -> dict[str, Any]:
    counts = Counter(one.outcome for one in lines)
    return {
        "counts": {name: counts[name] for name in ("create", "update", "unchanged", "error")},
        "lines": [asdict(one) for one in lines if one.outcome != "unchanged" or one.note],
    }


@functools.cache
def _throttle() -> Throttle:
    """This process's rates; made at first use, not at import."""
    return Throttle()


def _list(work: Work, who: Who, known: str) -> tuple[str, list[Offered] | None]:
    """The list under its name; without it when that name is ``known``."""
    tag = f'"{who.public_id}.{reading.version(work, who)}"'
    return tag, None if tag == known else reading.offered(work, who)


def _packed(rows: list[Offered], headers: dict[str, str], small: bool) -> Response:
    body = orjson.dumps({"rows": [_row(one) for one in rows]})
    if small:
        body, headers = gzip.compress(body, 6), {**headers, "Content-Encoding": "gzip"}
    return Response(body, media_type="application/json", headers=headers)


def _row(one: Offered) -> list[Any]:
    """As ``prepare`` in ``assets/composer/ranking.js`` takes it."""
    used = {channel: at.isoformat(timespec="seconds") for channel, at in one.used.items()}
    files = [[file.public_id, file.name, file.mime, file.size] for file in one.files]
    texts = (one.code, one.title, one.body)
    return [one.public_id, *texts, int(one.personal), one.uses, used, files]


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _nobody() -> Response:
    return JSONResponse({"error": "Sign in first."}, status_code=401)
