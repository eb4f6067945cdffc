"""What the reader sees of a conversation while messages come and older ones are loaded."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.screen.people import ACustomer, ADesk, below, take, tell_a_long_story, top_of
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

STOPS_OF_A_MESSAGE = 4
"""Where the tab key stops in one: its small icon, what reacts to it and quotes it, and the rest."""

ROW_UNDER_THE_EYE = """() => {
  const edge = document.querySelector("[data-testid=thread]").getBoundingClientRect().top;
  return [...document.querySelectorAll("[data-testid=message]")]
    .find((row) => row.getBoundingClientRect().top > edge + 40).dataset.message;
}"""


def row_under_the_eye(page: Page):
    return page.locator(f"[data-message='{page.evaluate(ROW_UNDER_THE_EYE)}']")


@pytest.fixture
def long_talk(a_customer: ACustomer, a_desk: ADesk) -> tuple[Phone, Desk]:
    """Ana and a customer who said 130 things before today's first."""
    customer, before = a_customer("Good morning"), a_desk()
    take(before, customer)
    tell_a_long_story(customer, 130)
    customer.write("That is all")
    expect(before.message("That is all")).to_be_visible()
    expect(before.message("Part 130")).to_be_visible()
    before.tab("active")
    expect(before.row(customer.name)).to_have_attribute("data-unread", "0")
    ana = a_desk(at=f"/c/{before.thread().get_attribute('data-conversation')}")
    expect(ana.message("That is all")).to_be_in_viewport()
    before.context.close()
    return customer, ana


def scroll_up(desk: Desk) -> None:
    desk.thread().evaluate("feed => { feed.scrollTop -= 900; }")
    expect(desk.page.get_by_test_id("jump-to-latest")).to_be_visible()


def to_the_top(desk: Desk) -> None:
    desk.thread().focus()
    desk.page.keyboard.press("Home")
    expect(desk.thread()).to_have_js_property("scrollTop", 0)
    expect(desk.page.get_by_test_id("load-previous")).to_be_in_viewport()


def test_a_conversation_opens_with_its_latest_fifty_messages(long_talk: tuple[Phone, Desk]):
    _, ana = long_talk
    expect(ana.messages()).to_have_count(50)
    expect(ana.messages().last).to_be_in_viewport()


def test_loading_previous_conversations_moves_no_row_until_the_beginning_is_reached(
    long_talk: tuple[Phone, Desk],
):
    _, ana = long_talk
    for known in (100, 136):
        to_the_top(ana)
        under_the_eye = row_under_the_eye(ana.page)
        before = top_of(under_the_eye)
        ana.click("load-previous")
        expect(ana.messages()).to_have_count(known)
        assert abs(top_of(under_the_eye) - before) <= 2
    expect(ana.page.get_by_test_id("load-previous")).to_have_count(0)
    expect(ana.page.get_by_test_id("beginning-of-conversation")).to_contain_text(
        "Beginning of conversation"
    )
    expect(ana.messages().first).to_contain_text("Part 001")


def test_history_is_loaded_by_presses_right_after_each_other(long_talk: tuple[Phone, Desk]):
    """The pointer leaves a message on its way, whose buttons go: rows change while one scrolls."""
    _, ana = long_talk
    for known in (100, 136):
        row_under_the_eye(ana.page).hover()
        ana.click("load-previous")
        expect(ana.messages()).to_have_count(known)
    expect(ana.page.get_by_test_id("beginning-of-conversation")).to_be_attached()


SCROLL_WHILE_ROWS_CHANGE = """(feed) => {
  const [rows] = feed.children, before = feed.scrollTop;
  feed.scrollTop -= 500;
  rows.append(document.createElement("i"));
  return new Promise((done) => setTimeout(() => done(before - feed.scrollTop)));
}"""
"""How far the feed was scrolled, when a row changed before the browser spoke of scrolling."""


def test_a_scroll_is_not_taken_back_by_rows_that_change_meanwhile(long_talk: tuple[Phone, Desk]):
    _, ana = long_talk
    assert ana.thread().evaluate(SCROLL_WHILE_ROWS_CHANGE) == 500
    assert ana.thread().evaluate(SCROLL_WHILE_ROWS_CHANGE) == 500


def test_who_is_at_the_end_stays_there_when_a_message_comes(long_talk: tuple[Phone, Desk]):
    customer, ana = long_talk
    for number in range(5):
        customer.write(f"News {number}")
        expect(ana.message(f"News {number}")).to_be_in_viewport(ratio=1)
    expect(ana.page.get_by_test_id("jump-to-latest")).to_have_count(0)


def test_who_has_scrolled_up_is_told_of_news_and_not_moved(long_talk: tuple[Phone, Desk]):
    customer, ana = long_talk
    scroll_up(ana)
    under_the_eye = row_under_the_eye(ana.page)
    before = top_of(under_the_eye)
    customer.write("News 1", "News 2", "News 3")
    jump = ana.page.get_by_test_id("jump-to-latest")
    expect(jump).to_contain_text("3")
    assert abs(top_of(under_the_eye) - before) <= 2
    jump.click()
    expect(ana.message("News 3")).to_be_in_viewport(ratio=1)
    expect(jump).to_have_count(0)


