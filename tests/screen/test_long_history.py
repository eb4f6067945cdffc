"""A long conversation: bounded in the page, gone through both ways, entered at any message."""

import time

import pytest
from playwright.sync_api import Locator, expect

from tests.kill import posting
from tests.screen.people import ACustomer, ADesk, deliver, take, tell_a_long_story, top_of
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

LENGTH = 500
MOST = 300
"""Rows that a page holds."""

FURTHER_DOWN = """(feed) => { feed.scrollTop = feed.scrollHeight - feed.clientHeight - 300; }"""
"""Near enough to the lower edge that what is newer is loaded."""

EYE = """() => {
  const edge = document.querySelector("[data-testid=thread]").getBoundingClientRect();
  return [...document.querySelectorAll("[data-testid=message]")]
    .find((row) => row.getBoundingClientRect().bottom > edge.top + edge.height / 2).dataset.message;
}"""

SPOKEN = "document.querySelector('.feed-frame > .unseen').textContent"

DAY_AT_THE_EDGE = """() => {
  const edge = document.querySelector("[data-testid=thread]").getBoundingClientRect();
  const there = document.elementsFromPoint(edge.x + edge.width / 2, edge.y + 12);
  const day = [...document.querySelectorAll(".day")].findLast(
    (one) => Math.abs(one.getBoundingClientRect().top - edge.top) < 20);
  return {day: day?.textContent, covered: there.length > 0};
}"""


@pytest.fixture
def talk(a_customer: ACustomer, a_desk: ADesk) -> tuple[Phone, Desk]:
    """Ana before a conversation of 500 messages, all of which she has seen."""
    customer, before = a_customer("Good morning"), a_desk()
    take(before, customer)
    tell_a_long_story(customer, LENGTH, apart_s=6)
    customer.write("That is all")
    expect(before.message("That is all")).to_be_visible()
    expect(part(before, LENGTH)).to_be_attached()
    before.tab("active")
    expect(before.row(customer.name)).to_have_attribute("data-unread", "0")
    ana = a_desk(at=f"/c/{before.thread().get_attribute('data-conversation')}")
    before.context.close()
    expect(ana.messages()).to_have_count(50)
    return customer, ana


def eye(desk: Desk) -> Locator:
    """The message in the middle of the thread."""
    return desk.page.locator(f"[data-message='{desk.page.evaluate(EYE)}']")


def turn_a_page(desk: Desk, way: str) -> None:
    """What is looked at stays where it is, within two pixels, while a page is loaded."""
    older = way == "previous"
    changed = desk.messages().first if older else desk.messages().last
    known = changed.get_attribute("data-message") or ""
    to_the_top(desk) if older else desk.thread().evaluate(FURTHER_DOWN)
    row = eye(desk)
    before = top_of(row)
    if older:
        desk.click("load-previous")
    expect(changed).not_to_have_attribute("data-message", known)
    assert abs(top_of(row) - before) <= 2
    assert desk.messages().count() <= MOST


def to_the_top(desk: Desk) -> None:
    desk.thread().evaluate("(feed) => { feed.scrollTop = 0; }")
    expect(desk.thread()).to_have_js_property("scrollTop", 0)
    expect(desk.page.get_by_test_id("load-previous")).to_be_in_viewport()


def part(desk: Desk, number: int) -> Locator:
    return desk.message(f"Part {number:03} ")


def to_the_beginning(desk: Desk) -> None:
    desk.thread().focus()
    desk.page.keyboard.press("Control+Home")
    expect(part(desk, 1)).to_be_in_viewport()


def test_pages_both_ways_move_nothing_and_never_hold_more_than_three_hundred(
    talk: tuple[Phone, Desk],
):
    _, ana = talk
    older, newer = (ana.page.get_by_test_id(f"load-{way}") for way in ("previous", "next"))
    while older.count():
        turn_a_page(ana, "previous")
    expect(part(ana, 1)).to_be_attached()
    expect(part(ana, MOST)).to_be_attached()
    expect(part(ana, MOST + 1)).to_have_count(0)
    while newer.count():
        turn_a_page(ana, "next")
    expect(ana.message("That is all")).to_be_attached()
    expect(part(ana, 1)).to_have_count(0)


