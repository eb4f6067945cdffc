"""The channel's limit under an agent's fingers: shown late, refused in words, nothing lost."""

import pytest
from playwright.sync_api import expect

from tests import files
from tests.screen.attaching import choose, tray, wait_for_uploads
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

FAMILY = "👨‍👩‍👧‍👦"
"""One picture on the screen, seven characters for WhatsApp, eleven for a browser's own count."""


def test_the_counter_counts_as_whatsapp_does_and_nothing_is_lost(talk: tuple[Phone, Desk]):
    customer, ana = talk
    left, send = ana.page.locator(".tools .left"), ana.page.get_by_test_id("send")
    ana.box().fill("ש" * 3276)
    expect(left).to_have_count(0)
    ana.box().fill(FAMILY * 468 + "e\u0301")
    expect(left).to_have_text("818 left")
    whole = FAMILY * 585 + "x"
    ana.box().fill(whole + "abc")
    expect(left).to_have_text("3 too many")
    expect(left).to_have_attribute("data-over", "true")
    expect(send).to_be_disabled()
    ana.page.keyboard.press("Enter")
    expect(ana.box()).to_have_value(whole + "abc")
    ana.box().fill(whole + "   ")
    expect(left).to_have_text("0 left")
    expect(send).to_be_enabled()
    ana.page.keyboard.press("Enter")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1] == whole


def test_a_caption_that_is_too_long_is_kept_whole_and_says_by_how_much(talk: tuple[Phone, Desk]):
    customer, ana = talk
    name, content = files.named("image/png")
    choose(ana, "photo", (name, "image/png", content), (name, "image/png", content))
    wait_for_uploads(ana, 2)
    caption, send = tray(ana).nth(1).get_by_role("textbox"), ana.page.get_by_test_id("send")
    caption.fill("😀" * 1026)
    expect(caption).to_have_value("😀" * 1026)
    expect(tray(ana).nth(1)).to_contain_text("2 too many")
    expect(send).to_be_disabled()
    caption.fill("😀" * 1024)
    expect(tray(ana).nth(1)).to_contain_text("0 left")
    ana.click("send")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert customer.bubbles()[-1]["text"] == "😀" * 1024
