"""Names that the provider tells when it is asked: kept, believed for a while, asked for once."""

from datetime import timedelta

from jumper_app.channels.contract import Profile
from jumper_app.conversations.customer import card
from jumper_app.conversations.profiles import (
    ASK_AGAIN,
    AT_ONCE,
    FRESH_FOR,
    keep_profile,
    take_due,
)
from jumper_app.db import Database
from jumper_app.models import ChannelAccount, Contact
from tests import make
from tests.house import conversation, one, take
from tests.make import NOON

SECOND = timedelta(seconds=1)


def written(db: Database, *psids: str) -> None:
    """These people, whose names nobody told, write to the page."""
    db.write(make.page)
    letters = [make.inbound("Hi", account=make.PAGE_ID, sender=make.fan(one)) for one in psids]
    take(db, *letters, channel="messenger")


def name(db: Database) -> str:
    return db.look(card, conversation(db).id or 0, NOON).name


def test_somebody_without_a_name_is_a_messenger_user_until_meta_tells_it(db):
    written(db, "6201188743190022")
    assert name(db).startswith("Messenger user ")
    (due,) = db.write(take_due, now=NOON)
    assert [each.value for each in due.names] == ["6201188743190022"]
    before = conversation(db).version
    db.write(keep_profile, due, Profile(name="Maya Ramirez"), NOON)
    assert name(db) == "Maya Ramirez"
    assert conversation(db).version > before


def test_nobody_is_asked_about_twice_at_once_and_what_was_told_is_believed_for_a_while(db):
    written(db, "1")
    (due,) = db.write(take_due, now=NOON)
    assert db.write(take_due, now=NOON) == []
    assert db.write(take_due, now=NOON + ASK_AGAIN - SECOND) == []
    db.write(keep_profile, due, Profile(name="Maya"), NOON)
    assert db.write(take_due, now=NOON + FRESH_FOR - SECOND) == []
    assert len(db.write(take_due, now=NOON + FRESH_FOR)) == 1


def test_who_was_not_told_is_asked_about_again_after_a_week(db):
    written(db, "1")
    (due,) = db.write(take_due, now=NOON)
    db.write(keep_profile, due, Profile(), NOON)
    assert one(db, Contact).name == ""
    assert len(db.write(take_due, now=NOON + ASK_AGAIN)) == 1


def test_a_few_are_asked_about_at_a_time(db):
    written(db, *(str(number) for number in range(AT_ONCE + 3)))
    assert [len(db.write(take_due, now=NOON)) for _ in range(3)] == [AT_ONCE, 3, 0]


def test_a_channel_that_tells_names_with_messages_is_not_asked(db):
    db.write(make.account)
    take(db, make.inbound("Hi"))
    assert db.write(take_due, now=NOON) == []


def test_through_a_paused_channel_nobody_is_asked_about(db):
    written(db, "1")

    def pause(work) -> None:
        work.get_one(ChannelAccount, conversation(db).account_id).paused = True

    db.write(pause)
    assert db.write(take_due, now=NOON) == []
