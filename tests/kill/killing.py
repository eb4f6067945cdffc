"""The kill test itself: a world that posts, a server that is killed, and the comparison."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from jumper_app.db import Database, Work
from jumper_app.models import Outbox, OutboxState, Wake
from jumper_app.settings import ROOT, settings
from tests import make
from tests.kill import ledger
from tests.kill.checker import Report, compare
from tests.kill.lives import Lives

LONGEST_LIFE_S = 0.6
"""A kill comes at most so long after the first delivery that this life acknowledged."""

AT_ONCE = 0.15
"""The share of lives that are killed while they begin, before they acknowledged anything."""

LOOK_EVERY_S = 0.02
PATIENCE_S = 120
"""How long a server may take to begin, or do nothing of what waits, before the test gives up.

Twice as long as an unanswered send holds those behind it (``delivery.SETTLES_WITHIN``): the
whole server's clock cannot be moved ahead.
"""

AHEAD = "KILL_CLOCK_AHEAD_S=100"
"""For the last life: what was left open has been open long enough to be owned up to."""

OPEN = (OutboxState.QUEUED, OutboxState.RETRYING)


def environment(url: str, folder: Path, port: int, graph_port: int) -> dict[str, str]:
    """What the server is told: whose database, which Graph API, the key that sealed the secrets."""
    return {
        "JUMPER_DATABASE_URL": url,
        "JUMPER_DATA_DIR": str(folder / "data"),
        "JUMPER_SECRET_KEY": settings().secret_key.get_secret_value(),
        "JUMPER_PORT": str(port),
        "JUMPER_DEMO": "0",
        "JUMPER_GRAPH_URL": f"http://127.0.0.1:{graph_port}",
    }


def kill_often(
    lives: Lives, world: "World", url: str, *, kills: Iterable[int], seed: int
) -> Report:
    """Kill at random moments while the world posts, let the rest run out, then compare."""
    moments = random.Random(seed)
    tail = ledger.Tail(world.ledger)
    lives.start()
    for _ in kills:
        if moments.random() >= AT_ONCE:
            _wait_until(lambda: tail.acknowledged() > 0)
        time.sleep(moments.uniform(0, LONGEST_LIFE_S))
        lives.kill()
        tail.acknowledged()
        lives.start()
    world.stop()
    return settle(lives, world, url)


def settle(lives: Lives, world: "World", url: str) -> Report:
    """Wait until nothing is on its way, once more with what was left open grown old."""
    with closing(Database(url)) as database:
        _wait_for_rest(database, holding=True)
        lives.kill()
        lives.start(AHEAD)
        _wait_for_rest(database, holding=False)
        world.end()
        lives.kill()
        return compare(database, ledger.read(world.ledger))


def _wait_for_rest(database: Database, *, holding: bool) -> None:
    """Come back when all is done; give up when nothing more is being done."""
    left = database.look(_left, holding=holding)
    while left:
        before = left
        _wait_until(lambda: database.look(_left, holding=holding) != before)  # noqa: B023
        left = database.look(_left, holding=holding)


def _left(work: Work, *, holding: bool) -> int:
    """How much there is that the server would still do.

    ``holding``: what stands behind an unknown row may still wait for it.
    """
    count = select(func.count())
    waits = count.select_from(Outbox).where(col(Outbox.state).in_(OPEN))
    if holding:
        before = aliased(Outbox)
        waits = waits.where(
            ~exists().where(
                col(before.conversation_id) == col(Outbox.conversation_id),
                col(before.id) < col(Outbox.id),
                col(before.state) == OutboxState.UNKNOWN,
            )
        )
    sending = count.select_from(Outbox).where(col(Outbox.state) == OutboxState.SENDING)
    return sum(work.exec(one).one() for one in (waits, sending, count.select_from(Wake)))


def _wait_until(comes_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not comes_true():
        assert time.monotonic() < deadline, "the server did not come back"
        time.sleep(LOOK_EVERY_S)


class World:
    """The process of ``tests.kill.world``, as the test sees it."""

    def __init__(self, process: subprocess.Popen[str], path: Path) -> None:
        self._process = process
        self.ledger = path

    def stop(self) -> None:
        """Begin nothing new; come back when all that was begun is acknowledged."""
        self._say("stop")
        assert self._process.stdout
        assert self._process.stdout.readline() == "acknowledged\n", "the world came to an end"

    def end(self) -> None:
        """Post the last statuses and end."""
        self._say("end")
        assert self._process.wait(PATIENCE_S) == 0

    def _say(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()


@contextmanager
def world(folder: Path, port: int, graph_port: int, seed: int) -> Iterator[World]:
    """Sixteen clients and a Graph API that go on until told to stop."""
    path = folder / "ledger.jsonl"
    command: list[Any] = [sys.executable, "-m", "tests.kill.world"]
    for option, value in (
        ("--port", port),
        ("--graph-port", graph_port),
        ("--ledger", path),
        ("--seed", seed),
    ):
        command += [option, str(value)]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield World(process, path)
        finally:
            process.kill()


def connect_account(url: str) -> None:
    """The number that the world writes to, with the bot that answers it."""
    with closing(Database(url)) as database, database.transaction() as work:
        make.account(work, bot=True)
