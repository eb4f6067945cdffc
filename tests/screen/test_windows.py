"""The reply window on the screen: it closes on the second, on all of them; no draft is lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.screen.people import (
    ACustomer,
    ADesk,
    break_something,
    mend_everything,
    move_the_clock,
    take,
)
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SENTENCE = "WhatsApp allows replies for 24 hours from the customer's last message."
DAY = timedelta(hours=24)
WRONG_CLOCK = "const real = Date.now.bind(Date); Date.now = () => real() + 5 * 3600_000;"

NOTE_WHEN_IT_SHUTS = """async () => {
  const { now } = await (await fetch("/api/clock")).json();
  const ahead = Date.parse(now) - performance.now();
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-testid=send-template]")) return;
    window.shutAt = performance.now() + ahead;
    observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture
def server(late_server: Server) -> Iterator[Server]:
    """These sentences let time pass."""
    yield late_server
    mend_everything(late_server)


def server_time(server: Server) -> datetime:
    answer = httpx.get(f"{server.url}/api/clock", trust_env=False).raise_for_status()
    return datetime.fromisoformat(answer.json()["now"])


def closes_at(customer: Phone) -> datetime:
    """A day after the customer's last word, by the provider's clock, which knows whole seconds."""
    mine = [one for one in customer.bubbles() if one["mine"]]
    return datetime.fromisoformat(mine[-1]["at"]).replace(microsecond=0) + DAY


def let_it_be(desk: Desk, left: timedelta, customer: Phone) -> None:
    """Move the clock so that this much is left of the customer's window."""
    jump = closes_at(customer) - server_time(desk.server) - left
    move_the_clock(desk, seconds=jump.total_seconds())


def chip(desk: Desk) -> Any:
    return desk.page.get_by_test_id("window-chip")


def test_the_composer_swaps_within_a_second_of_the_moment_with_the_page_untouched(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    ana.box().press_sequentially("I was about to say")
    let_it_be(ana, timedelta(minutes=59), customer)
    expect(chip(ana)).to_have_attribute("data-urgency", "red")
    expect(ana.row(customer.name).get_by_test_id("row-window")).to_have_text("58 m")
    let_it_be(ana, timedelta(seconds=4), customer)
    ana.page.evaluate(NOTE_WHEN_IT_SHUTS)
    expect(ana.box()).to_have_value("I was about to say")
    expect(ana.notice()).to_have_text(f"{SENTENCE} Your draft is kept.", timeout=15_000)
    shut_at = ana.page.evaluate("window.shutAt") / 1000
    assert abs(shut_at - closes_at(customer).timestamp()) < 1
    expect(ana.box()).to_have_count(0)
    expect(chip(ana)).to_have_attribute("data-urgency", "closed")
    expect(ana.row(customer.name).get_by_test_id("row-window")).to_have_text("closed")
    ana.note("He did not write back")
    expect(ana.messages("note")).to_contain_text("He did not write back")
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    customer.write("Sorry, I was away")
    expect(ana.box()).to_have_value("I was about to say")
    expect(chip(ana)).to_have_attribute("data-urgency", "green")


def test_it_counts_by_the_servers_time_on_a_machine_whose_clock_is_wrong(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Good morning"), a_desk()
    ana.context.add_init_script(WRONG_CLOCK)
    take(ana, customer)
    ana.go(f"/c/{ana.thread().get_attribute('data-conversation')}")
    expect(chip(ana)).to_contain_text("23 h 59 m left")
    expect(chip(ana)).to_have_attribute("data-urgency", "green")
    let_it_be(ana, timedelta(hours=5), customer)
    expect(chip(ana)).to_have_attribute("data-urgency", "amber")


def test_what_meta_says_closes_the_window_on_every_screen_though_our_clock_says_open(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    ben = a_desk("ben", at=f"/c/{ana.thread().get_attribute('data-conversation')}")
    expect(ben.box()).to_be_visible()
    break_something(ana, "failed_status", code=131047)
    ana.send("Are you still there?")
    for desk in (ana, ben):
        expect(desk.notice()).to_contain_text(SENTENCE)
        expect(desk.box()).to_have_count(0)
        expect(chip(desk)).to_have_attribute("data-urgency", "closed")
        expect(desk.status()).to_contain_text("The channel closed the reply window")
    customer.write("Yes, I am")
    for desk in (ana, ben):
        expect(desk.box()).to_be_visible()


def test_one_key_leads_to_what_closes_next(server: Server, a_customer: ACustomer, a_desk: ADesk):
    ana = a_desk()
    page = ana.page
    for _ in range(2):
        customer = a_customer("Good morning")
        take(ana, customer)
        customer.write("Are you there?")
        expect(ana.message("Are you there?")).to_be_visible()
    ana.go("/")
    page.get_by_test_id("closing-next").click()
    rows = page.get_by_test_id("closing-list").get_by_test_id("customer-row")
    expect(rows.nth(1)).to_be_visible()
    first, second = (rows.nth(place).get_attribute("data-conversation") for place in (0, 1))
    page.keyboard.press("Escape")
    expect(rows).to_have_count(0)
    page.keyboard.press("Alt+KeyW")
    expect(page).to_have_url(f"{server.url}/c/{first}")
    page.keyboard.press("Alt+KeyW")
    expect(page).to_have_url(f"{server.url}/c/{second}")
    page.get_by_test_id("closing-next").click()
    rows.first.click()
    expect(page).to_have_url(f"{server.url}/c/{first}")
    expect(rows).to_have_count(0)


IN_ORDER = """names => {
  const rows = document.querySelectorAll("[data-testid=closing-list] [data-testid=customer-row]");
  const places = names.map((name) => [...rows].findIndex((row) => row.textContent.includes(name)));
  return places[0] >= 0 && places[0] < places[1];
}"""


COUNTED = """most => {
  const list = document.querySelector("[data-testid=closing-list]");
  const rows = list.querySelectorAll("[data-testid=customer-row]").length;
  const count = Number(document.querySelector("[data-testid=closing-count]")?.textContent || 0);
  return count === rows && count <= most;
}"""


def test_what_closes_next_is_counted_and_put_in_order_while_one_looks(
    server: Server, a_customer: ACustomer, a_desk: ADesk
):
    ana = a_desk()
    page, count = ana.page, ana.page.get_by_test_id("closing-count")
    first, second = a_customer("Good morning"), a_customer("Good morning")
    for customer in (first, second):
        take(ana, customer)
        customer.write("Are you there?")
        expect(ana.message("Are you there?")).to_be_visible()
    ana.go("/")
    page.get_by_test_id("closing-next").click()
    rows = page.get_by_test_id("closing-list").get_by_test_id("customer-row")
    mine = rows.filter(has_text="Quinn")
    before = int(count.text_content() or 0)
    expect(rows).to_have_count(before)
    expect(mine.filter(has_text=first.name)).to_be_visible()
    let_it_be(ana, timedelta(minutes=5), second)
    first.write("Please")
    page.wait_for_function(IN_ORDER, arg=[second.name, first.name])
    let_it_be(ana, timedelta(seconds=-1), second)
    expect(rows.filter(has_text=second.name)).to_have_count(0)
    page.wait_for_function(COUNTED, arg=before - 1)
    expect(rows.filter(has_text=first.name)).to_be_visible()
    let_it_be(ana, timedelta(seconds=-1), first)
    expect(rows.filter(has_text=first.name)).to_have_count(0)
    page.wait_for_function(COUNTED, arg=before - 2)
