"""The emoji picker, by mouse and by keyboard alone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def emoji(desk: Desk, one: str = "") -> Locator:
    shown = desk.page.get_by_test_id("emoji")
    return desk.page.locator(f"[data-testid=emoji][data-emoji='{one}']") if one else shown


def chosen(desk: Desk) -> Locator:
    return desk.page.locator("[data-testid=emoji][aria-selected=true]")


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_an_emoji_is_found_by_a_word_and_stands_at_the_caret_without_a_mouse(
    talk: tuple[Phone, Desk],
):
    customer, ana = talk
    ana.box().press_sequentially("With , Ana")
    press(ana, *["ArrowLeft"] * 5, "Alt+m")
    search = ana.page.get_by_test_id("emoji-search")
    expect(search).to_be_focused()
    expect(emoji(ana).first).to_be_visible()
    search.press_sequentially("heart")
    expect(emoji(ana, "❤️")).to_be_visible()
    first = chosen(ana).get_attribute("data-emoji")
    press(ana, "ArrowRight")
    expect(chosen(ana)).not_to_have_attribute("data-emoji", first or "")
    press(ana, "ArrowLeft")
    search.fill("red heart")
    expect(chosen(ana)).to_have_attribute("data-emoji", "❤️")
    press(ana, "Enter")
    expect(ana.page.get_by_test_id("emoji-picker")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    expect(ana.box()).to_have_value("With ❤️, Ana")
    ana.page.keyboard.type("!")
    expect(ana.box()).to_have_value("With ❤️!, Ana")
    press(ana, "Enter")
    expect(ana.message("With ❤️!")).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1] == "With ❤️!, Ana"


def test_escape_gives_the_focus_back_and_changes_nothing(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().press_sequentially("Hello")
    ana.click("open-emoji")
    expect(ana.page.get_by_test_id("emoji-search")).to_be_focused()
    press(ana, "x", "Escape")
    expect(ana.page.get_by_test_id("emoji-picker")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    expect(ana.box()).to_have_value("Hello")


def test_what_was_used_last_stands_first_and_arrows_reach_the_very_end(talk: tuple[Phone, Desk]):
    _, ana = talk
    for word in ("otter", "volcano"):
        press(ana, "Alt+m")
        ana.page.get_by_test_id("emoji-search").press_sequentially(word)
        expect(emoji(ana)).to_have_count(1)
        press(ana, "Enter")
    expect(ana.box()).to_have_value("🦦🌋")
    press(ana, "Alt+m")
    expect(emoji(ana).nth(0)).to_have_attribute("data-emoji", "🌋")
    expect(emoji(ana).nth(1)).to_have_attribute("data-emoji", "🦦")
    press(ana, "ArrowDown")
    expect(chosen(ana)).to_have_attribute("data-emoji", "😀")
    press(ana, "End")
    expect(chosen(ana)).to_have_attribute("data-emoji", "🏴󠁧󠁢󠁷󠁬󠁳󠁿")
    expect(chosen(ana)).to_be_in_viewport()
    press(ana, "Home", "ArrowDown", "ArrowUp")
    expect(chosen(ana)).to_have_attribute("data-emoji", "🌋")
    ana.page.get_by_test_id("emoji-search").fill("qqq")
    expect(ana.page.get_by_test_id("emoji-picker")).to_contain_text("No such emoji.")
    press(ana, "Enter")
    expect(ana.page.get_by_test_id("emoji-picker")).to_be_visible()


def test_it_is_chosen_with_a_mouse_and_asks_nobody_outside(talk: tuple[Phone, Desk]):
    _, ana = talk
    foreign: list[str] = []
    ours = ana.server.url
    ana.page.on("request", lambda one: None if ours in one.url else foreign.append(one.url))
    ana.click("note-mode", "open-emoji")
    emoji(ana, "😀").click()
    expect(ana.box()).to_have_value("😀")
    expect(ana.box()).to_be_focused()
    assert foreign == []
