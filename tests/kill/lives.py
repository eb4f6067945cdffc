"""Servers that are killed and started again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from jumper_app.settings import ROOT
from tests import server


class Lives(Protocol):
    """A server of which there is one life after another, on the same port."""

    def start(self, *environment: str) -> None:
        """Begin a life, with these ``NAME=value`` for it alone. Does not wait for it."""

    def kill(self) -> None:
        """``kill -9`` its whole process group."""


class Service:
    """The doors and workers alone, forked from a parent that has imported everything."""

    def __init__(self, parent: "Parent", environment: dict[str, str]) -> None:
        self._parent = parent
        self._environment = environment

    def start(self, *environment: str) -> None:
        mine = dict(pair.split("=", 1) for pair in environment)
        self._parent.order("start", self._environment | mine)

    def kill(self) -> None:
        self._parent.order("kill")

    def wait_for_its_end(self) -> None:
        """Come back when this life has ended by itself."""
        self._parent.order("await")


class Parent:
    """The process of ``tests.kill.served``, for one service at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @contextmanager
    def service(self, environment: dict[str, str]) -> Iterator[Service]:
        """A service of this environment; none of its lives outlasts the block."""
        try:
            yield Service(self, environment)
        finally:
            self.order("kill")

    def order(self, verb: str, environment: dict[str, str] | None = None) -> None:
        """Have something done; come back when it is."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([verb, environment or {}]) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline(), "the parent of the services is gone"


@contextmanager
def parent(log: Path) -> Iterator[Parent]:
    """A process that has imported everything; what its services say goes to ``log``."""
    with (
        log.open("ab") as out,
        subprocess.Popen(
            [sys.executable, "-m", "tests.kill.served"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        ) as process,
    ):
        yield Parent(process)


class WholeServer:
    """Everything, as ``python -m jumper_app`` starts it."""

    def __init__(self, folder: Path, port: int, environment: dict[str, str]) -> None:
        self._folder = folder
        self._port = port
        self._environment = environment
        self._server: server.Server | None = None

    def start(self, *environment: str) -> None:
        mine = dict(pair.split("=", 1) for pair in environment)
        self._server = server.start(
            self._folder, port=self._port, environment={**os.environ, **self._environment, **mine}
        )

    def kill(self) -> None:
        assert self._server
        self._server.kill()
        self._server = None

    def end(self) -> None:
        """Leave nothing behind."""
        if self._server is not None:
            self.kill()


@contextmanager
def whole_server(folder: Path, port: int, environment: dict[str, str]) -> Iterator[WholeServer]:
    """The whole server; its log lies in ``folder``."""
    lives = WholeServer(folder, port, environment)
    try:
        yield lives
    finally:
        lives.end()
