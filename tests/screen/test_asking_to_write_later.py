"""A customer on Messenger is asked for leave to write later, by keyboard alone."""

from itertools import count

import pytest
from playwright.sync_api import expect

from jumper_app.simulator.messenger import ROOM
from tests.screen.people import ADesk, take
from tests.screen.test_attaching import keys, open_by_keys
from tests.server import Server
from tests.story.stage import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

NUMBERS = count(1)


@pytest.fixture
def fan(server: Server) -> Phone:
    phone = Phone.on(server, ROOM, f"Fan {next(NUMBERS):03} of tents")
    phone.write("Good morning")
    return phone


def test_the_request_is_typed_drawn_sent_and_answered(fan: Phone, a_desk: ADesk):
    ana = a_desk()
    take(ana, fan)
    open_by_keys(ana, "optin")
    title = ana.page.get_by_label("What will you write about?")
    expect(title).to_be_focused()
    keys(ana, "Enter")
    expect(ana.page.get_by_role("alert").first).to_contain_text("Say what the customer will hear")
    expect(title).to_be_focused()
    ana.page.keyboard.type("When the tent is back")
    preview = ana.page.get_by_test_id("optin-preview")
    expect(preview).to_contain_text("When the tent is back")
    expect(preview).to_contain_text("Get messages")
    ana.page.keyboard.type(" " + "x" * 50)
    expect(ana.page.get_by_test_id("optin-left")).to_have_text("7 too many")
    keys(ana, "Enter")
    expect(ana.page.get_by_role("alert").first).to_contain_text("7 too many")
    keys(ana, *["Backspace"] * 51)
    expect(ana.page.get_by_test_id("optin-left")).to_have_count(0)
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("optin-dialog")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    asked = ana.message("When the tent is back").first
    expect(asked).to_have_attribute("data-delivery", "delivered")
    expect(ana.status()).to_contain_text("Opt-in requested by Ana")
    request = fan.bubbles()[-1]
    assert "When the tent is back" in request["text"]
    fan.tap(request["id"], request["choices"][0]["id"])
    expect(ana.status()).to_contain_text("Customer opted in")
