"""A stand-in, a small app behind its webhook, and a client that speaks to both."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app.simulator.config import Config
from jumper_app.simulator.messenger.config import Page, Pages
from jumper_app.simulator.messenger.network import Messenger
from jumper_app.simulator.simulator import Simulator, application
from jumper_app.simulator.store import Store
from jumper_app.simulator.whatsapp.config import Number, Numbers, Template
from jumper_app.simulator.whatsapp.known import Known
from jumper_app.simulator.whatsapp.network import WhatsApp
from jumper_app.simulator.whatsapp.templates import Templates

NUMBER = Number("106540352242922", "102290129340398", "+1 555-078-3881", "token-one")
OTHER = Number("206540352242922", "102290129340398", "+1 555-078-3882", "token-two")
HELLO = Template("hello", "en_US", "UTILITY", ({"type": "BODY", "text": "Hello {{1}}"},))
CODE = Template("code", "en_US", "AUTHENTICATION", ({"type": "BODY", "text": "Your code"},))
CONFIG = Config(
    app_url="http://localhost",
    app_secret="app-secret",
    verify_token="verify-me",
    retry_delays_s=(0.0,),
    hang_limit_s=0.0,
)
PAGE = Page("112233445566778", "Jumper", "token-page")
PAGES = Pages((PAGE,))
MIA = "6201188743190022"
NUMBERS = Numbers((NUMBER, OTHER), (HELLO, CODE))
MARIA = "4915112345678"


def templates_of(numbers: Numbers) -> Templates:
    """These numbers' templates, in a stand-in of their own."""
    made: list[WhatsApp] = []
    Simulator(CONFIG, [lambda ground: made.append(WhatsApp(ground, numbers)) or made[0]])
    return made[0].templates


HIDDEN = "US.13491208655302741918"


@dataclass
class App:
    """What the app heard. ``answers``: HTTP statuses it gives first, before 200."""

    received: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def changes(self) -> list[dict[str, Any]]:
        """The values of all changes, in the order of their arrival."""
        return [one["value"] for entry in self._entries() for one in entry.get("changes", [])]

    def items(self, key: str = "") -> list[dict[str, Any]]:
        """The elements that a page's deliveries hold, in the order of their arrival."""
        found = [one for entry in self._entries() for one in entry.get("messaging", [])]
        return [one for one in found if key in one or not key]

    def _entries(self) -> list[dict[str, Any]]:
        bodies = [json.loads(body) for body, _ in self.received]
        return [entry for body in bodies for entry in body["entry"]]

    def messages(self) -> list[dict[str, Any]]:
        return [one for value in self.changes() for one in value.get("messages", [])]

    def statuses(self, wamid: str = "") -> list[dict[str, Any]]:
        found = [one for value in self.changes() for one in value.get("statuses", [])]
        return [one for one in found if wamid in ("", one["id"])]

    def states(self, wamid: str = "") -> list[str]:
        return [one["status"] for one in self.statuses(wamid)]

    def transport(self) -> httpx.ASGITransport:
        route = Route("/webhooks/{channel}", self._hear, methods=["GET", "POST"])
        return httpx.ASGITransport(Starlette(routes=[route]))

    async def _hear(self, request: Request) -> Response:
        if request.method == "GET":
            told = request.query_params
            right = told["hub.verify_token"] == CONFIG.verify_token
            return PlainTextResponse(told["hub.challenge"] if right else "", 200 if right else 403)
        self.received.append((await request.body(), dict(request.headers)))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@dataclass
class Stage:
    simulator: Simulator
    app: App
    client: httpx.AsyncClient

    async def send(self, body: dict[str, Any], number: Number = NUMBER) -> httpx.Response:
        """A send of the business, as it is."""
        path = f"/simulator/graph/v26.0/{number.phone_number_id}/messages"
        return await self.client.post(path, json=body, headers=bearer(number))

    async def text(self, words: str = "Hello", /, **more: Any) -> httpx.Response:
        """A text for Maria."""
        return await self.send(text_body(words, **more))

    async def send_from_page(self, body: dict[str, Any]) -> httpx.Response:
        """A send of the page, as it is."""
        path = f"/simulator/graph/v26.0/{PAGE.page_id}/messages"
        return await self.client.post(path, json=body, headers=bearer(PAGE))

    async def settled(self) -> None:
        await self.simulator.postman.settled()

    def heard(self, key: str = MARIA) -> str:
        """The customer writes, so that the window is open."""
        return self.simulator.phone(key).write("Hi")

    async def upload(self, content: bytes, mime: str = "image/png") -> httpx.Response:
        return await self.client.post(
            f"/simulator/graph/v26.0/{NUMBER.phone_number_id}/media",
            data={"messaging_product": "whatsapp", "type": mime},
            files={"file": ("a.png", content, mime)},
            headers=bearer(),
        )


def bearer(number: Number | Page = NUMBER) -> dict[str, str]:
    return {"Authorization": f"Bearer {number.token}"}


def text_body(words: str = "Hello", /, **more: Any) -> dict[str, Any]:
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "type": "text"}
    return body | {"to": f"+{MARIA}", "text": {"body": words}} | more


def fan(simulator: Simulator, name: str = "Mia Lind", psid: str = MIA) -> str:
    """A customer on Messenger; the key of their phone."""
    network = simulator.network("messenger")
    assert isinstance(network, Messenger)
    return network.meet(name, psid).key


def page_body(words: str = "Hello", /, **more: Any) -> dict[str, Any]:
    """A text for Mia."""
    body = {"recipient": {"id": MIA}, "messaging_type": "RESPONSE", "message": {"text": words}}
    return body | more


def code(answer: httpx.Response) -> tuple[int, int]:
    """HTTP status and Graph's error code."""
    return answer.status_code, answer.json()["error"]["code"]


def simulator(
    store: Store | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    numbers: Numbers = NUMBERS,
    config: Config = CONFIG,
    pages: Pages = PAGES,
) -> Simulator:
    """A stand-in with two numbers and a page."""
    networks = [lambda ground: WhatsApp(ground, numbers), lambda ground: Messenger(ground, pages)]
    return Simulator(config, networks, store, transport=transport)


def meet(simulator: Simulator, name: str, **names: Any) -> str:
    """A customer of WhatsApp; the key of their phone."""
    network = simulator.network("whatsapp")
    assert isinstance(network, WhatsApp)
    return network.meet(name, Known(**names)).key


@asynccontextmanager
async def staged(
    config: Config = CONFIG, pages: Pages = PAGES, **changes: Any
) -> AsyncGenerator[Stage]:
    """The stand-in; ``changes`` are of its numbers."""
    app = App()
    numbers = replace(NUMBERS, **changes)
    made = simulator(config=config, transport=app.transport(), numbers=numbers, pages=pages)
    meet(made, "María Müller", wa_id=MARIA, bsuid="DE.7421", username="maria")
    meet(made, "Sheena", bsuid=HIDDEN, username="sheena")
    transport = httpx.ASGITransport(application(made))
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    async with made.running(), client:
        yield Stage(made, app, client)
    made.store.close()
