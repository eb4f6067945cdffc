"""What one visitor, and one address, may do; and what is no message at all."""

from datetime import timedelta

import orjson
import pytest

from jumper_app.channels.contract import Identity, IdentityKind
from jumper_app.channels.webchat.posts import Sender
from jumper_app.errors import JumperError
from jumper_app.models import Conversation, Message, MessageKind
from jumper_app.people.throttle import Throttle
from jumper_app.web.widget.chat import Chat
from jumper_app.web.widget.errors import TooFast, TooManyNewcomers, TooManyToday
from jumper_app.web.widget.flood import Gate, Limits, household
from jumper_app.web.widget.visitors import Visitor
from tests.house import every
from tests.people.crowd import Machine
from tests.web.widget.stage import Shop

CHAT = Chat(
    account_id=1,
    key="shop",
    name="Shop",
    greeting="",
    colour="#000000",
    ask_name=False,
    ask_email=False,
    show_agent=True,
    live_typing=False,
    sites=(),
    secrets=(),
)


def somebody(browser: str = "a", *, conversation_id: int = 1) -> Visitor:
    name = Identity(kind=IdentityKind.VISITOR, value=browser)
    return Visitor(CHAT, browser, Sender(identity=name), conversation_id)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def gate(machine: Machine) -> Gate:
    return Gate(Limits(), Throttle(machine))


def refused(act, *arguments) -> type[JumperError] | None:
    try:
        act(*arguments)
    except JumperError as error:
        return type(error)
    return None


def test_ten_messages_in_ten_seconds_and_no_more(gate: Gate, machine: Machine):
    vera = somebody()
    assert [refused(gate.let_write, vera, "192.0.2.7") for _ in range(10)] == [None] * 10
    assert refused(gate.let_write, vera, "192.0.2.7") is TooFast
    assert refused(gate.let_write, somebody("b"), "192.0.2.7") is None
    machine.wait(seconds=10)
    assert refused(gate.let_write, vera, "192.0.2.7") is None


def test_two_hundred_messages_a_day(gate: Gate, machine: Machine):
    vera = somebody()
    for _ in range(200):
        gate.let_write(vera, "192.0.2.7")
        machine.wait(seconds=2)
    assert refused(gate.let_write, vera, "192.0.2.7") is TooManyToday


def test_three_new_visitors_of_one_address_in_an_hour(gate: Gate, machine: Machine):
    def first_message(browser: str, address: str = "192.0.2.7"):
        return refused(gate.let_write, somebody(browser, conversation_id=0), address)

    assert [first_message(name) for name in "abc"] == [None] * 3
    assert first_message("d") is TooManyNewcomers
    assert first_message("a") is None, "who tries again is counted once"
    assert first_message("e", "192.0.2.8") is None
    machine.wait(hours=1, seconds=1)
    assert first_message("d") is None


def test_twenty_streams_of_one_address(gate: Gate):
    from contextlib import ExitStack

    with ExitStack() as stack:
        for _ in range(20):
            assert refused(gate.let_stream, "192.0.2.7") is None
            stack.enter_context(gate.streaming("192.0.2.7"))
        assert refused(gate.let_stream, "192.0.2.7")
        assert refused(gate.let_stream, "192.0.2.8") is None
    assert refused(gate.let_stream, "192.0.2.7") is None


@pytest.mark.parametrize(
    ("address", "same_as"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("no address", "no address"),
    ],
)
def test_who_counts_as_one_address(address: str, same_as: str):
    assert household(address) == household(same_as)
    assert household("2001:db8:1:2::1") != household("2001:db8:1:3::1")


async def test_whoever_writes_too_fast_is_told_when_to_go_on(db):
    async with Shop(db, Limits()).open() as shop:
        vera = shop.visitor()
        answers = [await vera.write(f"{number}") for number in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert answers[-1].json() == {"error": "too_fast"}
    assert answers[-1].headers["retry-after"] == "10"
    assert len(every(db, Message, kind=MessageKind.CUSTOMER)) == 10


async def test_a_crowd_of_strangers_at_one_address_begins_three_conversations(db):
    async with Shop(db, Limits()).open() as shop:
        answers = [await shop.visitor().write("Hi") for _ in range(6)]
        others = [await shop.visitor(address=f"192.0.2.{n}").write("Hi") for n in range(20, 23)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3
    assert [answer.status_code for answer in others] == [200] * 3
    assert len(every(db, Conversation)) == 6


NO_MESSAGES = {
    "no json": b"{",
    "no object": b"[]",
    "no id": orjson.dumps({"text": "x"}),
    "no text": orjson.dumps({"id": "a" * 16}),
    "blank": orjson.dumps({"id": "a" * 16, "text": " \n\t "}),
    "short id": orjson.dumps({"id": "a", "text": "x"}),
    "id with a dot": orjson.dumps({"id": "a" * 16 + ".", "text": "x"}),
    "a number for text": orjson.dumps({"id": "a" * 16, "text": 5}),
    "too long": orjson.dumps({"id": "a" * 16, "text": "x" * 4001}),
    "something more": orjson.dumps({"id": "a" * 16, "text": "x", "kind": "note"}),
    "an agent's": orjson.dumps({"id": "a" * 16, "text": "x", "agent_id": 1}),
    "lone surrogate": b'{"id":"aaaaaaaaaaaaaaaa","text":"\\ud800"}',
    "not finite": b'{"id":"aaaaaaaaaaaaaaaa","text":NaN}',
    "very deep": b'{"id":' + b"[" * 20000 + b"]" * 20000 + b"}",
    "very large": b'{"id":"aaaaaaaaaaaaaaaa","text":"' + b"x" * 70000 + b'"}',
    "not utf-8": b'{"id":"aaaaaaaaaaaaaaaa","text":"\xff"}',
}


@pytest.mark.parametrize("name", NO_MESSAGES)
async def test_what_is_no_message_is_refused_and_stored_nowhere(little_shop: Shop, name: str):
    answer = await little_shop.visitor().ask(
        "POST",
        "messages",
        content=NO_MESSAGES[name],
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()) == (422, {"error": "unreadable"})
    assert not every(little_shop.db, Message)


async def test_a_form_of_another_site_is_no_message(little_shop: Shop):
    body = orjson.dumps({"id": "a" * 16, "text": "x"})
    headers = {"Content-Type": "text/plain"}
    answer = await little_shop.visitor().ask("POST", "messages", content=body, headers=headers)
    assert answer.status_code == 422
    headers = {"Content-Type": "application/json", "Origin": "https://evil.example"}
    answer = await little_shop.visitor().ask("POST", "messages", content=body, headers=headers)
    assert answer.status_code == 403


async def test_nul_and_hostile_words_come_through_as_words(shop: Shop):
    words = "a\0b <script>alert(1)</script> \u202egpj.exe ' OR 1=1 😀"
    assert (await shop.visitor().write(words)).status_code == 200
    stored = every(shop.db, Message, kind=MessageKind.CUSTOMER)[0]
    assert stored.text == words.replace("\0", "")


def test_the_machines_clock_counts_not_the_demos(gate: Gate, machine: Machine):
    from jumper_app import clock

    vera = somebody()
    for _ in range(10):
        gate.let_write(vera, "192.0.2.7")
    clock.set_advanced(timedelta(days=2))
    try:
        assert refused(gate.let_write, vera, "192.0.2.7") is TooFast
    finally:
        clock.set_advanced(timedelta(0))
