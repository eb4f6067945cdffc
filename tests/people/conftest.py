"""A database of this test's own, on each kind of database, and a clock that stands still."""

from collections.abc import Iterator

import pytest

from jumper_app.db import Database
from tests.people.crowd import Machine, opened


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as mine:
        yield mine


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stopped = Machine()
    monkeypatch.setattr("jumper_app.clock.machine", stopped)
    return stopped
