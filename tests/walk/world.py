"""A workspace from nothing, a stand-in for Meta beside it, and what a person does with both."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, WebSocket

from jumper_app.settings import ROOT
from tests import server as servers
from tests.ports import free_port
from tests.walk.standin import PHONE_ID

STARTS_WITHIN_S = 30
PICTURES = ROOT / "build" / "walk"
"""Where each run leaves its pictures; those of the README were taken from here."""

WINDOW: ViewportSize = {"width": 1120, "height": 960}


@dataclass
class Canaries:
    """Secrets, and words of a customer, that must stand nowhere in plain text."""

    token: str = field(default_factory=lambda: f"EAAG{secrets.token_hex(20)}")
    app_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    wrong_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    password: str = field(default_factory=lambda: f"pass phrase {secrets.token_hex(8)}")
    wrong_password: str = field(default_factory=lambda: f"wrong phrase {secrets.token_hex(8)}")
    session: str = ""
    said: str = field(default_factory=lambda: f"canary{secrets.token_hex(8)}")
    """In everything that the customer and the agent say."""
    phone: str = "4915199001122"

    def secrets(self) -> dict[str, str]:
        """Whatever gives somebody a power."""
        told = {
            "token": self.token,
            "app secret": self.app_secret,
            "wrong app secret": self.wrong_secret,
            "password": self.password,
            "wrong password": self.wrong_password,
            "session": self.session,
        }
        assert all(len(value) > 15 for value in told.values()), "every secret was made"
        return told


@dataclass(frozen=True)
class StandIn:
    """The stand-in's process; has a ``url``, as a server has."""

    url: str

    def graph(self, path: str, as_: str, **form: str) -> httpx.Response:
        """Ask its Graph API, in the name of a token or of the app itself."""
        url = f"{self.url}/simulator/graph/v26.0/{path}"
        headers = {"Authorization": f"Bearer {as_}"}
        if form:
            return httpx.post(url, data=form, headers=headers, trust_env=False)
        return httpx.get(url, headers=headers, trust_env=False)

    def go_wrong(self, kind: str, **how: Any) -> None:
        """Let something go wrong with the next send."""
        url = f"{self.url}/simulator/api/faults"
        told = {"kind": kind, "number": PHONE_ID, **how}
        httpx.post(url, json=told, trust_env=False).raise_for_status()


@dataclass
class World:
    """Everything that the walk goes through, and what it leaves behind."""

    server: servers.Server
    standin: StandIn
    canaries: Canaries
    folder: Path
    frames: list[str] = field(default_factory=list)
    """What the server sent over the panel's sockets."""
    errors: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"

    def first_link(self) -> str:
        """The link that the terminal shows on an empty start."""
        lines = self.server.output.splitlines()
        return next(line.strip() for line in lines if "/setup/" in line)

    def sit_down(self, browser: Browser) -> Page:
        """A person at a browser; all that its sockets hear is kept."""
        context = browser.new_context(
            viewport=WINDOW, permissions=["clipboard-read", "clipboard-write"]
        )
        page = context.new_page()
        page.on("websocket", self._listen)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(str(frame)))


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Start both, with nothing in them."""
    canaries, port, other = Canaries(), free_port(), free_port()
    app = {
        "JUMPER_DEMO": "0",
        "JUMPER_GRAPH_URL": f"http://127.0.0.1:{other}/simulator/graph",
    }
    with (
        standing_in(folder, other, f"http://localhost:{port}", canaries) as standin,
        servers.running(folder, port=port, environment=app) as server,
    ):
        yield World(server, standin, canaries, folder)


@contextmanager
def standing_in(folder: Path, port: int, app_url: str, canaries: Canaries) -> Iterator[StandIn]:
    """Run the stand-in until the block ends."""
    told = {
        "STANDIN_APP_URL": app_url,
        "STANDIN_APP_SECRET": canaries.app_secret,
        "STANDIN_TOKEN": canaries.token,
        "STANDIN_FILE": str(folder / "standin.db"),
        "JUMPER_DATA_DIR": str(folder / "standin"),
    }
    command = (
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-access-log"),
        *("--host", "127.0.0.1", "--port", str(port), "tests.walk.standin:application"),
    )
    with (folder / "standin.log").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **told}, stdout=out, stderr=out
        )
    try:
        standin = StandIn(f"http://127.0.0.1:{port}")
        _wait_until_it_answers(standin, process)
        yield standin
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(standin: StandIn, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.TransportError):
            httpx.get(f"{standin.url}/simulator/api/phones", trust_env=False).raise_for_status()
            return
        time.sleep(0.1)
    raise AssertionError("the stand-in did not start")
