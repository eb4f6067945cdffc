import hashlib
import hmac
import json

import pytest

from jumper_app import clock
from jumper_app.channels.contract import Inbound, Media, Parked, Receipt, Text
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.simulator.faults import Fault
from tests.simulator.stage import CONFIG, HIDDEN, MARIA, NUMBER


async def test_a_customers_text_arrives_signed_and_verbatim(stage):
    stage.simulator.phone(MARIA).write("Grüße </b> 🙂")
    await stage.settled()
    [(body, headers)] = stage.app.received
    signature = hmac.new(CONFIG.app_secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature-256"] == f"sha256={signature}"
    assert stage.app.messages()[0]["text"] == {"body": "Grüße </b> 🙂"}


async def test_the_bytes_are_escaped_as_meta_escapes_them(stage):
    stage.simulator.phone(MARIA).write("ä/")
    await stage.settled()
    assert rb"\u00e4\/" in stage.app.received[0][0]


async def test_a_customers_text_has_metas_own_shape(stage):
    wamid = stage.simulator.phone(MARIA).write("Hi")
    await stage.settled()
    body = json.loads(stage.app.received[0][0])
    message = stage.app.messages()[0]
    assert body == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": NUMBER.waba_id,
                "changes": [
                    {
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "15550783881",
                                "phone_number_id": NUMBER.phone_number_id,
                            },
                            "contacts": [
                                {
                                    "profile": {"name": "María Müller", "username": "@maria"},
                                    "wa_id": MARIA,
                                    "user_id": "DE.7421",
                                }
                            ],
                            "messages": [
                                {
                                    "from": MARIA,
                                    "from_user_id": "DE.7421",
                                    "id": wamid,
                                    "timestamp": message["timestamp"],
                                    "type": "text",
                                    "text": {"body": "Hi"},
                                }
                            ],
                        },
                        "field": "messages",
                    }
                ],
            }
        ],
    }


async def test_a_customer_with_a_username_keeps_the_number_back(stage):
    stage.simulator.phone(HIDDEN).write("Hi")
    await stage.settled()
    [message] = stage.app.messages()
    assert message["from_user_id"] == HIDDEN
    assert "from" not in message
    assert "wa_id" not in stage.app.changes()[0]["contacts"][0]


async def test_everything_a_phone_sends_is_understood_by_the_channel(stage):
    phone = stage.simulator.phone(MARIA)
    text = phone.write("Hi")
    phone.photo(caption="Beach")
    phone.voice_note()
    phone.place(52.5, 13.4, "Berlin")
    phone.card("Ana Example", "+49 151 1")
    phone.react(text, "👍")
    await stage.settled()
    bodies = [json.loads(body) for body, _ in stage.app.received]
    items = [item for body in bodies for item in WHATSAPP.parse(body, clock.now())]
    assert len(items) == 6
    assert not [item for item in items if isinstance(item, Parked)]
    contents = [item.content for item in items if isinstance(item, Inbound)]
    assert contents[0] == Text(text="Hi")
    assert [one.voice for one in contents if isinstance(one, Media)] == [False, True]


async def test_statuses_come_in_order_with_our_reference(stage):
    stage.heard()
    stage.simulator.phone(MARIA).open()
    answer = await stage.text(biz_opaque_callback_data="ref-1")
    await stage.settled()
    wamid = answer.json()["messages"][0]["id"]
    found = stage.app.statuses(wamid)
    assert [one["status"] for one in found] == ["sent", "delivered", "read"]
    assert {one["biz_opaque_callback_data"] for one in found} == {"ref-1"}
    assert {one["recipient_id"] for one in found} == {MARIA}
    assert {one["recipient_user_id"] for one in found} == {"DE.7421"}
    assert all("conversation" not in one for one in found)


async def test_the_channel_understands_the_statuses(stage):
    stage.heard()
    await stage.text(biz_opaque_callback_data="ref-1")
    await stage.settled()
    bodies = [json.loads(body) for body, _ in stage.app.received]
    items = [item for body in bodies for item in WHATSAPP.parse(body, clock.now())]
    receipts = [item for item in items if isinstance(item, Receipt)]
    assert [(one.state, one.our_reference) for one in receipts] == [
        ("sent", "ref-1"),
        ("delivered", "ref-1"),
    ]