def test_who_answers_from_further_up_is_taken_to_the_end(long_talk: tuple[Phone, Desk]):
    _, ana = long_talk
    scroll_up(ana)
    ana.send("I have read all of it")
    expect(ana.message("I have read all of it")).to_be_in_viewport(ratio=1)


def test_a_line_stands_above_what_came_since_the_last_visit(
    talk: tuple[Phone, Desk], a_customer: ACustomer
):
    customer, ana = talk
    other = a_customer("Hello")
    ana.tab("bot")
    ana.open(other.name)
    customer.write("First of three", "Second", "Third")
    ana.tab("active")
    expect(ana.row(customer.name)).to_have_attribute("data-unread", "3")
    ana.open(customer.name)
    divider = ana.page.get_by_test_id("unread-divider")
    expect(divider).to_have_text("3 new messages")
    assert 0 < below(divider, ana.message("First of three")) < 80
    expect(ana.row(customer.name)).to_have_attribute("data-unread", "0")
    ana.send("I am here")
    expect(divider).to_have_count(0)


def test_a_picture_that_arrives_late_does_not_push_the_end_out_of_sight(talk: tuple[Phone, Desk]):
    customer, ana = talk
    customer.send_photo("On the beach")
    photo = ana.message("On the beach")
    expect(photo.locator("img").first).to_have_js_property("naturalWidth", 640)
    expect(photo).to_be_in_viewport(ratio=1)


def test_the_small_icon_tells_who_spoke_and_when(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.send("Good morning to you")
    ana.note("A quiet customer")
    expect(ana.messages("note")).to_be_visible()
    for kind, name in (
        ("customer", customer.name),
        ("bot", "Bot · Welcome"),
        ("agent", "Ana Novak"),
        ("note", "Ana Novak"),
    ):
        ana.messages(kind).last.get_by_test_id("message-avatar").focus()
        told = ana.page.get_by_test_id("message-time")
        expect(told).to_contain_text(name)
        at = told.locator("time").get_attribute("datetime") or ""
        expect(told).to_contain_text(ana.page.evaluate(DAY_AND_TIME, at))
        assert beside(ana.messages(kind).last.get_by_test_id("message-avatar"), told)


def beside(icon: Locator, told: Locator) -> bool:
    """Does what the icon tells stand right above or below it, on the screen?"""
    here, there = icon.bounding_box(), told.bounding_box()
    assert here
    assert there
    gap = max(there["y"] - here["y"] - here["height"], here["y"] - there["y"] - there["height"])
    overlaps = there["x"] <= here["x"] + here["width"] and here["x"] <= there["x"] + there["width"]
    return 0 <= gap <= 12 and overlaps


DAY_AND_TIME = """(at) => {
  const day = new Date(at).toLocaleDateString("en-GB",
    {weekday: "short", day: "numeric", month: "short", year: "numeric"}).replace(",", "");
  return `${day}, ${new Date(at).toLocaleTimeString("en-GB", {timeStyle: "medium"})}`;
}"""


def test_the_small_icons_are_reached_by_the_tab_key_and_closed_by_escape(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.thread().focus()
    icons = ana.page.get_by_test_id("message-avatar")
    stops = []
    for _ in range(STOPS_OF_A_MESSAGE * icons.count()):
        ana.page.keyboard.press("Tab")
        stops.append(ana.page.evaluate("document.activeElement.dataset.testid"))
        if stops[-1] == "message-avatar":
            expect(ana.page.get_by_test_id("message-time")).to_be_visible()
        if stops.count("message-avatar") == icons.count():
            break
    assert stops.count("message-avatar") == icons.count()
    ana.page.keyboard.press("Escape")
    expect(ana.page.get_by_test_id("message-time")).to_have_count(0)


def test_what_an_icon_tells_the_keyboard_moves_along_with_the_thread(talk: tuple[Phone, Desk]):
    customer, ana = talk
    customer.write(*(f"Line {number}" for number in range(30)))
    expect(ana.message("Line 29")).to_be_in_viewport()
    icon = ana.message("Line 20").get_by_test_id("message-avatar")
    icon.focus()
    told = ana.page.get_by_test_id("message-time")
    expect(told).to_be_visible()
    assert ana.thread().evaluate(UP_A_LITTLE) == 150
    expect(told).to_be_visible()
    assert beside(icon, told)


UP_A_LITTLE = """async (feed) => {
  const before = feed.scrollTop;
  feed.scrollTop -= 150;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return before - feed.scrollTop;
}"""


def test_the_icon_of_each_row_of_a_group_shows_on_hover(talk: tuple[Phone, Desk]):
    customer, ana = talk
    customer.write("One", "Two")
    second = ana.message("Two").get_by_test_id("message-avatar")
    ana.message("Two").hover()
    expect(second).to_be_in_viewport()
    second.hover()
    expect(ana.page.get_by_test_id("message-time")).to_contain_text(customer.name)