def test_reading_on_at_the_lower_edge_loads_what_is_newer(talk: tuple[Phone, Desk]):
    _, ana = talk
    to_the_beginning(ana)
    expect(part(ana, 60)).to_have_count(0)
    ana.thread().evaluate("(feed) => { feed.scrollTop = feed.scrollHeight; }")
    expect(part(ana, 60)).to_be_attached()


def test_whoever_reads_old_messages_is_told_how_many_came_and_taken_to_them(
    talk: tuple[Phone, Desk],
):
    customer, ana = talk
    to_the_beginning(ana)
    jump = ana.page.get_by_test_id("jump-to-latest")
    expect(jump).not_to_contain_text("0")
    customer.write("Are you there?", "Hello?")
    expect(jump).to_contain_text("2")
    expect(part(ana, 51)).to_have_count(0)
    jump.click()
    expect(ana.message("Hello?")).to_be_in_viewport(ratio=1)
    expect(jump).to_have_count(0)
    expect(ana.messages()).to_have_count(50)


def test_control_with_home_and_end_lead_to_both_ends_of_the_conversation(
    talk: tuple[Phone, Desk],
):
    _, ana = talk
    to_the_beginning(ana)
    expect(ana.page.get_by_test_id("beginning-of-conversation")).to_be_in_viewport()
    expect(ana.thread()).to_be_focused()
    ana.page.keyboard.press("Control+End")
    expect(ana.message("That is all")).to_be_in_viewport(ratio=1)
    expect(ana.thread()).to_be_focused()


def test_a_message_answered_from_far_above_shows_the_end(talk: tuple[Phone, Desk]):
    _, ana = talk
    to_the_beginning(ana)
    ana.send("I have read it from the beginning")
    expect(ana.message("I have read it from the beginning")).to_be_in_viewport(ratio=1)


def test_the_link_to_a_message_opens_around_it_with_the_focus_on_it(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    _, ana = talk
    to_the_beginning(ana)
    wanted = part(ana, 20)
    wanted.hover()
    wanted.get_by_test_id("message-more").click()
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.page.get_by_test_id("message-copy-link").click()
    expect(wanted.get_by_test_id("message-more")).to_have_accessible_name("Copied")
    link = ana.page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"?m={wanted.get_attribute('data-message')}")
    ben = a_desk("ben", at=link.removeprefix(ana.server.url))
    expect(part(ben, 20)).to_be_in_viewport(ratio=1)
    expect(part(ben, 20)).to_be_focused()
    assert (
        part(ben, 20).locator(".bubble").evaluate("(one) => getComputedStyle(one).outlineStyle")
        == "solid"
    )


def test_a_quote_leads_to_its_message_though_that_is_not_loaded(talk: tuple[Phone, Desk]):
    customer, ana = talk
    said = posting.message(
        f"wamid.answer.{customer.key}", customer.key, "That one!", int(time.time())
    )
    deliver(customer, messages=[{**said, "context": {"id": f"wamid.story.{customer.key}.7"}}])
    expect(part(ana, 7)).to_have_count(1)
    ana.message("That one!").get_by_test_id("quote-link").click()
    expect(ana.messages().filter(has_text="Part 007 ").first).to_be_focused()
    expect(ana.messages().filter(has_text="Part 007 ").first).to_be_in_viewport(ratio=1)


