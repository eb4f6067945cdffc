"""A customer's message is stored once, opens the window, and wakes whoever answers."""

from datetime import timedelta

import pytest

from jumper_app import clock
from jumper_app.channels.contract import Media, MediaRef, Text
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.takeover import pause_bot, resolve
from jumper_app.models import (
    AccountNews,
    Agent,
    Attachment,
    ChannelAccount,
    Conversation,
    Event,
    Message,
    MessageKind,
    Owner,
    ParkedItem,
    SignInSession,
    Wake,
    WebhookDelivery,
)
from tests import make
from tests.house import conversation, delivered, every, lines, one, spoken, take
from tests.make import NOON, later


@pytest.fixture
def shop(db):
    return db.write(make.account)


@pytest.fixture
def bot_shop(db):
    return db.write(make.account, bot=True)


def test_the_same_message_twice_stores_one(db, shop):
    hello = make.inbound("Hello")
    take(db, hello)
    take(db, hello)
    assert spoken(db) == ["Hello"]
    assert conversation(db).heard == 1


def test_the_same_message_twice_in_one_delivery_stores_one(db, shop):
    hello = make.inbound("Hello")
    take(db, hello, hello)
    assert spoken(db) == ["Hello"]


def test_the_same_id_at_another_account_is_another_message(db, shop):
    db.write(make.account, external_id="222")
    hello = make.inbound("Hello")
    take(db, hello, hello.model_copy(update={"account": "222"}))
    assert spoken(db) == ["Hello", "Hello"]
    assert len(every(db, Conversation)) == 2


def test_a_late_old_message_does_not_move_the_window_back(db, shop):
    take(db, make.inbound("Second", sent_at=later(minutes=5)), now=later(minutes=5))
    take(db, make.inbound("First", sent_at=NOON), now=later(minutes=6))
    assert conversation(db).last_heard_at == later(minutes=5)


def test_a_late_old_message_does_not_take_the_last_place(db, shop):
    take(db, make.inbound("Second", sent_at=later(minutes=5)), now=later(minutes=5))
    take(db, make.inbound("First", sent_at=NOON), now=later(minutes=6))
    row = conversation(db)
    assert (row.preview, row.last_activity_at) == ("Second", later(minutes=5))
    assert spoken(db) == ["First", "Second"]


@pytest.mark.parametrize("first", ["wamid.A", "wamid.B"])
def test_of_two_messages_of_the_same_second_the_list_shows_what_stands_last(db, shop, first):
    pair = [make.inbound(name[-1], external_id=name) for name in ("wamid.A", "wamid.B")]
    for message in sorted(pair, key=lambda each: each.external_id != first):
        take(db, message)
    assert conversation(db).preview == spoken(db)[-1] == "B"


def test_the_window_opens_by_the_providers_time_not_by_ours(db, shop):
    take(db, make.inbound(sent_at=NOON), now=later(hours=20))
    assert conversation(db).last_heard_at == NOON


def test_what_opens_no_window_leaves_it(db, shop):
    take(db, make.inbound(sent_at=NOON))
    take(db, make.inbound(sent_at=later(hours=1), opens_window=False))
    assert conversation(db).last_heard_at == NOON


def test_who_waits_waits_since_the_first_of_their_messages(db, shop):
    take(db, make.inbound("Second", sent_at=later(minutes=5)))
    take(db, make.inbound("First", sent_at=NOON))
    assert conversation(db).waiting_since == NOON


def test_a_new_customer_goes_to_the_bot_and_wakes_it(db, bot_shop):
    take(db, make.inbound())
    assert conversation(db).owner == Owner.BOT
    assert len(every(db, Wake)) == 1


def test_a_new_customer_goes_to_the_queue_where_no_bot_is(db, shop):
    take(db, make.inbound())
    assert conversation(db).owner == Owner.REQUESTED
    assert every(db, Wake) == []


def test_what_another_app_answers_wakes_no_bot(db, bot_shop):
    take(db, make.inbound(answered_elsewhere=True))
    assert every(db, Wake) == []


def test_history_is_stored_and_disturbs_nobody(db, bot_shop):
    old = make.inbound("Old", historical=True, answered_elsewhere=True, opens_window=False)
    take(db, old)
    row = conversation(db)
    assert spoken(db) == ["Old"]
    assert (row.heard, row.waiting_since, row.last_heard_at) == (0, None, None)
    assert every(db, Wake) == []


def _online(work, agent_id, seen_at):
    work.add(
        SignInSession(
            token_hash=f"hash {agent_id}",
            agent_id=agent_id,
            created_at=seen_at,
            last_seen_at=seen_at,
        )
    )


