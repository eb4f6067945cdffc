"""Messenger's two clocks on the screen: people longer than the bot, then nobody; notes always."""

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import expect

from jumper_app.simulator.messenger import ROOM
from tests.screen.people import ADesk, break_something, mend_everything, move_the_clock, take
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

NUMBERS = count(1)
CLOSED = "Facebook allows replies for 7 days after the customer's last message."
PEOPLE_ONLY = "Facebook allows automated messages for 24 hours after the customer's last message."


@pytest.fixture
def server(late_server: Server) -> Iterator[Server]:
    """These sentences let time pass."""
    yield late_server
    mend_everything(late_server)


@pytest.fixture
def talk(server: Server, a_desk: ADesk) -> tuple[Phone, Desk]:
    """A fan on Messenger, and Ana, who has just taken over from the bot."""
    fan = Phone.on(server, ROOM, f"Fan {next(NUMBERS):03} of windows")
    fan.write("Good morning")
    ana = a_desk()
    take(ana, fan)
    return fan, ana


def test_after_a_day_people_may_write_and_the_bot_may_not(talk: tuple[Phone, Desk]):
    fan, ana = talk
    hint = ana.page.locator(".mode-hint")
    expect(hint).to_have_attribute("data-people-only", "false")
    move_the_clock(ana, hours=24, seconds=1)
    expect(hint).to_have_attribute("data-people-only", "true")
    expect(hint).to_have_text(PEOPLE_ONLY)
    ana.send("Still thinking about you")
    expect(ana.message("Still thinking")).to_have_attribute("data-delivery", "delivered")
    assert "HUMAN_AGENT" in fan.sends()[-1]
    expect(ana.owner()).to_have_attribute("aria-disabled", "true")
    expect(ana.owner()).to_have_attribute("data-owner", "agent")


def test_after_seven_days_nobody_may_notes_go_on_and_the_draft_comes_back(
    talk: tuple[Phone, Desk],
):
    fan, ana = talk
    move_the_clock(ana, hours=7 * 24, seconds=1)
    expect(ana.notice()).to_have_text(CLOSED)
    expect(ana.box()).to_be_disabled()
    expect(ana.page.get_by_test_id("send-template")).to_have_count(0)
    expect(ana.page.get_by_test_id("attach")).to_have_count(0)
    ana.note("She has not written for a week")
    expect(ana.messages("note")).to_contain_text("She has not written for a week")
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    fan.write("Back from my holidays")
    expect(ana.box()).to_be_enabled()
    ana.box().press_sequentially("Welcome back")
    move_the_clock(ana, hours=7 * 24, seconds=1)
    expect(ana.notice()).to_have_text(f"{CLOSED} Your draft is kept.")
    expect(ana.box()).to_be_disabled()
    expect(ana.box()).to_have_value("Welcome back")
    fan.write("Are you there?")
    expect(ana.box()).to_be_enabled()
    expect(ana.box()).to_have_value("Welcome back")


def test_what_meta_refuses_as_late_shuts_the_box_at_once(talk: tuple[Phone, Desk]):
    fan, ana = talk
    break_something(ana, "error", code=10, subcode=2018278)
    ana.send("Just in time?")
    expect(ana.notice()).to_contain_text(CLOSED)
    expect(ana.box()).to_be_disabled()
    expect(ana.page.get_by_test_id("window-chip")).to_have_attribute("data-urgency", "closed")
    expect(ana.status()).to_contain_text("The channel closed the reply window")
    expect(ana.message("Just in time?")).to_have_attribute("data-delivery", "failed")
    fan.write("Yes")
    expect(ana.box()).to_be_enabled()


def test_a_face_stands_in_the_list_the_thread_and_on_the_card_and_initials_if_it_is_broken(
    talk: tuple[Phone, Desk],
):
    fan, ana = talk
    fan.write("Do you see me?")
    row = ana.page.get_by_test_id("customer-row").filter(has_text=fan.name).first
    places = (row, ana.page.get_by_test_id("thread").first, ana.page.locator("aside header").first)
    for place in places:
        expect(place.get_by_test_id("portrait").first).to_be_visible()
    drawn = "img => img.complete && img.naturalWidth > 0"
    face = row.get_by_test_id("portrait")
    ana.page.wait_for_function(drawn, arg=face.element_handle())
    ana.page.route("**/media/*", lambda route: route.fulfill(status=404))
    ana.page.reload()
    ana.page.wait_for_function(
        "img => img.complete && img.naturalWidth === 0", arg=face.element_handle()
    )
    expect(row).to_contain_text("FW")
