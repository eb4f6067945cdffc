"""Choosing a template, filling it in, sending it: by keyboard alone, shown as on the phone."""

from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect

from tests.screen.people import ACustomer, ADesk, move_the_clock, take
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

KEYS_FOR_TWO_VALUES = 8
"""Besides the values themselves."""


class Keys:
    """A keyboard that counts; what is typed as a value counts for nothing."""

    def __init__(self, desk: Desk) -> None:
        self._keyboard = desk.page.keyboard
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self._keyboard.press(key)
            self.pressed += 1

    def value(self, text: str) -> None:
        self._keyboard.type(text)


@pytest.fixture
def server(late_server: Server) -> Server:
    """These sentences let time pass."""
    return late_server


@pytest.fixture
def late(a_customer: ACustomer, a_desk: ADesk) -> tuple[Phone, Desk]:
    """A customer whose window has closed, before Ana, who answers them."""
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    move_the_clock(ana, hours=25)
    expect(ana.page.get_by_test_id("send-template")).to_be_visible()
    return customer, ana


def option(desk: Desk, name: str, language: str = "en") -> Locator:
    marks = f"[data-template={name}][data-language={language}]"
    return desk.page.get_by_test_id("template-option").and_(desk.page.locator(marks))


def dialog(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("template-dialog")


def preview(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("template-preview")


def choose(desk: Desk, name: str) -> None:
    desk.page.get_by_test_id("send-template").click()
    expect(desk.page.get_by_test_id("template-option").first).to_be_visible()
    desk.page.get_by_test_id("template-search").fill(name)
    desk.page.keyboard.press("Enter")


def test_a_template_with_two_values_goes_by_keyboard_alone_in_eight_keys(
    late: tuple[Phone, Desk],
):
    customer, ana = late
    ana.page.get_by_test_id("send-template").focus()
    keys = Keys(ana)
    keys.press("Enter")
    expect(ana.page.get_by_test_id("template-option").first).to_be_visible()
    keys.press("a", "p", "p", "Enter")
    keys.value("Quinn")
    expect(preview(ana)).to_contain_text("Hello Quinn, your workshop appointment is on")
    keys.press("Enter")
    keys.value("Monday")
    keys.press("Enter")
    expect(dialog(ana)).to_have_count(0)
    assert keys.pressed <= KEYS_FOR_TWO_VALUES
    words = "Hello Quinn, your workshop appointment is on Monday. Will you be there?"
    sent = ana.message(words)
    expect(sent).to_have_attribute("data-delivery", "delivered")
    for button in ("Yes, I will", "Find another time"):
        expect(sent).to_contain_text(button)
    expect(ana.page.get_by_test_id("send-template")).to_be_focused()
    bubble = customer.bubbles()[-1]
    assert (bubble["text"], [one["title"] for one in bubble["choices"]]) == (
        words,
        ["Yes, I will", "Find another time"],
    )
    customer.tap(bubble["id"], bubble["choices"][0]["id"])
    answer = ana.messages("customer").last
    expect(answer).to_contain_text("Yes, I will")
    expect(answer).to_contain_text("Hello Quinn, your workshop")
    expect(ana.box()).to_be_focused()
    keys_from_the_box = Keys(ana)
    ana.box().focus()
    keys_from_the_box.press("Tab", "Enter", "Enter")
    expect(option(ana, "appointment_reminder", "en_US")).to_have_attribute(
        "aria-selected", "true"
    )  # what was used last comes first
    keys_from_the_box.press("Enter")
    keys_from_the_box.value("Quinn")
    keys_from_the_box.press("Enter")
    keys_from_the_box.value("Tuesday")
    keys_from_the_box.press("Enter")
    expect(ana.message("is on Tuesday")).to_have_attribute("data-delivery", "delivered")
    assert keys_from_the_box.pressed <= KEYS_FOR_TWO_VALUES


def test_who_types_before_the_templates_are_there_loses_no_key(late: tuple[Phone, Desk]):
    _, ana = late

    def hold(_: Route) -> None:
        """Let nothing through."""

    ana.page.route("**/api/templates/conversation/*", hold)
    ana.page.get_by_test_id("send-template").focus()
    keys = Keys(ana)
    keys.press("Enter", "a", "p", "p", "Enter")
    expect(dialog(ana)).to_contain_text("Loading templates")
    expect(ana.page.get_by_test_id("template-search")).to_have_value("app")
    expect(ana.page.get_by_test_id("template-field")).to_have_count(0)
    ana.page.unroute("**/api/templates/conversation/*", hold)  # those that are held go on
    expect(option(ana, "appointment_reminder", "en_US")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    keys.value("Quinn")
    expect(ana.page.get_by_test_id("template-field").first).to_have_value("Quinn")


def test_the_picker_finds_by_name_text_language_and_category_and_says_why_one_cannot_go(
    late: tuple[Phone, Desk],
):
    _, ana = late
    ana.page.get_by_test_id("send-template").click()
    search = ana.page.get_by_test_id("template-search")
    expect(search).to_be_focused()
    for query, found in (
        ("order german", ("order_update", "de")),
        ("Werkstatt", None),
        ("unterwegs", ("order_update", "de")),
        ("crème", None),
        ("arabic", ("feedback_request", "ar")),
        ("marketing jacket", None),
        ("AUTUMN sale", ("autumn_sale", "en_US")),
    ):
        search.fill(query)
        if found:
            expect(ana.page.get_by_test_id("template-option").first).to_have_attribute(
                "data-template", found[0]
            )
            expect(option(ana, *found)).to_be_visible()
        else:
            expect(ana.page.get_by_test_id("template-option")).to_have_count(0)
    search.fill("spring")
    expect(option(ana, "spring_sale")).to_contain_text("Meta rejected it")
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_test_id("template-field")).to_have_count(0)
    option(ana, "spring_sale").click(force=True)
    expect(ana.page.get_by_test_id("template-field")).to_have_count(0)
    ana.page.keyboard.press("Escape")
    expect(dialog(ana)).to_have_count(0)
    expect(ana.page.get_by_test_id("send-template")).to_be_focused()


def test_every_gap_must_be_filled_and_what_was_filled_in_is_kept(late: tuple[Phone, Desk]):
    customer, ana = late
    choose(ana, "conversation_follow")
    fields = ana.page.get_by_test_id("template-field")
    send = ana.page.get_by_test_id("template-send")
    expect(fields.nth(0)).to_have_value("Quinn")
    expect(fields.nth(1)).to_have_value("Ana Novak")
    expect(send).to_be_enabled()
    fields.nth(0).fill("")
    expect(send).to_be_disabled()
    fields.nth(0).fill("too    wide")
    expect(ana.page.get_by_text("At most 3 spaces may follow one another.")).to_be_visible()
    expect(send).to_be_disabled()
    fields.nth(0).fill("*Quinn* <b>{{agent_name}}</b>")
    ana.page.keyboard.press("Escape")
    expect(ana.page.get_by_test_id("template-search")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(fields.nth(0)).to_have_value("*Quinn* <b>{{agent_name}}</b>")
    expect(preview(ana).locator(".bold")).to_have_text("Quinn")
    expect(preview(ana)).to_contain_text("<b>{{agent_name}}</b>, this is Ana Novak of")
    send.click()
    expect(ana.message("<b>{{agent_name}}</b>, this is Ana Novak of")).to_be_visible()
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert "*Quinn* <b>{{agent_name}}</b>, this is Ana" in customer.texts()[-1]


def test_a_picture_a_code_and_a_place_go_with_a_template(late: tuple[Phone, Desk], tmp_path: Path):
    customer, ana = late
    picture = tmp_path / "boots.png"
    Image.new("RGB", (64, 48), "brown").save(picture)
    choose(ana, "autumn")
    expect(ana.page.get_by_test_id("template-send")).to_be_disabled()
    for field, value in zip(
        ana.page.get_by_test_id("template-field").all(), ("Quinn", "30%", "AUTUMN30"), strict=True
    ):
        field.fill(value)
    expect(ana.page.get_by_test_id("template-send")).to_be_disabled()
    ana.page.get_by_test_id("template-file-input").set_input_files(picture)
    expect(preview(ana).locator("img")).to_be_visible()
    ana.page.get_by_test_id("template-send").click()
    expect(ana.message("30% off all boots").locator("img").first).to_be_visible()
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    bubble = customer.bubbles()[-1]
    assert (bubble["above"], bool(bubble["media"]), bubble["links"][0]["id"]) == (
        *("image", True),
        "AUTUMN30",
    )
    choose(ana, "store_opening")
    for value in ("48.85", "2.35", "Boutique", "Rue 1", "Quinn"):
        ana.page.keyboard.type(value)
        ana.page.keyboard.press("Enter")
    expect(ana.message("notre nouvelle boutique")).to_contain_text("Boutique")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    bubble = customer.bubbles()[-1]
    assert (bubble["above"], bubble["title"]) == ("location", "Boutique")


def happens(server: Server, name: str, value: str, language: str = "en") -> None:
    """Something happens to a template at Meta, which tells the app."""
    body = {"name": name, "language": language, "value": value}
    url = f"{server.url}/simulator/api/templates"
    httpx.post(url, json=body, trust_env=False).raise_for_status()


def test_what_meta_does_to_a_template_shows_up_in_the_open_picker(
    late: tuple[Phone, Desk], server: Server
):
    _, ana = late
    ana.page.get_by_test_id("send-template").click()
    expect(option(ana, "back_in_stock")).to_have_attribute("data-sendable", "true")
    happens(server, "back_in_stock", "PAUSED")
    expect(option(ana, "back_in_stock")).to_contain_text("paused")
    expect(option(ana, "back_in_stock")).to_have_attribute("data-sendable", "false")
    ana.page.get_by_test_id("template-refresh").click()
    expect(ana.page.get_by_test_id("template-refresh")).to_have_text("Refresh")
    happens(server, "back_in_stock", "APPROVED")
    expect(option(ana, "back_in_stock")).to_have_attribute("data-sendable", "true")


def name_somebody(desk: Desk, phone: Phone) -> None:
    """Say whom to write to first, by keyboard."""
    page = desk.page
    page.get_by_test_id("new-conversation").click()
    expect(page.get_by_test_id("start-number")).to_be_focused()
    page.keyboard.type(f"+{phone.key}")
    page.keyboard.press("Tab")
    page.keyboard.type(phone.name)
    expect(page.get_by_test_id("start-next")).to_be_disabled()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def test_a_number_with_consent_gets_the_first_word_and_stays_one_customer(
    server: Server, a_desk: ADesk
):
    vera = Phone.of_a_new_customer(server, "Vera Unheard", "491799000001")
    ana = a_desk()
    name_somebody(ana, vera)
    expect(ana.page.get_by_test_id("template-search")).to_be_focused()
    ana.page.keyboard.type("conversation_follow")
    ana.page.keyboard.press("Enter")
    fields = ana.page.get_by_test_id("template-field")
    expect(fields.nth(0)).to_have_value("Vera")
    ana.page.get_by_test_id("template-send").click()
    expect(dialog(ana)).to_have_count(0)
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    expect(ana.page.get_by_test_id("send-template")).to_be_visible()
    assert "Vera, this is Ana Novak of" in vera.texts()[-1]
    vera.write("Who is this?")
    expect(ana.message("Who is this?")).to_be_visible()
    expect(ana.box()).to_be_visible()
    address = ana.page.url
    ana.go("/")
    name_somebody(ana, vera)
    expect(ana.page).to_have_url(address)
    expect(ana.message("Who is this?")).to_be_visible()
    expect(dialog(ana)).to_have_count(0)
    assert len(vera.texts()) == 2
