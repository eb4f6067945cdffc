"""A customer's data is handed out whole, and nothing that is the business's own with it."""

import json

import pytest

from jumper_app.channels.contract import Media, MediaRef
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.privacy.exporting import Export, export
from jumper_app.conversations.replies import reply
from jumper_app.db import Database, Work
from jumper_app.models import Attachment, Conversation, Event
from tests import make
from tests.house import every, take
from tests.make import NOON, later


@pytest.fixture
def ana(db: Database) -> int:
    return db.write(make.agent, "Ana").id or 0


@pytest.fixture
def key(db: Database, ana: int) -> int:
    db.write(make.account, bot=True)
    photo = Media(kind="image", media=MediaRef(provider_id="1"), caption="Look")
    take(db, make.inbound("Hello"), make.inbound(content=photo, sent_at=later(seconds=1)))
    take(db, make.inbound("Somebody else", sender=make.person("4917", name="Ben")))
    thread = every(db, Conversation)[0].id
    db.write(
        reply, conversation_id=thread, agent_id=ana, text="Hi", client_key="k", now=later(minutes=1)
    )
    db.write(add_note, conversation_id=thread, agent_id=ana, text="Kind", client_key="n", now=NOON)

    def fetched(work: Work) -> None:
        file = work.get_one(Attachment, 1)
        file.state, file.filename = "ready", "../../photo.jpg"

    db.write(fetched)
    return thread


def exported(db: Database, key: int, ana: int, *, notes: bool = False) -> Export:
    return db.write(export, conversation_id=key, notes=notes, agent_id=ana, now=later(hours=1))


def test_it_says_who_the_customer_is_and_all_that_was_said(db, key, ana):
    told = exported(db, key, ana).told
    assert told["customer"]["name"] == "Maya Ramirez"
    assert told["customer"]["known_as"] == [{"kind": "wa_id", "value": "16505551234"}]
    said = [(each["from"], each["name"], each["text"]) for each in told["messages"]]
    assert said == [("customer", "", "Hello"), ("customer", "", "Look"), ("agent", "Ana", "Hi")]


def test_no_note_no_status_line_no_address_and_nobody_else_is_in_it(db, key, ana):
    written = json.dumps(exported(db, key, ana).told)
    for word in ("Kind", "bot_paused", "example.com", "Somebody else", "Ben"):
        assert word not in written


def test_notes_come_only_when_asked_for(db, key, ana):
    told = exported(db, key, ana, notes=True).told
    assert ("note", "Kind") in [(each["from"], each["text"]) for each in told["messages"]]


def test_a_file_has_a_place_of_its_own_in_the_archive(db, key, ana):
    found = exported(db, key, ana)
    [(place, public_id)] = found.files.items()
    assert place == "files/00002-1-.._.._photo.jpg"
    assert public_id == every(db, Attachment)[0].public_id
    assert [each["place"] for each in found.told["messages"][1]["files"]] == [place]


def test_the_log_knows_that_it_was_handed_out(db, key, ana):
    exported(db, key, ana)
    last = every(db, Event, conversation_id=key)[-1]
    assert (last.kind, last.actor) == ("exported", f"agent:{ana}")


def test_it_is_json(db, key, ana):
    assert json.loads(json.dumps(exported(db, key, ana).told))["channel"] == "WhatsApp"
