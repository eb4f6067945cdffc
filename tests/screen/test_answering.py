"""Who answers: the bot, nobody, an agent, a colleague; and what each of them sees."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.screen.people import ACustomer, ADesk, take, wait_for_the_bot
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def owned_by(desk: Desk, owner: str) -> None:
    expect(desk.owner()).to_have_attribute("data-owner", owner)


def band(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("ownership")


def beside(desk: Desk, a_desk: ADesk, name: str = "ben") -> Desk:
    """A colleague who looks at the same conversation."""
    return a_desk(name, at=f"/c/{desk.thread().get_attribute('data-conversation')}")


# --- The bot icon


def test_the_bot_icon_pauses_the_bot_and_passes_back_to_it(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    ben = beside(ana, a_desk)
    expect(ana.owner()).to_have_accessible_name("Pause bot")
    ana.toggle_bot()
    for agent in (ana, ben):
        owned_by(agent, "agent")
        expect(agent.status()).to_contain_text("Bot paused by Ana Novak")
        expect(agent.owner()).to_have_accessible_name("Pass back to bot")
    expect(band(ana)).to_contain_text("You are answering")
    expect(band(ben)).to_contain_text("Ana Novak is answering")
    ana.toggle_bot()
    for agent in (ana, ben):
        owned_by(agent, "bot")
        expect(agent.status()).to_contain_text("Bot resumed by Ana Novak")
    expect(ana.messages("bot").last).to_contain_text("What is it about?")


def test_the_bot_icon_takes_the_keyboard(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    ana.owner().focus()
    ana.page.keyboard.press("Enter")
    owned_by(ana, "agent")
    ana.page.keyboard.press("Space")
    owned_by(ana, "bot")


def test_the_bot_icon_serves_a_customer_who_waits_for_a_person(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    customer.write("agent")
    owned_by(ana, "requested")
    expect(band(ana)).to_contain_text("Nobody is answering")
    ana.tab("requested")
    expect(ana.row(customer.name)).to_be_visible()
    ana.toggle_bot()
    owned_by(ana, "bot")


def test_the_open_conversation_stays_in_the_list_until_another_one_is_opened(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, other, ana = a_customer("Hello"), a_customer("Good day"), a_desk()
    wait_for_the_bot(ana, other)
    wait_for_the_bot(ana, customer)
    ana.toggle_bot()
    owned_by(ana, "agent")
    expect(ana.row(customer.name)).to_have_attribute("aria-current", "page")
    expect(ana.row(customer.name).get_by_title("Ana Novak")).to_be_visible()
    ana.open(other.name)
    expect(ana.row(customer.name)).to_have_count(0)
    ana.tab("active")
    expect(ana.row(customer.name)).to_be_visible()


def test_a_conversation_opened_by_its_address_is_found_in_its_own_tab(
    a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    ben = beside(ana, a_desk)
    expect(ben.page.get_by_test_id("list-tab-bot")).to_have_attribute("aria-pressed", "true")
    expect(ben.row(customer.name)).to_have_attribute("aria-current", "page")


# --- The focus


def test_the_focus_is_never_lost_to_a_button_that_is_gone(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.page.get_by_test_id("resolve").focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("reopen")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("resolve")).to_be_focused()
    ana.click("assign", "assign-requested")
    owned_by(ana, "requested")
    band(ana).get_by_role("button", name="Assign to me").focus()
    ana.page.keyboard.press("Enter")
    expect(ana.box()).to_be_focused()
    ana.click("resolve")
    customer.write("Another thing")
    expect(ana.page.get_by_test_id("resolve")).to_be_focused()


def test_a_double_click_counts_once(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.page.get_by_test_id("resolve").dblclick()
    owned_by(ana, "resolved")
    ana.click("reopen")
    owned_by(ana, "agent")
    ana.owner().dblclick()
    owned_by(ana, "bot")
    expect(ana.status()).to_contain_text("User triggered the bot")


def test_what_is_so_already_cannot_be_assigned(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.click("assign")
    mine = ana.page.get_by_test_id("assign-option").filter(has_text="You")
    expect(mine).to_be_disabled()
    expect(ana.page.get_by_test_id("assign-option").filter(has_text="Ben Osei")).to_be_enabled()
    ana.click("assign-requested")
    owned_by(ana, "requested")
    ana.click("assign")
    expect(ana.page.get_by_test_id("assign-requested")).to_be_disabled()
    expect(ana.page.get_by_test_id("assign-option").filter(has_text="Assign to me")).to_be_enabled()


def test_the_bot_icon_serves_a_resolved_conversation(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.click("resolve")
    owned_by(ana, "resolved")
    ana.toggle_bot()
    owned_by(ana, "bot")
    expect(ana.status()).to_contain_text("User triggered the bot · Welcome · by Ana Novak")


def test_writing_takes_over_from_the_bot(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    ana.send("I am a person")
    owned_by(ana, "agent")
    expect(ana.messages("status").filter(has_text="Bot paused by Ana Novak")).to_have_count(1)
    customer.write("Oh, hello")
    expect(ana.message("Oh, hello")).to_be_visible()
    ana.send("How can I help?")
    expect(ana.message("How can I help?")).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-3:] == ["I am a person", "Oh, hello", "How can I help?"]


# --- Taking and giving


def test_who_waits_can_be_taken_from_the_band(a_customer: ACustomer, a_desk: ADesk):
    customer, ana = a_customer("Hello"), a_desk()
    wait_for_the_bot(ana, customer)
    customer.write("agent")
    owned_by(ana, "requested")
    band(ana).get_by_role("button", name="Assign to me").click()
    owned_by(ana, "agent")
    ana.tab("active")
    expect(ana.row(customer.name)).to_be_visible()


def test_a_conversation_is_given_to_a_colleague_and_to_nobody(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    customer, ana = talk
    ben = a_desk("ben")
    ben.tab("active")
    expect(ben.row(customer.name)).to_have_count(0)
    ana.click("assign")
    ana.page.get_by_test_id("assign-option").filter(has_text="Ben Osei").click()
    expect(band(ana)).to_contain_text("Ben Osei is answering")
    expect(ana.status()).to_contain_text("Assigned to Ben Osei · by Ana Novak")
    expect(ben.row(customer.name)).to_be_visible()
    ana.click("assign", "assign-requested")
    owned_by(ana, "requested")
    expect(ben.row(customer.name)).to_have_count(0)
    ben.tab("requested")
    expect(ben.row(customer.name)).to_be_visible()


def test_writing_to_a_colleagues_customer_asks_first(talk: tuple[Phone, Desk], a_desk: ADesk):
    customer, ana = talk
    ben = beside(ana, a_desk)
    ben.send("Let me help")
    ask = ben.page.get_by_test_id("ask-colleague")
    expect(ask).to_contain_text("Ana Novak is answering this customer")
    ask.get_by_role("button", name="Cancel").click()
    expect(ask).to_have_count(0)
    expect(ben.box()).to_have_value("Let me help")
    assert "Let me help" not in customer.texts()
    ben.box().focus()
    ben.page.keyboard.press("Enter")
    ask.get_by_role("button", name="Send anyway").click()
    expect(ben.message("Let me help")).to_have_attribute("data-delivery", "delivered")
    expect(band(ben)).to_contain_text("You are answering")
    expect(band(ana)).to_contain_text("Ben Osei is answering")
    assert customer.texts().count("Let me help") == 1


def test_a_note_in_a_colleagues_conversation_asks_nobody(talk: tuple[Phone, Desk], a_desk: ADesk):
    _, ana = talk
    ben = beside(ana, a_desk)
    ben.note("I know this customer")
    expect(ana.message("I know this customer")).to_have_attribute("data-kind", "note")
    expect(band(ana)).to_contain_text("You are answering")


def test_a_refusal_is_read_above_the_messages_and_covers_no_button(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    _, ana = talk
    ben = beside(ana, a_desk)
    for width in (1440, 390, 320):
        ben.page.set_viewport_size({"width": width, "height": 844})
        ben.toggle_bot()
        toast = ben.page.get_by_test_id("toast").last
        expect(toast).to_contain_text("Ana Novak is answering this customer.")
        expect(toast).to_be_in_viewport(ratio=1)
        ben.page.wait_for_function(STANDS_ALONE, arg=["resolve", "ownership", "composer"])


STANDS_ALONE = """(others) => {
  const named = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)].at(-1);
  const place = (id) => named(id).getBoundingClientRect();
  const toast = place("toast");
  return others.map(place).every((it) => toast.bottom <= it.top || it.bottom <= toast.top);
}"""
"""Comes back when the toast has come in, and is on the height of none of the others."""


# --- The end, and a new beginning


def test_a_resolved_conversation_is_reopened_by_a_button(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.click("resolve")
    expect(ana.status()).to_contain_text("Conversation resolved by Ana Novak")
    expect(ana.page.get_by_test_id("resolve")).to_have_count(0)
    ana.click("reopen")
    expect(ana.status()).to_contain_text("Reopened by Ana Novak")
    owned_by(ana, "agent")


def test_a_resolved_conversation_is_reopened_by_its_customer(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.click("resolve")
    owned_by(ana, "resolved")
    customer.write("One more thing")
    expect(ana.message("One more thing")).to_be_visible()
    expect(ana.messages("status").filter(has_text="Customer wrote again · reopened")).to_have_count(
        1
    )
    expect(ana.page.get_by_test_id("reopen")).to_have_count(0)


# --- What became of a message


def test_ticks_go_from_sent_to_delivered_to_read_on_both_screens(
    talk: tuple[Phone, Desk], a_desk: ADesk
):
    customer, ana = talk
    ben = beside(ana, a_desk)
    customer.lose_the_network()
    ana.send("Are you there?")
    for agent in (ana, ben):
        expect(agent.message("Are you there?")).to_have_attribute("data-delivery", "sent")
    customer.find_the_network()
    for agent in (ana, ben):
        expect(agent.message("Are you there?")).to_have_attribute("data-delivery", "delivered")
    customer.open_chat()
    for agent in (ana, ben):
        read = agent.message("Are you there?")
        expect(read).to_have_attribute("data-delivery", "read")
        told = re.compile("^Read; Sent .+; Delivered .+; Read .+")  # each with its time
        expect(read.get_by_role("img", name=told)).to_be_visible()


def test_the_look_of_a_colleague_is_not_felt_and_that_of_the_owner_is(
    talk: tuple[Phone, Desk], a_customer: ACustomer, a_desk: ADesk
):
    customer, ana = talk
    here = f"/c/{ana.thread().get_attribute('data-conversation')}"
    take(ana, a_customer("Hello"))
    customer.write("Is anybody there?")
    robin = a_desk("admin", at=here)
    expect(robin.message("Is anybody there?")).to_be_visible()
    expect(robin.row(customer.name)).to_have_attribute("data-unread", "0")
    assert customer.bubbles()[-1]["state"] == "delivered"
    ana.go(here)
    ana.send("Yes, somebody")
    expect(ana.message("Yes, somebody").last).to_have_attribute("data-delivery", "delivered")
    assert {one["state"] for one in customer.bubbles() if one["mine"]} == {"read"}
