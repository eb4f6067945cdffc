"""The stream: nothing lost, nothing twice, one for each browser."""

import asyncio
import random

import pytest

from jumper_app.live import SettingsChanged
from jumper_app.models import ChannelAccount
from jumper_app.web.widget import stream as streams
from tests.web.widget.stage import Line, Shop, passport


async def test_nobody_has_a_stream_before_they_wrote(little_shop: Shop):
    assert (await little_shop.visitor().listen()).status == 204


async def test_a_cut_line_goes_on_where_it_was(shop: Shop):
    vera = shop.visitor()
    await vera.write("One")
    line = await vera.listen()
    place = (await line.next()).place
    await line.cut()
    await shop.ana_says("Two")
    await shop.ana_says("Three")
    line = await vera.listen(place)
    event = await line.next()
    assert (event.kind, event.texts) == ("some", ["Two", "Three"])
    await line.cut()


@pytest.mark.parametrize(
    "place", ["nonsense", ".", "x.1", "..", "1.99999999999999999999", "é.1", "' OR 1=1"]
)
async def test_a_place_that_means_nothing_begins_afresh(little_shop: Shop, place: str):
    vera = little_shop.visitor()
    await vera.write("One")
    line = await vera.listen(place.encode().decode("latin-1"))
    assert (await line.next()).kind == "all"
    await line.cut()


async def test_whoever_was_away_for_long_begins_afresh(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("jumper_app.web.widget.feed.MOST_EVENTS", 3)
    vera = shop.visitor()
    await vera.write("One")
    line = await vera.listen()
    place = (await line.next()).place
    await line.cut()
    for number in range(4):
        await vera.write(f"More {number}")
    line = await vera.listen(place)
    assert (await line.next()).kind == "all"
    await line.cut()


async def test_the_newest_stream_of_a_browser_is_its_only_one(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    old = await vera.listen()
    await old.next()
    new = await vera.listen()
    await new.next()
    assert (await old.next()).data == {"why": "elsewhere"}
    await old.over.wait()
    await shop.ana_says("Hi")
    await new.hears("Hi")
    await new.cut()


async def test_another_device_of_the_same_person_keeps_its_stream(shop: Shop):
    phone = shop.visitor(passport=passport("u-1"))
    desk = shop.visitor(passport=passport("u-1"))
    await phone.write("Hello")
    lines = [await phone.listen(), await desk.listen()]
    await shop.ana_says("Hi")
    for line in lines:
        await line.hears("Hi")
        await line.cut()


async def test_a_change_of_the_settings_sends_everyone_to_look_again(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await line.next()
    shop.db.hub.tell([SettingsChanged()])
    assert (await line.next()).data == {"why": "again"}
    await line.over.wait()


async def test_a_chat_that_was_removed_is_closed_to_everyone(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")

    def remove(work):
        work.get_one(ChannelAccount, 1).active = False

    shop.db.write(remove)
    assert (await vera.listen()).status == 404
    assert (await vera.write("Are you there?")).status_code == 404


async def test_streams_end_when_the_server_goes_down(little_shop: Shop):
    vera = little_shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await line.next()
    little_shop.widget.end_streams()
    async with asyncio.timeout(5):
        await line.over.wait()


async def test_a_closed_stream_leaves_no_listener_behind(little_shop: Shop):
    vera = little_shop.visitor()
    await vera.write("Hello")
    before = len(little_shop.db.hub)
    for _ in range(5):
        line = await vera.listen()
        await line.next()
        await line.cut()
    assert len(little_shop.db.hub) == before


async def test_a_stream_ends_by_itself_after_a_while(
    little_shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(streams, "LONGEST_S", 0.0)
    vera = little_shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    async with asyncio.timeout(5):
        await line.over.wait()


async def test_a_quiet_line_still_says_that_it_lives(
    little_shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.01)
    vera = little_shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await line.next()
    async with asyncio.timeout(5):
        await line.beats(3)
    await line.cut()


async def test_older_messages_are_read_page_by_page(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("jumper_app.web.widget.feed.PAGE", 3)
    vera = shop.visitor()
    for number in range(7):
        await vera.write(f"{number}")
    line = await vera.listen()
    first = await line.next()
    assert first.data["more"]
    assert first.texts == [str(number) for number in range(4, 7)]
    await line.cut()
    texts, oldest = first.texts, first.data["bubbles"][0]["id"]
    for more in (True, False):
        page = (await vera.ask("GET", f"messages?before={oldest}")).json()
        assert page["more"] is more
        texts = [bubble["text"] for bubble in page["bubbles"]] + texts
        oldest = page["bubbles"][0]["id"]
    assert texts == [str(number) for number in range(7)]


async def test_the_page_before_another_visitors_message_is_empty(shop: Shop):
    vera, otto = shop.visitor(), shop.visitor()
    await vera.write("Mine")
    await otto.write("Mine, too")
    line = await vera.listen()
    mine = (await line.next()).data["bubbles"][0]["id"]
    await line.cut()
    page = (await otto.ask("GET", f"messages?before={mine}")).json()
    assert page == {"bubbles": [], "more": False}


async def test_typing_is_shown_to_the_visitor_and_forgotten(shop: Shop):
    from jumper_app.conversations.typing import tell_typing

    vera = shop.visitor()
    await vera.write("Hello")
    await shop.ana_takes_over()
    line = await vera.listen()
    await line.next()
    key = shop.conversation().id or 0
    shop.db.write(tell_typing, conversation_id=key, agent_id=shop.ana)
    event = await line.next()
    assert (event.kind, event.data, event.place) == ("typing", {"by": "agent", "name": "Ana"}, "")
    await line.cut()


async def test_a_colleague_who_looks_on_is_not_felt(shop: Shop):
    from jumper_app.conversations.typing import tell_typing

    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await line.next()
    key = shop.conversation().id or 0
    shop.db.write(tell_typing, conversation_id=key, agent_id=shop.ana)
    await shop.ana_says("Hi")
    assert (await line.next()).kind == "some"
    await line.cut()


class Widget:
    """The widget's own bookkeeping: a message is drawn under its id, the place is kept."""

    def __init__(self) -> None:
        self.place = ""
        self.drawn: dict[str, str] = {}

    async def hear(self, line: Line, events: int) -> None:
        for _ in range(events):
            event = await line.next()
            if event.kind == "all":
                self.drawn.clear()
            for bubble in event.data.get("bubbles", ()):
                self.drawn[bubble["id"]] = bubble["text"]
            self.place = event.place or self.place


async def test_whatever_is_cut_when_nothing_is_lost_or_twice(shop: Shop, effort, request):
    """Lines are cut at random moments; in the end the widget shows what a fresh one shows."""
    seed = request.config.getoption("randomly_seed", 0)
    chance = random.Random(seed)
    vera, widget = shop.visitor(), Widget()
    await vera.write("The beginning")
    said = ["The beginning"]
    for number in effort.rounds("cuts of a visitor's line", gate=12, long=400):
        line = await vera.listen(widget.place)
        await widget.hear(line, 1)
        for _ in range(chance.randrange(3)):
            text = f"{number}: {chance.random()}"
            said.append(text)
            speak = chance.choice([vera.write, shop.ana_says])
            await speak(text)
            if chance.random() < 0.5:
                await line.hears(text)
        await line.cut()
    line = await vera.listen(widget.place)
    await widget.hear(line, 1)
    await line.cut()
    assert sorted(widget.drawn.values()) == sorted(said), f"seed {seed}"
