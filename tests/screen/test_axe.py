"""axe finds nothing to say about any page, dialog or state, in light and in dark.

A new page or dialog gets a line in ``STATES``: where it is, and how one gets there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import server as servers
from tests.screen.axe import AXE, FIND
from tests.server import Server
from tests.story.stage import DEMO, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

COLOURED = """(scheme) => new Promise((done) => {
  const chosen = document.documentElement.classList;
  const themed = () => chosen.contains("light") || chosen.contains("dark");
  const isSo = () => chosen.contains(scheme) || !themed();
  const look = () => requestAnimationFrame(() => (isSo() ? requestAnimationFrame(done) : look()));
  look();
})"""
"""Comes back when the page is drawn in the colours of the scheme."""

PHONE = {"width": 390, "height": 844}


def stay(_desk: Desk) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class State:
    """What is looked at.

    Attributes:
        at: The page's address; the customer of every kind of message is at ``/c/…``.
        reach: What to do there first.
        who: Who is signed in; nobody if empty.
    """

    name: str
    at: str
    reach: Callable[[Desk], None] = stay
    who: str = "ana"


def press(*test_ids: str) -> Callable[[Desk], None]:
    def reach(desk: Desk) -> None:
        for one in test_ids:
            desk.page.get_by_test_id(one).first.click()

    return reach


def on_a_phone(*test_ids: str) -> Callable[[Desk], None]:
    def reach(desk: Desk) -> None:
        desk.page.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType]
        press(*test_ids)(desk)

    return reach


def load_everything(desk: Desk) -> None:
    """From the first message of five months on: every kind there is."""
    beginning = desk.page.get_by_test_id("beginning-of-conversation")
    more = desk.page.get_by_test_id("load-previous")
    while more.count():
        known = desk.messages().count()
        more.click()
        expect(desk.messages().nth(known)).to_be_attached()
    expect(beginning).to_be_attached()


def look_at_an_icon(desk: Desk) -> None:
    desk.messages("customer").last.get_by_test_id("message-avatar").focus()
    expect(desk.page.get_by_test_id("message-time")).to_be_visible()


def search_for_a_word(desk: Desk) -> None:
    desk.click("find-open")
    desk.page.get_by_test_id("find-input").fill("rope")
    expect(desk.page.locator("[data-hit]")).to_be_visible()


def open_its_menu(desk: Desk) -> None:
    desk.thread().focus()
    desk.page.keyboard.press("Control+End")
    message = desk.message("It has already begun up there").last
    message.get_by_test_id("message-avatar").focus()
    message.get_by_test_id("message-more").click()
    expect(desk.page.get_by_test_id("message-menu")).to_be_visible()


def look_at_emoji(desk: Desk) -> None:
    desk.page.get_by_test_id("open-emoji").click()
    expect(desk.page.get_by_test_id("emoji").first).to_be_visible()


def be_refused(desk: Desk) -> None:
    desk.page.get_by_label("Email").fill("nobody@example.com")
    desk.page.get_by_label("Password").fill("not the password")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("alert")).to_be_visible()


def settle_nothing(desk: Desk) -> None:
    """Send the form for a new password empty, so that it complains."""
    desk.page.get_by_label("New password", exact=True).fill("short")
    desk.page.get_by_role("button", name="Change password").click()
    expect(desk.page.locator("[aria-invalid=true]").first).to_be_visible()


def open_first(test_id: str) -> Callable[[Desk], None]:
    """Follow the first of these, and wait for its page."""

    def reach(desk: Desk) -> None:
        before = desk.page.url
        desk.page.get_by_test_id(test_id).get_by_role("link").or_(
            desk.page.locator(f"a[data-testid={test_id}]")
        ).first.click()
        desk.page.wait_for_url(lambda url: url != before)
        expect(desk.page.get_by_role("main")).to_be_visible()

    return reach


def ask_to_remove_a_channel(desk: Desk) -> None:
    open_first("channel-account")(desk)
    desk.page.get_by_test_id("remove").click()
    expect(desk.page.get_by_test_id("remove-really")).to_be_visible()


def find_a_customer(desk: Desk) -> None:
    desk.page.get_by_role("searchbox").fill("Marta")
    desk.page.get_by_test_id("find").click()
    expect(desk.page.get_by_test_id("found-customer").first).to_be_visible()


def ask_to_erase_a_customer(desk: Desk) -> None:
    find_a_customer(desk)
    open_first("found-customer")(desk)
    desk.page.get_by_test_id("erase").click()
    expect(desk.page.get_by_test_id("erase-really")).to_be_visible()


CONNECT = "/settings/channels/connect"

STATES = (
    State("sign-in", "/login", who=""),
    State("sign-in refused", "/login", be_refused, who=""),
    State("a link that is over", "/setup/nothing", who=""),
    State("nowhere", "/nowhere"),
    State("list", "/"),
    State("list of an admin", "/", who="admin"),
    State("list on a phone", "/", on_a_phone()),
    State("conversation", "/c/…", load_everything),
    State("conversation on a phone", "/c/…", on_a_phone()),
    State("no such conversation", "/c/nothing"),
    State("no such conversation on a phone", "/c/nothing", on_a_phone()),
    State("writing a note", "/c/…", press("note-mode")),
    State("attachments", "/c/…", press("attach")),
    State("emoji", "/c/…", look_at_emoji),
    State("shortcuts of the composer", "/c/…", press("open-shortcuts")),
    State("closing next", "/", press("closing-next")),
    State("assigning", "/c/…", press("assign")),
    State("how to pass back", "/c/…", press("pass-back-ways")),
    State("starting a flow", "/c/…", press("start-flow")),
    State("who spoke and when", "/c/…", look_at_an_icon),
    State("searching in it", "/c/…", search_for_a_word),
    State("what can be done with a message", "/c/…", open_its_menu),
    State("contact on a phone", "/c/…", on_a_phone("open-card")),
    State("my menu", "/", press("me")),
    State("your account", "/settings/account", settle_nothing),
    State("agents", "/settings/agents", press("agent-actions"), who="admin"),
    State("agents for an agent", "/settings/agents"),
    State("channels", "/settings/channels", who="admin"),
    State("a channel", "/settings/channels", ask_to_remove_a_channel, who="admin"),
    State("connecting WhatsApp", f"{CONNECT}/whatsapp", who="admin"),
    State("IDs of WhatsApp", f"{CONNECT}/whatsapp", press("begin"), who="admin"),
    State("IDs of Messenger", f"{CONNECT}/messenger", press("begin"), who="admin"),
    State("a web chat's key", f"{CONNECT}/webchat", who="admin"),
    State("privacy", "/settings/privacy", find_a_customer, who="admin"),
    State("a customer's data", "/settings/privacy", ask_to_erase_a_customer, who="admin"),
    State("privacy for an agent", "/settings/privacy"),
    State("shortcuts", "/settings/shortcuts"),
    State("simulator", "/simulator", who="admin"),
    State("a new phone", "/simulator", press("sim-new-customer"), who="admin"),
)


class Seats:
    """One desk for each person, however many states they look at."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser, self._server = browser, server
        self._desks: dict[str, Desk] = {}
        self.conversation = ""

    def of(self, who: str) -> Desk:
        if who not in self._desks:
            email = f"{who}@example.com" if who else ""
            self._desks[who] = Desk(self._browser, self._server, email, at="/")
        return self._desks[who]

    def address(self, at: str) -> str:
        if "…" in at and not self.conversation:
            ana = self.of("ana")
            ana.go("/")
            ana.tab("active")
            row = ana.row("Marta Zielińska")
            self.conversation = row.get_attribute("data-conversation") or ""
        return at.replace("…", self.conversation)

    def leave(self) -> None:
        for desk in self._desks.values():
            desk.context.close()


@pytest.fixture(scope="module")
def seats(real_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """On a server of its own: what others do to its customers is not looked at here."""
    with servers.running(tmp_path_factory.mktemp("axe"), environment=DEMO) as server:
        taken = Seats(real_browser, server)
        yield taken
        taken.leave()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing(seats: Seats, state: State):
    desk = seats.of(state.who)
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    desk.page.goto(desk.server.url + seats.address(state.at))
    if state.at.startswith("/c/…"):
        expect(desk.page.get_by_test_id("composer")).to_be_visible()
    expect(desk.page.get_by_role("main")).to_be_visible()
    state.reach(desk)
    for scheme in ("light", "dark"):
        assert found_by_axe(desk.page, scheme) == [], scheme
    desk.page.keyboard.press("Escape")  # a list that the server holds open opens again elsewhere


def found_by_axe(page: Page, scheme: Any) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(COLOURED, scheme)
    page.evaluate(AXE)
    return page.evaluate(FIND)
