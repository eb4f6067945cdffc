"""Whether this is a demo workspace, and what makes it one: people, histories, phones."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr
from sqlmodel import SQLModel, col, select

from jumper_app import clock
from jumper_app.channels.contract import Credentials, Identity, IdentityKind
from jumper_app.conversations.latest import what_is
from jumper_app.db import Database, Work
from jumper_app.live import SettingsChanged, WorkWaiting
from jumper_app.models import (
    ChannelAccount,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    MessageKind,
)
from jumper_app.panel.words import WITHOUT_WORDS
from jumper_app.people.passwords import hash_now
from jumper_app.settings import Settings
from jumper_app.simulator import words
from jumper_app.simulator.config import Config
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Network, Room, room_of, rooms
from jumper_app.simulator.rows import Message as SimulatedMessage
from jumper_app.simulator.rows import Phone
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.store import Store

from .seed import Demo, is_empty, renew, seed, was_seeded

KEPT = frozenset({"agent", "sign_in_session", "one_time_link", "preference"})
"""Tables that a reset leaves alone: whoever is signed in stays so."""


def decide(database: Database, settings: Settings) -> bool:
    """Is the demo on? As asked for; else where only this machine sees it and nobody works yet."""
    if settings.demo is not None:
        return settings.demo
    fresh = database.look(is_empty) or database.look(was_seeded)
    return settings.demo_possible and fresh


def prepare(database: Database, settings: Settings) -> None:
    """Fill the workspace; one that is filled takes the present password and secrets."""
    if database.look(was_seeded):
        database.write(renew, demo(settings), clock.now())
    elif database.look(is_empty):
        database.write(seed, demo(settings), clock.now())


def demo(settings: Settings) -> Demo:
    """What the demo's channels and people are made with."""
    return Demo(
        business=words.BUSINESS_NAME,
        accounts={
            room.key: (_credentials(room, settings), room.account.address) for room in rooms()
        },
        password_hash=hash_now(settings.demo_password.get_secret_value()),
        options={
            room.key: room.account.options(settings.origins)
            for room in rooms()
            if room.account.options
        },
    )


def _credentials(room: Room, settings: Settings) -> Credentials:
    return Credentials(
        external_id=room.account.external_id,
        parent_id=room.account.parent_id,
        token=SecretStr(_token(settings)),
        app_secrets=(settings.demo_app_secret,),
        verify_token=settings.demo_verify_token,
    )


def reset(database: Database, settings: Settings) -> None:
    """Empty the workspace but for its people and their sessions, and fill it anew."""
    password = demo(settings)
    with database.transaction() as work:
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name not in KEPT:
                work.execute(table.delete())
        seed(work, password, clock.now())


def simulator(settings: Settings, database: Database) -> Simulator:
    """The stand-in with the demo's accounts and its customers' phones."""

    def advance(by: timedelta) -> None:
        clock.advance(by)
        database.hub.tell([SettingsChanged(), WorkWaiting()])

    async def start_over() -> None:
        made.reset()
        await asyncio.to_thread(reset, database, settings)
        await asyncio.to_thread(furnish, made, database)
        made.news.tell()

    store = Store(settings.data_dir / "simulator.db")
    networks = (_opening(room, _token(settings)) for room in rooms())
    made = Simulator(_config(settings), networks, store, advance=advance)
    made.on_reset = start_over
    return made


def _opening(room: Room, token: str) -> Callable[[Ground], Network]:
    return lambda ground: room.open(ground, token)


def _config(settings: Settings) -> Config:
    graph_url = settings.simulator_graph_url
    return Config(
        app_url=graph_url.removesuffix("/simulator/graph"),
        app_secret=settings.demo_app_secret.get_secret_value(),
        verify_token=settings.demo_verify_token.get_secret_value(),
        graph_url=graph_url,
        public_url=settings.public_url,
    )


def furnish(simulator: Simulator, database: Database) -> None:
    """Give the phones of the demo's customers what their owners remember."""
    if simulator.store.phones():
        return
    for customer in database.look(_customers):
        network = simulator.network(customer.channel)
        phone = network.acquaint(customer.name, customer.identities, customer.username)
        room = room_of(customer.channel)
        for message in () if room and room.feeds else customer.messages:
            _remember(simulator, phone, customer.account, message)


@dataclass(frozen=True)
class Customer:
    """Whom the demo's stories are about, and what they wrote or received.

    Attributes:
        account: The provider's id of the account that they wrote to.
    """

    channel: str
    account: str
    name: str
    username: str
    identities: Sequence[Identity]
    messages: Sequence[Message]


def _customers(work: Work) -> list[Customer]:
    rows = work.exec(
        select(Conversation, Contact, ChannelAccount)
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .join(ChannelAccount, col(ChannelAccount.id) == col(Conversation.account_id))
        .order_by(col(Conversation.id))
    )
    return [
        Customer(
            channel=account.channel,
            account=account.external_id,
            name=contact.name,
            username=contact.username,
            identities=_identities(work, contact),
            messages=_said(work, conversation),
        )
        for conversation, contact, account in rows
    ]


def _identities(work: Work, contact: Contact) -> list[Identity]:
    rows = work.exec(select(ContactIdentity).where(ContactIdentity.contact_id == contact.id))
    return [Identity(kind=IdentityKind(row.kind), value=row.value) for row in rows]


def _said(work: Work, conversation: Conversation) -> Sequence[Message]:
    return work.exec(
        select(Message)
        .where(Message.conversation_id == conversation.id, col(Message.external_id).is_not(None))
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    ).all()


def _remember(simulator: Simulator, phone: Phone, account: str, message: Message) -> None:
    heard = message.kind == MessageKind.CUSTOMER
    simulator.store.add_message(
        SimulatedMessage(
            id=message.external_id or "",
            phone=phone.key,
            number=account,
            from_customer=heard,
            type="text",
            content=simulator.network(phone.channel).text(message.text or _label(message)),
            at=message.at,
            state="read",
            reference="" if heard else message.public_id,
        )
    )
    if heard:
        simulator.store.note_heard(phone.key, account, message.at)


def _label(message: Message) -> str:
    """What stands on the phone for a message without words."""
    return WITHOUT_WORDS.get(what_is(message.content), "…")


def _token(settings: Settings) -> str:
    """The demo channel's access token: any value will do that the stand-in knows too."""
    secret = b"demo token" + settings.demo_app_secret.get_secret_value().encode()
    return f"demo-{hashlib.sha256(secret).hexdigest()[:32]}"
