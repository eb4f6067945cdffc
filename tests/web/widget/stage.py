"""A chat of a shop with everything behind it but the panel, and browsers that visit it."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import orjson
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from jumper_app import clock
from jumper_app.bots.library import WELCOME
from jumper_app.bots.runs import answer_next
from jumper_app.bots.shelf import publish
from jumper_app.channels.contract import Credentials
from jumper_app.channels.webchat import WEBCHAT
from jumper_app.channels.webchat.door import WebChatDoor
from jumper_app.channels.webchat.passport import SiteUser, issue
from jumper_app.conversations import notes, replies, takeover
from jumper_app.conversations.accounts import connect
from jumper_app.db import Database, Work
from jumper_app.models import Conversation
from jumper_app.web.guard import Guard, Rules
from jumper_app.web.intake import Intake
from jumper_app.web.widget import Widget
from jumper_app.web.widget.flood import Limits
from jumper_app.work.loop import Background
from tests import make
from tests.house import one
from tests.people.crowd import opened

HOME = "http://localhost:3000"
KEY = "shop"
IDENTITY_SECRET = SecretStr("identity-secret-of-the-tests")
PATIENCE_S = 5
"""How long an event may take before the test says that it never comes."""

_keys = count(1)


def account(work: Work, *, bot: bool = False, **options: Any) -> None:
    """The shop's web chat; with the welcome flow if ``bot``."""
    flow = publish(work, WELCOME, make.NOON) if bot else None
    row = connect(
        work,
        channel=WEBCHAT.key,
        credentials=Credentials(external_id=KEY, app_secrets=(IDENTITY_SECRET,)),
        name="Corner Shop",
        address="",
        now=make.NOON,
        flow_id=flow.id if flow else None,
    )
    row.options = options


def passport(user_id: str, secret: SecretStr = IDENTITY_SECRET, **more: Any) -> str:
    """The site's word that this user is signed in."""
    ends_at = more.pop("ends_at", None)
    return issue(SiteUser(id=user_id, **more), secret, ends_at=ends_at)


@dataclass
class Event:
    """One event of a stream."""

    kind: str
    place: str
    data: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        return [bubble["text"] for bubble in self.data["bubbles"]]


class Line:
    """An open stream as its browser hears it."""

    def __init__(self, app: ASGIApp, headers: dict[str, str], address: str) -> None:
        self.status = 0
        self.over = asyncio.Event()
        self._heard: asyncio.Queue[Event] = asyncio.Queue()
        self._rest = ""
        self._beats = asyncio.Semaphore(0)
        self._begun = asyncio.Event()
        self._task = asyncio.create_task(self._run(app, headers, address))

    async def _run(self, app: ASGIApp, headers: dict[str, str], address: str) -> None:
        scope = {
            "type": "http",
            "asgi": {"spec_version": "2.3", "version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "path": f"/chat/{KEY}/stream",
            "raw_path": f"/chat/{KEY}/stream".encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": (address, 50000),
            "server": ("localhost", 3000),
            "scheme": "http",
        }
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])
        gone = asyncio.Event()

        async def receive() -> Message:
            with suppress(StopIteration):
                return next(asked)
            await gone.wait()
            return {"type": "http.disconnect"}

        try:
            await app(scope, receive, self._hear)
        finally:
            self.over.set()

    async def _hear(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._begun.set()
            return
        *blocks, self._rest = (self._rest + message.get("body", b"").decode()).split("\n\n")
        for block in blocks:
            if block == ":":
                self._beats.release()
            rows = (row.partition(": ") for row in block.split("\n"))
            fields = {name: value for name, _, value in rows}
            if "event" in fields:
                data = orjson.loads(fields["data"])
                self._heard.put_nowait(Event(fields["event"], fields.get("id", ""), data))

    async def begun(self) -> "Line":
        async with asyncio.timeout(PATIENCE_S):
            await self._begun.wait()
        return self

    async def beats(self, times: int) -> None:
        """Wait until the line has said so often that it lives."""
        for _ in range(times):
            await self._beats.acquire()

    async def next(self) -> Event:
        """The next event."""
        async with asyncio.timeout(PATIENCE_S):
            return await self._heard.get()

    async def hears(self, *texts: str) -> Event:
        """The event by which all of these words have come, one after the other."""
        waiting = list(texts)
        while True:
            event = await self.next()
            for text in event.texts if "bubbles" in event.data else ():
                if waiting and text == waiting[0]:
                    waiting.pop(0)
            if not waiting:
                return event

    def heard(self) -> list[Event]:
        """What has come so far and was not asked for."""
        return [self._heard.get_nowait() for _ in range(self._heard.qsize())]

    def nothing_more(self) -> bool:
        return self._heard.empty()

    async def cut(self) -> None:
        """The connection is gone."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


@dataclass
class Browser:
    """A visitor's browser."""

    app: ASGIApp
    address: str = "192.0.2.7"
    passport: str = ""
    key: str = KEY
    secret: str = field(
        default_factory=lambda: (
            base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        )
    )

    @property
    def headers(self) -> dict[str, str]:
        own = {"Host": "localhost:3000", "Authorization": f"Visitor {self.secret}"}
        return {**own, "Jumper-Identity": self.passport} if self.passport else own

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, client=(self.address, 50000))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            if body is not None:
                more["content"] = orjson.dumps(body)
                more["headers"] = {"Content-Type": "application/json", **more.get("headers", {})}
            headers = {**self.headers, **more.pop("headers", {})}
            return await client.request(method, f"/chat/{self.key}/{path}", headers=headers, **more)

    async def write(self, text: str, *, ref: str = "", **more: Any) -> httpx.Response:
        """Send a message; ``ref`` is the browser's own id of it."""
        ref = ref or f"ref-of-the-tests-{next(_keys):06}"
        return await self.ask("POST", "messages", {"id": ref, "text": text, **more})

    async def sees(self, *, delivered: list[str] | None = None, read: list[str] | None = None):
        body = {"delivered": delivered or [], "read": read or []}
        return await self.ask("POST", "seen", body)

    async def types(self, text: str) -> httpx.Response:
        return await self.ask("POST", "typing", {"active": bool(text), "text": text})

    async def listen(self, place: str = "") -> Line:
        """Open the stream, from a place in the feed."""
        headers = {**self.headers, **({"Last-Event-ID": place} if place else {})}
        return await Line(self.app, headers, self.address).begun()


