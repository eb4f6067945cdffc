"""The whole house in one walk: a customer writes, the bot answers, an agent takes over."""

import pytest
from playwright.sync_api import Browser, expect

from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_customer_writes_the_bot_answers_and_an_agent_takes_over(
    demo_server: Server, real_browser: Browser
):
    ana = Desk(real_browser, demo_server, "ana@example.com")
    ben = Desk(real_browser, demo_server, "ben@example.com")
    for agent in (ana, ben):
        agent.tab("bot")

    freddie = Phone.of_a_new_customer(demo_server, "Freddie Story", "4915199887766")
    freddie.write("Good evening")

    for agent in (ana, ben):
        expect(agent.row("Freddie Story")).to_be_visible()
        agent.open("Freddie Story")
        expect(agent.message("Good evening")).to_have_attribute("data-kind", "customer")
        expect(agent.messages("bot").last).to_contain_text("What is it about?")
        expect(agent.messages("bot").last).to_have_attribute("data-delivery", "delivered")
        expect(agent.owner()).to_have_attribute("data-owner", "bot")
    assert "What is it about?" in freddie.texts()

    ana.toggle_bot()
    for agent in (ana, ben):
        expect(agent.owner()).to_have_attribute("data-owner", "agent")
        expect(agent.messages("status").last).to_contain_text("Bot paused by Ana Novak")

    freddie.write("My order")
    expect(ben.message("My order")).to_be_visible()

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
        assert agent.errors == []
