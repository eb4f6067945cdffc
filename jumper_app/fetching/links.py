"""Fetching what a link leads to: a few redirects, a deadline, a limit, and no questions asked.

Nothing of us goes along: no cookie, no sign-in, no proxy of the environment.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import unquote

import httpcore
import httpx

from .errors import LinkRefused, LinkTooLarge, LinkTooSlow, NoLink, NothingThere
from .guard import Guard

DEADLINE_S = 15.0
"""Seconds for everything together: names, connections, redirects, the file."""

STEP_S = 5.0
"""Seconds for a single connection, and between two pieces."""

MOST_REDIRECTS = 3
LONGEST_LINK = 2000
SCHEMES = ("https", "http")
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f]*:[0-9a-f:.]+", re.IGNORECASE)
"""A name or a number, after the letters of other alphabets have been put into ASCII."""
MOVED = frozenset({301, 302, 303, 307, 308})

HEADERS = {
    "User-Agent": "Jumper (opens a link that an agent sends to a customer)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class Sink(Protocol):
    """Where what comes is written."""

    def write(self, part: bytes, /) -> object: ...


@dataclass(frozen=True)
class Fetched:
    """What a link gave: a name for it, and how many bytes."""

    filename: str
    size: int


class Fetcher:
    """Opens links. Holds no connection from one link to the next.

    Args:
        guard: The socket; tests hand in one that opens their own machine.
        tls: What is believed of certificates; None: what the system believes.
    """

    def __init__(
        self,
        guard: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._guard = guard or Guard()
        self._tls = tls
        self._deadline_s = deadline_s

    async def fetch(self, link: str, into: Sink, limit: int) -> Fetched:
        """Write what ``link`` leads to, at most ``limit`` bytes. Raises LinkRefused members."""
        address = parsed(link)
        try:
            async with asyncio.timeout(self._deadline_s), self._open(address) as (there, answer):
                size = await _pour(answer, into, limit)
                return Fetched(_name(there, answer), size)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise LinkTooSlow from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            raise LinkRefused from error

    @asynccontextmanager
    async def _open(
        self, address: httpx.URL
    ) -> AsyncGenerator[tuple[httpx.URL, httpcore.Response]]:
        """Follow redirects, each judged like the first address, to an answer that is a file."""
        if self._tls is None:
            self._tls = await asyncio.to_thread(httpx.create_ssl_context, trust_env=False)
        async with httpcore.AsyncConnectionPool(self._tls, network_backend=self._guard) as pool:
            for _ in range(MOST_REDIRECTS + 1):
                async with _asked(pool, address) as answer:
                    if answer.status not in MOVED:
                        _must_be_a_file(answer)
                        yield address, answer
                        return
                    address = parsed(_moved_to(address, answer))
        raise NothingThere


def parsed(link: str) -> httpx.URL:
    """The address in a link. Raises NoLink for what a browser would not open as a web page."""
    try:
        address = httpx.URL(link.strip())
    except httpx.InvalidURL as error:
        raise NoLink from error
    if len(link) > LONGEST_LINK or address.scheme not in SCHEMES:
        raise NoLink
    if not HOST.fullmatch(address.raw_host.decode("ascii")):
        raise NoLink
    if address.userinfo:
        raise NoLink("This link carries a sign-in. It must be public.")
    return address


def _asked(pool: httpcore.AsyncConnectionPool, address: httpx.URL):
    step = {"connect": STEP_S, "read": STEP_S, "write": STEP_S, "pool": STEP_S}
    host = address.netloc.decode("ascii")
    url = httpcore.URL(
        scheme=address.raw_scheme,
        host=address.raw_host,
        port=address.port,
        target=address.raw_path,
    )
    return pool.stream("GET", url, headers={"Host": host, **HEADERS}, extensions={"timeout": step})


def _header(answer: httpcore.Response, name: str) -> str:
    found = [value for key, value in answer.headers if key.lower() == name.encode()]
    return found[0].decode("latin-1") if found else ""


def _moved_to(address: httpx.URL, answer: httpcore.Response) -> str:
    try:
        return str(address.join(_header(answer, "location")))
    except httpx.InvalidURL as error:
        raise NothingThere from error


def _must_be_a_file(answer: httpcore.Response) -> None:
    if answer.status != httpx.codes.OK:
        raise NothingThere
    if _header(answer, "content-encoding").lower() not in {"", "identity"}:
        raise NothingThere


async def _pour(answer: httpcore.Response, into: Sink, limit: int) -> int:
    """Write the body as it comes. What was announced counts as well as what arrives."""
    announced = _header(answer, "content-length")
    if announced.isdigit() and int(announced) > limit:
        raise LinkTooLarge
    size = 0
    async for part in answer.aiter_stream():
        size += len(part)
        if size > limit:
            raise LinkTooLarge
        await asyncio.to_thread(into.write, part)
    if announced.isdigit() and size != int(announced):
        raise NothingThere
    return size


def _name(address: httpx.URL, answer: httpcore.Response) -> str:
    """What the server calls the file, else the last part of its address."""
    told = Message()
    told["Content-Disposition"] = _header(answer, "content-disposition")
    return told.get_filename("") or unquote(PurePosixPath(address.path).name)
