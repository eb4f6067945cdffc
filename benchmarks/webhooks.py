"""Sustained acknowledged webhooks a second, beside a bare endpoint under the same server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from jumper_app.db import Database
from jumper_app.settings import settings
from jumper_app.start.database import migrate
from tests import make, server
from tests.ports import free_port

ROUNDS = 5
"""Both are measured in turn, so that a change of the machine's mood meets both."""

ROUND_S = 3.0

OURS = "jumper_app.service:application"
BARE = "benchmarks.bare:application"


def measure() -> list[Figure]:
    """Ours and the bare one in turn; then ours with the bot answering."""
    with (
        TemporaryDirectory() as folder,
        _serving(OURS, Path(folder, "ours"), bot=False) as ours,
        _serving(BARE, Path(folder, "bare")) as bare,
    ):
        _post(ours, 0)
        _post(bare, 0)
        pairs = [(_post(ours, turn), _post(bare, turn)) for turn in range(1, ROUNDS + 1)]
    with TemporaryDirectory() as folder:
        graph_port = free_port()
        with _serving(OURS, Path(folder, "bot"), bot=True, graph_port=graph_port) as answering:
            talks = [_post(answering, turn, graph_port) for turn in range(ROUNDS)]
    return [*_compared(pairs), *_with_the_bot(talks)]


def _compared(pairs: list[tuple[dict[str, float], dict[str, float]]]) -> list[Figure]:
    mine, theirs = ([one["per_second"] for one in side] for side in zip(*pairs, strict=True))
    ratios = [ours / bare for ours, bare in zip(mine, theirs, strict=True)]
    waits = [ours["p99_ms"] for ours, _ in pairs]
    return [
        Figure("webhooks acknowledged, 16 clients", median(mine), "/s", rounds=mine),
        Figure("the same, bare Starlette and SQLite", median(theirs), "/s", rounds=theirs),
        Figure("ratio", median(ratios), "", "≥ 0.6", ratios),
        Figure("time to the acknowledgement, p99", median(waits), "ms", "", waits),
    ]


def _with_the_bot(talks: list[dict[str, float]]) -> list[Figure]:
    rates = [one["per_second"] for one in talks]
    answers = [one["bot_messages"] / ROUND_S for one in talks]
    return [
        Figure("webhooks acknowledged while the bot answers", median(rates), "/s", "", rates),
        Figure("the bot's messages meanwhile", median(answers), "/s", "", answers),
    ]


@contextmanager
def _serving(
    target: str, folder: Path, *, bot: bool = False, graph_port: int = 9
) -> Iterator[server.Server]:
    folder.mkdir()
    port = free_port()
    options = ["--interface", "asgi", "--factory", "--log-level", "warning", "--port", str(port)]
    command = [sys.executable, "-m", "granian", *options, target]
    environment = _environment(folder, bot=bot, graph_port=graph_port)
    with server.running(folder, command=command, port=port, environment=environment) as mine:
        yield mine


def _environment(folder: Path, *, bot: bool, graph_port: int) -> dict[str, str]:
    url = f"sqlite:///{folder / 'jumper.db'}"
    migrate(url)
    with closing(Database(url)) as database, database.transaction() as work:
        make.account(work, bot=bot)
    return {
        "BARE_DATABASE": str(folder / "bare.db"),
        "JUMPER_DATABASE_URL": url,
        "JUMPER_SECRET_KEY": settings().secret_key.get_secret_value(),
        "JUMPER_DEMO": "0",
        "JUMPER_GRAPH_URL": f"http://127.0.0.1:{graph_port}",
    }


def _post(to: server.Server, turn: int, graph_port: int | None = None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.posters", "--port", str(to.port)]
    command += ["--seconds", str(ROUND_S), "--turn", str(turn)]
    if graph_port is not None:
        command += ["--graph-port", str(graph_port)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)
