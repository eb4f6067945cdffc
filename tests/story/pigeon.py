"""A fourth channel, for the story alone: pigeons carry slips of paper to and from a loft.

All that it is stands in this file: what it is to Jumper, its door, and its part of the
simulator. One line in ``served`` adds it to the channels.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels.contract import (
    Channel,
    Credentials,
    Identity,
    IdentityKind,
    Inbound,
    Item,
    Limits,
    Outbound,
    Pace,
    Person,
    Receipt,
    ReceiptState,
    ReplyWindow,
    Sent,
    Setup,
    Text,
    Upload,
    Wording,
)
from jumper_app.channels.webchat.door import WebChatDoor, explain
from jumper_app.simulator import rows
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.network import Account, Newcomer, Room, Said, Way, nothing
from jumper_app.simulator.screen import Said as OnScreen

KEY, LOFT = "pigeon", "loft-7"
MESSAGES = "/simulator/loft/slips"

# --- what it is to Jumper


def parse(body: Any, received_at: datetime) -> Sequence[Item]:
    """Slips that came, and news of ours."""
    slips = [_slip(one, received_at) for one in body.get("slips", ())]
    return [*slips, *(_news(one, received_at) for one in body.get("news", ()))]


def _slip(told: dict[str, str], at: datetime) -> Inbound:
    who = Identity(kind=IdentityKind.VISITOR, value=told["ring"])
    return Inbound(
        account=LOFT,
        external_id=told["id"],
        sender=Person(identities=(who,), name=told["name"]),
        sent_at=at,
        content=Text(text=told["words"]),
    )


def _news(told: dict[str, str], at: datetime) -> Receipt:
    state = ReceiptState(told["state"])
    return Receipt(account=LOFT, external_id=told["id"], state=state, at=at)


def accounts_in(body: Any) -> frozenset[str]:
    """The only loft."""
    return frozenset({body["loft"]})


class PigeonDoor(WebChatDoor):
    """Hands our slips to the loft; what pigeons cannot do, web chat cannot either."""

    async def send(
        self,
        credentials: Credentials,
        message: Outbound,
        uploads: Mapping[str, Upload],
    ) -> Sent:
        url = httpx.URL(credentials.graph_url).join(MESSAGES)
        slip = {"ring": message.recipient[0].value, "words": message.content.words}
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(url, json=slip)
        return Sent(external_id=answer.raise_for_status().json()["id"])


PIGEON = Channel(
    key=KEY,
    wording=Wording(name="Pigeon post", window_closed="The pigeons have flown home."),
    window=ReplyWindow(automation=timedelta(days=2), human=timedelta(days=2), template=False),
    limits=Limits(
        text=2000, caption=0, media={}, choices=0, choice_title=0, list_rows=0, list_title=0
    ),
    menu=(),
    pace=Pace(burst=50, every_s=0.05),
    parse=parse,
    accounts_in=accounts_in,
    explain=explain,
    door=PigeonDoor,
    setup=Setup(callback=("Show the loft our address.",)),
    icon=(
        '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="44" viewBox="0 0 44 44">'
        '<circle cx="22" cy="22" r="22" fill="#8a8f98"/>'
        '<path d="M10 24l14-10 10 4-8 2-4 12z"/></svg>'
    ),
    phone=__name__,
)

# --- its part of the simulator


class Perch(Handset):
    """Where a customer waits for pigeons."""

    def write(self, text: str, quotes: str = "") -> str:
        slip = _kept(self._ground, self.key, text, from_customer=True)
        told = {"id": slip.id, "ring": self.key, "name": self.about().name, "words": text}
        _fly(self._ground, self.key, slips=[told])
        return slip.id

    def _said(self, message: rows.Message) -> OnScreen:
        return OnScreen(kind="text", text=message.content["words"])

    def _tell(self, messages: list[rows.Message], state: rows.Delivery) -> None:
        _fly(self._ground, self.key, news=[{"id": one.id, "state": state} for one in messages])


class Pigeons:
    """Implements ``network.Network``."""

    key = KEY

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def routes(self) -> list[Route]:
        return [Route(MESSAGES, self._take, methods=["POST"])]

    def owner(self) -> None:
        return None

    def phone(self, key: str, account: str = "") -> Perch:
        return Perch(key, account or LOFT, "The loft", self._ground)

    def problem(self, newcomer: Newcomer) -> str:
        return ""

    def add(self, newcomer: Newcomer) -> rows.Phone:
        return self._ground.store.add_phone(secrets.token_hex(8), KEY, newcomer.name, {})

    def acquaint(
        self,
        name: str,
        identities: Sequence[Identity],
        username: str = "",
    ) -> rows.Phone:
        return self._ground.store.add_phone(identities[0].value, KEY, name, {})

    def text(self, words: str) -> dict[str, Any]:
        return {"words": words}

    def about(self, phone: rows.Phone) -> str:
        return f"Ring {phone.key[:4]}"

    def said(self, line: rows.Request) -> Said:
        return Said(str(line.body["ring"]), str(line.body["words"]))

    def running(self) -> AbstractAsyncContextManager[None]:
        return nothing()

    async def _take(self, request: Request) -> Response:
        """A slip of the business flies to its ring."""
        return JSONResponse({"id": self._deliver(await request.json())})

    def _deliver(self, told: dict[str, str]) -> str:
        slip = _kept(self._ground, told["ring"], told["words"], from_customer=False)
        self._ground.store.enter(_line(slip, told))
        for state in self._comes_to(told["ring"]):
            self._ground.store.set_state(slip.id, state)
            _fly(self._ground, told["ring"], news=[{"id": slip.id, "state": state}])
        return slip.id

    def _comes_to(self, ring: str) -> Iterator[rows.Delivery]:
        phone = self._ground.store.phone(ring)
        if phone.online:
            yield "delivered"
        if phone.online and phone.reading:
            yield "read"


def _kept(ground: Ground, ring: str, words: str, *, from_customer: bool) -> rows.Message:
    slip = rows.Message(
        id=f"slip-{secrets.token_hex(8)}",
        phone=ring,
        number=LOFT,
        from_customer=from_customer,
        type="text",
        content={"words": words},
        at=clock.now(),
        state="sent",
    )
    ground.store.add_message(slip)
    return slip


def _line(slip: rows.Message, told: dict[str, str]) -> rows.Request:
    return rows.Request(
        at=slip.at,
        channel=KEY,
        number=LOFT,
        reference="",
        message=slip.id,
        accepted=True,
        code=0,
        fault="",
        body=dict(told),
    )


def _fly(ground: Ground, ring: str, **told: Any) -> None:
    body = json.dumps({"loft": LOFT, **told}).encode()
    about = " ".join(one["id"] for one in told.get("slips", ()))
    ground.postman.post(KEY, [body], lane=ring, about=about)


ROOM = Room(
    key=KEY,
    account=Account(LOFT),
    open=lambda ground, _token: Pigeons(ground),
    ways=(Way("ring", "By a ring on a pigeon"),),
    samples=(),
)
