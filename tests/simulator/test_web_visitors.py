"""The simulator's visitors of the website, without a server: memory, samples, and the site."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app.channels.webchat import passport
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator.network import room_of
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.webchat.handset import WebPhone
from jumper_app.simulator.webchat.known import identity_of, secret_of
from jumper_app.simulator.webchat.memory import Memory
from jumper_app.simulator.webchat.network import WebChat
from jumper_app.simulator.webchat.site import Site
from tests.simulator.stage import CONFIG

ACCOUNT = "demo"


@pytest.fixture
def made() -> Iterator[Simulator]:
    simulator = Simulator(CONFIG, [lambda ground: WebChat(ground, ACCOUNT)])
    yield simulator
    simulator.store.close()


@pytest.fixture
def network(made: Simulator) -> WebChat:
    found = made.network("webchat")
    assert isinstance(found, WebChat)
    return found


@pytest.fixture
def vera(network: WebChat) -> WebPhone:
    return network.phone(network.acquaint("Vera", [identity_of(secret_of("Vera"))]).key)


def memory(made: Simulator, phone: WebPhone) -> Memory:
    return Memory(made.store, phone.key, ACCOUNT)


def bubble(words: str, **more: Any) -> dict[str, Any]:
    told = {
        "id": f"id of {words}",
        "by": "agent",
        "name": "Ana",
        "text": words,
        "ref": "",
        "at": clock.now().isoformat(),
        "state": "sent",
        "files": [],
        "choices": [],
        "cards": [],
        "place": None,
    }
    return told | more


def test_a_message_of_the_feed_is_on_the_screen_once(made: Simulator, vera: WebPhone):
    mine = memory(made, vera)
    mine.keep(bubble("Hi"), "")
    mine.keep(bubble("Hi"), "")
    assert [(one.mine, one.text) for one in vera.bubbles()] == [(False, "Hi")]


def test_the_visitors_own_words_come_back_as_what_they_are(made: Simulator, vera: WebPhone):
    ref = vera.write("Hello")
    mine = memory(made, vera)
    mine.keep(bubble("Hello", id="public", by="you", ref=ref, state=""), "")
    mine.seen("public")
    assert [(one.mine, one.text, one.state) for one in vera.bubbles()] == [(True, "Hello", "read")]


def test_who_looks_has_read_it_and_who_does_not_has_received_it(made: Simulator, vera: WebPhone):
    mine = memory(made, vera)
    first, second = bubble("One"), bubble("Two")
    mine.keep(first, "")
    assert mine.untold([first], "read") == []
    assert mine.untold([first], "delivered") == [first["id"]]
    vera._store.set_reading(vera.key, ACCOUNT)
    mine.keep(second, "")
    assert mine.untold([second], "read") == [second["id"]]


def test_a_button_that_was_offered_can_be_tapped(made: Simulator, vera: WebPhone):
    offered = bubble("What is it?", choices=[{"id": "order", "title": "My order"}])
    memory(made, vera).keep(offered, "")
    vera.tap(offered["id"], "order")
    assert memory(made, vera).unsent()[0].content == {"text": "My order", "choice": "order"}
    with pytest.raises(NotFound):
        vera.tap(offered["id"], "another")


def test_whatever_lies_ready_can_be_sent(vera: WebPhone):
    room = room_of("webchat")
    assert room
    assert [vera.send(what) for what in room.samples]
    assert [one.type for one in vera.bubbles()] == ["image", "document"]
    with pytest.raises(NotFound):
        vera.send("voice-note")
    with pytest.raises(BadInput):
        vera.react("any", "👍")


async def site(query: str = "") -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=Site(ACCOUNT, "the secret").routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(f"/simulator/site{query}")


async def test_the_site_has_the_one_line():
    page = await site()
    assert '<script src="/widget.js" data-key="demo" async></script>' in page.text
    assert "data-user" not in page.text


async def test_the_site_says_who_is_signed_in():
    page = await site("?user=vera")
    token = page.text.partition('data-user="')[2].partition('"')[0]
    user = passport.read(token, [SecretStr("the secret")], clock.machine())
    assert (user.id, user.name) == ("customer-1001", "Vera Lind")
    assert token not in page.text.partition("<footer>")[2].partition("</code>")[0]


@pytest.mark.parametrize("query", ["?user=nobody", "?lang=xx", "?lang=<script>"])
async def test_nothing_of_the_address_comes_back(query: str):
    assert (await site(query)).text == (await site()).text
