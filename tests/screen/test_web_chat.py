"""The chat on a website of another origin, live with an agent's panel."""

import re
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Frame, Locator, expect

from tests.files import picture
from tests.screen.axe import AXE, FIND
from tests.screen.people import ADesk
from tests.screen.sites import SOON_MS, Site, Visitor, site
from tests.server import Server
from tests.story.stage import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

AVisitor = Callable[..., Visitor]
_numbers = count(1)


@pytest.fixture(scope="module")
def shop(demo_server: Server) -> Iterator[Site]:
    with site(demo_server) as made:
        yield made


@pytest.fixture
def a_visitor(shop: Site, real_browser: Browser) -> Iterator[AVisitor]:
    """Somebody new at the shop's website; their pages throw no errors."""
    here: list[Visitor] = []

    def come(home: str = "", **look) -> Visitor:
        here.append(Visitor(real_browser, home or shop.url, look))
        return here[-1]

    yield come
    for visitor in here:
        visitor.leave()


def name_of_somebody() -> str:
    return f"Vera {next(_numbers):03}"


def take_over(ana: Desk, name: str) -> None:
    ana.tab("bot")
    ana.open(name)
    ana.toggle_bot()
    expect(ana.owner()).to_have_attribute("data-owner", "agent")


def test_a_visitor_of_another_site_talks_with_an_agent(a_visitor: AVisitor, a_desk: ADesk):
    name, ana = name_of_somebody(), a_desk()
    vera = a_visitor().visit()
    vera.page.keyboard.press("Tab")
    vera.page.keyboard.press("Tab")
    expect(vera.launcher()).to_be_focused()
    vera.page.keyboard.press("Enter")
    vera.introduce(name).write("Do you have this tent in green?")
    vera.shows_once("What is it about?")
    expect(vera.said("What is it about?")).to_have_attribute("data-by", "bot")

    take_over(ana, name)
    vera.field().press_sequentially("Or in bl")
    expect(ana.page.get_by_test_id("customer-typing")).to_contain_text("Or in bl")
    ana.send("We do, and there is one left.")
    vera.shows_once("We do, and there is one left.")
    expect(vera.chat().get_by_text("Ana Novak answers")).to_be_visible()
    expect(ana.message("there is one left")).to_have_attribute("data-delivery", "read")
    expect(vera.chat().locator(".standing")).to_have_count(0)
    vera.field().press("Enter")
    expect(ana.message("Or in bl")).to_have_attribute("data-kind", "customer")
    expect(ana.page.get_by_test_id("customer-typing")).to_have_count(0)
    expect(vera.chat().locator(".standing")).to_have_text("Seen")

    vera.page.keyboard.press("Escape")
    expect(vera.launcher()).to_be_focused()
    ana.send("Shall I put it aside?")
    expect(vera.launcher()).to_have_accessible_name("Open chat, 1 new message")
    expect(ana.message("put it aside")).to_have_attribute("data-delivery", "delivered")
    vera.visit("/other")
    expect(vera.launcher()).to_have_accessible_name("Open chat, 1 new message")
    vera.open().shows_once("Shall I put it aside?")
    expect(ana.message("put it aside")).to_have_attribute("data-delivery", "read")

    ana.note("She called this morning, too.")
    vera.write("Yes please")
    expect(ana.message("Yes please")).to_be_visible()
    expect(ana.messages("note")).to_have_count(1)
    assert "called this morning" not in vera.chat().locator("body").inner_text()


