"""Browsers and machines that knock at the plain routes."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.types import ASGIApp, Message, Scope

HOME = "http://localhost:3000"


def visitor(app: ASGIApp, *, at: str = HOME, address: str = "192.0.2.7") -> httpx.AsyncClient:
    """A client at a network address; it keeps cookies and follows no redirects."""
    transport = httpx.ASGITransport(app=app, client=(address, 50000))
    return httpx.AsyncClient(transport=transport, base_url=at)


async def handshake(app: ASGIApp, path: str = "/_event/", **headers: str) -> str:
    """Try to open a websocket: ``accepted``, or ``refused`` before the handshake."""
    sent: list[Message] = []
    told = {"host": "localhost:3000", **{k.replace("_", "-"): v for k, v in headers.items()}}
    scope: Scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"EIO=4&transport=websocket",
        "headers": [(k.encode(), v.encode()) for k, v in told.items()],
        "client": ("192.0.2.7", 50000),
        "server": ("127.0.0.1", 3000),
        "scheme": "ws",
        "subprotocols": [],
    }

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return "accepted" if sent[0]["type"] == "websocket.accept" else "refused"


async def echo(scope: Scope, receive: Any, send: Any) -> None:
    """An app behind the door: says what reached it."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    client = (scope["client"] or ("",))[0].encode()
    own = [(b"content-security-policy", b"sandbox")] if scope["path"] == "/media/1" else []
    await send({"type": "http.response.start", "status": 200, "headers": own})
    await send({"type": "http.response.body", "body": b"inside, from " + client})


def words(response: httpx.Response) -> str:
    """What a person reads on a page."""
    body = response.text.partition("</head>")[2] or response.text
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def path_of(response: httpx.Response) -> str:
    """Where a redirect leads."""
    parts = urlsplit(response.headers["location"])
    return parts.path + (f"?{parts.query}" if parts.query else "")