async def test_a_phone_without_network_gets_its_messages_later(stage):
    stage.heard()
    phone = stage.simulator.phone(MARIA)
    phone.go_offline()
    await stage.text("Later")
    await stage.settled()
    assert stage.app.states() == ["sent"]
    assert [bubble.text for bubble in phone.bubbles()] == ["Hi"]
    phone.go_online()
    await stage.settled()
    assert stage.app.states() == ["sent", "delivered"]
    assert [bubble.text for bubble in phone.bubbles()] == ["Hi", "Later"]


async def test_opening_the_chat_reads_what_came(stage):
    stage.heard()
    await stage.text("One")
    await stage.text("Two")
    phone = stage.simulator.phone(MARIA)
    assert phone.unread() == 2
    phone.open()
    await stage.settled()
    assert stage.app.states()[-2:] == ["read", "read"]
    assert phone.unread() == 0


async def test_a_tapped_button_comes_back_with_its_id(stage):
    stage.heard()
    button = {"type": "reply", "reply": {"id": "yes", "title": "Yes"}}
    action = {"buttons": [button]}
    content = {"type": "button", "body": {"text": "Sure?"}, "action": action}
    answer = await stage.text(type="interactive", interactive=content)
    wamid = answer.json()["messages"][0]["id"]
    stage.simulator.phone(MARIA).tap(wamid, "yes")
    await stage.settled()
    message = stage.app.messages()[-1]
    reply = {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}
    assert message["interactive"] == reply
    assert message["context"] == {"from": NUMBER.digits, "id": wamid}


async def test_a_webhook_is_posted_again_until_it_hears_200(stage):
    stage.app.answers = [503, 403, 201]
    stage.heard()
    await stage.settled()
    bodies = [body for body, _ in stage.app.received]
    assert len(bodies) == 4
    assert len(set(bodies)) == 1


async def test_a_customers_tick_tells_that_the_app_has_it(stage):
    stage.simulator.postman.holding = True
    phone = stage.simulator.phone(MARIA)
    phone.write("Hi")
    assert [bubble.state for bubble in phone.bubbles()] == ["sent"]
    stage.simulator.postman.release()
    await stage.settled()
    assert [bubble.state for bubble in phone.bubbles()] == ["delivered"]


async def test_the_last_webhook_can_be_sent_once_more(stage):
    stage.heard()
    await stage.settled()
    assert stage.simulator.postman.repeat()
    await stage.settled()
    [first, second] = [body for body, _ in stage.app.received]
    assert first == second


async def test_held_webhooks_come_shuffled(stage):
    stage.simulator.postman.holding = True
    written = [stage.simulator.phone(MARIA).write(str(n)) for n in range(8)]
    stage.simulator.postman.release(shuffle=1)
    await stage.settled()
    came = [one["id"] for one in stage.app.messages()]
    assert came != written
    assert sorted(came) == written


async def test_held_webhooks_come_in_one_body(stage):
    stage.simulator.postman.holding = True
    phone = stage.simulator.phone(MARIA)
    written = [phone.write(str(n)) for n in range(8)]
    stage.simulator.postman.release(batch=True)
    await stage.settled()
    assert len(stage.app.received) == 1
    assert [one["id"] for one in stage.app.messages()] == written
    assert {bubble.state for bubble in phone.bubbles()} == {"delivered"}


@pytest.mark.parametrize("key", [MARIA, HIDDEN])
async def test_ids_of_one_second_sort_in_the_order_of_writing(stage, key, monkeypatch):
    noon = clock.now()
    monkeypatch.setattr(clock, "now", lambda: noon)
    written = [stage.simulator.phone(key).write(str(n)) for n in range(1000)]
    assert sorted(written) == written
    assert len(set(written)) == 1000


async def test_the_app_proves_that_it_owns_the_callback(stage):
    assert await stage.simulator.handshake("whatsapp")


async def test_a_dropped_webhook_never_comes_and_a_doubled_one_comes_twice(stage):
    stage.simulator.faults.add(Fault("drop", on="webhook"))
    stage.simulator.faults.add(Fault("twice", on="webhook"))
    phone = stage.simulator.phone(MARIA)
    phone.write("lost")
    phone.write("doubled")
    await stage.settled()
    assert [one["text"]["body"] for one in stage.app.messages()] == ["doubled", "doubled"]
