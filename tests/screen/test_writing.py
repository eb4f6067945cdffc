"""The composer under an agent's fingers: keys, drafts and notes."""

import pytest
from playwright.sync_api import expect

from tests.screen.people import ACustomer, ADesk, take
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

KEY_DOWN = """(box, how) => box.dispatchEvent(
  new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...how}))"""


def on_the_phone(customer: Phone, text: str) -> int:
    return customer.texts().count(text)


# --- Keys


def test_enter_sends_and_shift_enter_begins_a_new_line(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().press_sequentially("First line")
    ana.page.keyboard.press("Shift+Enter")
    ana.box().press_sequentially("second line")
    expect(ana.box()).to_have_value("First line\nsecond line")
    ana.page.keyboard.press("Enter")
    expect(ana.box()).to_have_value("")
    expect(ana.message("second line")).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer, "First line\nsecond line") == 1


def test_the_own_bubble_is_there_before_the_server_answers(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().fill("Here it is")
    seen = ana.box().evaluate(
        """(box) => {
          box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
          return new Promise((done) => requestAnimationFrame(() => done(
            [...document.querySelectorAll("[data-testid=message]")].at(-1).textContent)));
        }"""
    )
    assert "Here it is" in seen
    expect(ana.message("Here it is")).to_have_count(1)
    expect(ana.message("Here it is")).to_have_attribute("data-delivery", "delivered")


@pytest.mark.parametrize(
    "how", [{"isComposing": True}, {"keyCode": 229}], ids=["composing", "key-229"]
)
def test_enter_that_ends_a_composition_does_not_send(talk: tuple[Phone, Desk], how):
    customer, ana = talk
    ana.box().fill("にほん")
    ana.box().evaluate("box => box.dispatchEvent(new CompositionEvent('compositionstart'))")
    ana.box().evaluate(KEY_DOWN, how)
    expect(ana.box()).to_have_value("にほん")
    ana.box().evaluate("box => box.dispatchEvent(new CompositionEvent('compositionend'))")
    ana.box().fill("日本")
    ana.box().evaluate(KEY_DOWN, {})
    expect(ana.message("日本")).to_have_attribute("data-delivery", "delivered")
    assert (on_the_phone(customer, "にほん"), on_the_phone(customer, "日本")) == (0, 1)


def test_enter_pressed_twice_sends_once(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().fill("Only once")
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("Enter")
    expect(ana.message("Only once")).to_have_attribute("data-delivery", "delivered")
    ana.send("And then this")
    expect(ana.message("And then this")).to_have_attribute("data-delivery", "delivered")
    expect(ana.message("Only once")).to_have_count(1)
    assert (on_the_phone(customer, "Only once"), customer.sends_of("Only once")) == (1, 1)


def test_blanks_alone_cannot_be_sent(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().fill(" \n ")
    expect(ana.page.get_by_test_id("send")).to_be_disabled()


def test_a_text_over_the_channels_limit_says_by_how_much(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().fill("y" * 4090)
    expect(ana.page.get_by_test_id("composer")).to_contain_text("6 left")
    ana.box().fill("y" * 4100)
    expect(ana.page.get_by_test_id("composer")).to_contain_text("4 too many")
    expect(ana.page.get_by_test_id("send")).to_be_disabled()


# --- Drafts


def test_a_draft_waits_in_its_conversation(talk: tuple[Phone, Desk], a_customer: ACustomer):
    customer, ana = talk
    other = a_customer("Hello")
    ana.box().press_sequentially("Half a sen")
    take(ana, other)
    expect(ana.box()).to_have_value("")
    ana.tab("active")
    ana.open(customer.name)
    expect(ana.box()).to_have_value("Half a sen")


def test_a_draft_outlives_a_reload_and_waits_on_another_machine(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    _, ana = talk
    here = f"/c/{ana.thread().get_attribute('data-conversation')}"
    ana.box().press_sequentially("Half a sen")
    ana.go(here)
    expect(ana.box()).to_have_value("Half a sen")
    expect(a_desk(at=here).box()).to_have_value("Half a sen")
    expect(a_desk("ben", at=here).box()).to_have_value("")


def test_what_was_typed_a_moment_before_a_reload_is_not_lost(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().press_sequentially("Half a sentence, and at once the rel")
    ana.page.reload()
    expect(ana.box()).to_have_value("Half a sentence, and at once the rel")


def test_a_reply_and_a_note_are_drafts_of_their_own(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().press_sequentially("To the customer")
    ana.click("note-mode")
    expect(ana.box()).to_have_value("")
    ana.box().press_sequentially("To the team")
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    expect(ana.box()).to_have_value("To the customer")
    ana.click("note-mode")
    expect(ana.box()).to_have_value("To the team")


def test_drafts_never_mix_however_fast_one_goes_from_one_to_the_next(
    a_customer: ACustomer, a_desk: ADesk
):
    customers, ana = [a_customer("Hello") for _ in "abc"], a_desk()
    for customer in customers:
        take(ana, customer)
    ana.tab("active")
    for turn in range(24):
        ana.open(customers[turn % 3].name)
        ana.box().press_sequentially("abc"[turn % 3])
    for letter, customer in zip("abc", customers, strict=True):
        ana.open(customer.name)
        expect(ana.box()).to_have_value(letter * 8)
    ana.page.reload()
    expect(ana.box()).to_have_value("c" * 8)


def test_a_sent_text_does_not_come_back_as_a_draft(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().press_sequentially("This is sent")
    expect(ana.page.get_by_text("Draft saved")).to_be_visible()
    ana.page.keyboard.press("Enter")
    expect(ana.message("This is sent")).to_have_attribute("data-delivery", "delivered")
    ana.page.reload()
    expect(ana.message("This is sent")).to_be_visible()
    expect(ana.box()).to_have_value("")


# --- Notes


def test_a_note_is_tinted_and_never_reaches_the_phone(talk: tuple[Phone, Desk], a_desk: ADesk):
    customer, ana = talk
    composer = ana.page.get_by_test_id("composer")
    plain = composer.evaluate("one => getComputedStyle(one).backgroundColor")
    ana.click("note-mode")
    expect(composer).to_have_attribute("data-mode", "note")
    expect(composer).not_to_have_css("background-color", plain)
    ana.box().fill("He called this morning")
    ana.page.keyboard.press("Enter")
    note = ana.message("He called this morning")
    expect(note).to_have_attribute("data-kind", "note")
    expect(note).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    ben = a_desk("ben", at=f"/c/{ana.thread().get_attribute('data-conversation')}")
    expect(ben.message("He called this morning")).to_have_attribute("data-kind", "note")
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    ana.send("This goes out")
    expect(ana.message("This goes out")).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1] == "This goes out"
    assert customer.sends_of("He called this morning") == 0