def test_a_button_of_the_bot_and_a_picture(a_visitor: AVisitor, a_desk: ADesk, tmp_path):
    name, ana = name_of_somebody(), a_desk()
    vera = a_visitor().visit().open().introduce(name)
    vera.write("Hello")
    vera.chat().get_by_role("button", name="Talk to a person").click()
    vera.shows_once("Talk to a person")
    expect(vera.chat().locator(".choices")).to_have_count(0)
    strap = tmp_path / "strap.jpg"
    strap.write_bytes(picture("JPEG", (320, 200)))
    vera.chat().locator("input[type=file]").set_input_files(strap)
    expect(vera.chat().locator("img.picture")).to_be_visible()
    ana.tab("requested")
    ana.open(name)
    expect(ana.messages("customer").last.locator("img").first).to_be_visible()
    vera.visit().open()
    shown = vera.chat().locator("img.picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320


def test_what_is_written_without_a_line_is_stored_once_when_it_is_back(
    a_visitor: AVisitor, a_desk: ADesk
):
    name, ana = name_of_somebody(), a_desk()
    vera = a_visitor().visit().open().introduce(name)
    vera.write("Before the tunnel")
    vera.shows_once("What is it about?")
    vera.context.route("**/chat/demo/*", lambda route: route.abort())
    vera.write("In the tunnel")
    expect(vera.chat().locator(".standing")).to_have_text("Waiting for the line")
    vera.visit("/other").open()
    vera.shows_once("In the tunnel")
    vera.context.unroute_all()
    expect(vera.chat().get_by_text("Waiting for the line")).to_have_count(0, timeout=SOON_MS)
    ana.tab("bot")
    ana.open(name)
    expect(ana.message("In the tunnel")).to_have_count(1)
    vera.shows_once("Before the tunnel")
    vera.shows_once("In the tunnel")


def test_two_windows_share_one_line_and_the_other_takes_over(a_visitor: AVisitor, a_desk: ADesk):
    name, ana = name_of_somebody(), a_desk()
    vera = a_visitor().visit().open().introduce(name)
    vera.write("Hello")
    vera.shows_once("What is it about?")
    take_over(ana, name)
    first = vera.page
    vera.page = vera.context.new_page()
    vera.visit().open().shows_once("Hello")
    ana.send("In both windows")
    vera.shows_once("In both windows")
    second, vera.page = vera.page, first
    vera.shows_once("In both windows")
    second.close()
    ana.send("In the one that is left")
    vera.shows_once("In the one that is left")
    vera.shows_once("In both windows")


def test_a_site_that_is_not_on_the_list_shows_no_chat(a_visitor: AVisitor, shop: Site):
    stranger = a_visitor(shop.stranger_url)
    with stranger.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        stranger.visit()
    expect(stranger.launcher()).to_be_hidden()


LOOKS = {
    "light": ("/", {}),
    "dark": ("/", {"color_scheme": "dark"}),
    "dark on a light site": ("/dark", {"color_scheme": "light"}),
    "right to left": ("/ar", {}),
    "narrow": ("/", {"viewport": {"width": 320, "height": 640}}),
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_fits_and_can_be_read_everywhere(a_visitor: AVisitor, name: str):
    path, look = LOOKS[name]
    vera = a_visitor(**look).visit(path).open()
    body = vera.chat().locator("body")
    assert body.evaluate("body => body.scrollWidth - document.documentElement.clientWidth") <= 0
    dark = luminance(body) < 0.2
    assert dark == ("dark" in name)
    box = vera.page.locator("jumper-chat iframe").bounding_box()
    assert box
    window = vera.page.viewport_size or {}
    if name == "narrow":
        assert (box["x"], box["y"], box["width"]) == (0, 0, 320)
    elif name == "right to left":
        assert box["x"] < 40
        expect(vera.chat().locator("html")).to_have_attribute("dir", "rtl")
    else:
        assert box["x"] + box["width"] > window["width"] - 40


def ask_who(vera: Visitor) -> None:
    """The chat asks for a name first."""
    vera.open()


def talk(vera: Visitor) -> None:
    """Words of both sides, and the bot's buttons."""
    vera.open().introduce(name_of_somebody()).write("Hello")
    expect(vera.chat().get_by_role("button", name="Talk to a person")).to_be_visible()


def lose_the_line(vera: Visitor) -> None:
    """A message that waits, and the sentence about that."""
    talk(vera)
    vera.context.route("**/chat/demo/*", lambda route: route.abort())
    vera.write("In the tunnel")
    expect(vera.chat().locator(".standing")).to_be_visible()


def be_refused(vera: Visitor) -> None:
    """A message that was not taken, and what can be done about it."""
    talk(vera)
    told = {"status": 422, "json": {"error": "unreadable"}}
    vera.context.route("**/chat/demo/messages", lambda route: route.fulfill(**told))
    vera.write("Not for you")
    expect(vera.chat().locator(".fault button")).to_be_visible()


STATES = {
    "closed": lambda _vera: None,
    "who are you": ask_who,
    "talking": talk,
    "without a line": lose_the_line,
    "refused": be_refused,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("look", ["light", "dark", "right to left"])
def test_axe_finds_nothing_in_the_chat(a_visitor: AVisitor, state: str, look: str):
    path, colours = LOOKS[look]
    vera = a_visitor(bypass_csp=True, reduced_motion="reduce", **colours).visit(path)
    expect(vera.launcher()).to_be_visible()
    STATES[state](vera)
    assert complaints(vera.page.main_frame) == []
    if state != "closed":
        frame = vera.page.locator("jumper-chat iframe").element_handle().content_frame()
        assert frame is not None
        assert complaints(frame) == []


def complaints(frame: Frame) -> list[str]:
    """What axe says against a page; the frames in it are asked on their own."""
    frame.evaluate(AXE)
    return frame.evaluate(FIND.replace("{resultTypes", "{iframes: false, resultTypes"))


def luminance(element: Locator) -> float:
    """How bright the ground is, from 0 to 1."""
    colour = element.evaluate("body => getComputedStyle(body).backgroundColor")
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
