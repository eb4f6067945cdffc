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


LINK = """path => {
  const link = document.createElement("a");
  link.href = path;
  document.body.append(link);
  link.click();
}"""


def switch(desk: Desk, customer: Phone, path: str, way: str) -> None:
    """Go from one conversation to another: by the list, by a link, or by the back button."""
    if way == "list":
        desk.open(customer.name)
        return
    if way == "link":
        desk.page.evaluate(LINK, path)
    else:
        desk.page.go_back()
    expect(desk.thread()).to_have_attribute("data-conversation", path.rpartition("/")[2])
    expect(desk.box()).to_be_visible()


def test_drafts_never_mix_in_fifty_fast_switches_by_list_link_and_back_button(
    a_customer: ACustomer, a_desk: ADesk
):
    customers, ana = [a_customer("Hello") for _ in "abc"], a_desk()
    paths = []
    for customer in customers:
        take(ana, customer)
        paths.append(f"/c/{ana.thread().get_attribute('data-conversation')}")
    ana.tab("active")
    written, been, here = ["", "", ""], [2], 2
    for turn in range(50):
        way = "back" if turn % 5 == 4 else "link" if turn % 7 == 3 else "list"
        if way == "back":
            been.pop()
            here = been[-1]
        else:
            here = (here + 1 + turn % 2) % 3
            been.append(here)
        switch(ana, customers[here], paths[here], way)
        letter = "abc"[here]
        ana.box().press_sequentially(letter)
        written[here] += letter
    for text, customer in zip(written, customers, strict=True):
        ana.open(customer.name)
        expect(ana.box()).to_have_value(text)
    assert sum(map(len, written)) == 50
    ana.page.reload()
    expect(ana.box()).to_have_value(written[2])


def test_the_list_marks_where_a_draft_stands(talk: tuple[Phone, Desk], a_desk: ADesk):
    customer, ana = talk
    ana.tab("active")
    mark = ana.row(customer.name).get_by_test_id("row-draft")
    expect(mark).to_have_count(0)
    ana.box().press_sequentially("Half a sen")
    expect(mark).to_have_text("Draft")
    robin = a_desk("admin")
    expect(robin.row(customer.name)).to_be_visible()
    expect(robin.row(customer.name).get_by_test_id("row-draft")).to_have_count(0)
    ana.page.keyboard.press("Enter")
    expect(mark).to_have_count(0)


def test_two_windows_with_one_draft_send_it_once(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().press_sequentially("From either")
    expect(ana.page.get_by_text("Draft saved")).to_be_visible()
    other = ana.context.new_page()
    other.goto(ana.page.url)
    box = other.get_by_test_id("composer-input")
    expect(box).to_have_value("From either")
    for page in (ana.page, other):
        page.get_by_test_id("composer-input").evaluate(KEY_DOWN, {})
    for page in (ana.page, other):
        sent = page.get_by_test_id("message").filter(has_text="From either")
        expect(sent).to_have_attribute("data-delivery", "delivered")
        expect(sent).to_have_count(1)
    expect(box).to_have_value("")
    assert (on_the_phone(customer, "From either"), customer.sends_of("From either")) == (1, 1)


def test_a_second_window_follows_what_is_written_in_the_first(talk: tuple[Phone, Desk]):
    _, ana = talk
    other = ana.context.new_page()
    other.goto(ana.page.url)
    box = other.get_by_test_id("composer-input")
    ana.box().press_sequentially("As I type")
    expect(box).to_have_value("As I type")
    box.press_sequentially(", and on")
    expect(ana.box()).to_have_value("As I type, and on")
    ana.page.keyboard.press("Enter")
    expect(box).to_have_value("")


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
