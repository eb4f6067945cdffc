"""Where plays are played: accounts, agents, the sending loop, and an adapter that records.

What leaves goes through the real loop to the adapter, which holds each call until it is told
the answer; so anything may happen while a message is on its way.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    OPT_INS,
    Credentials,
    KnownTemplate,
    Outbound,
    OutReaction,
    Piece,
    Sent,
    TemplateForm,
    Upload,
)
from jumper_app.conversations.delivery import Claim, claim
from jumper_app.conversations.log import stored
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.db import Database, Work
from jumper_app.errors import SendFailed
from jumper_app.models import Agent, ChannelAccount, Message, MessageKind
from jumper_app.work.reacting import Reacting
from jumper_app.work.sending import Sending
from tests import make
from tests.make import NOON

NOTE = "canary-note"
"""Stands in every note, and in the draft of one."""

LINE = "Canaryline"
"""The family name of both agents: it stands in status lines and in nothing that is sent."""

GREETING = TemplateForm(body=(Piece(text="Hello "), Piece(text="Maya", gap="1")))


@dataclass(frozen=True)
class Reached:
    """Something that came to the adapter. ``after``: the takeovers committed before it."""

    reference: str
    kind: str
    told: str


class Adapter:
    """The door of every channel: writes down what it is given, and waits to be told its answer."""

    def __init__(self) -> None:
        self.reached: list[Reached] = []
        self.waiting: dict[asyncio.Task[Any], asyncio.Future[str]] = {}
        self._came = asyncio.Condition()

    async def has(self, call: asyncio.Task[Any]) -> None:
        """Come back when this call waits here, or has ended on its way."""
        call.add_done_callback(lambda _: asyncio.ensure_future(self._tell()))
        async with self._came:
            await self._came.wait_for(lambda: call in self.waiting or call.done())

    async def _tell(self) -> None:
        async with self._came:
            self._came.notify_all()

    def take(self, message: Outbound, names: Sequence[str] = ()) -> None:
        """Write down what has come."""
        kind = getattr(message.content, "kind", message.content.type)
        self.reached.append(Reached(message.reference, kind, f"{message!r} {names}"))

    def claim(self, work: Work, **how: Any) -> list[Claim]:
        """Some channels show what is stored: what they need no door for is there when claimed."""
        claims = claim(work, **how)
        for one in claims:
            if one.has_arrived:
                self.take(one.outbound)
        return claims

    async def send(
        self, credentials: Credentials, message: Outbound, uploads: Mapping[str, Upload]
    ) -> Sent:
        self.take(message, [upload.filename for upload in uploads.values()])
        return Sent(external_id=await self._answer())

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        self.reached.append(Reached(reaction.about, "reaction", repr(reaction)))
        await self._answer()

    async def _answer(self) -> str:
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        call = asyncio.current_task()
        assert call is not None
        self.waiting[call] = future
        await self._tell()
        return await future


@dataclass
class Stage:
    """What plays share: accounts with a bot and a template, two agents, the loop, the adapter."""

    db: Database
    loop: asyncio.Runner
    adapter: Adapter = field(default_factory=Adapter)
    accounts: dict[str, ChannelAccount] = field(default_factory=dict)
    agents: list[int] = field(default_factory=list)
    numbers: count = field(default_factory=lambda: count(1))
    now: datetime = NOON
    did: Counter[str] = field(default_factory=Counter)
    """How often each verb was not refused."""

    def __post_init__(self) -> None:
        for channel in CHANNELS:
            parent = make.WABA if CHANNELS[channel].templates else ""
            self.accounts[channel] = self.db.write(
                make.account,
                channel=channel,
                bot=True,
                options={OPT_INS: True},
                external_id=f"{len(self.accounts) + 1}01",
                parent_id=parent,
            )
        greeting = KnownTemplate(name="hello", language="en", status="APPROVED", form=GREETING)
        for sync in self.db.write(next_syncs, now=NOON):
            self.db.write(keep, sync, [greeting], NOON)
        self.agents = [stored(self.db.write(_hire, name).id) for name in ("Ana", "Ben")]
        doors: dict[str, Any] = dict.fromkeys(CHANNELS, self.adapter)
        self.sending, self.reacting = Sending(self.db, doors), Reacting(self.db, doors)

    def clock(self) -> datetime:
        return self.now

    def leave(self) -> None:
        """Claim what may leave, and let it come to the adapter; there it waits."""
        self.loop.run(self._leave())

    async def _leave(self) -> None:
        await asyncio.gather(self.sending.send_due(), self.reacting.react_due())
        for call in (*self.sending._calls, *self.reacting._calls):
            await self.adapter.has(call)

    def answer(self, how: Callable[[str], str | SendFailed]) -> None:
        """Answer every call that waits. ``how``: a new id of the provider → the answer."""
        self.loop.run(self._answer(how))

    async def _answer(self, how: Callable[[str], str | SendFailed]) -> None:
        waiting, self.adapter.waiting = self.adapter.waiting, {}
        for future in waiting.values():
            outcome = how(f"mid.{next(self.numbers)}")
            if isinstance(outcome, str):
                future.set_result(outcome)
            else:
                future.set_exception(outcome)
        await self.sending.finish()
        await self.reacting.finish()


def _hire(work: Work, name: str) -> Agent:
    return make.agent(work, f"{name} {LINE}")


class Refusing(SendFailed):
    code = "refused"
    for_agent = "The channel refused this."


class Late(SendFailed):
    """The channel's word that the reply window is shut, though our clock says open."""

    code = "late"
    closes_window = True
    for_agent = "It is too late."


def complaint(work: Work, thing: Reached, stopped: set[str]) -> str:
    """What is wrong with something that reached the adapter; empty when it may."""
    if NOTE in thing.told:
        return "the words of a note"
    if LINE in thing.told:
        return "the words of a status line"
    if thing.kind == "reaction":
        about = select(Message.kind).where(col(Message.external_id) == thing.reference)
        return "" if work.exec(about).one() == MessageKind.CUSTOMER else "a reaction to our own"
    message = work.exec(select(Message).where(col(Message.public_id) == thing.reference)).one()
    if message.kind not in {MessageKind.AGENT, MessageKind.BOT}:
        return f"a {message.kind}"
    return "a bot's message after a takeover" if thing.reference in stopped else ""
