"""What an agent sees and can do when a message does not arrive, or comes too late."""

import re
from collections.abc import Iterator
from contextlib import suppress

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

UNANSWERED = "We could not learn whether this arrived."
CLOSED = "WhatsApp allows replies for 24 hours from the customer's last message."


@pytest.fixture
def server(own_server: Server) -> Server:
    """The clock and the faults are everybody's, so these tests share no server with others."""
    return own_server


@pytest.fixture(autouse=True)
def _nothing_stays_broken(server: Server) -> Iterator[None]:
    yield
    mend_everything(server)


def shows(desk: Desk, text: str, delivery: str) -> None:
    expect(desk.message(text)).to_have_attribute("data-delivery", delivery)


def sent_without_an_answer(desk: Desk, kind: str, text: str) -> None:
    """Send, learn nothing of what became of it, and wait as long as is fair."""
    break_something(desk, kind)
    break_something(desk, "drop", on="webhook", count=2)
    desk.send(text)
    wait_until_it_is_given_up(desk, text)
    expect(desk.message(text)).to_contain_text(UNANSWERED)
    mend_everything(desk.server)


def wait_until_it_is_given_up(desk: Desk, text: str) -> None:
    """Let minutes pass: the first may pass before the broken answer is here."""
    for _ in range(8):
        move_the_clock(desk, seconds=70)
        with suppress(AssertionError):
            expect(desk.message(text)).to_have_attribute("data-delivery", "unknown", timeout=2000)
            return
    raise AssertionError("it is still waited for")


def test_a_refused_message_says_why_and_retry_really_sends_it_again(talk: tuple[Phone, Desk]):
    customer, ana = talk
    break_something(ana, "error", code=131026)
    ana.send("Is this the right size?")
    shows(ana, "Is this the right size?", "failed")
    failed = ana.message("Is this the right size?")
    expect(failed).to_contain_text("cannot receive")
    assert "Is this the right size?" not in customer.texts()
    failed.get_by_role("button", name="Retry").click()
    shows(ana, "Is this the right size?", "delivered")
    expect(failed.get_by_role("button", name="Retry")).to_have_count(0)
    assert customer.texts().count("Is this the right size?") == 1
    assert customer.sends_of("Is this the right size?") == 2


def test_a_message_that_meta_gives_up_on_later_says_why(talk: tuple[Phone, Desk]):
    _, ana = talk
    break_something(ana, "failed_status", code=131026)
    ana.send("Accepted, and then not")
    shows(ana, "Accepted, and then not", "failed")
    expect(ana.message("Accepted, and then not")).to_contain_text("cannot receive")


def test_what_passes_by_itself_is_sent_again_by_itself(talk: tuple[Phone, Desk]):
    customer, ana = talk
    break_something(ana, "error", code=131056)
    ana.send("Too fast, then not")
    expect(ana.message("Too fast, then not")).to_be_visible()
    delivered = ana.message("Too fast, then not").and_(
        ana.page.locator("[data-delivery=delivered]")
    )
    expect(delivered).to_be_visible(timeout=20_000)
    assert customer.texts().count("Too fast, then not") == 1


def test_a_channel_that_needs_its_admin_says_so_and_goes_on_when_it_is_tried(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    customer, ana = talk
    break_something(ana, "error", code=190)
    ana.send("Just a second")
    waits = ana.page.get_by_test_id("composer-waits")
    expect(waits).to_contain_text("What you write waits here")
    expect(ana.message("Just a second")).to_contain_text("leaves by itself")
    shows(ana, "Just a second", "queued")
    admin = a_desk("admin")
    admin.page.goto(f"{ana.server.url}/settings/channels")
    admin.page.get_by_text("does not accept the access token").click()
    admin.page.get_by_test_id("try-now").click()
    shows(ana, "Just a second", "delivered")
    expect(waits).to_have_count(0)
    expect(admin.page.get_by_test_id("try-now")).to_have_count(0)
    assert customer.texts().count("Just a second") == 1


def test_an_unanswered_message_can_be_sent_again(talk: tuple[Phone, Desk]):
    customer, ana = talk
    sent_without_an_answer(ana, "refuse", "Did this leave?")
    assert "Did this leave?" not in customer.texts()
    ana.message("Did this leave?").get_by_role("button", name="Send again").click()
    shows(ana, "Did this leave?", "delivered")
    assert customer.texts().count("Did this leave?") == 1


@pytest.mark.parametrize("kind", ["accept_cut", "accept_500"])
def test_an_unanswered_message_can_be_said_to_have_arrived(talk: tuple[Phone, Desk], kind: str):
    customer, ana = talk
    sent_without_an_answer(ana, kind, "This did arrive")
    ana.message("This did arrive").get_by_role("button", name="It arrived").click()
    shows(ana, "This did arrive", "sent")
    assert customer.texts().count("This did arrive") == 1
    assert customer.sends_of("This did arrive") == 1


def test_an_unanswered_message_is_settled_by_what_meta_says_later(talk: tuple[Phone, Desk]):
    customer, ana = talk
    break_something(ana, "accept_cut")
    ana.send("The answer was lost")
    shows(ana, "The answer was lost", "delivered")
    assert customer.sends_of("The answer was lost") == 1


def test_a_day_after_the_last_word_only_notes_can_be_written(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    break_something(ana, "error", code=131026)
    ana.send("Is this the right size?")
    retry = ana.message("Is this the right size?").get_by_role("button", name="Retry")
    expect(retry).to_be_enabled()
    ana.box().press_sequentially("I was about to say")
    move_the_clock(ana, hours=23, seconds=1800)
    expect(ana.page.get_by_test_id("window-chip")).to_have_attribute("data-urgency", "red")
    expect(ana.box()).to_be_visible()
    move_the_clock(ana, seconds=1860)
    expect(ana.notice()).to_contain_text(CLOSED)
    expect(ana.box()).to_have_count(0)
    expect(ana.page.get_by_test_id("window-chip")).to_have_attribute("data-urgency", "closed")
    for button, reason in ((retry, "once the customer has written"), (ana.owner(), "closed")):
        expect(button).to_be_disabled()
        expect(button).to_have_attribute("title", re.compile(reason))
    ana.note("He did not write back")
    expect(ana.messages("note")).to_contain_text("He did not write back")
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    customer.write("Sorry, I was away")
    expect(ana.box()).to_have_value("I was about to say")
    expect(ana.owner()).to_be_enabled()
    retry.click()
    shows(ana, "Is this the right size?", "delivered")
    ana.send("Welcome back")
    shows(ana, "Welcome back", "delivered")
