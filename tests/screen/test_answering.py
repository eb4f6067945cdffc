"""Who answers: the bot, nobody, an agent, a colleague; and what each of them sees."""

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
    expect(band(ben)).to_contain_text("Ana Novak is answering.")
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
    expect(ana.row(customer.name)).to_have_count(0)


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
    expect(band(ana)).to_contain_text("Ben Osei is answering.")
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
    expect(band(ana)).to_contain_text("Ben Osei is answering.")
    assert customer.texts().count("Let me help") == 1


def test_a_note_in_a_colleagues_conversation_asks_nobody(talk: tuple[Phone, Desk], a_desk: ADesk):
    _, ana = talk
    ben = beside(ana, a_desk)
    ben.note("I know this customer")
    expect(ana.message("I know this customer")).to_have_attribute("data-kind", "note")
    expect(band(ana)).to_contain_text("You are answering")


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
        expect(read.get_by_role("img", name="Read", exact=True)).to_be_visible()


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