class Shop:
    """The shop's chat, the agent Ana, and the background that sends."""

    def __init__(self, db: Database, limits: Limits, **options: Any) -> None:
        self.db = db
        self._intake = Intake(db)
        self.widget = Widget(db, self._intake, limits)
        rules = Rules(origins=frozenset({HOME}))
        self.app: ASGIApp = Guard(Starlette(routes=self.widget.routes()), rules)
        self.background = Background(db, {WEBCHAT.key: WebChatDoor()})
        db.write(account, **options)
        self.ana = db.write(lambda work: make.agent(work, "Ana").id) or 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Shop"]:
        async with self._intake.running(), self.widget.running():
            yield self

    def visitor(self, **more: Any) -> Browser:
        return Browser(self.app, **more)

    async def works(self) -> None:
        """The bot answers and what waits is sent, until nothing is left to do."""
        while await self.background.work_once():
            await self.background.settle()

    async def bot_thinks(self) -> None:
        """The bot answers; nothing is sent yet."""
        while await self.db.run(answer_next, now=clock.now()):
            pass

    def conversation(self) -> Conversation:
        return one(self.db, Conversation, merged_into_id=None)

    async def ana_says(self, text: str, conversation_id: int = 0) -> None:
        """Ana answers, and it is sent."""
        await self.db.run(
            replies.reply,
            conversation_id=conversation_id or self.conversation().id or 0,
            agent_id=self.ana,
            text=text,
            client_key=f"key-of-the-tests-{next(_keys):06}",
            even_if_colleague=True,
            now=clock.now(),
        )
        await self.works()

    async def ana_notes(self, text: str, conversation_id: int = 0) -> None:
        await self.db.run(
            notes.add_note,
            conversation_id=conversation_id or self.conversation().id or 0,
            agent_id=self.ana,
            text=text,
            client_key=f"key-of-the-tests-{next(_keys):06}",
            now=clock.now(),
        )

    async def ana_takes_over(self) -> None:
        key = self.conversation().id or 0
        await self.db.run(
            takeover.pause_bot, conversation_id=key, agent_id=self.ana, now=clock.now()
        )


OPEN = Limits(
    quick="100000/minute",
    daily="100000/minute",
    newcomers="100000/minute",
    seen="100000/minute",
    typing="100000/minute",
    looks="100000/minute",
    files="100000/minute",
    household_files="100000/minute",
    streams=1000,
)
"""No limit that a test could meet by accident."""


@pytest.fixture
async def shop(db: Database) -> AsyncIterator[Shop]:
    """The shop, where people answer."""
    async with Shop(db, OPEN, live_typing=True).open() as shop:
        yield shop


@pytest.fixture
async def little_shop(sqlite_url: str) -> AsyncIterator[Shop]:
    """The same on one database, for what never comes as far as that."""
    with opened(sqlite_url) as db:
        async with Shop(db, OPEN).open() as shop:
            yield shop


@pytest.fixture
async def shop_with_a_bot(db: Database) -> AsyncIterator[Shop]:
    """The shop where the bot answers first."""
    async with Shop(db, OPEN, bot=True).open() as shop:
        yield shop
