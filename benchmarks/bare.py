"""What the webhook door is compared with: Starlette, SQLite, one check and one insert.

Nothing else: no accounts, no conversations, nobody told. As safe as ours, though:
the answer comes after a commit that has reached the disk.
"""

import asyncio
import hashlib
import hmac
import os
import sqlite3
from threading import Lock

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests import make
from tests.kill.posting import PATH


def application() -> Starlette:
    """The factory that the server calls; ``BARE_DATABASE`` names its file."""
    connection = sqlite3.connect(
        os.environ["BARE_DATABASE"], check_same_thread=False, isolation_level=None
    )
    for statement in (
        "pragma journal_mode=wal",
        "pragma synchronous=full",
        "create table if not exists delivery (id integer primary key, body blob not null)",
    ):
        connection.execute(statement)
    lock = Lock()

    def store(body: bytes) -> None:
        with lock:
            connection.execute("begin immediate")
            connection.execute("insert into delivery (body) values (?)", (body,))
            connection.execute("commit")

    async def receive(request: Request) -> Response:
        body = await request.body()
        seal = hmac.new(make.APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        given = request.headers.get("x-hub-signature-256", "")
        if not hmac.compare_digest(given, f"sha256={seal}"):
            return PlainTextResponse("no", 403)
        await asyncio.to_thread(store, body)
        return PlainTextResponse("ok")

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[Route(PATH, receive, methods=["POST"]), Route("/healthz", alive)],
    )
