"""A panel without a front end: a database of its own, and a browser that only talks."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from reflex_base.event.processor import BaseStateEventProcessor

from jumper_app.db import Database
from jumper_app.panel import access
from tests.panel.tabs import Browser, browsing
from tests.people.crowd import opened


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """This process's database; nobody has used up a rate yet."""
    access._throttle.cache_clear()
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
async def browser(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    """Tabs that hear what each handler changes; no handler may have failed at the end."""
    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", lambda *_: asyncio.sleep(0))
    async with browsing() as opened_browser:
        yield opened_browser
    assert not opened_browser.errors