@pytest.mark.parametrize(
    ("bot", "online", "after", "owner"),
    [
        pytest.param(True, True, timedelta(hours=23), Owner.AGENT, id="agent-here-same-day"),
        pytest.param(True, True, timedelta(hours=24), Owner.BOT, id="agent-here-on-the-dot"),
        pytest.param(True, True, timedelta(hours=25), Owner.BOT, id="agent-here-next-day"),
        pytest.param(True, False, timedelta(hours=1), Owner.BOT, id="agent-gone"),
        pytest.param(False, False, timedelta(hours=1), Owner.REQUESTED, id="agent-gone-no-bot"),
    ],
)
def test_a_word_after_the_end_reopens_to(db, bot, online, after, owner):
    db.write(make.account, bot=bot)
    ana = db.write(make.agent)
    if online:
        db.write(_online, ana.id, clock.machine())
    take(db, make.inbound())
    row = conversation(db)
    db.write(resolve, conversation_id=row.id, agent_id=ana.id, now=NOON)
    take(db, make.inbound("Again", sent_at=NOON + after), now=NOON + after)
    now = conversation(db)
    assert now.owner == owner
    assert now.agent_id == (ana.id if owner == Owner.AGENT else None)
    assert now.epoch > row.epoch + 1
    assert lines(db)[-1] == "reopened"


def test_an_agent_who_was_sent_home_gets_nothing_back(db, bot_shop):
    ana = db.write(make.agent)
    db.write(_online, ana.id, clock.machine())
    take(db, make.inbound())
    db.write(resolve, conversation_id=conversation(db).id, agent_id=ana.id, now=NOON)
    db.write(lambda work: setattr(work.get_one(Agent, ana.id), "active", False))
    take(db, make.inbound("Again", sent_at=later(hours=1)), now=later(hours=1))
    assert conversation(db).owner == Owner.BOT


def test_a_repeated_message_reopens_nothing(db, bot_shop):
    ana = db.write(make.agent)
    hello = make.inbound()
    take(db, hello)
    db.write(resolve, conversation_id=conversation(db).id, agent_id=ana.id, now=NOON)
    take(db, hello, now=later(hours=1))
    assert conversation(db).owner == Owner.RESOLVED


def test_history_reopens_nothing(db, bot_shop):
    ana = db.write(make.agent)
    take(db, make.inbound())
    db.write(resolve, conversation_id=conversation(db).id, agent_id=ana.id, now=NOON)
    take(db, make.inbound(historical=True, answered_elsewhere=True))
    assert conversation(db).owner == Owner.RESOLVED


def test_under_an_agent_no_bot_is_woken(db, bot_shop):
    ana = db.write(make.agent)
    take(db, make.inbound())
    db.write(pause_bot, conversation_id=conversation(db).id, agent_id=ana.id, now=NOON)
    take(db, make.inbound("And?"))
    assert every(db, Wake) == []


def test_a_picture_waits_to_be_fetched(db, shop):
    picture = Media(kind="image", media=MediaRef(provider_id="77", mime="image/png"), caption="Box")
    take(db, make.inbound(content=picture))
    file = one(db, Attachment)
    assert (file.state, file.source["provider_id"], file.mime) == ("waiting", "77", "image/png")
    assert spoken(db) == ["Box"]


def _text_body(text, wamid="wamid.raw"):
    message = {"from": "16505551234", "id": wamid, "timestamp": "1795348800", "type": "text"}
    value = {
        "metadata": {"phone_number_id": make.PHONE_NUMBER_ID},
        "messages": [{**message, "text": {"body": text}}],
    }
    change = {"field": "messages", "value": value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": make.WABA, "changes": [change]}],
    }


def test_a_nul_in_a_text_is_left_out(db, shop):
    tally = db.write(receive_all, [make.delivery(_text_body("a\x00b"))])
    assert (tally.stored, tally.parked) == (1, 0)
    assert spoken(db) == ["ab"]


def test_what_is_not_json_is_kept_and_named(db, shop):
    db.write(receive_all, [make.delivery(None, body=b"\xff\x00 no json")])
    assert one(db, ParkedItem).kind == "not_json"
    assert one(db, WebhookDelivery).body == b"\xff\x00 no json"


def test_the_same_bytes_again_only_raise_the_counter(db, shop):
    for _ in range(3):
        db.write(receive_all, [make.delivery(_text_body("Hello"))])
    assert one(db, WebhookDelivery).repeats == 2
    assert spoken(db) == ["Hello"]


