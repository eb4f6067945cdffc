"""A customer's file is not given up because our token is dead."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Download, Media, MediaRef
from jumper_app.channels.meta.failures import FileGone, Throttled, TokenRefused
from jumper_app.conversations.attachments.fetches import (
    ACCOUNT_RETRY,
    DOWNLOAD_ATTEMPTS,
    WAITS_FOR_THE_ACCOUNT,
)
from jumper_app.errors import SendFailed
from jumper_app.models import Attachment
from jumper_app.work.media import Fetching
from tests import files, make
from tests.house import one, take
from tests.make import NOON


class Door:
    def __init__(self) -> None:
        self.fails: SendFailed | None = None

    async def download(self, _credentials, _media, into, _limit):
        if self.fails:
            raise self.fails
        into.write(files.picture("JPEG"))
        return Download(filename="a.jpg", mime="image/jpeg")


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def fetch(db, door, monkeypatch):
    """Fetch what is due so long after noon; how it stands then."""
    db.write(make.account)
    photo = Media(kind="image", media=MediaRef(provider_id="1", mime="image/jpeg"))
    take(db, make.inbound(content=photo))
    doors: Any = dict.fromkeys(CHANNELS, door)

    def go(after=timedelta()) -> str:
        async def once() -> None:
            fetching = Fetching(db, doors)
            await fetching.fetch_due()
            await fetching.finish()

        monkeypatch.setattr("jumper_app.clock.now", lambda: NOON + after)
        asyncio.run(once())
        return one(db, Attachment).state

    return go


@pytest.mark.parametrize("fails", [TokenRefused(), Throttled()], ids=["dead-token", "too-fast"])
def test_it_waits_for_the_account_however_often_it_was_tried(door, fetch, fails):
    door.fails = fails
    for number in range(DOWNLOAD_ATTEMPTS + 2):
        assert fetch(number * ACCOUNT_RETRY) == "waiting"
    door.fails = None
    assert fetch((DOWNLOAD_ATTEMPTS + 2) * ACCOUNT_RETRY) == "ready"


def test_after_a_week_it_is_given_up(door, fetch):
    door.fails = TokenRefused()
    assert fetch() == "waiting"
    assert fetch(WAITS_FOR_THE_ACCOUNT) == "failed"


def test_one_that_is_gone_is_given_up_at_once(door, fetch):
    door.fails = FileGone()
    assert fetch() == "failed"
