"""Whatever was acknowledged is there after ``kill -9``, once; nothing is sent twice."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from jumper_app.db import Database
from tests.effort import Effort
from tests.kill import killing, ledger, lives, posting
from tests.kill.checker import Report, compare
from tests.ports import free_port

pytestmark = [pytest.mark.kill, pytest.mark.slow]

POINTS = ("before-the-commit", "before-the-answer", "before-the-call", "after-the-call")


@dataclass
class Stage:
    """Where the killing takes place: two free ports, a folder, a database."""

    url: str
    folder: Path
    seed: int
    port: int
    graph_port: int

    @property
    def environment(self) -> dict[str, str]:
        return killing.environment(self.url, self.folder, self.port, self.graph_port)

    def world(self) -> AbstractContextManager[killing.World]:
        return killing.world(self.folder, self.port, self.graph_port, self.seed)


@pytest.fixture(scope="session")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lives.Parent]:
    """What the services of all tests are forked from."""
    with lives.parent(tmp_path_factory.mktemp("killed") / "service.log") as parent:
        yield parent


def stage(url: str, folder: Path) -> Stage:
    killing.connect_account(url)
    return Stage(url, folder, random.randrange(10**6), free_port(), free_port())


def show(effort: Effort, what: str, report: Report, seed: int) -> None:
    """Print the line, count it, and fail with what is wrong."""
    print(f"\n{what}: {report.line(effort.counts[f'kills of {what}'], seed)}")
    effort.note(f"messages acknowledged by {what}", report.acked)
    effort.note(f"messages lost or doubled by {what}", len(report.lost) + len(report.doubled))
    effort.note(f"sends of {what}", report.sends)
    effort.note(f"sends done twice by {what}", len(report.double_sent))
    assert report.is_good, f"{report.complaints()} (seed {seed})"


@pytest.mark.long(weight=10)
@pytest.mark.timeout(900)
def test_killed_on_sqlite_the_service_loses_and_doubles_nothing(
    sqlite_url: str, tmp_path: Path, parent: lives.Parent, effort: Effort
):
    what, here = "the service on SQLite", stage(sqlite_url, tmp_path)
    kills = effort.rounds(f"kills of {what}", gate=50, long=200)
    with parent.service(here.environment) as service, here.world() as world:
        report = killing.kill_often(service, world, here.url, kills=kills, seed=here.seed)
    show(effort, what, report, here.seed)


@pytest.mark.long(weight=10)
@pytest.mark.timeout(900)
def test_killed_on_postgres_the_service_loses_and_doubles_nothing(
    postgres_url: str, tmp_path: Path, parent: lives.Parent, effort: Effort
):
    what, here = "the service on Postgres", stage(postgres_url, tmp_path)
    kills = effort.rounds(f"kills of {what}", gate=20, long=200)
    with parent.service(here.environment) as service, here.world() as world:
        report = killing.kill_often(service, world, here.url, kills=kills, seed=here.seed)
    show(effort, what, report, here.seed)


@pytest.mark.long(weight=10)
@pytest.mark.timeout(900)
def test_killed_the_whole_server_loses_and_doubles_nothing(
    sqlite_url: str, tmp_path: Path, built: None, effort: Effort
):
    what, here = "the whole server", stage(sqlite_url, tmp_path)
    kills = effort.rounds(f"kills of {what}", gate=5, long=20)
    with (
        lives.whole_server(tmp_path, here.port, here.environment) as server,
        here.world() as world,
    ):
        report = killing.kill_often(server, world, here.url, kills=kills, seed=here.seed)
    show(effort, what, report, here.seed)


@pytest.mark.parametrize("point", POINTS)
def test_a_death_at_a_named_point_loses_and_doubles_nothing(
    point: str, database_url: str, tmp_path: Path, parent: lives.Parent, effort: Effort
):
    here = stage(database_url, tmp_path)
    with parent.service(here.environment) as service, here.world() as world:
        service.start(f"KILL_AT={point}")
        service.wait_for_its_end()
        service.start()
        world.stop()
        report = killing.settle(service, world, here.url)
    what = f"the service {point.replace('-', ' ')}"
    effort.note(f"kills of {what}")
    show(effort, what, report, here.seed)


@pytest.mark.parametrize(
    ("answers", "lost"),
    [
        pytest.param((), 0, id="after-the-commit"),
        pytest.param(("KILL_SABOTAGE=60",), 1, id="before-the-commit"),
    ],
)
def test_a_server_that_answers_before_its_commit_is_found_out(
    answers: tuple[str, ...], lost: int, sqlite_url: str, tmp_path: Path, parent: lives.Parent
):
    here = stage(sqlite_url, tmp_path)
    path = tmp_path / "ledger.jsonl"
    with ledger.Ledger(path) as diary, parent.service(here.environment) as service:
        service.start(*answers)
        asyncio.run(post_one(here.port, diary))
        service.kill()
    with closing(Database(here.url)) as database:
        report = compare(database, ledger.read(path))
    assert (report.acked, len(report.lost)) == (1, lost)


async def post_one(port: int, diary: ledger.Ledger) -> None:
    """Post one message until it is acknowledged."""
    body = posting.delivery(messages=[posting.message("wamid.1", "16505550001", "Hello", 0)])
    diary.enter("posted", messages={"wamid.1": "Hello"})
    connection = posting.Connection(port)
    while await connection.answer(posting.signed(body, port)) != 200:  # noqa: ASYNC110
        await asyncio.sleep(killing.LOOK_EVERY_S)
    connection.close()
    diary.enter("acknowledged", ids=["wamid.1"])
