"""What every test may ask for: a browser, a port, a database of each kind, a measure."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import core as hypothesis_core
from playwright.sync_api import Browser, sync_playwright

from jumper_app.settings import ROOT
from tests import canaries, chromium, no_outside, postgres
from tests import server as servers
from tests.effort import Effort, in_chunks
from tests.ports import free_port as any_free_port
from tests.story.stage import DEMO

LONG_RECORD = Path("build/long.json")
EFFORT = pytest.StashKey[Effort]()
DATABASE_NUMBERS = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("jumper")
    group.addoption("--long", action="store_true", help="random and fault tests at full count")
    group.addoption("--minutes", type=float, default=10, help="how long they may take together")


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("JUMPER_")]:
        del os.environ[name]
    os.environ["JUMPER_DATA_DIR"] = tempfile.mkdtemp(prefix="jumper-tests-")
    is_long = bool(config.getoption("long"))
    config.stash[EFFORT] = Effort(
        is_long=is_long,
        minutes=float(config.getoption("minutes") or 0),
    )
    for profile, examples in (("gate", 100), ("long", 5000)):
        hypothesis.settings.register_profile(
            profile, max_examples=examples, deadline=None, derandomize=False
        )
    hypothesis.settings.load_profile("long" if is_long else "gate")
    no_outside.guard()


def pytest_sessionstart(session: pytest.Session) -> None:
    """The one seed is Hypothesis' too, so that a run can be had again."""
    hypothesis_core.global_force_seed = session.config.getoption("randomly_seed", None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever asks how hard to try, and every property, is a test of ``make long``."""
    for item in items:
        asks = "effort" in getattr(item, "fixturenames", ())
        if asks or hypothesis.is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("long")
            if config.stash[EFFORT].is_long:
                item.add_marker(pytest.mark.timeout(0), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """In ``make long`` those who need most come last, and get what the others left."""
    weights = {item.nodeid: _weight(item) for item in session.items}
    if session.config.stash[EFFORT].is_long:
        session.items.sort(key=lambda item: weights[item.nodeid])
    session.config.stash[EFFORT].plan(weights)


def _weight(item: pytest.Item) -> float:
    told = [mark.kwargs["weight"] for mark in item.iter_markers("long") if mark.kwargs]
    return told[0] if told else 1


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Give each test its share of the time."""
    effort = item.config.stash[EFFORT]
    effort.begin(item.nodeid)
    property_ = getattr(getattr(item, "obj", None), "hypothesis", None)
    if property_ is None or not isinstance(item, pytest.Function):
        return (yield)
    honest = property_.inner_test
    property_.inner_test = effort.examples_of(honest)
    try:
        with in_chunks(item.function, effort) as seeds:
            for _ in seeds:
                item.runtest()
            return (yield)
    finally:
        property_.inner_test = honest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """No secret of the tests is left behind in scripts for browsers or in a database.

    A process that runs a part of the tests hands on what it counted and found.
    """
    base = Path(session.config._tmp_path_factory.getbasetemp())  # pyright: ignore[reportAttributeAccessIssue]
    canaries.look_into(canaries.files_in(ROOT / ".web" / "build", "*.js"))
    canaries.look_into(canaries.files_in(base, "*.db"))
    canaries.look_into(canaries.files_in(ROOT / ".states"))
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told |= {
            "counts": dict(session.config.stash[EFFORT].counts),
            "found": sorted(canaries.found),
        }
    elif canaries.found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a process counted and found to what the others did."""
    told = getattr(node, "workeroutput", {})
    node.config.stash[EFFORT].counts.update(told.get("counts", {}))
    canaries.found.update(told.get("found", ()))


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["JUMPER_DATA_DIR"], ignore_errors=True)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for one in sorted(canaries.found):
        terminalreporter.write_line(f"LEFT BEHIND: {one}", red=True)
    effort = config.stash[EFFORT]
    seed = config.getoption("randomly_seed", None)
    if effort.counts:
        terminalreporter.section(f"counts (seed {seed})")
        terminalreporter.write_line("\n".join(effort.lines()))
    if effort.is_long:
        effort.write(LONG_RECORD, seed)


@pytest.fixture(scope="session")
def effort(pytestconfig: pytest.Config) -> Effort:
    """How hard to try, and where to note what was done."""
    return pytestconfig.stash[EFFORT]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive."""
    path = chromium.find()
    assert path, "there is no Chromium: `make test` brings one"
    return path


@pytest.fixture(scope="module")
def real_browser(chromium_path: str) -> Iterator[Browser]:
    """A real Chromium. It keeps a loop running in this thread, so it ends with its module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=list(chromium.FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_server() -> Iterator[servers.Server]:
    """The whole product with its demo workspace, for every test that leaves it as it was."""
    folder = Path(tempfile.mkdtemp(prefix="jumper-demo-"))
    try:
        with servers.running(folder, environment=DEMO) as running:
            yield running
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def built() -> None:
    """The front end, built from what is here now."""
    from jumper_app.start import frontend

    with frontend.by_one_alone():
        if not frontend.is_fresh():
            frontend.build()


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    return any_free_port()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """A real Postgres, for the whole session."""
    folder = Path(tempfile.mkdtemp(prefix="jumper-postgres-"))
    try:
        with postgres.running(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres_server: postgres.Postgres, migrated_postgres: str) -> Iterator[str]:
    """A Postgres database of this test's own, freshly migrated."""
    name = f"test_{next(DATABASE_NUMBERS)}"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield postgres_server.url(name)
    postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgres_url(postgres_server: postgres.Postgres) -> Iterator[str]:
    """A Postgres database of this test's own with nothing in it."""
    name = f"test_{next(DATABASE_NUMBERS)}"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    yield postgres_server.url(name)
    postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A SQLite database of this test's own, freshly migrated."""
    copy = tmp_path / "jumper.db"
    shutil.copyfile(migrated_sqlite, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite database of this test's own with nothing in it."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A freshly migrated database; the test runs once on each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database with nothing in it; the test runs once on each kind."""
    return request.getfixturevalue(f"empty_{request.param}_url")


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.Postgres) -> str:
    """The name of a migrated database that others are copied from."""
    from jumper_app.start.database import migrate

    name = "migrated"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file that others are copied from."""
    from jumper_app.start.database import migrate

    path = tmp_path_factory.mktemp("migrated") / "jumper.db"
    migrate(f"sqlite:///{path}")
    return path
