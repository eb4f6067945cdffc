"""The list of message shortcuts for the composer, and as a file: plain routes with a session."""

import asyncio
import gzip
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app.conversations.shortcuts import importing, reading
from jumper_app.conversations.shortcuts.reading import Offered
from jumper_app.db import Database, Work
from jumper_app.people.sessions import Who

from .auth import signed_in

FRESH = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
"""A browser keeps the answer and asks each time whether it is still the present one."""

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
    return [one.public_id, one.code, one.title, one.body, int(one.personal), one.uses, used]


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _nobody() -> Response:
    return JSONResponse({"error": "Sign in first."}, status_code=401)
