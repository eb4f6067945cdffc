"""What agents feel: from a webhook to the second agent's screen, and what it costs.

Two signed-in agents in a real Chromium look at one conversation; a customer writes.
The moment of drawing is taken in the browser by a MutationObserver.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.memory import pss_mib
from tests import chromium, server
from tests.kill import posting
from tests.server import Server

PASSWORD = "a password for the bench"
SECRET = "an app secret for the bench"
MESSAGES = 100
PASSES = 3
HELD = 250
"""Rows to load of a long thread; a panel holds about as many and lets go of the others."""
A_SECOND = 5
WATCH = """() => {
  window.drawn = {};
  new MutationObserver((changes) => {
    const now = performance.timeOrigin + performance.now();
    for (const change of changes) for (const node of change.addedNodes) {
      const found = /@@([0-9]+)@@/.exec(node.textContent || "");
      if (found && !(found[1] in window.drawn)) window.drawn[found[1]] = now;
    }
  }).observe(document.querySelector("[data-testid=thread]"), {childList: true, subtree: true});
}"""


@dataclass
class Customer:
    """Someone who writes to the demo's number."""

    wa_id: str
    served: Server
    client: httpx.Client
    said: int = 0

    def write(self, text: str) -> float:
        """Post one signed message; the moment before, in Unix seconds."""
        self.said += 1
        wamid = f"wamid.bench.{self.wa_id}.{self.said}"
        message = posting.message(wamid, self.wa_id, text, int(time.time()))
        request = posting.signed(posting.delivery(messages=[message]), self.served.port, SECRET)
        head, _, body = request.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        at = time.time()
        self.client.post(self.served.url + posting.PATH, content=body, headers=headers)
        return at


class Wire:
    """Counts what the panel's websocket brings to one page."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.webSocketFrameReceived", self._count)

    def _count(self, event: dict[str, dict[str, str]]) -> None:
        payload = event["response"]["payloadData"]
        if len(payload) > len("2probe"):
            self.bytes += len(payload.encode())

    def take(self) -> int:
        """What came since the last time."""
        came, self.bytes = self.bytes, 0
        return came


@contextmanager
def demo() -> Iterator[Server]:
    """The whole server with its demo workspace, in a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="jumper-bench-") as folder,
        server.running(
            Path(folder),
            environment={
                "JUMPER_DEMO": "1",
                "JUMPER_DEMO_PASSWORD": PASSWORD,
                "JUMPER_DEMO_APP_SECRET": SECRET,
            },
        ) as served,
    ):
        yield served


@contextmanager
def browsing() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        path = chromium.find()
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield browser
        browser.close()


