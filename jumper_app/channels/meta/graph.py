"""Calls to Meta's Graph API over one pool of connections."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from jumper_app.channels.contract import Credentials
from jumper_app.channels.loose import Object
from jumper_app.errors import SendFailed

from .answers import Codes, result_of
from .failures import BadRequest, NotReached, TokenRefused, Unanswered

TIMEOUT = httpx.Timeout(connect=5.0, read=30.0, write=30.0, pool=10.0)
"""Seconds. Reading is generous: giving up early makes a sent message look unknown."""
POOL = httpx.Limits(max_connections=50, max_keepalive_connections=20, keepalive_expiry=5.0)
"""Connections, and seconds that an idle one is kept."""
NOTHING_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""What httpx raises before the first byte of a request is written."""
SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
"""An id that may stand in an address; Meta's are digits."""


class Graph:
    """The Graph API of one installation.

    Args:
        url: Its address, used unless an account has its own.
        version: For instance ``v26.0``.
        codes: What each error code of the channel means.
        transport: Replaces the network, in tests.
    """

    def __init__(
        self,
        url: str,
        version: str,
        codes: Codes,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = url
        self._version = version
        self._codes = codes
        self._transport = transport
        self._pool: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient] | None = None

    async def call(
        self, credentials: Credentials, method: str, *path: str, delivers: bool, **request: Any
    ) -> Object:
        """Ask once and give back the object that Meta answers.

        ``path`` are the parts of the address after the version, each checked;
        ``request`` is what httpx takes: ``json``, ``params``, ``data``, ``files``.
        ``delivers``: a success brings a message to a customer, so a lost answer leaves
        it open whether it did. Other calls can simply be made again.
        """
        address = f"{self.base(credentials)}/{self._version}/{checked(path)}"
        try:
            answer = await self._client().request(
                method, address, headers=bearer(credentials), **request
            )
            return result_of(answer, self._codes)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise lost(error, delivers=delivers) from error
        except Unanswered as open_end:
            if delivers:
                raise
            raise NotReached(detail=open_end.detail) from open_end

    @asynccontextmanager
    async def stream(
        self, credentials: Credentials | None, address: str
    ) -> AsyncGenerator[httpx.Response]:
        """Open ``address``, with a token if given. The caller has checked whose it is."""
        headers = {"Accept-Encoding": "identity"}
        headers |= bearer(credentials) if credentials else {}
        try:
            async with self._client().stream("GET", address, headers=headers) as answer:
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise lost(error, delivers=False) from error

    def base(self, credentials: Credentials) -> str:
        """The API's address for this account, without a slash at its end."""
        return (credentials.graph_url or self._url).rstrip("/")

    async def aclose(self) -> None:
        """Close the pool; the next call opens another."""
        pool, self._pool = self._pool, None
        if pool:
            await pool[1].aclose()

    def _client(self) -> httpx.AsyncClient:
        """The pool of the running loop; connections cannot move between loops."""
        loop = asyncio.get_running_loop()
        if self._pool is None or self._pool[0] is not loop:
            client = httpx.AsyncClient(
                timeout=TIMEOUT,
                limits=POOL,
                trust_env=False,
                follow_redirects=False,
                transport=self._transport,
            )
            self._pool = (loop, client)
        return self._pool[1]


def bearer(credentials: Credentials) -> dict[str, str]:
    """The header that speaks for the account."""
    token = credentials.token.get_secret_value()
    if not token or not token.isascii() or not token.isprintable():
        raise TokenRefused(detail="The token is empty or has characters that no token has.")
    return {"Authorization": f"Bearer {token}"}


def checked(path: tuple[str, ...]) -> str:
    """The parts joined, if each is a plain id or word. Raises BadRequest."""
    if not all(SAFE_ID.fullmatch(part) for part in path):
        raise BadRequest(detail="An id has characters that no id of Meta has.")
    return "/".join(path)


def lost(error: Exception, *, delivers: bool) -> SendFailed:
    """What it means that no answer came. The detail names the kind, never the content."""
    kind = type(error).__name__
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return BadRequest(detail=kind)
    if delivers and not isinstance(error, NOTHING_LEFT):
        return Unanswered(detail=kind)
    return NotReached(detail=kind)
