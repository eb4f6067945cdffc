"""A lost network and a server that stops: nothing typed is lost, nothing arrives twice."""

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests import server as servers
from tests.screen.people import ACustomer, ADesk, take
from tests.screen.sites import Visitor, site
from tests.server import Server
from tests.story.stage import DEMO, Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SOON_MS = 30_000
"""How long a browser may take to notice, and to try again."""


@pytest.fixture
def server(own_server: Server) -> Server:
    """It is stopped and started, so these tests share no server with others."""
    return own_server


def shows(desk: Desk, state: str) -> None:
    expect(desk.connection()).to_have_attribute("data-state", state, timeout=SOON_MS)


def arrives_once(customer: Phone, desk: Desk, text: str) -> None:
    delivered = desk.message(text)
    expect(delivered).to_have_attribute("data-delivery", "delivered", timeout=SOON_MS)
    expect(delivered).to_have_count(1)
    assert (customer.texts().count(text), customer.sends_of(text)) == (1, 1)


def test_a_message_sent_without_a_network_arrives_once_when_it_is_back(
    talk: tuple[Phone, Desk],
):
    customer, ana = talk
    ana.context.set_offline(True)
    shows(ana, "offline")
    ana.send("Written in a tunnel")
    expect(ana.message("Written in a tunnel")).to_have_attribute("data-delivery", "queued")
    ana.context.set_offline(False)
    shows(ana, "live")
    arrives_once(customer, ana, "Written in a tunnel")


class Line:
    """The websocket of one page, which can go silent in both directions."""

    def __init__(self, desk: Desk) -> None:
        self.upwards = self.downwards = True
        self.route: WebSocketRoute | None = None
        desk.page.route_web_socket(lambda _url: True, self._open)

    def _open(self, browser_side: WebSocketRoute) -> None:
        self.route, server_side = browser_side, browser_side.connect_to_server()
        browser_side.on_message(lambda one: server_side.send(one) if self.upwards else None)
        server_side.on_message(lambda one: browser_side.send(one) if self.downwards else None)

    def hang_up(self) -> None:
        assert self.route is not None
        self.route.close()


def listening(desk: Desk) -> Line:
    line = Line(desk)
    desk.page.reload()
    shows(desk, "live")
    expect(desk.box()).to_be_visible()
    return line


@pytest.mark.parametrize("lost", ["on-the-way-there", "on-the-way-back"])
def test_a_send_that_the_line_swallows_arrives_once(talk: tuple[Phone, Desk], lost: str):
    customer, ana = talk
    line = listening(ana)
    line.upwards, line.downwards = lost == "on-the-way-back", False
    ana.send("Into the void")
    expect(ana.message("Into the void")).to_have_attribute("data-delivery", "queued")
    line.hang_up()
    line.upwards = line.downwards = True
    arrives_once(customer, ana, "Into the void")


def test_what_happened_while_the_line_was_dead_is_there_when_it_is_back(talk: tuple[Phone, Desk]):
    customer, ana = talk
    line = listening(ana)
    line.downwards = False
    customer.write("Can you see this?")
    line.hang_up()
    line.downwards = True
    expect(ana.message("Can you see this?")).to_be_visible(timeout=SOON_MS)
    shows(ana, "live")


def start_again(server: Server) -> None:
    again = servers.start(server.log.parent, port=server.port, environment=DEMO)
    server.process = again.process
    server.wait_until_serving()


def test_a_restart_of_the_server_keeps_every_draft(
    a_customer: ACustomer, a_desk: ADesk, server: Server
):
    customers, ana = [a_customer("Hello") for _ in "ab"], a_desk()
    paths = []
    for customer in customers:
        take(ana, customer)
        paths.append(f"/c/{ana.thread().get_attribute('data-conversation')}")
        ana.box().press_sequentially(f"To {customer.name}")
        ana.click("note-mode")
        ana.box().press_sequentially(f"About {customer.name}")
        expect(ana.page.get_by_text("Draft saved")).to_be_visible()
    try:
        server.kill()
    finally:
        start_again(server)
    elsewhere = a_desk(at="/")
    for customer, path in zip(customers, paths, strict=True):
        elsewhere.go(path)
        expect(elsewhere.box()).to_have_value(f"To {customer.name}")
        elsewhere.click("note-mode")
        expect(elsewhere.box()).to_have_value(f"About {customer.name}")
    shows(ana, "live")


def test_both_desks_say_so_while_the_server_is_away_and_catch_up_by_themselves(
    a_customer: ACustomer, a_desk: ADesk, server: Server
):
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    ben = a_desk("ben", at=f"/c/{ana.thread().get_attribute('data-conversation')}")
    try:
        server.interrupt()
        assert "panicked" not in server.output
        for agent in (ana, ben):
            shows(agent, "reconnecting")
        ana.send("Sent while nobody was there")
        expect(ana.message("Sent while")).to_have_attribute("data-delivery", "queued")
        for agent in (ana, ben):
            shows(agent, "offline")
    finally:
        start_again(server)
    customer.write("And I wrote as well")
    for agent in (ana, ben):
        shows(agent, "live")
        expect(agent.message("And I wrote as well")).to_be_visible()
        arrives_once(customer, agent, "Sent while nobody was there")


def test_a_visitor_of_a_website_loses_nothing_when_the_server_starts_anew(
    a_desk: ADesk, server: Server, real_browser: Browser
):
    ana = a_desk()
    with site(server) as shop:
        vera = Visitor(real_browser, shop.url).visit().open().introduce("Vera Restart")
        vera.write("Before the stop")
        vera.shows_once("What is it about?")
        ana.tab("bot")
        ana.open("Vera Restart")
        ana.toggle_bot()
        ana.send("I am looking it up.")
        vera.shows_once("I am looking it up.")
        server.interrupt()
        vera.write("While it stands still")
        again = servers.start(server.log.parent, port=server.port, environment=DEMO)
        server.process = again.process
        server.wait_until_serving()
        expect(ana.message("While it stands still")).to_have_count(1, timeout=SOON_MS)
        ana.send("Here we are again.")
        for text in ("Before the stop", "I am looking it up.", "While it stands still"):
            vera.shows_once(text)
        vera.shows_once("Here we are again.")
        expect(ana.message("Here we are again.")).to_have_attribute(
            "data-delivery", "read", timeout=SOON_MS
        )
        vera.leave()