def signed_in(browser: Browser, served: Server, email: str) -> Page:
    """An agent's open panel."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{served.url}/login")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_test_id("customer-list").wait_for()
    return page


def open_conversation(page: Page, name: str) -> None:
    """Choose a customer in the list of an admin or agent."""
    page.get_by_test_id("customer-row").filter(has_text=name).click()
    page.get_by_test_id("composer-input").wait_for()


def to_the_second_screen() -> dict[str, float]:
    """Milliseconds from the webhook to the drawn message in the second agent's browser.

    Each figure is the median of what several passes over the same open panels gave.
    """
    with demo() as served, browsing() as browser, httpx.Client(trust_env=False) as client:
        customer = Customer("491520000002", served, client)
        customer.write("Good morning")
        ana = signed_in(browser, served, "ana@example.com")
        ana.get_by_test_id("list-tab-bot").click()
        ana.get_by_test_id("customer-row").filter(has_text="What is it about?").first.click()
        ana.get_by_test_id("bot-toggle").click()
        ana.locator("[data-testid=bot-toggle][data-owner=agent]").wait_for()
        ben = signed_in(browser, served, "ben@example.com")
        ben.goto(ana.url)
        ben.get_by_test_id("composer-input").wait_for()
        ben.evaluate(WATCH)
        customer.write("warming up")
        ben.wait_for_timeout(1000)
        passes = [_pass(customer, ben, number) for number in range(PASSES)]
        return {
            "p50_ms": round(statistics.median(statistics.median(one) for one in passes), 1),
            "p95_ms": round(statistics.median(one[int(len(one) * 0.95)] for one in passes), 1),
            "messages": sum(map(len, passes)),
        }


def _pass(customer: Customer, page: Page, number: int) -> list[float]:
    """How long each of so many messages took, in ms, the quickest first."""
    sent: dict[int, float] = {}
    for one in range(number * MESSAGES, (number + 1) * MESSAGES):
        sent[one] = customer.write(f"Where is my order? @@{one}@@ It should be here by now.")
        page.wait_for_timeout(1000 / A_SECOND)
    awaited = (number + 1) * MESSAGES
    page.wait_for_function(f"Object.keys(window.drawn).length >= {awaited}", timeout=30_000)
    drawn = page.evaluate("window.drawn")
    return sorted(drawn[str(one)] - at * 1000 for one, at in sent.items())


def on_the_wire() -> dict[str, float]:
    """Bytes for one new message in a short and in a long thread, and for one list change."""
    with demo() as served, browsing() as browser, httpx.Client(trust_env=False) as client:
        long = Customer("491520000001", served, client)
        for number in range(1, 1050):
            long.write(f"Message {number} of a long conversation, with about so many words.")
        page = signed_in(browser, served, "admin@example.com")
        found: dict[str, float] = {}
        open_conversation(page, "Maya Ramirez")
        wire = Wire(page)
        found["message_in_50_bytes"] = _one_message(long, page, wire)
        _load_previous(page, HELD)
        found["message_in_1000_bytes"] = _one_message(long, page, wire)
        found.update(_list_changes(served, client, browser))
        return found


def _one_message(customer: Customer, page: Page, wire: Wire) -> float:
    """Bytes of the frames that bring a message, its list row and its counts."""
    sizes: list[int] = []
    for number in range(15):
        page.wait_for_timeout(700)
        wire.take()
        customer.write(f"One more word about my order, number {number}.")
        page.wait_for_timeout(700)
        sizes.append(wire.take())
    return statistics.median(sizes)


def _load_previous(page: Page, rows: int) -> None:
    while page.get_by_test_id("message").count() < rows:
        before = page.get_by_test_id("message").count()
        page.get_by_test_id("load-previous").click()
        page.wait_for_function(
            "n => document.querySelectorAll('[data-testid=message]').length > n", arg=before
        )


def _list_changes(served: Server, client: httpx.Client, browser: Browser) -> dict[str, float]:
    for number in range(100):
        Customer(f"4915300{number:05}", served, client).write("Hello there")
    page = signed_in(browser, served, "admin@example.com")
    wire = Wire(page)
    writer = Customer("491530000099", served, client, said=1)
    found: dict[str, float] = {"list_change_25_rows_bytes": _one_message(writer, page, wire)}
    while page.get_by_test_id("customer-row").count() < 100:
        before = page.get_by_test_id("customer-row").count()
        page.get_by_role("button", name="Show more").click()
        page.wait_for_function(
            "n => document.querySelectorAll('[data-testid=customer-row]').length > n", arg=before
        )
    found["list_change_100_rows_bytes"] = _one_message(writer, page, wire)
    return found


def memory() -> dict[str, float]:
    """PSS of all server processes: idle, and for each open panel, in MiB."""
    panels = 8
    with demo() as served, browsing() as browser:
        page = signed_in(browser, served, "ana@example.com")
        page.context.close()
        page_free = pss_mib(served)
        for _ in range(panels):
            open_conversation(signed_in(browser, served, "admin@example.com"), "Maya Ram")
        return {
            "idle_mib": round(page_free, 1),
            "per_panel_mib": round((pss_mib(served) - page_free) / panels, 2),
        }
