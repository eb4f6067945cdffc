"""What customers and agents of these tests do before the sentence begins."""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any

import httpx
import orjson
from playwright.sync_api import Locator, expect

from tests.kill import posting
from tests.server import Server
from tests.story.stage import APP_SECRET, Desk, Phone

ACustomer = Callable[..., Phone]
ADesk = Callable[..., Desk]


def wait_for_the_bot(desk: Desk, customer: Phone) -> None:
    """Open a new customer, when the bot has said all that it has to say for now."""
    desk.tab("bot")
    desk.open(customer.name)
    asked = desk.messages("bot").filter(has_text="What is it about?")
    expect(asked).to_have_attribute("data-delivery", "delivered")


def take(desk: Desk, customer: Phone) -> None:
    """Open a new customer, and answer instead of the bot."""
    wait_for_the_bot(desk, customer)
    desk.toggle_bot()
    expect(desk.owner()).to_have_attribute("data-owner", "agent")
    expect(desk.status()).to_contain_text("Bot paused")


def tell_a_long_story(customer: Phone, length: int, apart_s: int = 20) -> None:
    """Deliver so many messages of the last hour at once, as Meta does after a pause."""
    begun = int(time.time()) - 3600
    said = [
        posting.message(
            f"wamid.story.{customer.key}.{number}",
            customer.key,
            f"Part {number:03} of a long story. " + "It goes on and on. " * (number % 7),
            begun + number * apart_s,
        )
        for number in range(1, length + 1)
    ]
    deliver(customer, messages=said)


def deliver(customer: Phone, **items: Any) -> None:
    """Post a signed webhook in the customer's name."""
    delivery = orjson.loads(posting.delivery(**items))
    delivery["entry"][0]["changes"][0]["value"]["contacts"] = [
        {"profile": {"name": customer.name}, "wa_id": customer.key}
    ]
    body = orjson.dumps(delivery)
    seal = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={seal}", "Content-Type": "application/json"}
    url = customer.server.url + posting.PATH
    httpx.post(url, content=body, headers=headers, trust_env=False).raise_for_status()


def break_something(desk: Desk, kind: str, **how: Any) -> None:
    """Let the network or Meta do something else than it should."""
    url = f"{desk.server.url}/simulator/api/faults"
    httpx.post(url, json={"kind": kind, **how}, trust_env=False).raise_for_status()


def mend_everything(server: Server) -> None:
    """What was to go wrong and has not yet shall not."""
    url = f"{server.url}/simulator/api/faults"
    httpx.delete(url, trust_env=False).raise_for_status()


def move_the_clock(desk: Desk, **amount: float) -> None:
    """Let so many ``hours`` and ``seconds`` pass for app and phones."""
    seconds = amount.get("hours", 0) * 3600 + amount.get("seconds", 0)
    url = f"{desk.server.url}/simulator/clock"
    httpx.post(url, json={"advance_s": seconds}, trust_env=False).raise_for_status()


def top_of(row: Locator) -> float:
    """Where an element begins, in pixels below the window's upper edge."""
    box = row.bounding_box()
    assert box is not None
    return box["y"]


def below(upper: Locator, lower: Locator) -> float:
    """How far one element begins below another, in pixels, at one and the same moment."""
    return lower.evaluate(
        "(lower, upper) => lower.getBoundingClientRect().y - upper.getBoundingClientRect().y",
        upper.element_handle(),
    )
