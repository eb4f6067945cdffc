"""Whoever changes or withdraws a message is who wrote it, whatever a delivery says."""

import pytest

from jumper_app.channels.contract import Sent, Text
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.replies import reply
from jumper_app.models import ContactIdentity, Conversation, Message
from tests import make
from tests.house import every, one, take
from tests.make import NOON, later

MIA, TOM = make.person("4670111", name="Mia"), make.person("4670222", name="Tom")


@pytest.fixture
def threads(db):
    """Two customers of one account; Mia was answered."""
    db.write(make.account)
    take(db, make.inbound("Mia's words", external_id="wamid.mia", sender=MIA))
    take(db, make.inbound("Tom's words", external_id="wamid.tom", sender=TOM))
    ana = db.write(make.agent).id
    key = one(db, Message, external_id="wamid.mia").conversation_id
    db.write(reply, conversation_id=key, agent_id=ana, text="Our words", client_key="1", now=NOON)
    [sent] = db.write(claim, worker="w", now=NOON, limit=9)
    db.write(accepted, sent, Sent(external_id="wamid.ours"), NOON)


def change(kind, about, by, **over):
    content = Text(text="Other words") if kind == "edit" else None
    return make.amendment(kind, about, person=by, content=content, **over)


def is_untouched(db, external_id):
    row = one(db, Message, external_id=external_id)
    return row.revoked_at is None and row.edited_at is None and "Other" not in row.text


@pytest.mark.parametrize("kind", ["edit", "revoke"])
@pytest.mark.parametrize(
    ("about", "by", "by_us"),
    [
        ("wamid.mia", TOM, False),
        ("wamid.ours", MIA, False),
        ("wamid.ours", TOM, False),
        ("wamid.mia", MIA, True),
        ("wamid.ours", TOM, True),
    ],
    ids=["another's", "ours", "ours elsewhere", "hers by us", "ours in another thread"],
)
def test_nobody_changes_what_somebody_else_wrote(db, threads, kind, about, by, by_us):
    version = one(db, Message, external_id=about).conversation_id
    before = one(db, Conversation, id=version).version
    take(db, change(kind, about, by, by_us=by_us))
    assert is_untouched(db, about)
    assert one(db, Conversation, id=version).version == before


@pytest.mark.parametrize("kind", ["edit", "revoke"])
@pytest.mark.parametrize(
    ("about", "by", "by_us"), [("wamid.mia", MIA, False), ("wamid.ours", MIA, True)]
)
def test_ones_own_words_can_be_changed(db, threads, kind, about, by, by_us):
    take(db, change(kind, about, by, by_us=by_us))
    assert not is_untouched(db, about)


@pytest.mark.parametrize("kind", ["edit", "revoke"])
def test_nor_when_the_news_comes_before_the_message(db, kind):
    db.write(make.account)
    take(db, make.inbound("Hi", external_id="wamid.tom", sender=TOM))
    take(db, change(kind, "wamid.mia", TOM))
    take(db, make.inbound("Mia's words", external_id="wamid.mia", sender=MIA))
    assert is_untouched(db, "wamid.mia")


@pytest.mark.parametrize("kind", ["edit", "revoke"])
def test_a_strangers_news_does_not_stand_in_the_way_of_the_customers_own(db, threads, kind):
    take(db, change(kind, "wamid.mia", TOM, sent_at=later(hours=2)))
    take(db, change(kind, "wamid.mia", MIA, sent_at=later(hours=1)))
    assert not is_untouched(db, "wamid.mia")


def test_nobody_reacts_in_somebody_elses_conversation(db, threads):
    take(db, make.amendment("reaction", "wamid.mia", person=TOM, emoji="👍"))
    assert one(db, Message, external_id="wamid.mia").reactions is None
    take(db, make.amendment("reaction", "wamid.ours", person=MIA, emoji="👍"))
    assert one(db, Message, external_id="wamid.ours").reactions == [
        {"person": "customer", "emoji": "👍"}
    ]


def test_who_was_two_people_and_is_one_keeps_what_they_said(db):
    db.write(make.account)
    number, user = make.person("4670111", name=""), make.person("", bsuid="SE.1", name="")
    take(db, make.inbound("By number", external_id="wamid.1", sender=number))
    take(db, change("revoke", "wamid.2", user, sent_at=later(minutes=9)))
    both = make.person("4670111", bsuid="SE.1")
    take(db, make.inbound("Both", external_id="wamid.3", sender=both))
    assert len({row.contact_id for row in every(db, ContactIdentity)}) == 1
    take(db, make.inbound("Taken back", external_id="wamid.2", sender=both))
    assert one(db, Message, external_id="wamid.2").revoked_at is not None
