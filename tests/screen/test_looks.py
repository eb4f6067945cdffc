"""Every page at every width, in light and dark, for every reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.screen.people import ACustomer, ADesk, take, wait_for_the_bot
from tests.story.stage import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

PAGES = (
    "/",
    "/c/…",
    "/settings/channels",
    "/settings/channels/connect/messenger",
    "/settings/agents",
    "/settings/privacy",
    "/settings/shortcuts",
    "/mentions",
    "/settings/account",
    "/simulator",
)
"""…: a conversation that holds one message of each kind."""

WIDTHS = (1440, 1024, 768, 390, 320)

NAMELESS = """() => {
  const named = (element) => (element.ariaLabel || element.textContent || element.title
    || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent || "").trim();
  const shown = (element) => element.checkVisibility() && !element.closest("[aria-hidden=true]");
  return [...document.querySelectorAll("button, a[href], [role=button], [role=menuitem]")]
    .filter((element) => shown(element) && !named(element)).map((element) => element.outerHTML);
}"""

UNLABELLED = """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
  .filter((field) => field.checkVisibility() && !field.closest("[aria-hidden=true]"))
  .filter((field) => !(field.ariaLabel || field.labels?.length
    || field.getAttribute("aria-labelledby")))
  .map((field) => field.outerHTML)"""

WITHOUT_ALT = (
    """() => [...document.querySelectorAll("img:not([alt])")].map((one) => one.outerHTML)"""
)

SIDEWAYS = """() => {
  const page = document.scrollingElement;
  return {by: page.scrollWidth - innerWidth, over: [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))};
}"""


@pytest.fixture
def robin(a_customer: ACustomer, a_desk: ADesk) -> Desk:
    """The admin, before a conversation in which everything has happened."""
    customer, robin = a_customer("Good morning"), a_desk("admin")
    robin.open(customer.name)
    expect(robin.messages("bot").last).to_have_attribute("data-delivery", "delivered")
    robin.send("An answer of one very" + "long" * 60 + "word")
    expect(robin.messages("agent")).to_have_attribute("data-delivery", "delivered")
    customer.send_photo("On the beach")
    expect(robin.message("On the beach").locator("img").first).to_be_visible()
    robin.note("Only for the team")
    expect(robin.messages("note")).to_be_visible()
    return robin


def open_page(desk: Desk, path: str, conversation: str) -> None:
    desk.page.set_viewport_size({"width": 1440, "height": 844})
    if path == "/simulator":
        desk.page.goto(desk.server.url + path)
        expect(desk.page.get_by_role("textbox").first).to_be_visible()
    else:
        desk.go(path.replace("…", conversation))
        expect(desk.page.get_by_role("main")).to_be_visible()


def test_no_page_scrolls_sideways_at_any_width(robin: Desk):
    conversation = robin.thread().get_attribute("data-conversation") or ""
    for path in PAGES:
        open_page(robin, path, conversation)
        for width in WIDTHS:
            robin.page.set_viewport_size({"width": width, "height": 844})
            found = robin.page.evaluate(SIDEWAYS)
            assert found["by"] <= 0, (path, width, found)


def test_the_settings_pages_are_all_in_sight_on_a_phone(robin: Desk):
    robin.go("/settings/channels")
    for width in (390, 320):
        robin.page.set_viewport_size({"width": width, "height": 844})
        for name in ("Channels", "Agents", "Privacy", "Message Shortcuts", "Your account"):
            place = robin.page.get_by_role("main").get_by_role("link", name=name, exact=True)
            box = place.bounding_box()
            assert box, name
            assert box["x"] >= 0, (name, width)
            assert box["x"] + box["width"] <= width, (name, width)


def test_every_button_and_field_has_a_name_and_every_picture_an_alternative(robin: Desk):
    conversation = robin.thread().get_attribute("data-conversation") or ""
    for path in PAGES:
        open_page(robin, path, conversation)
        for width in (1440, 390):
            robin.page.set_viewport_size({"width": width, "height": 844})
            for wrong in (NAMELESS, UNLABELLED, WITHOUT_ALT):
                assert robin.page.evaluate(wrong) == [], (path, width)


def test_the_thread_is_a_log_and_the_columns_are_landmarks(robin: Desk):
    page = robin.page
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("region", name="Customer List")).to_be_visible()
    expect(page.get_by_role("complementary", name="Contact")).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_visible()


def test_what_a_customer_writes_is_spoken_to_who_cannot_see_it(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Hello"), a_desk()
    take(ana, customer)
    customer.write("Can you hear me?")
    spoken = ana.page.locator("[aria-live=polite]").filter(has_text="Can you hear me?")
    expect(spoken).to_have_count(1)


def is_dark(page: Page) -> bool:
    """Is the ground of the list darker than its words?"""
    return page.evaluate(
        """() => {
          const light = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number)
            .reduce((sum, one) => sum + one, 0);
          const box = document.querySelector("[data-testid=composer]");
          const style = getComputedStyle(box);
          return light(style.backgroundColor) < light(style.color);
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_follows_the_systems_colours(a_customer: ACustomer, a_desk: ADesk, scheme: str):
    customer, ana = a_customer("Hello"), a_desk(color_scheme=scheme)
    ana.tab("bot")
    ana.open(customer.name)
    assert is_dark(ana.page) == (scheme == "dark")


def test_a_chosen_theme_outlives_a_reload(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk(color_scheme="light")
    ana.tab("bot")
    ana.open(customer.name)
    ana.click("me")
    ana.page.get_by_role("button", name="Dark").click()
    assert is_dark(ana.page)
    ana.page.reload()
    expect(ana.page.get_by_test_id("composer")).to_be_visible()
    assert is_dark(ana.page)


def test_a_phone_shows_the_list_or_the_conversation_and_a_way_back(
    a_customer: ACustomer, a_desk: ADesk
):
    customer = a_customer("Hello")
    ana = a_desk(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wait_for_the_bot(ana, customer)
    expect(ana.page.get_by_test_id("customer-list")).to_be_hidden()
    ana.messages("bot").last.get_by_test_id("message-avatar").tap()
    expect(ana.page.get_by_test_id("message-time")).to_contain_text("Bot · Welcome")
    ana.click("open-card")
    expect(ana.page.get_by_role("complementary", name="Contact")).to_be_visible()
    ana.page.keyboard.press("Escape")
    ana.click("back")
    expect(ana.page.get_by_test_id("customer-list")).to_be_visible()
    expect(ana.thread()).to_be_hidden()


def test_every_control_that_has_the_focus_shows_it(robin: Desk):
    robin.page.get_by_test_id("composer-input").focus()
    robin.page.keyboard.press("Shift+Tab")
    unseen = []
    for _ in range(20):
        robin.page.keyboard.press("Shift+Tab")
        shown, element = robin.page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one);
              return [style.outlineStyle !== "none" || style.boxShadow !== "none",
                one.outerHTML.slice(0, 120)];
            }"""
        )
        unseen += [] if shown else [element]
    assert unseen == []
