"""A shortcut that has a file, by keyboard alone: into the tray, and out to the customer."""

from itertools import count

import pytest
from playwright.sync_api import Locator, expect

from jumper_app.simulator.messenger import ROOM
from tests.screen.attaching import tray, wait_for_uploads
from tests.screen.people import ADesk, take
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

NUMBERS = count(1)

CARE = "This sheet says how your gear stays dry and lasts. Wash it cold, and no softener, ever."
SHOP = "This is us, so that you know us when you see us."


def write(desk: Desk, text: str) -> None:
    """Over whatever stands in the box."""
    desk.box().fill("")
    desk.box().press_sequentially(text)


def clip(desk: Desk, code: str) -> Locator:
    """What the list says of a shortcut's file."""
    row = desk.page.locator(f"[data-testid=shortcut-option][data-code={code}]")
    return row.get_by_test_id("shortcut-file")


def last(customer: Phone) -> tuple[str, str, str]:
    """Kind, name and words of what the business sent last."""
    bubble = customer.bubbles()[-1]
    return bubble["type"], bubble["title"], bubble["text"]


def test_a_shortcuts_file_is_in_the_tray_and_goes_with_its_words(talk: tuple[Phone, Desk]):
    customer, ana = talk
    write(ana, "/care")
    expect(clip(ana, "care")).to_have_text("With Care sheet.pdf. Care sheet.pdf")
    ana.page.keyboard.press("Enter")
    expect(ana.box()).to_have_value(CARE)
    wait_for_uploads(ana, 1)
    expect(tray(ana)).to_contain_text("Care sheet.pdf")
    expect(ana.box()).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(tray(ana)).to_have_count(0)
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert last(customer) == ("document", "Care sheet.pdf", CARE)
    write(ana, "/shop")  # with Ctrl all of it leaves at once, as soon as the tray has it
    ana.page.keyboard.press("Control+Enter")
    expect(ana.messages("agent")).to_have_count(2)
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert last(customer) == ("image", "", SHOP)
    ana.click("note-mode")
    write(ana, "/care")
    expect(clip(ana, "care")).to_contain_text("not in notes")
    ana.page.keyboard.press("Control+Enter")
    expect(ana.notice()).to_contain_text("a note carries words only")
    expect(ana.box()).to_have_value(CARE)
    expect(ana.messages("note")).to_have_count(0)


def test_what_the_channel_does_not_take_is_said_in_the_list_and_the_words_come(
    server: Server, a_desk: ADesk
):
    fan = Phone.on(server, ROOM, f"Fan {next(NUMBERS):03} of sheets")
    fan.write("Good morning")
    ana = a_desk()
    take(ana, fan)
    write(ana, "/care")
    expect(clip(ana, "care")).to_contain_text("not on Messenger")
    ana.page.keyboard.press("Control+Enter")
    expect(ana.box()).to_have_value(CARE)
    expect(ana.notice()).to_contain_text("Care sheet.pdf: This type of file cannot be sent.")
    expect(tray(ana)).to_have_count(0)
    expect(ana.messages("agent")).to_have_count(0)
    write(ana, "/shop")
    ana.page.keyboard.press("Enter")
    expect(ana.notice()).to_have_count(0)
    wait_for_uploads(ana, 1)
    ana.page.keyboard.press("Enter")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert fan.bubbles()[-1]["type"] == "image"
