"""The panel's server as it runs, without its front end, and sockets to talk to it.

Two are served on one database: one with its doors as they are, one that lets every
websocket in, to show that each handler holds by itself.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import websockets

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 60
ANSWER_WITHIN_S = 20
HYDRATE = "reflex___state____state.hydrate"


@dataclass(frozen=True)
class Served:
    """A server that runs.

    Attributes:
        url: Its address, the origin browsers would send.
    """

    url: str

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/_event/?EIO=4&transport=websocket"


@contextmanager
def serving(database_url: str, folder: Path, *, entry: str) -> Iterator[Served]:
    """Serve ``entry`` (``module:factory``) until the block ends."""
    port = free_port()
    environ = {
        **os.environ,
        "JUMPER_PORT": str(port),
        "JUMPER_DATA_DIR": str(folder),
        "JUMPER_DATABASE_URL": database_url,
        "JUMPER_DEMO": "0",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_SKIP_COMPILE": "true",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-access-log"),
        *("--host", "127.0.0.1", "--port", str(port), entry),
    ]
    log = folder / f"{port}.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", server, log)
        yield Served(f"http://localhost:{port}")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(url, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not start:\n{log.read_text()[-4000:]}")


class Line:
    """One tab's socket, spoken to in raw socket.io frames."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket

    async def send(self, name: str, payload: Any) -> None:
        route = {"pathname": "/", "asPath": "/"}
        event = {"name": name, "payload": payload, "router_data": route}
        await self.socket.send("42/_event," + json.dumps(["event", event]))

    async def answer(self) -> str:
        """The next update, as it came."""
        while True:
            frame = str(await self.socket.recv())
            if frame == "2":
                await self.socket.send("3")
            elif frame.startswith("42/_event,"):
                return frame

    async def last_words(self) -> list[str]:
        """All updates until the server hangs up."""
        said: list[str] = []
        async with asyncio.timeout(ANSWER_WITHIN_S):
            with suppress(websockets.ConnectionClosed):
                while True:
                    said.append(await self.answer())
        return said

    async def ask(self, name: str, payload: Any) -> str:
        """Send an event; return all that came until one more event was answered.

        Reflex answers the events of a tab in turn, so what the first caused came before
        the answer to the second, unless it runs in the background.
        """
        await self.send(name, payload)
        await self.send(HYDRATE, {})
        said = [await self.answer()]
        while "is_hydrated" not in said[-1] and "window.location.assign" not in said[-1]:
            said.append(await self.answer())
        return "\n".join(said)

    async def refusal(self, name: str, payload: Any) -> str:
        """Send an event that must be refused; return the words of the refusal."""
        return await self.until("testId", name, payload)

    async def until(self, words: str, name: str, payload: Any) -> str:
        """Send an event and wait for an update with these words."""
        await self.send(name, payload)
        said = ""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                while words not in said:
                    said = await self.answer()
        except TimeoutError:
            raise AssertionError(f"{name} did not answer {words!r}, but {said!r}") from None
        return said


@asynccontextmanager
async def line(served: Served, session: str, **headers: str) -> AsyncIterator[Line]:
    """A fresh tab's socket with a session cookie. Raises InvalidStatus if it is refused."""
    address = f"{served.socket_url}&token={uuid.uuid4()}"
    told = {"Cookie": f"jumper={session}"} if session else {}
    async with websockets.connect(
        address,
        origin=headers.pop("origin", served.url),  # type: ignore[arg-type]
        additional_headers={**told, **headers},
        max_size=None,
        max_queue=None,
        open_timeout=ANSWER_WITHIN_S,
        proxy=None,
    ) as socket:
        await socket.recv()
        await socket.send("40/_event,{}")
        await socket.recv()
        yield Line(socket)
