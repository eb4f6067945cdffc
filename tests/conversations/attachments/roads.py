"""The whole way of a file: real routes, shelf, outbox and doors, with nobody behind the doors.

No large file is made: ``Landing.size`` says how much came, and here it begins with the bytes
that the content lacks.
"""

from contextlib import contextmanager
from typing import Any

import httpx
import orjson
import pytest
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    OPT_INS,
    Identity,
    IdentityKind,
    Person,
)
from jumper_app.channels.messenger.door import MessengerDoor
from jumper_app.channels.webchat.door import WebChatDoor
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.conversations.attachments import read_upload, room, shelf
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.log import stored
from jumper_app.conversations.replies import reply
from jumper_app.conversations.saying import Beside
from jumper_app.db import Database
from jumper_app.fetching import Fetched, LinkTooLarge
from jumper_app.models import Conversation, Role, new_public_id
from jumper_app.web import uploads as routes
from tests import files, make
from tests.house import one, take
from tests.make import NOON
from tests.people.crowd import badge, hire
from tests.web.visitors import visitor

STRANGE = {
    "application/zip": ("things.zip", files.archive(a="b")),
    "text/html": ("page.html", b"<!doctype html><script>alert(1)</script>"),
    "image/svg+xml": ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
}
"""What no channel takes."""

TYPES = {mime: files.named(mime) for mime in files.MADE} | STRANGE


class Links:
    """Plays the fetcher, whose own limit is tested with it."""

    gives: tuple[str, bytes] = ("", b"")
    lacks = 0
    """Bytes that a file seems to have and its content has not."""

    async def fetch(self, link: str, into: Any, limit: int) -> Fetched:
        name, content = self.gives
        if into.size + len(content) > limit:
            raise LinkTooLarge
        into.write(content)
        return Fetched(name, len(content))


class House:
    """Routes, doors with nobody behind them, and a conversation on each channel."""

    def __init__(self, db: Database) -> None:
        self.db, self.links, self.bodies = db, Links(), []
        self.agents = {role: hire(db, role.title(), Role(role)) for role in ("admin", "agent")}
        self.badges = {role: badge(db, key) for role, key in self.agents.items()}
        app = routes.Uploads(db, Patient(), self.links).routes()  # pyright: ignore[reportArgumentType]
        self.app = Starlette(routes=app)
        meta = ("https://graph.example", "v26.0", httpx.MockTransport(self.graph))
        self.doors = {
            "whatsapp": WhatsAppDoor(*meta),
            "messenger": MessengerDoor(*meta),
            "webchat": WebChatDoor(),
        }
        self.threads = {channel: self._conversation(channel) for channel in CHANNELS}

    def _conversation(self, channel: str) -> Conversation:
        kinds = {"whatsapp": IdentityKind.WA_ID, "messenger": IdentityKind.PSID}
        kind = kinds.get(channel, IdentityKind.VISITOR)
        name = Identity(kind=kind, value="16505551234")
        person = Person(identities=(name,), phone="+16505551234")
        account = self.db.write(
            make.account, channel=channel, external_id=f"1{len(channel)}", options={OPT_INS: True}
        )
        said = make.inbound(account=account.external_id, sender=person, sent_at=NOON)
        take(self.db, said, channel=channel)
        return one(self.db, Conversation, account_id=account.id)

    def graph(self, request: httpx.Request) -> httpx.Response:
        """Meta: takes everything, and keeps what is said."""
        last = request.url.path.rpartition("/")[2]
        if last == "messages":
            self.bodies.append(orjson.loads(request.content))
        named = {"messages": [{"id": new_public_id()}], "message_id": new_public_id()}
        return httpx.Response(200, json=named | {"id": "990011", "attachment_id": "990011"})

    async def hand_in(
        self, channel: str, mime: str, lacks: int, road: str, role: str, item: str | None = None
    ):
        """Bring a file by a road; the answer of the route."""
        name, content = TYPES[mime]
        self.links.gives, Links.lacks = (name, content), lacks
        path = f"/api/attachments/{self.threads[channel].public_id}"
        how: dict[str, Any] = {"content": content, "headers": {"x-filename": name}}
        if road == "link":
            path, how = (
                f"{path}/link",
                {"json": {"link": "https://example.com/a", "item": item}, "headers": {}},
            )
        how["headers"]["cookie"] = f"jumper={self.badges[role]}"
        async with visitor(self.app) as client:
            return await client.post(path, **how)

    async def send(self, channel: str, role: str, text: str = "", **beside: Any) -> list[Any]:
        """Reply, and let it out of the door; the bodies that were posted."""
        self.bodies.clear()
        key = stored(self.threads[channel].id)
        self.db.write(
            reply,
            conversation_id=key,
            agent_id=self.agents[role],
            text=text,
            client_key=new_public_id(),
            now=NOON,
            beside=Beside(**beside),
            even_if_colleague=True,
        )
        while claims := self.db.write(claim, worker="w", now=NOON, limit=9):
            for each in claims:
                names = each.outbound.content.files
                found = {name: self.db.look(read_upload, name) for name in names}
                secrets = make.credentials("990000")
                sent = await self.doors[channel].send(secrets, each.outbound, found)
                self.db.write(accepted, each, sent, NOON)
        return list(self.bodies)


class Patient:
    """Lets everybody ask as often as they like."""

    def take(self, rate: Any, key: str) -> None:
        return


@pytest.fixture
def house(db, tmp_path, monkeypatch):
    for module in (shelf, room):
        monkeypatch.setattr(module, "folder", lambda: tmp_path / "media")
    monkeypatch.setattr(routes, "landing", heavy(shelf.landing))
    monkeypatch.setattr(routes, "check_room", lambda *_, **__: None)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return House(db)


def heavy(honest: Any) -> Any:
    """Every other landing is of a file that comes in; those in between are of pictures' copies."""
    coming = [True]

    @contextmanager
    def landing():
        with honest() as file:
            if coming[0]:
                file.size = Links.lacks
            coming[0] = not coming[0]
            yield file

    return landing
