"""The sheet of all keys, single keys outside of fields, and the switch that turns them off."""

import pytest
from playwright.sync_api import Locator, expect

from jumper_app.panel.keys import words
from tests.screen.people import ACustomer, ADesk
from tests.story.stage import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def sheet(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("keys-sheet")


def off(desk: Desk) -> Locator:
    """The mark of a key that is turned off, at "?"; there is none once the page knows better."""
    return desk.page.locator("[data-testid=key-row][data-key=sheet] [data-off]")


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_question_mark_opens_the_sheet_and_escape_leads_back(
    a_customer: ACustomer, a_desk: ADesk
):
    robin = a_desk("admin", at="/")
    robin.open(a_customer("Good morning").name)
    expect(off(robin)).to_have_count(0)
    press(robin, "?")
    expect(robin.box()).to_have_value("?")
    expect(sheet(robin)).to_be_hidden()
    for place in ("closing-next", "thread"):
        robin.page.get_by_test_id(place).focus()
        press(robin, "?")
        expect(sheet(robin)).to_be_visible()
        expect(sheet(robin).get_by_role("heading", name=words.TITLE)).to_be_focused()
        press(robin, "?", "j", "Escape")  # the first two are nothing's here
        expect(sheet(robin)).to_be_hidden()
        expect(robin.page.get_by_test_id(place)).to_be_focused()
    press(robin, "?")
    shown = [row.get_attribute("data-key") for row in robin.page.get_by_test_id("key-row").all()]
    assert shown == list(words.KEYS)
    expect(sheet(robin).locator("[data-key=note]")).to_contain_text("Write a note")
    expect(sheet(robin).locator("[data-key=note] kbd")).to_have_text(["Alt", "P", "N"])
    press(robin, "Tab", "Enter")
    expect(sheet(robin)).to_be_hidden()


def test_single_keys_lead_through_the_list_and_into_the_box(a_customer: ACustomer, a_desk: ADesk):
    below, above = a_customer("Good morning"), a_customer("Good morning")
    robin = a_desk("admin", at="/")
    expect(robin.row(above.name)).to_be_visible()
    expect(off(robin)).to_have_count(0)
    robin.open(above.name)
    here = robin.thread().get_attribute("data-conversation") or ""
    there = robin.page.get_by_test_id("customer-row").nth(
        [row.get_attribute("data-conversation") for row in rows(robin)].index(here) + 1
    )
    robin.row(above.name).focus()
    next_one = there.get_attribute("data-conversation") or ""
    press(robin, "j")
    expect(robin.thread()).to_have_attribute("data-conversation", next_one)
    expect(
        robin.page.locator(f"[data-testid=customer-row][data-conversation='{next_one}']")
    ).to_be_focused()
    press(robin, "k")
    expect(robin.thread()).to_have_attribute("data-conversation", here)
    press(robin, "n")
    expect(robin.page.get_by_test_id("composer")).to_have_attribute("data-mode", "note")
    expect(robin.box()).to_be_focused()
    expect(robin.box()).to_have_value("")
    robin.page.keyboard.type("rj")
    expect(robin.box()).to_have_value("rj")
    robin.page.get_by_test_id("thread").focus()
    press(robin, "r")
    expect(robin.page.get_by_test_id("composer")).to_have_attribute("data-mode", "reply")
    expect(robin.box()).to_have_value("")
    assert below.name != above.name


def test_single_keys_are_turned_off_for_the_agent_wherever_they_sit(a_desk: ADesk):
    ben, again = a_desk("ben", at="/settings/account"), a_desk("ben", at="/")
    expect(off(ben)).to_have_count(0)
    press(ben, "?")
    expect(sheet(ben)).to_be_visible()
    switch = ben.page.get_by_role("switch", name="Single keys")
    expect(switch).to_be_checked()
    switch.focus()
    press(ben, "Space")
    expect(switch).not_to_be_checked()
    press(ben, "Escape")
    press(ben, "?")
    expect(sheet(ben)).to_be_hidden()
    for desk in (again, ben):
        desk.go("/")
        expect(off(desk)).to_have_count(1)
        press(desk, "?", "j")
        expect(sheet(desk)).to_be_hidden()
        expect(desk.page.get_by_test_id("composer")).to_have_count(0)
    me = ben.page.get_by_test_id("me")
    me.focus()
    press(ben, "Enter")
    ben.page.get_by_test_id("open-keys").focus()
    press(ben, "Enter")
    expect(sheet(ben)).to_be_visible()
    expect(ben.page.get_by_test_id("open-keys")).to_have_count(0)
    ben.page.get_by_role("switch", name="Single keys").focus()
    press(ben, "Space", "Escape")
    expect(me).to_be_focused()
    expect(off(again)).to_have_count(0)
    press(again, "?")
    expect(sheet(again)).to_be_visible()


def rows(desk: Desk) -> list[Locator]:
    return desk.page.get_by_test_id("customer-row").all()
