"""The socket that opens public addresses only, whatever a name or a redirect says.

A name is looked up once, at the moment of connecting, and the connection goes to the very
address that was judged: no spelling of a number, no redirect and no second answer of a
name server comes between. TLS still checks the certificate against the name.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, cast

import httpcore

from .addresses import is_public

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host and a port → the addresses that it stands for."""

WEB_PORTS = frozenset({80, 443})

MOST_TRIES = 3
"""Addresses of one name that are tried, for a machine that has no way to the newer kind."""


class Guarded(httpcore.ConnectError):
    """The address is none that we open."""


async def look_up(host: str, port: int) -> Sequence[str]:
    """Ask the system. Raises OSError when there is no such name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Guard(httpcore.AsyncNetworkBackend):
    """Connects to public addresses and web ports.

    Args:
        allowed: Which addresses are public; tests open their own loopback.
        ports: Where one may knock.
        resolve: Looks names up.
    """

    def __init__(
        self,
        allowed: Callable[[str], bool] = is_public,
        ports: Iterable[int] = WEB_PORTS,
        resolve: Resolve = look_up,
    ) -> None:
        self._allowed = allowed
        self._ports = frozenset(ports)
        self._resolve = resolve
        self._network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the library's own signature)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect if every address of ``host`` is public. Raises Guarded."""
        *others, last = (await self._judged(host, port))[:MOST_TRIES]
        for address in others:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _judged(self, host: str, port: int) -> Sequence[str]:
        if port not in self._ports:
            raise Guarded("a port that is none of the web's")
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Guarded("no such name") from error
        if not addresses or not all(self._allowed(address) for address in addresses):
            raise Guarded("not public")
        return addresses
