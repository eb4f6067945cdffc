"""Customers' pictures: fetched in the background, served by us, and never worse than initials."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Download, MediaRef, Profile
from jumper_app.channels.messenger.door import MessengerDoor
from jumper_app.channels.meta.failures import FetchFailed, FileGone
from jumper_app.conversations.attachments import path_of, readable
from jumper_app.conversations.customer import card
from jumper_app.conversations.listing import Tab, entries
from jumper_app.conversations.log import stored
from jumper_app.conversations.profiles import FRESH_FOR
from jumper_app.models import Attachment, Contact
from jumper_app.work.profiles import Acquainting
from tests import files, make
from tests.house import conversation, every, one, take
from tests.make import NOON

FACE, NEWER = files.picture("JPEG"), files.picture("PNG", (32, 32))


class Door:
    """Tells a name, and gives these bytes for the picture, or fails as it is told."""

    def __init__(self) -> None:
        self.gives: bytes | Exception = FACE
        self.asked: list[MediaRef] = []

    async def profile(self, *_):
        return Profile(name="Maya", picture=MediaRef(url="https://scontent.fbcdn.net/face.jpg"))

    async def download(self, _credentials, media, into, _limit):
        self.asked.append(media)
        if isinstance(self.gives, Exception):
            raise self.gives
        into.write(self.gives)
        return Download(filename="face.jpg", mime="image/jpeg")


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def learn(db, door, monkeypatch):
    """Ask about whoever is due, so long after noon."""
    db.write(make.page)
    take(db, make.inbound("Hi", account=make.PAGE_ID, sender=make.fan()), channel="messenger")

    def ask(after=timedelta()):
        monkeypatch.setattr("jumper_app.clock.now", lambda: NOON + after)
        doors: Any = dict.fromkeys(CHANNELS, door)
        return asyncio.run(Acquainting(db, doors).ask_due())

    return ask


def shown(db) -> str:
    """The picture, as the card and the list have it; every agent may see it."""
    key = stored(conversation(db).id)
    on_card = db.look(card, key, NOON).picture
    agent = db.write(make.agent)
    who = make.who(stored(agent.id))
    listed = {
        each.contact_picture
        for tab in (Tab.BOT, Tab.REQUESTED)
        for each in db.look(entries, who, tab, now=NOON).entries
    }
    assert listed == {on_card}
    if on_card:
        assert db.look(readable, on_card, agent.id)
        assert path_of(on_card).is_file()
    return on_card


def test_it_is_fetched_once_and_shown_everywhere(db, door, learn):
    assert shown(db) == ""
    before = conversation(db).version
    learn()
    assert shown(db) == one(db, Attachment).public_id
    assert one(db, Attachment).mime == "image/jpeg"
    assert conversation(db).version > before
    assert learn() == 0
    assert len(door.asked) == 1


def test_a_newer_one_takes_its_place_and_the_same_one_changes_nothing(db, door, learn):
    learn()
    first = shown(db)
    learn(FRESH_FOR)
    assert shown(db) == first
    door.gives = NEWER
    learn(2 * FRESH_FOR)
    assert shown(db) not in {"", first}
    assert len(every(db, Attachment)) == 1


@pytest.mark.parametrize(
    "gives",
    [FileGone(), FetchFailed(), b"<html>gone</html>", FACE[:60], OSError("the disk is full")],
    ids=["expired", "elsewhere", "no-picture", "cut-off", "no-room"],
)
def test_one_that_cannot_be_had_blanks_nobody(db, door, learn, gives):
    door.gives = gives
    learn()
    assert (shown(db), one(db, Contact).name) == ("", "Maya")
    door.gives = FACE
    learn(FRESH_FOR)
    assert (kept := shown(db))
    door.gives = gives
    learn(2 * FRESH_FOR)
    assert shown(db) == kept


def test_an_address_that_is_not_metas_is_never_opened():
    door = MessengerDoor("https://graph.example", "v26.0")
    ref = MediaRef(url="https://169.254.169.254/face.jpg")
    with pytest.raises(FetchFailed):
        asyncio.run(door.download(make.credentials(), ref, Sink(), 10))


class Sink:
    def write(self, part):
        raise AssertionError("something came")

    def begin_again(self):
        pass


def test_who_was_erased_meanwhile_gets_none(db, door, learn):
    def erase(work):
        work.merge(conversation(db)).erased_at = NOON

    db.write(erase)
    learn()
    assert every(db, Attachment) == []
