"""Messages older than an admin wants are deleted in small steps; everything else stays."""

from datetime import UTC, datetime, timedelta

import pytest

from jumper_app.channels.contract import Media, MediaRef
from jumper_app.conversations import listing
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.privacy import retention
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput
from jumper_app.models import (
    Attachment,
    Conversation,
    Event,
    Mark,
    Message,
    ParkedItem,
    WebhookDelivery,
)
from jumper_app.work.retention import tidy
from tests import make
from tests.house import conversation, delivered, every, one, spoken, take
from tests.make import NOON

YEAR_AGO = retention.months_before(NOON, 12)


@pytest.fixture(autouse=True)
def account(db: Database) -> None:
    db.write(make.account)


def wrote(db: Database, text: str, ago: timedelta, **more: object) -> None:
    at = NOON - ago
    sent = make.inbound(text, sent_at=at, **more)
    db.write(receive_all, [delivered(sent, now=at, body=f"raw {text}".encode())])


DAYS_400, DAYS_10 = timedelta(days=400), timedelta(days=10)


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2024, 3, 31), 1, (2024, 2, 29)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2026, 11, 23), 12, (2025, 11, 23)),
        ((2026, 11, 23), 120, (2016, 11, 23)),
    ],
)
def test_months_are_those_of_the_calendar(
    now: tuple[int, int, int], months: int, then: tuple[int, int, int]
):
    assert retention.months_before(half_past_noon(*now), months) == half_past_noon(*then)


def half_past_noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, 30, tzinfo=UTC)


def test_messages_are_kept_for_ever_until_somebody_says_otherwise(db):
    wrote(db, "Old", DAYS_400)
    assert db.look(retention.months_kept) == 0
    assert not db.write(tidy, NOON).did_something
    assert spoken(db) == ["Old"]


@pytest.mark.parametrize("months", [-1, 121])
def test_nobody_keeps_messages_for_less_than_nothing_or_more_than_ten_years(db, months):
    with pytest.raises(BadInput):
        db.write(retention.keep_for, months)


def test_the_choice_is_kept_and_changed(db):
    for months in (12, 6, 0):
        db.write(retention.keep_for, months)
        assert db.look(retention.months_kept) == months
    assert len(every(db, Mark, name=retention.MARK)) == 1


def test_counting_first_deletes_nothing(db):
    photo = Media(kind="image", media=MediaRef(provider_id="1"))
    wrote(db, "Old", DAYS_400)
    wrote(db, "Old too", DAYS_400, content=photo)
    wrote(db, "New", DAYS_10)

    def weigh(work: Work) -> None:
        work.get_one(Attachment, 1).size = 1000

    db.write(weigh)
    found = db.look(retention.older_than, YEAR_AGO)
    assert (found.messages, found.files, found.bytes) == (2, 1, 1000)
    assert len(every(db, Message, kind="customer")) == 3


def test_what_is_older_goes_and_what_is_younger_stays(db):
    wrote(db, "Old", DAYS_400)
    wrote(db, "New", DAYS_10)
    db.write(retention.keep_for, 12)
    step = db.write(tidy, NOON)
    assert (step.deleted.messages, step.raw) == (1, 1)
    assert spoken(db) == ["New"]
    assert not db.write(tidy, NOON).did_something


def test_a_file_goes_with_its_message(db):
    wrote(db, "", DAYS_400, content=Media(kind="image", media=MediaRef(provider_id="1")))
    photo = one(db, Attachment)
    path_of(photo.public_id).parent.mkdir(parents=True, exist_ok=True)
    path_of(photo.public_id).write_bytes(b"picture")
    deleted = db.write(retention.delete_some, YEAR_AGO)
    assert deleted.files == (photo.public_id,)
    assert every(db, Attachment) == []


def test_a_step_deletes_no_more_than_it_may(db):
    for number in range(5):
        wrote(db, f"Old {number}", DAYS_400)
    assert [db.write(retention.delete_some, YEAR_AGO, 2).messages for _ in range(4)] == [2, 2, 1, 0]


def test_raw_deliveries_and_what_was_parked_go_too(db):
    wrote(db, "Old", DAYS_400)
    wrote(db, "New", DAYS_10)

    def park(work: Work) -> None:
        work.add(ParkedItem(delivery_id=1, position=9, kind="odd", raw={"text": "Old"}))

    db.write(park)
    assert db.write(retention.forget_raw, YEAR_AGO) == 1
    assert [row.body for row in every(db, WebhookDelivery)] == [b"", b"raw New"]
    assert every(db, ParkedItem) == []
    assert db.write(retention.forget_raw, YEAR_AGO) == 0


def test_the_list_no_longer_shows_what_is_gone(db):
    ana = db.write(make.agent, "Ana").id
    wrote(db, "Old and gone", DAYS_400)
    db.write(retention.delete_some, YEAR_AGO)
    [entry] = db.look(listing.entries, make.who(ana), listing.Tab.ALL, now=NOON).entries
    assert (entry.preview, entry.contact_name) == ("", "Maya Ramirez")


def test_the_log_stays(db):
    wrote(db, "Old", DAYS_400)
    before = len(every(db, Event))
    db.write(retention.delete_some, YEAR_AGO)
    assert len(every(db, Event)) == before


def test_the_conversation_goes_on(db):
    wrote(db, "Old", DAYS_400)
    db.write(retention.delete_some, YEAR_AGO)
    take(db, make.inbound("Still here", sent_at=NOON))
    assert spoken(db) == ["Still here"]
    assert len(every(db, Conversation)) == 1
    assert conversation(db).preview == "Still here"