def test_the_same_bytes_twice_in_one_commit_count_once(db, shop):
    tally = db.write(receive_all, [make.delivery(_text_body("Hello"))] * 2)
    assert (tally.stored, tally.repeated) == (1, 1)
    assert one(db, WebhookDelivery).repeats == 1


def test_the_raw_bytes_are_kept(db, shop):
    body = make.delivery(_text_body("Hello"))
    db.write(receive_all, [body])
    assert one(db, WebhookDelivery).body == body.body


def test_an_account_of_another_secret_is_counted_and_not_stored(db, shop):
    db.write(make.account, external_id="222", parent_id="waba-2")
    ours = delivered(make.inbound("Forged", account="222"))
    stranger = type(ours)(**{**vars(ours), "may_speak_for": frozenset({make.PHONE_NUMBER_ID})})
    tally = db.write(receive_all, [stranger])
    assert (tally.foreign, tally.stored, tally.parked) == (1, 0, 0)
    assert [every(db, table) for table in (Message, WebhookDelivery, ParkedItem)] == [[], [], []]


def test_of_a_mixed_delivery_only_the_own_part_is_stored_and_no_foreign_byte(db, shop):
    db.write(make.account, external_id="222", parent_id="waba-2")
    mixed = delivered(make.inbound("Mine"), make.inbound("Theirs", account="222"))
    mine = type(mixed)(**{**vars(mixed), "may_speak_for": frozenset({make.PHONE_NUMBER_ID})})
    tally = db.write(receive_all, [mine])
    assert (tally.stored, tally.foreign) == (1, 1)
    assert spoken(db) == ["Mine"]
    assert one(db, WebhookDelivery).body == b""


def test_the_other_part_of_a_mixed_delivery_comes_in_under_its_own_secret(db, shop):
    db.write(make.account, external_id="222", parent_id="waba-2")
    mixed = delivered(make.inbound("Mine"), make.inbound("Theirs", account="222"))
    for account in (make.PHONE_NUMBER_ID, "222"):
        part = type(mixed)(**{**vars(mixed), "may_speak_for": frozenset({account})})
        db.write(receive_all, [part])
    assert sorted(spoken(db)) == ["Mine", "Theirs"]


def test_an_unknown_account_is_parked_whole(db, shop):
    tally = take(db, make.inbound("Hello", account="999"))
    parked = one(db, ParkedItem)
    assert (tally.parked, parked.kind, parked.account) == (1, "unknown_account", "999")
    assert parked.raw["content"]["text"] == "Hello"


def test_one_bad_item_of_a_thousand_parks_alone(db, shop, monkeypatch):
    from jumper_app.conversations import messages as module

    def breaks(_work, _account, _message_id, content, _now):
        if content.text == "500":
            raise ValueError("this one breaks after its row was added")

    monkeypatch.setattr(module, "keep_media", breaks)
    tally = take(db, *(make.inbound(str(number)) for number in range(1000)))
    assert (tally.stored, tally.parked) == (999, 1)
    assert one(db, ParkedItem).kind == "failed:ValueError"
    assert sorted(spoken(db), key=int) == [str(n) for n in range(1000) if n != 500]


def test_a_thousand_items_in_one_body_are_a_thousand_rows(db, shop):
    people = [make.person(f"1650555{number:04}") for number in range(40)]
    items = [make.inbound(str(number), sender=people[number % 40]) for number in range(1000)]
    assert take(db, *items).stored == 1000
    assert len(every(db, Message, kind=MessageKind.CUSTOMER)) == 1000
    assert sum(row.heard for row in every(db, Conversation)) == 1000


def test_news_about_an_account_is_kept(db, shop):
    body = {
        "object": "whatsapp_business_account",
        "entry": [{"id": make.WABA, "changes": [{"field": "account_alerts", "value": {"a": 1}}]}],
    }
    db.write(receive_all, [make.delivery(body)])
    assert one(db, AccountNews).kind == "account_alerts"


def test_a_message_is_logged_by_its_key_not_its_words(db, shop):
    take(db, make.inbound("very private"))
    event = one(db, Event)
    assert (event.kind, event.number, event.actor) == ("message_received", 1, "customer")
    assert event.data == {"message": one(db, Message).id}


def test_a_payload_is_kept_with_the_words_of_the_tapped_choice(db, shop):
    take(db, make.inbound(content=Text(text="Yes", payload="yes", from_button=True)))
    assert one(db, Message).content["payload"] == "yes"


def test_new_secrets_for_a_connected_account_make_no_second_one(db, shop):
    db.write(make.account)
    assert len(every(db, ChannelAccount)) == 1
