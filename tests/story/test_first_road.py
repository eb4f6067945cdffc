"""The whole house in one walk, the same on every channel there is, and on one of our own.

A customer writes, the bot answers, an agent takes over, replies, notes, passes back, and the
conversation is resolved.
What differs between channels is read from their own descriptions.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from jumper_app.simulator.network import Room, rooms
from tests import server as servers
from tests.server import Server
from tests.story import pigeon
from tests.story.stage import DEMO, Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SERVED = (sys.executable, "-m", "tests.story.served")
ROOMS = (*rooms(), pigeon.ROOM)


@pytest.fixture(scope="module")
def server(built: None) -> Iterator[Server]:
    """The demo with the fourth channel."""
    with (
        tempfile.TemporaryDirectory(prefix="jumper-story-") as folder,
        servers.running(Path(folder), command=SERVED, environment=DEMO) as running,
    ):
        yield running


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.key)
def test_a_customer_writes_the_bot_answers_and_an_agent_takes_over(
    server: Server, real_browser: Browser, room: Room
):
    name = f"Freddie of {room.key}"
    ana = Desk(real_browser, server, "ana@example.com")
    ben = Desk(real_browser, server, "ben@example.com")
    for agent in (ana, ben):
        agent.tab("bot")

    freddie = Phone.on(server, room, name)
    freddie.write("Good evening")

    for agent in (ana, ben):
        expect(agent.row(name)).to_be_visible()
        assert shown_width(agent, name, room.key) > 0, "the channel's own mark"
        agent.open(name)
        expect(agent.message("Good evening")).to_have_attribute("data-kind", "customer")
        expect(agent.messages("bot").last).to_contain_text("What is it about?")
        expect(agent.messages("bot").last).to_have_attribute("data-delivery", "delivered")
        expect(agent.owner()).to_have_attribute("data-owner", "bot")
    assert any("What is it about?" in text for text in freddie.texts())

    ana.toggle_bot()
    for agent in (ana, ben):
        expect(agent.owner()).to_have_attribute("data-owner", "agent")
        expect(agent.messages("status").last).to_contain_text("Bot paused by Ana Novak")

    freddie.write("My order")
    expect(ben.messages("customer").filter(has_text="My order")).to_be_visible()
    if "photo" in room.samples:
        freddie.send_photo("")
        picture = ben.messages("customer").last.get_by_role("button", name="Open the picture")
        expect(picture).to_be_visible()

    ana.send("Hello Freddie, this is Ana. I will look it up.")
    for agent in (ana, ben):
        reply = agent.message("this is Ana")
        expect(reply).to_have_attribute("data-kind", "agent")
        expect(reply).to_have_attribute("data-delivery", "delivered")
    freddie.open_chat()
    for agent in (ana, ben):
        expect(agent.message("this is Ana")).to_have_attribute("data-delivery", "read")

    ben.note("He called this morning as well.")
    expect(ana.messages("note")).to_contain_text("He called this morning as well.")

    on_the_phone = freddie.texts()
    assert on_the_phone.count("Hello Freddie, this is Ana. I will look it up.") == 1
    assert on_the_phone[-1] == "Hello Freddie, this is Ana. I will look it up."
    assert freddie.sends_of("He called this morning") == 0

    ana.toggle_bot()
    for agent in (ana, ben):
        expect(agent.messages("status").last).to_contain_text("Bot resumed by Ana Novak")
        expect(agent.owner()).to_have_attribute("data-owner", "bot")
        expect(agent.messages("bot").last).to_contain_text("What is it about?")

    said_before = len(freddie.texts())
    ben.click("resolve")
    for agent in (ana, ben):
        expect(agent.owner()).to_have_attribute("data-owner", "resolved")
        expect(agent.status()).to_contain_text("Conversation resolved by Ben")
        assert agent.errors == []
    assert len(freddie.texts()) == said_before, "the customer hears nothing of that"


def shown_width(agent: Desk, name: str, channel: str) -> int:
    """How wide, in pixels of its own, the mark of the channel is that stands at the customer."""
    mark = agent.row(name).locator(f"img[src='/channels/{channel}.svg']").first
    return mark.evaluate("mark => mark.decode().then(() => mark.naturalWidth)")
