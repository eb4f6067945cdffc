"""Names that prove to be one person's: their conversations become one, nobody waits unseen."""

import itertools

import pytest

from jumper_app.conversations.drafts import load, save
from jumper_app.conversations.listing import find
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.replies import reply
from jumper_app.conversations.takeover import pause_bot, resolve
from jumper_app.live import ConversationChanged
from jumper_app.models import (
    Contact,
    Conversation,
    Message,
    MessageKind,
    Outbox,
    Owner,
    Run,
    RunStatus,
)
from tests import make
from tests.house import conversation, every, lines, one, portrait, spoken, take
from tests.make import NOON, later

NUMBER = make.person("16505551234", name="")
USER = make.person("", bsuid="US.1", name="Maya")
BOTH = make.person("16505551234", bsuid="US.1", name="Maya Ramirez")


@pytest.fixture
def shop(db):
    return db.write(make.account, bot=True)


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


def two_conversations(db):
    take(db, make.inbound("By number", sender=NUMBER, sent_at=NOON))
    take(db, make.inbound("By user id", sender=USER, sent_at=later(minutes=1)))
    return [row.id for row in every(db, Conversation)]


def join(db, now=NOON):
    """Told without a message: no inbound item reopens anything."""
    take(db, make.identity_change(NUMBER, BOTH, at=later(minutes=2)), now=now)


def test_a_message_under_both_names_joins_two_conversations(db, shop):
    first, second = two_conversations(db)
    take(db, make.inbound("By both", sender=BOTH, sent_at=later(minutes=2)))
    row = conversation(db)
    assert row.id == first
    assert one(db, Conversation, id=second).merged_into_id == first
    assert spoken(db) == ["By number", "By user id", "By both"]
    assert {message.conversation_id for message in every(db, Message)} == {first}
    assert row.heard == 3
    assert "merged" in lines(db)


@pytest.mark.parametrize(
    "order", list(itertools.permutations(range(4))), ids=lambda order: "".join(map(str, order))
)
def test_the_names_in_every_order_end_at_the_same_conversation(db, shop, order):
    told = [
        make.inbound("By number", external_id="wamid.1", sender=NUMBER, sent_at=NOON),
        make.inbound("By user id", external_id="wamid.2", sender=USER, sent_at=later(minutes=1)),
        make.inbound("By both", external_id="wamid.3", sender=BOTH, sent_at=later(minutes=2)),
        make.amendment("reaction", "wamid.1", emoji="👍", person=USER),
    ]
    for place in order:
        take(db, told[place])
    (drawn,) = portrait(db)
    assert drawn["identities"] == [("bsuid", "US.1"), ("wa_id", "16505551234")]
    assert drawn["name"] == ("Maya Ramirez", "", "+16505551234")
    assert drawn["last_heard_at"] == later(minutes=2)
    assert [message["text"] for message in drawn["messages"]] == [
        "By number",
        "By user id",
        "By both",
    ]
    assert drawn["messages"][0]["reactions"] == [{"person": "customer", "emoji": "👍"}]
    assert (drawn["heard"], drawn["preview"][1]) == (3, "By both")


def test_the_old_address_of_a_merged_conversation_leads_to_the_other(db, shop):
    first, second = two_conversations(db)
    gone = one(db, Conversation, id=second).public_id
    join(db)
    assert db.look(find, gone) == first


def test_three_people_become_one_step_by_step(db, shop):
    take(db, make.inbound("A", sender=make.person("1")))
    take(db, make.inbound("B", sender=make.person("2")))
    take(db, make.inbound("C", sender=make.person("", bsuid="US.3")))
    ids = [row.public_id for row in every(db, Conversation)]
    take(db, make.identity_change(make.person("2"), make.person("", bsuid="US.3")))
    take(db, make.identity_change(make.person("1"), make.person("", bsuid="US.3")))
    survivor = conversation(db)
    assert sorted(spoken(db)) == ["A", "B", "C"]
    assert {db.look(find, public_id) for public_id in ids} == {survivor.id}


def test_whoever_took_one_of_them_keeps_both(db, shop, ana):
    _, second = two_conversations(db)
    db.write(pause_bot, conversation_id=second, agent_id=ana, now=NOON)
    join(db)
    assert (conversation(db).owner, conversation(db).agent_id) == (Owner.AGENT, ana)


def test_who_waits_in_one_of_them_does_not_vanish_with_the_end_of_the_other(db, shop, ana):
    first, _ = two_conversations(db)
    db.write(resolve, conversation_id=first, agent_id=ana, now=NOON)
    join(db)
    row = conversation(db)
    assert row.id == first
    assert row.owner in {Owner.BOT, Owner.REQUESTED}
    assert row.waiting_since == later(minutes=1)


