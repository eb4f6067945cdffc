"""Searching in one conversation: the same words give the same messages on both databases."""

from datetime import timedelta

import pytest

from jumper_app.conversations.finding import MOST_FOUND, find
from jumper_app.models import Conversation, Message
from tests import make
from tests.house import every, take
from tests.make import NOON

SAID = (
    "Où est le café ?",
    "STRASSE or Straße",
    "100% of _all_ ropes",
    "Ξενοδοχείο ΑΘΗΝΑ",
    "شكرًا جزيلاً",
    "A second cafe",
)


@pytest.fixture
def key(db) -> int:
    """A conversation in which all of this was said, one thing a minute."""
    db.write(make.account)
    take(
        db,
        *(
            make.inbound(text, sent_at=NOON - timedelta(minutes=len(SAID) - at))
            for at, text in enumerate(SAID)
        ),
    )
    (conversation,) = every(db, Conversation)
    return conversation.id


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("CAFE", ["A second cafe", "Où est le café ?"]),
        ("café", ["A second cafe", "Où est le café ?"]),
        ("strasse", ["STRASSE or Straße"]),
        ("100%", ["100% of _all_ ropes"]),
        ("%", ["100% of _all_ ropes"]),
        ("_all_", ["100% of _all_ ropes"]),
        ("αθηνα", ["Ξενοδοχείο ΑΘΗΝΑ"]),
        ("شكرا", ["شكرًا جزيلاً"]),
        ("nowhere", []),
        ("   ", []),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(db, key, asked, found):
    ids, total = db.look(find, key, asked)
    texts = {row.public_id: row.text for row in every(db, Message)}
    assert ([texts[one] for one in ids], total) == (found, len(found))


def test_neither_other_conversations_nor_status_lines_nor_deleted_messages_are_found(db, key):
    take(db, make.inbound("Another cafe", sender=make.person("16505550001", name="Jonas")))

    def change(work):
        row = next(row for row in every(db, Message) if row.text == "A second cafe")
        work.get_one(Message, row.id).revoked_at = NOON
        quiet = next(row for row in every(db, Message) if row.text.startswith("STRASSE"))
        work.get_one(Message, quiet.id).kind = "status"

    db.write(change)
    assert db.look(find, key, "cafe")[1] == 1
    assert db.look(find, key, "strasse") == ([], 0)


def test_more_than_a_reader_steps_through_is_only_counted(db, key):
    said = [make.inbound(f"Rope {n}", sent_at=NOON) for n in range(MOST_FOUND + 10)]
    take(db, *said)
    ids, total = db.look(find, key, "rope")
    assert (len(ids), total) == (MOST_FOUND, MOST_FOUND + 11)
