"""A visitor writes, people answer: over the real doors, on both databases."""

import asyncio

from jumper_app.models import Contact, Conversation, Message, MessageKind, WebhookDelivery
from tests.house import every, one, spoken
from tests.web.widget.stage import Shop


async def test_what_a_visitor_writes_stands_in_the_thread_when_it_is_answered(shop: Shop):
    answer = await shop.visitor().write("Hello", name="Vera")
    assert answer.status_code == 200
    assert spoken(shop.db) == ["Hello"]
    assert one(shop.db, Contact).name == "Vera"


async def test_the_same_message_brought_twice_is_one_message(shop: Shop):
    vera = shop.visitor()
    refs = ["a-message-of-vera-1"] * 3
    answers = await asyncio.gather(*(vera.write("Hello", ref=ref) for ref in refs))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert spoken(shop.db) == ["Hello"]


async def test_two_visitors_may_use_the_same_id_for_their_messages(shop: Shop):
    await shop.visitor().write("I am Vera", ref="the-very-same-reference")
    await shop.visitor().write("I am Otto", ref="the-very-same-reference")
    assert sorted(spoken(shop.db)) == ["I am Otto", "I am Vera"]


async def test_many_first_messages_at_once_are_one_conversation(shop: Shop):
    vera = shop.visitor()
    await asyncio.gather(*(vera.write(f"Line {number}") for number in range(50)))
    assert len(every(shop.db, Conversation)) == len(every(shop.db, Contact)) == 1
    assert len(spoken(shop.db)) == 50


async def test_an_answer_comes_to_the_visitor_at_once(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    assert (await line.next()).texts == ["Hello"]
    await shop.ana_says("Hi Vera")
    answer = await line.hears("Hi Vera")
    assert answer.data["bubbles"][0] | {"id": "", "at": ""} == {
        "id": "",
        "by": "agent",
        "name": "Ana",
        "text": "Hi Vera",
        "at": "",
        "ref": "",
        "state": "sent",
        "files": [],
        "choices": [],
        "cards": [],
        "place": None,
    }
    await line.cut()


async def test_ticks_go_from_sent_to_delivered_to_read(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await shop.ana_says("Hi Vera")
    public_id = (await line.hears("Hi Vera")).data["bubbles"][0]["id"]
    states = [one(shop.db, Message, kind=MessageKind.AGENT).delivery]
    await vera.sees(delivered=[public_id])
    states.append(one(shop.db, Message, kind=MessageKind.AGENT).delivery)
    await vera.sees(read=[public_id])
    states.append(one(shop.db, Message, kind=MessageKind.AGENT).delivery)
    assert states == ["sent", "delivered", "read"]
    await line.cut()


async def test_the_visitor_hears_that_their_words_were_read(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    mine = (await line.next()).data["bubbles"][0]["id"]
    await shop.ana_says("Hi")
    event = await line.hears("Hi")
    assert event.data["seen"] == mine
    assert event.data["answering"] == {"by": "agent", "name": "Ana"}
    await line.cut()


async def test_nobody_hears_what_is_said_to_another_visitor(shop: Shop):
    vera, otto = shop.visitor(), shop.visitor()
    await vera.write("I am Vera")
    await otto.write("I am Otto")
    line = await otto.listen()
    assert (await line.next()).texts == ["I am Otto"]
    whose = one(shop.db, Message, text="I am Vera").conversation_id
    await shop.ana_says("For Vera only", whose)
    await shop.ana_says("For Otto", one(shop.db, Message, text="I am Otto").conversation_id)
    assert (await line.hears("For Otto")).texts == ["For Otto"]
    assert line.nothing_more()
    await line.cut()


async def test_what_a_visitor_hands_in_is_kept_raw(shop: Shop):
    await shop.visitor().write("Hello")
    assert b"Hello" in one(shop.db, WebhookDelivery).body
