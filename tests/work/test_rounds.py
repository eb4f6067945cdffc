"""Work that is looked for by itself goes on whatever happens in one look."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from jumper_app.db import Database
from jumper_app.live import SettingsChanged, WorkWaiting
from jumper_app.work import rounds
from jumper_app.work.rounds import Rounds, always

A_DAY_S = 86_400.0
ANSWERS_WITHIN_S = 10


@pytest.fixture
def db(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as opened:
        yield opened


class Looks:
    """Counts looks; those that are told to fail do."""

    def __init__(self, *failing: int) -> None:
        self.count, self._failing, self._came = 0, failing, asyncio.Condition()

    async def __call__(self) -> None:
        async with self._came:
            self.count += 1
            self._came.notify_all()
        if self.count in self._failing:
            raise RuntimeError("the database is away")

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(ANSWERS_WITHIN_S), self._came:
            await self._came.wait_for(lambda: self.count >= count)


def of(looks: Looks, sleep_s=None) -> Rounds:
    return Rounds(looks, WorkWaiting, sleep_s or always(A_DAY_S), "a look of the test failed")


async def test_news_of_it_end_the_sleep(db: Database):
    looks = Looks()
    async with of(looks).going(db):
        await looks.reach(1)
        db.hub.tell([WorkWaiting()])
        await looks.reach(2)


async def test_other_news_do_not(db: Database):
    looks = Looks()
    async with of(looks).going(db):
        await looks.reach(1)
        db.hub.tell([SettingsChanged()])
        for _ in range(20):
            await asyncio.sleep(0)
        assert looks.count == 1


async def test_a_look_that_fails_is_followed_by_another(db: Database, monkeypatch):
    monkeypatch.setattr(rounds, "AFTER_A_STUMBLE_S", 0)
    looks = Looks(1)
    async with of(looks).going(db):
        await looks.reach(2)


async def test_a_sleep_whose_length_cannot_be_read_does_not_end_the_rounds(
    db: Database, monkeypatch
):
    monkeypatch.setattr(rounds, "AFTER_A_STUMBLE_S", 0)
    looks, failures = Looks(), iter([RuntimeError("the database is away")])

    async def sleep_s() -> float:
        for failure in failures:
            raise failure
        return A_DAY_S

    async with of(looks, sleep_s).going(db):
        await looks.reach(2)
