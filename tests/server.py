"""The whole server as a process of its own, to be talked to, stopped and killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from jumper_app.settings import ROOT
from tests import canaries
from tests.ports import free_port

COMMAND = (sys.executable, "-m", "jumper_app")
START_TIMEOUT_S = 240
"""A first start in an empty folder brings everything it needs."""

STOP_TIMEOUT_S = 20
ASK_EVERY_S = 0.05


class NotServing(AssertionError):
    """The server did not come up, or did not go down."""


@dataclass
class Server:
    """A started server: a supervisor and its workers, in a process group of their own."""

    process: subprocess.Popen[Any]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What it has said so far."""
        return self.log.read_text()

    def processes(self) -> list[psutil.Process]:
        """All of its processes, the started one first."""
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)]
        return []

    def wait_until_serving(self) -> None:
        """Come back as soon as it answers."""
        self._wait(self._answers)

    def wait_until_said(self, words: str) -> None:
        """Come back as soon as it has said that."""
        self._wait(lambda: words in self.output)

    def _wait(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not happened():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise NotServing(self.output)
            time.sleep(ASK_EVERY_S)

    def interrupt(self) -> None:
        """Press Ctrl-C in its terminal, and wait until nothing of it is left."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """``kill -9`` the supervisor and every worker at the same moment."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        mine = self.processes()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        _, left = psutil.wait_procs(mine, STOP_TIMEOUT_S)
        self.process.wait(STOP_TIMEOUT_S)
        canaries.look_through(self.log)
        if left:
            raise NotServing(f"still there: {[process.cmdline() for process in left]}")

    def _answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", trust_env=False).is_success
        return False


@contextmanager
def running(
    folder: Path,
    *,
    command: Sequence[str] = COMMAND,
    cwd: Path = ROOT,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server until the block ends; its data and its log live in ``folder``."""
    server = start(folder, command=command, cwd=cwd, port=port, environment=environment)
    try:
        server.wait_until_serving()
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def start(
    folder: Path,
    *,
    command: Sequence[str] = COMMAND,
    cwd: Path = ROOT,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Server:
    """Start a server and do not wait for it."""
    port = port or free_port()
    log = folder / "server.log"
    own = {"JUMPER_PORT": str(port), "JUMPER_DATA_DIR": str(folder / "data")}
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **own, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Server(process, port, log)
