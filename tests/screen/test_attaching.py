"""Files under an agent's fingers: chosen, pasted, dropped, and what arrives on the phone."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import files
from tests.screen.attaching import File, choose, tray, wait_for_uploads
from tests.screen.people import break_something
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

MIB = 1024 * 1024

HANDED_OVER = """([kind, name, mime]) => {
  const held = new DataTransfer();
  const small = new TextEncoder().encode("%PDF-1.4\\n%%EOF");
  held.items.add(new File([small], name, {type: mime}));
  const target = kind === "paste" ? document.activeElement : document.body;
  const event = kind === "paste"
    ? new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true})
    : new DragEvent(kind, {dataTransfer: held, bubbles: true, cancelable: true});
  target.dispatchEvent(event);
  return event.defaultPrevented;
}"""
"""A paste or a drag of a small PDF, as the browser reports it."""


def a_file(mime: str) -> File:
    name, content = files.named(mime)
    return name, mime, content


def posts(page: Page) -> list[str]:
    """Addresses to which a page posts, filled from now on."""
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.url) if one.method == "POST" else None)
    return posted


def on_the_phone(customer: Phone) -> list[tuple[str, str]]:
    """Kind and words of what the business sent since the bot fell silent."""
    theirs = [each for each in customer.bubbles() if not each["mine"]]
    return [(each["type"], each["title"] or each["text"]) for each in theirs[2:]]


def test_files_of_every_kind_arrive_in_their_order_with_their_words(talk: tuple[Phone, Desk]):
    customer, ana = talk
    choose(ana, "file", a_file("application/pdf"), a_file("audio/mpeg"))
    choose(ana, "video", a_file("video/mp4"))
    choose(ana, "photo", a_file("image/jpeg"), a_file("image/webp"))
    wait_for_uploads(ana, 5)
    expect(tray(ana).nth(4)).to_contain_text("photo.jpg")
    ana.page.get_by_label("Caption: film.mp4").fill("How it folds")
    ana.box().fill("Everything about it")
    ana.click("send")
    expect(tray(ana)).to_have_count(0)
    expect(ana.messages("agent")).to_have_count(5)
    for place in range(5):
        expect(ana.messages("agent").nth(place)).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer) == [
        ("document", "offer.pdf"),
        ("audio", ""),
        ("video", "How it folds"),
        ("image", ""),
        ("image", ""),
    ]
    assert "Everything about it" in customer.texts()


@pytest.mark.parametrize(
    ("item", "name", "size", "sentence"),
    [
        ("photo", "offer.pdf", 100, "pictures as JPEG, PNG, GIF, WebP or AVIF"),
        ("photo", "large.jpg", 5 * MIB + 1, "pictures of at most 5 MB"),
        ("video", "large.mp4", 16 * MIB + 1, "videos of at most 16 MB"),
        ("file", "setup.exe", 100, "This type of file cannot be sent"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_leaves_the_browser(
    talk: tuple[Phone, Desk], item, name, size, sentence
):
    _, ana = talk
    posted = posts(ana.page)
    choose(ana, item, (name, "", b"x" * size))
    expect(ana.page.get_by_test_id("attach-problem")).to_contain_text(sentence)
    expect(tray(ana)).to_have_count(0)
    ana.page.keyboard.press("Escape")
    expect(ana.page.get_by_test_id("attach-dialog")).to_have_count(0)
    assert posted == []


def test_files_are_pasted_and_dropped_and_taken_away_again(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().focus()
    assert ana.page.evaluate(HANDED_OVER, ["paste", "pasted.pdf", "application/pdf"])
    assert ana.page.evaluate(HANDED_OVER, ["dragover", "", "application/pdf"])
    expect(ana.page.get_by_text("Drop files here to attach them")).to_be_visible()
    assert ana.page.evaluate(HANDED_OVER, ["drop", "dropped.pdf", "application/pdf"])
    expect(ana.page.get_by_text("Drop files here to attach them")).to_have_count(0)
    wait_for_uploads(ana, 2)
    ana.page.get_by_role("button", name="Remove the file: pasted.pdf").click()
    ana.click("note-mode")
    expect(tray(ana)).to_have_count(0)
    assert ana.page.evaluate(HANDED_OVER, ["drop", "lost.pdf", "application/pdf"])
    ana.page.get_by_role("button", name="Reply", exact=True).click()
    expect(tray(ana)).to_have_count(1)
    ana.click("send")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer) == [("document", "dropped.pdf")]


def test_what_only_looks_like_a_picture_is_refused_by_the_server(talk: tuple[Phone, Desk]):
    _, ana = talk
    choose(ana, "photo", ("page.png", "image/png", b"<html><script>alert(1)</script></html>"))
    expect(tray(ana)).to_contain_text("cannot be sent")
    expect(ana.page.get_by_test_id("send")).to_be_disabled()


def keys(desk: Desk, *pressed: str) -> None:
    for one in pressed:
        desk.page.keyboard.press(one)


def open_by_keys(desk: Desk, item: str) -> None:
    """From the box to an item of the menu, without a mouse."""
    desk.box().focus()
    keys(desk, "Tab")
    expect(desk.page.get_by_test_id("attach")).to_be_focused()
    keys(desk, "Enter")
    wanted = desk.page.get_by_test_id(f"attach-{item}")
    expect(desk.page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(desk.page.get_by_role("menuitem").count()):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        keys(desk, "ArrowDown")
    keys(desk, "Enter")


def test_a_link_is_pasted_by_keyboard_alone_and_refused_when_it_leads_inside(
    talk: tuple[Phone, Desk],
):
    customer, ana = talk
    open_by_keys(ana, "photo")
    expect(ana.page.get_by_test_id("attach-choose")).to_be_focused()
    keys(ana, "Shift+Tab")
    expect(ana.page.get_by_test_id("attach-upload")).to_be_focused()
    keys(ana, "ArrowRight", "Tab")
    field = ana.page.get_by_test_id("attach-link-field")
    expect(field).to_be_focused()
    expect(ana.page.get_by_test_id("attach-link-notice")).to_have_text(
        "The link must be public, so that Jumper can open it and send it to the customer."
    )
    ana.page.keyboard.type(f"http://127.0.0.1:{ana.server.port}/simulator/api/ledger")
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("attach-problem")).to_contain_text("It must be public")
    expect(field).to_be_focused()
    given = a_file_of_a_link(ana)
    ana.page.route("**/api/attachments/*/link", lambda route: route.fulfill(status=201, json=given))
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("attach-dialog")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    expect(tray(ana)).to_contain_text("drawing.png")
    keys(ana, "Enter")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer) == [("image", "")]


def a_file_of_a_link(desk: Desk) -> dict[str, object]:
    """What the server says of a file that it fetched; there is no public network in a test."""
    name, content = files.named("image/png")
    conversation = desk.thread().get_attribute("data-conversation")
    answer = desk.page.request.post(
        f"{desk.server.url}/api/attachments/{conversation}",
        data=content,
        headers={"X-Filename": name, "Origin": desk.server.url},
    )
    assert answer.status == 201
    return answer.json()


def test_a_place_is_pasted_as_a_link_and_sent_by_keyboard_alone(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().press_sequentially("A draft that stays")
    open_by_keys(ana, "location")
    expect(ana.page.get_by_label("Paste a map link")).to_be_focused()
    keys(ana, "Enter")
    expect(ana.page.get_by_label("Latitude")).to_be_focused()
    expect(ana.page.get_by_role("alert").first).to_contain_text("between −90 and 90")
    keys(ana, "Shift+Tab")
    ana.page.keyboard.insert_text("https://maps.apple.com/?ll=52.473,13.404&q=Tempelhofer%20Feld")
    expect(ana.page.get_by_label("Longitude")).to_have_value("13.404")
    expect(ana.page.get_by_label("Name")).to_have_value("Tempelhofer Feld")
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("location-dialog")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    expect(ana.box()).to_have_value("A draft that stays")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer) == [("location", "Tempelhofer Feld")]


def test_a_contact_is_typed_and_sent_by_keyboard_alone(talk: tuple[Phone, Desk]):
    customer, ana = talk
    open_by_keys(ana, "contact")
    expect(ana.page.get_by_label("Name")).to_be_focused()
    ana.page.keyboard.type("Rosa Martens")
    keys(ana, "Tab")
    ana.page.keyboard.type("12")
    keys(ana, "Enter")
    expect(ana.page.get_by_label("Phone")).to_be_focused()
    expect(ana.page.get_by_role("alert").first).to_contain_text("not a phone number")
    keys(ana, "Control+a")
    ana.page.keyboard.type("+49 30 901820")
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("contact-dialog")).to_have_count(0)
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert on_the_phone(customer) == [("contacts", "Rosa Martens")]
    assert customer.bubbles()[-1]["detail"] == "+4930901820"


def test_a_dialog_that_is_left_sends_nothing(talk: tuple[Phone, Desk]):
    customer, ana = talk
    open_by_keys(ana, "contact")
    expect(ana.page.get_by_label("Name")).to_be_focused()
    keys(ana, "Escape")
    expect(ana.page.get_by_test_id("contact-dialog")).to_have_count(0)
    expect(ana.box()).to_be_focused()
    assert on_the_phone(customer) == []


# --- Quoting and reacting


def line_of(desk: Desk, text: str) -> Locator:
    return desk.page.locator("[data-testid=message]", has_text=text).first


def test_a_message_is_quoted_by_keyboard_and_the_quote_leads_back(talk: tuple[Phone, Desk]):
    customer, ana = talk
    heard = line_of(ana, "Good morning")
    heard.get_by_test_id("message-avatar").focus()
    keys(ana, "Tab")
    expect(ana.page.get_by_test_id("message-react")).to_be_focused()
    keys(ana, "Tab", "Enter")
    expect(ana.page.get_by_test_id("composer-quote")).to_contain_text("Good morning")
    expect(ana.box()).to_be_focused()
    ana.page.keyboard.type("And to you")
    keys(ana, "Enter")
    expect(ana.page.get_by_test_id("composer-quote")).to_have_count(0)
    said = ana.message("And to you")
    expect(said).to_have_attribute("data-delivery", "delivered")
    expect(said.get_by_role("button", name="Good morning")).to_be_visible()
    bubble = customer.bubbles()[-1]
    assert (bubble["text"], bubble["quotes"]) == ("And to you", customer.bubbles()[0]["id"])
    said.get_by_role("button", name="Good morning").click()
    expect(heard).to_be_focused()


def test_a_reaction_reaches_the_phone_once_and_can_be_taken_back(talk: tuple[Phone, Desk]):
    customer, ana = talk
    heard = line_of(ana, "Good morning")
    heard.hover()
    ana.click("message-react")
    expect(ana.page.get_by_test_id("reaction").first).to_be_focused()
    keys(ana, "ArrowRight", "Enter")
    expect(heard.locator(".reactions")).to_have_text("❤️")
    wait_for_reactions(customer, ["❤️"])
    heard.hover()
    ana.click("message-react")
    expect(ana.page.locator("[data-emoji='❤️']")).to_have_attribute("aria-checked", "true")
    keys(ana, "Enter")
    expect(heard.locator(".reactions")).to_have_count(0)
    wait_for_reactions(customer, [])
    assert customer.sends_of("reaction") == 2


def wait_for_reactions(customer: Phone, expected: list[str]) -> None:
    deadline = time.monotonic() + 20
    while customer.bubbles()[0]["reactions"] != expected:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_reaction_that_is_refused_is_taken_back_and_says_why(talk: tuple[Phone, Desk]):
    _, ana = talk
    break_something(ana, "error", code=131009)
    heard = line_of(ana, "Good morning")
    heard.hover()
    ana.click("message-react")
    keys(ana, "Enter")
    expect(heard.locator(".unreacted")).to_be_visible()
    expect(heard.locator(".reactions")).to_have_count(0)