def test_what_can_be_done_with_a_message_is_done_by_keyboard(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    last = ana.message("That is all")
    last.get_by_test_id("message-avatar").focus()
    for _ in range(3):
        ana.page.keyboard.press("Tab")
    expect(last.get_by_test_id("message-more")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("message-copy")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(last.get_by_test_id("message-more")).to_be_focused()
    assert ana.page.evaluate("navigator.clipboard.readText()") == "That is all"
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("End")
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("message-details")).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(last.get_by_test_id("message-more")).to_be_focused()


def test_words_are_searched_from_hit_to_hit_loaded_or_not(talk: tuple[Phone, Desk]):
    _, ana = talk
    count, hit = ana.page.get_by_test_id("find-count"), ana.page.locator("[data-hit]")
    ana.page.keyboard.press("Control+f")
    field = ana.page.get_by_test_id("find-input")
    expect(field).to_be_focused()
    ana.page.keyboard.type("PART 02")
    expect(count).to_have_text("1 of 10")
    expect(hit).to_contain_text("Part 029 ")
    expect(hit).to_be_in_viewport(ratio=1)
    for keys, number in (("Enter", 28), ("Enter", 27), ("Shift+Enter", 28)):
        ana.page.keyboard.press(keys)
        expect(hit).to_contain_text(f"Part {number:03} ")
    expect(count).to_have_text("2 of 10")
    expect(field).to_be_focused()
    field.fill("nobody said this")
    expect(count).to_have_text("Nothing found")
    ana.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    assert ana.page.evaluate("document.activeElement !== document.body")


def test_only_what_arrives_is_said_aloud_not_what_is_loaded(talk: tuple[Phone, Desk]):
    customer, ana = talk
    turn_a_page(ana, "previous")
    to_the_beginning(ana)
    turn_a_page(ana, "next")
    ana.click("jump-to-latest")
    expect(ana.message("That is all")).to_be_in_viewport()
    assert ana.page.evaluate(SPOKEN) == ""
    customer.write("Now this is new")
    expect(ana.message("Now this is new")).to_be_visible()
    assert "Now this is new" in ana.page.evaluate(SPOKEN)


def test_the_focus_is_never_lost_while_pages_are_loaded_by_keyboard(talk: tuple[Phone, Desk]):
    _, ana = talk
    more = ana.page.get_by_test_id("load-previous")
    more.focus()
    while more.count():
        expect(more).to_be_focused()
        first = ana.messages().first
        known = first.get_attribute("data-message") or ""
        ana.page.keyboard.press("Enter")
        expect(first).not_to_have_attribute("data-message", known)
    expect(ana.thread()).to_be_focused()


def test_the_day_of_what_is_read_stays_at_the_upper_edge(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    now = int(time.time())
    said = [
        posting.message(f"wamid.day.{customer.key}.{number}", customer.key, f"Day {number}", at)
        for number, at in enumerate([now - 86400 * 3 + n for n in range(30)])
    ]
    deliver(customer, messages=said)
    expect(ana.message("Day 29")).to_be_attached()
    ana.message("Day 29").evaluate("(row) => row.scrollIntoView({block: 'end'})")
    seen = ana.page.evaluate(DAY_AT_THE_EDGE)
    assert seen["day"]
    assert seen["day"] not in ("Today", "Yesterday")


def test_pictures_are_gone_through_by_arrow_keys_and_give_the_focus_back(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    for caption in ("First", "Second", "Third"):
        customer.send_photo(caption)
        expect(ana.message(caption).locator("img").first).to_be_visible()
    large = ana.page.locator("dialog.lightbox[open]")

    def shown(caption: str) -> None:
        expect(large).to_have_count(1)
        expect(ana.message(caption).locator("dialog.lightbox[open]")).to_be_visible()

    ana.message("Second").locator("button.picture").focus()
    ana.page.keyboard.press("Enter")
    shown("Second")
    for key, caption in (("ArrowRight", "Third"), ("ArrowLeft", "Second"), ("ArrowLeft", "First")):
        ana.page.keyboard.press(key)
        shown(caption)
    ana.page.keyboard.press("ArrowLeft")
    shown("First")
    ana.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(ana.message("First").locator("button.picture")).to_be_focused()
