"""Undo send and the key that sends, as each agent likes it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests import files
from tests.screen.attaching import choose, tray, wait_for_uploads
from tests.screen.people import ACustomer, ADesk, move_the_clock, take
from tests.screen.test_writing import KEY_DOWN
from tests.server import Server
from tests.story.stage import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def server(own_server: Server) -> Server:
    """Preferences are an agent's in every test of a server, and the clock is moved."""
    return own_server


def prefer(desk: Desk, **chosen: str) -> None:
    """Change preferences on the page of one's own account."""
    here = desk.page.url.removeprefix(desk.server.url)
    desk.go("/settings/account")
    for name, value in chosen.items():
        desk.page.get_by_test_id(f"field-{name}").select_option(value)
    desk.click("save-writing")
    expect(desk.page.get_by_test_id("toast").first).to_contain_text("Saved")
    desk.go(here)


def held(desk: Desk, text: str) -> Locator:
    return desk.message(text).get_by_test_id("held")


def test_a_reply_waits_and_undo_gives_it_back(a_customer: ACustomer, a_desk: ADesk):
    customer, ana, robin = a_customer("Hello"), a_desk(), a_desk("admin")
    take(ana, customer)
    prefer(ana, undo_s="10")
    robin.open(customer.name)
    sent = customer.sends()
    ana.send("Dear Sir or Madma,")
    expect(held(ana, "Madma")).to_contain_text("Sending in")
    expect(held(robin, "Madma")).to_contain_text("Sending in")
    expect(robin.page.get_by_test_id("undo-send")).to_have_count(0)
    ana.box().press_sequentially("and more")
    ana.click("undo-send")
    expect(ana.box()).to_have_value("Dear Sir or Madma,\nand more")
    expect(ana.box()).to_be_focused()
    for desk in (ana, robin):
        expect(desk.message("Madma")).to_have_count(0)
    move_the_clock(ana, seconds=60)
    ana.page.reload()
    expect(ana.box()).to_have_value("Dear Sir or Madma,\nand more")
    ana.send("Dear Sir or Madam,")
    expect(held(ana, "Madam")).to_be_visible()
    move_the_clock(ana, seconds=10)
    expect(ana.message("Madam")).to_have_attribute("data-delivery", "delivered")
    expect(held(ana, "Madam")).to_have_count(0)
    *before, last = customer.sends()
    assert (before, "Madam" in last) == (sent, True)


def test_a_held_reply_leaves_once_when_its_tab_is_closed(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    take(ana, customer)
    prefer(ana, undo_s="10")
    ana.send("It leaves without me")
    expect(held(ana, "without me")).to_be_visible()
    address = ana.page.url
    ana.page.close()
    assert customer.sends_of("It leaves without me") == 0
    ana.page = ana.context.new_page()
    move_the_clock(ana, seconds=10)
    ana.page.goto(address)
    expect(ana.message("without me")).to_have_attribute("data-delivery", "delivered")
    assert customer.sends_of("It leaves without me") == 1


def test_files_and_the_quote_come_back_too_and_keys_alone_do_it(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Which colour?"), a_desk()
    take(ana, customer)
    prefer(ana, undo_s="10")
    line = ana.message("Which colour?")
    line.hover()
    line.get_by_test_id("message-quote").click()
    name, content = files.named("image/jpeg")
    choose(ana, "photo", (name, "image/jpeg", content))
    wait_for_uploads(ana, 1)
    ana.box().fill("This one")
    ana.page.keyboard.press("Enter")
    expect(held(ana, "This one")).to_be_visible()
    ana.page.keyboard.press("Alt+z")
    expect(ana.message("This one")).to_have_count(0)
    expect(ana.box()).to_have_value("This one")
    expect(tray(ana)).to_contain_text("photo.jpg")
    expect(ana.page.get_by_test_id("composer-quote")).to_contain_text("Which colour?")
    ana.page.keyboard.press("Enter")
    expect(held(ana, "This one")).to_be_visible()
    move_the_clock(ana, seconds=10)
    expect(ana.message("This one")).to_have_attribute("data-delivery", "delivered")
    assert customer.sends_of("This one") == 1


def test_a_note_is_there_at_once(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    take(ana, customer)
    prefer(ana, undo_s="10")
    ana.note("Seen at once")
    expect(ana.message("Seen at once")).to_have_attribute("data-kind", "note")
    expect(held(ana, "Seen at once")).to_have_count(0)


def test_with_ctrl_enter_chosen_enter_begins_a_line(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    take(ana, customer)
    send = ana.page.get_by_test_id("send")
    prefer(ana, send_key="ctrl-enter", undo_s="0")
    expect(send).to_contain_text("Ctrl ↵")
    ana.box().press_sequentially("First")
    ana.page.keyboard.press("Enter")
    ana.box().press_sequentially("second")
    expect(ana.box()).to_have_value("First\nsecond")
    ana.box().evaluate(KEY_DOWN, {"ctrlKey": True, "isComposing": True})
    expect(ana.box()).to_have_value("First\nsecond")
    ana.page.keyboard.press("Control+Enter")
    expect(ana.message("second")).to_have_attribute("data-delivery", "delivered")
    ana.box().press_sequentially("/hours")
    expect(ana.page.get_by_test_id("shortcut-option")).to_have_count(1)
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("shortcut-list")).to_have_count(0)
    expect(ana.box()).to_have_value(re.compile("^The shop is open"))
    prefer(ana, send_key="enter")
    expect(send).to_have_text("Send↵")
