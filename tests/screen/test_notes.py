"""Notes: a mode that nobody mistakes, colleagues who are asked for, a bell that rings."""

import pytest
from playwright.sync_api import Locator, expect

from tests.screen.people import ADesk
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def bell(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("rail-bell")


def options(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("mention-option")


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_note_with_a_mention_takes_six_keys_and_its_text(talk: tuple[Phone, Desk], a_desk: ADesk):
    customer, ana = talk
    ben = a_desk("ben")
    before, sent = int(bell(ben).text_content() or 0), customer.sends()
    ana.box().focus()
    keys = ["Alt+p", "@", "b"]
    press(ana, *keys)
    expect(options(ana)).to_have_text(["BOBen Osei"])
    press(ana, "Enter")
    expect(ana.box()).to_have_value("@Ben ")
    ana.page.keyboard.type("batch 118 was mixed up")
    press(ana, "Enter")
    assert len(keys) + 2 <= 6
    note = ana.message("batch 118 was mixed up")
    expect(note).to_have_attribute("data-kind", "note")
    expect(note.locator("mark")).to_have_text("@Ben")
    expect(bell(ben)).to_have_text(str(before + 1))
    bell(ben).click()
    mention = ben.page.get_by_test_id("mention").first
    expect(mention).to_contain_text("Ana Novak mentioned you at Quinn")
    expect(mention).to_have_attribute("data-seen", "false")
    mention.get_by_role("link").click()
    expect(ben.message("batch 118 was mixed up")).to_be_visible()
    expect(bell(ben)).to_have_text(str(before or ""))
    press(ana, "Alt+l")
    ana.send("We look into it")
    expect(ana.message("We look into it")).to_have_attribute("data-delivery", "delivered")
    *earlier, last = customer.sends()
    assert earlier == sent
    assert "We look into it" in last


def test_the_bell_rings_on_every_page_and_not_where_one_is_looking(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    _, ana = talk
    here = f"/c/{ana.thread().get_attribute('data-conversation')}"
    away, list_ = a_desk("ben", at="/settings/shortcuts"), a_desk("ben", at="/mentions")
    before = int(bell(away).text_content() or 0)
    ana.note("@Ben Osei, please call back")
    expect(bell(away)).to_have_text(str(before + 1))
    expect(list_.page.get_by_test_id("mention").first).to_contain_text("please call back")
    looking = a_desk("ben", at=here)
    expect(bell(looking)).to_have_text(str(before or ""))
    expect(list_.page.get_by_test_id("mention").first).to_have_attribute("data-seen", "true")
    ana.send("@Ben and thank you")
    expect(looking.message("and thank you")).to_be_visible()
    expect(bell(looking)).to_have_text(str(before or ""))


def test_the_mode_cannot_be_mistaken(talk: tuple[Phone, Desk]):
    _, ana = talk
    composer, send = ana.page.get_by_test_id("composer"), ana.page.get_by_test_id("send")
    plain = send.evaluate("one => getComputedStyle(one).backgroundColor")
    ana.box().fill("Hello")
    ana.page.locator("body").click(position={"x": 5, "y": 300})
    press(ana, "Alt+p")
    expect(composer).to_have_attribute("data-mode", "note")
    expect(composer).to_contain_text("Only the team sees this")
    expect(composer).to_have_accessible_name("Send Note")
    expect(ana.box()).to_be_focused()
    expect(ana.box()).to_have_attribute("aria-label", "Write a note for the team")
    expect(send).to_have_text("Send Note")
    ana.box().fill("Hello")
    expect(send).not_to_have_css("background-color", plain)
    press(ana, "Alt+l")
    expect(composer).to_have_attribute("data-mode", "reply")
    expect(ana.box()).to_be_focused()


def test_names_are_suggested_in_notes_alone_and_only_where_a_word_begins(
    talk: tuple[Phone, Desk],
):
    _, ana = talk
    ana.box().press_sequentially("@b")
    expect(options(ana)).to_have_count(0)
    ana.click("note-mode")
    for text, count in (("@", 2), ("mail@", 0), ("(@os", 1), ("@Ben O", 1), ("@zz", 0)):
        ana.box().fill("")
        ana.box().press_sequentially(text)
        expect(options(ana), text).to_have_count(count)
    press(ana, "Enter")
    expect(ana.message("@zz")).to_have_attribute("data-kind", "note")
