"""From a person back to the bot, and to another flow: two agents, a phone, the keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.screen.people import ADesk, move_the_clock
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SILENT = re.compile(r"^Bot silent since \d\d:\d\d:\d\d, 0 messages after$")


@pytest.fixture
def server(late_server: Server) -> Server:
    """One of these sentences lets time pass."""
    return late_server


def ways(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("pass-back-ways")


def silence(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("silence")


def flows(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("flow-dialog")


def test_what_was_written_meanwhile_is_the_answer_and_everyone_reads_the_receipt(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    customer, ana = talk
    ben = a_desk("ben", at=urlsplit(ana.page.url).path)
    for agent in (ana, ben):
        expect(silence(agent)).to_have_text(SILENT)
    expect(ways(ben)).to_have_count(0)
    customer.write("I want to send it back")
    expect(ana.message("I want to send it back")).to_be_visible()
    ways(ana).focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("pass-back-way").first).to_contain_text("What is it about?")
    ana.page.keyboard.press("ArrowDown")
    expect(ana.page.locator("[data-goes=answer]")).to_be_focused()
    ana.page.keyboard.press("Enter")
    for agent in (ana, ben):
        expect(agent.owner()).to_have_attribute("data-owner", "bot")
        expect(silence(agent)).to_have_count(0)
    expect(ana.message("Did that help?")).to_have_attribute("data-delivery", "delivered")
    asked = [text for text in customer.texts() if "What is it about?" in text]
    assert len(asked) == 1


def test_a_flow_begins_anew_by_keyboard_alone(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.page.get_by_test_id("start-flow").focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("flow-search")).to_be_focused()
    ana.page.keyboard.type("nothing like it")
    expect(flows(ana)).to_contain_text("No flow matches")
    ana.page.keyboard.press("ControlOrMeta+a")
    ana.page.keyboard.type("welc")
    first = ana.page.get_by_test_id("flow-option").first
    expect(first).to_have_attribute("data-flow", "Welcome")
    ana.page.keyboard.press("Enter")
    expect(flows(ana)).to_have_count(0)
    expect(ana.owner()).to_have_attribute("data-owner", "bot")
    expect(ana.messages("status").filter(has_text="Welcome").last).to_contain_text("Ana Novak")
    expect(ana.messages("bot").last).to_have_attribute("data-delivery", "delivered")
    asked = [text for text in customer.texts() if "What is it about?" in text]
    assert len(asked) == 2


def test_a_discount_code_goes_out_once(talk: tuple[Phone, Desk]):
    customer, ana = talk
    for words in ("Here is something for you", "You have a code from us already"):
        ana.page.get_by_test_id("start-flow").press("Enter")
        ana.page.keyboard.type("discount")
        expect(ana.page.get_by_test_id("flow-option")).to_have_count(1)
        ana.page.keyboard.press("Enter")
        expect(ana.message(words)).to_have_attribute("data-delivery", "delivered")
    codes = re.findall(r"BACK-[0-9A-F]{6}", " ".join(customer.texts()))
    assert len(codes) == 2
    assert codes[0] == codes[1]


def test_a_flow_that_cannot_start_now_says_why_and_does_not(talk: tuple[Phone, Desk]):
    _, ana = talk
    move_the_clock(ana, hours=25)
    expect(ana.page.get_by_test_id("send-template")).to_be_visible()
    ways(ana).focus()
    ana.page.keyboard.press("Enter")
    ana.page.get_by_test_id("pass-back-other").press("Enter")
    option = ana.page.locator("[data-testid=flow-option][data-flow=Welcome]")
    expect(option).to_have_attribute("aria-disabled", "true")
    expect(option).to_contain_text("24 hours")
    ana.page.keyboard.type("welcome")
    ana.page.keyboard.press("Enter")
    expect(flows(ana)).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(flows(ana)).to_have_count(0)
    expect(ways(ana)).to_be_focused()
    expect(ana.owner()).to_have_attribute("data-owner", "agent")


def test_the_bot_goes_on_by_itself_unless_somebody_writes(talk: tuple[Phone, Desk], a_desk: ADesk):
    customer, ana = talk
    ben = a_desk("ben", at=urlsplit(ana.page.url).path)
    countdown = ana.page.get_by_test_id("auto-resume")
    expect(countdown).to_have_count(0)

    def in_half_an_hour() -> None:
        ways(ana).press("Enter")
        ana.page.locator("[data-testid=resume-later][data-minutes='30']").press("Enter")
        expect(countdown).to_have_text(re.compile(r"^Bot goes on in (30|29) m$"))

    in_half_an_hour()
    ana.page.get_by_test_id("auto-resume-cancel").press("Enter")
    expect(countdown).to_have_count(0)
    in_half_an_hour()
    expect(ben.page.get_by_test_id("auto-resume")).to_be_visible()
    expect(ben.page.get_by_test_id("auto-resume-more")).to_have_count(0)
    ana.page.get_by_test_id("auto-resume-more").press("Enter")
    expect(countdown).to_have_text(re.compile(r"^Bot goes on in (1 h 0|59) m$"))
    move_the_clock(ana, seconds=3601)
    for agent in (ana, ben):
        expect(agent.owner()).to_have_attribute("data-owner", "bot")
        expect(agent.status()).to_contain_text("Bot resumed automatically after 30 min")
    expect(ana.messages("bot").last).to_have_attribute("data-delivery", "delivered")
    asked = [text for text in customer.texts() if "What is it about?" in text]
    assert len(asked) == 2
