from collections.abc import AsyncGenerator, Generator
from datetime import timedelta

import pytest

from jumper_app import clock
from tests.simulator.stage import Stage, staged


@pytest.fixture(autouse=True)
def _the_clock_goes_back() -> Generator[None]:
    before = clock.advanced()
    yield
    clock.set_advanced(before)


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    async with staged() as stage:
        yield stage


@pytest.fixture
def day() -> timedelta:
    return timedelta(days=1)
