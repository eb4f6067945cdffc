"""A small internet on this machine: names, a public server, and one that nobody may reach."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from jumper_app.fetching.addresses import is_public

OUTSIDE = "127.0.0.9"
"""Plays a public address: a listener on it is somebody's web server."""

INSIDE = "127.0.0.1"
"""This machine, as the guard must see it."""

Answer = Callable[[str], bytes | Awaitable[bytes]]
"""A path → the whole HTTP answer."""


@dataclass
class Listener:
    """A web server that remembers what it was asked. It answers every path the same way."""

    host: str
    answer: Answer
    port: int = 0
    asked: list[str] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ")[1].decode()
            self.asked.append(path)
            self.said.append(request)
            answer = self.answer(path)
            writer.write(answer if isinstance(answer, bytes) else await answer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def listening(*hosts: str, answer: Answer) -> AsyncGenerator[Listener]:
    """Listen at these addresses, at the same port of all of them."""
    first, *others = hosts
    bound = [_bind(first, 0)]
    port = bound[0].getsockname()[1]
    bound += [_bind(host, port) for host in others]
    listener = Listener(first, answer, port)
    servers = [await asyncio.start_server(listener.hear, sock=one) for one in bound]
    try:
        yield listener
    finally:
        for server in servers:
            server.close()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def page(body: bytes = b"inside", *, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer."""
    told = {"Content-Length": str(len(body)), "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def moved(to: str) -> bytes:
    """A redirect, to whatever it says."""
    lines = f"Location: {to}\r\nContent-Length: 0\r\nConnection: close\r\n"
    return f"HTTP/1.1 302 Found\r\n{lines}\r\n".encode()


def allowed(address: str) -> bool:
    """What the guard calls public, and the address that plays a public one."""
    return address == OUTSIDE or is_public(address)


class Names:
    """A name server. A name may stand for several addresses, and for others next time.

    Numbers in all the spellings that the C library reads are read by it.
    """

    def __init__(self, **names: list[Sequence[str]]) -> None:
        self.names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host in self.names:
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        return [number(host)]


def number(host: str) -> str:
    """The address that a spelling of a number stands for. Raises OSError for any other name."""
    bare = host.partition("%")[0]
    try:
        return str(ip_address(bare)) + host[len(bare) :]
    except ValueError:
        return socket.inet_ntoa(socket.inet_aton(host))