def test_who_asked_for_a_person_in_one_of_them_is_not_left_to_the_bot(db, shop, ana):
    _, second = two_conversations(db)
    db.write(_request, second)
    join(db)
    assert conversation(db).owner == Owner.REQUESTED


def _request(work, key):
    row = work.get_one(Conversation, key)
    row.owner, row.epoch = Owner.REQUESTED, row.epoch + 1


def test_an_agents_reply_on_its_way_goes_on(db, shop, ana):
    _, second = two_conversations(db)
    db.write(
        reply, conversation_id=second, agent_id=ana, text="Hi", client_key="1", now=later(minutes=1)
    )
    join(db)
    row = one(db, Outbox)
    assert (row.conversation_id, row.state) == (conversation(db).id, "queued")


def test_notes_come_along(db, shop, ana):
    _, second = two_conversations(db)
    db.write(add_note, conversation_id=second, agent_id=ana, text="Kind", client_key="1", now=NOON)
    join(db)
    assert one(db, Message, kind=MessageKind.NOTE).conversation_id == conversation(db).id


def test_a_draft_comes_along(db, shop, ana):
    first, second = two_conversations(db)
    db.write(save, conversation_id=second, agent_id=ana, mode="reply", text="Half a", revision=4)
    join(db)
    assert db.look(load, first, ana)["reply"].text == "Half a"


def test_a_draft_in_the_older_one_is_not_replaced(db, shop, ana):
    first, second = two_conversations(db)
    for key, text in ((first, "Older"), (second, "Newer")):
        db.write(save, conversation_id=key, agent_id=ana, mode="reply", text=text, revision=4)
    join(db)
    assert db.look(load, first, ana)["reply"].text == "Older"


def test_a_word_in_one_reopens_the_window_that_was_shut_in_the_other(db, shop):
    first, _ = two_conversations(db)
    db.write(lambda work: setattr(work.get_one(Conversation, first), "window_shut_at", NOON))
    join(db)
    assert conversation(db).window_shut_at is None


def test_a_window_shut_after_the_last_word_stays_shut(db, shop):
    _, second = two_conversations(db)
    shut = later(minutes=2)
    db.write(lambda work: setattr(work.get_one(Conversation, second), "window_shut_at", shut))
    join(db)
    assert conversation(db).window_shut_at == shut


def test_open_screens_hear_of_every_message_that_moved(db, shop):
    first, second = two_conversations(db)
    moved = [message.id for message in every(db, Message, conversation_id=second)]
    told = []
    db.hub.tell = told.extend
    join(db)
    news = [event for event in told if isinstance(event, ConversationChanged)]
    heard = {key for event in news if event.conversation_id == first for key in event.message_ids}
    assert set(moved) <= heard
    assert second in {event.conversation_id for event in news}


def test_at_most_one_run_lives_after_it(db, shop):
    from jumper_app.bots.runs import answer_next

    two_conversations(db)
    while db.write(answer_next, now=later(minutes=1)):
        pass
    assert len(every(db, Run, status=RunStatus.RUNNING)) == 2
    join(db)
    assert len(every(db, Run, status=RunStatus.RUNNING)) == 1


def test_a_new_number_is_where_the_next_message_goes(db, shop, ana):
    old, new = make.person("15550000001", bsuid="US.1"), make.person("15550000002", bsuid="US.1")
    take(db, make.inbound(sender=old))
    take(db, make.identity_change(old, new))
    db.write(
        reply,
        conversation_id=conversation(db).id,
        agent_id=ana,
        text="Hi",
        client_key="1",
        now=later(minutes=2),
    )
    assert addressed(one(db, Outbox)) == "+15550000002"


@pytest.mark.parametrize("first", ["message", "change"])
def test_a_new_number_told_in_any_order_is_where_the_next_message_goes(db, shop, ana, first):
    old, new = make.person("15550000001", name=""), make.person("15550000002", name="")
    items = [make.inbound(sender=new, sent_at=later(minutes=2)), make.identity_change(old, new)]
    for item in items if first == "message" else reversed(items):
        take(db, item)
    db.write(
        reply,
        conversation_id=conversation(db).id,
        agent_id=ana,
        text="Hi",
        client_key="1",
        now=later(minutes=2),
    )
    assert addressed(one(db, Outbox)) == "+15550000002"


def addressed(row):
    from jumper_app.channels.contract import Outbound
    from jumper_app.channels.whatsapp.outbound import address

    return address(Outbound.model_validate(row.outbound))["to"]


def test_a_change_of_names_is_one_line_however_often_it_is_told(db, shop):
    take(db, make.inbound(sender=NUMBER))
    change = make.identity_change(NUMBER, BOTH, text="Maya changed her number")
    take(db, change)
    take(db, change)
    assert lines(db).count("identity_changed") == 1
    assert len(every(db, Contact)) == 1
