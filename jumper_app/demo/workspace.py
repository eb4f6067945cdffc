"""Whether this is a demo workspace, and what makes it one: people, histories, phones."""

import asyncio
import hashlib
from datetime import timedelta

from pydantic import SecretStr
from sqlmodel import SQLModel, col, select

from jumper_app import clock
from jumper_app.channels.contract import Credentials, IdentityKind
from jumper_app.db import Database, Work
from jumper_app.live import SettingsChanged, WorkWaiting
from jumper_app.models import ContactIdentity, Conversation, Message, MessageKind
from jumper_app.people.passwords import hash_now
from jumper_app.settings import Settings
from jumper_app.simulator.config import Config, Number
from jumper_app.simulator.rows import Message as SimulatedMessage
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.store import Store

from .seed import (
    DISPLAY_NUMBER,
    PHONE_NUMBER_ID,
    WABA_ID,
    Demo,
    bsuid_of,
    is_empty,
    seed,
    was_seeded,
)
from .stories import STORIES

KEPT = frozenset({"agent", "sign_in_session", "one_time_link", "preference"})
"""Tables that a reset leaves alone: whoever is signed in stays so."""


def decide(database: Database, settings: Settings) -> bool:
    """Is the demo on? As asked for; else where only this machine sees it and nobody works yet."""
    if settings.demo is not None:
        return settings.demo
    fresh = database.look(is_empty) or database.look(was_seeded)
    return settings.demo_possible and fresh


def prepare(database: Database, settings: Settings) -> None:
    """Fill the workspace unless it is filled."""
    if not database.look(was_seeded) and database.look(is_empty):
        database.write(seed, demo(settings), clock.now())


def demo(settings: Settings) -> Demo:
    """What the demo's channel and people are made with."""
    return Demo(
        credentials=Credentials(
            external_id=PHONE_NUMBER_ID,
            parent_id=WABA_ID,
            token=SecretStr(_token(settings)),
            app_secrets=(settings.demo_app_secret,),
            verify_token=settings.demo_verify_token,
        ),
        password_hash=hash_now(settings.demo_password.get_secret_value()),
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
    """The stand-in with the demo's number and its customers' phones."""

    def advance(by: timedelta) -> None:
        clock.advance(by)
        database.hub.tell([SettingsChanged(), WorkWaiting()])

    async def start_over() -> None:
        made.reset()
        await asyncio.to_thread(reset, database, settings)
        await asyncio.to_thread(furnish, made, database)
        made.news.tell()

    store = Store(settings.data_dir / "simulator.db")
    made = Simulator(_config(settings), store, advance=advance)
    made.on_reset = start_over
    return made


def _config(settings: Settings) -> Config:
    number = Number(
        phone_number_id=PHONE_NUMBER_ID,
        waba_id=WABA_ID,
        display_phone_number=DISPLAY_NUMBER,
        token=_token(settings),
        verified_name="Trailhead Outfitters",
    )
    graph_url = settings.simulator_graph_url
    return Config(
        webhook_url=graph_url.removesuffix("/simulator/graph") + "/webhooks/whatsapp",
        app_secret=settings.demo_app_secret.get_secret_value(),
        verify_token=settings.demo_verify_token.get_secret_value(),
        numbers=(number,),
        graph_url=graph_url,
    )


def furnish(simulator: Simulator, database: Database) -> None:
    """Give the phones of the demo's customers what their owners remember."""
    if simulator.store.phones():
        return
    for story in STORIES:
        simulator.store.add_phone(
            story.wa_id,
            story.name,
            bsuid_of(story),
            username=story.username or None,
            hides_number=story.bsuid_only,
        )
    phones = {bsuid_of(story): story.wa_id for story in STORIES}
    for bsuid, message in database.look(_said):
        if bsuid in phones:
            _remember(simulator.store, phones[bsuid], message)


def _said(work: Work) -> list[tuple[str, Message]]:
    """Everything that customers wrote or received, with their BSUID."""
    return list(
        work.exec(
            select(col(ContactIdentity.value), Message)
            .join(Conversation, col(Conversation.contact_id) == col(ContactIdentity.contact_id))
            .join(Message, col(Message.conversation_id) == col(Conversation.id))
            .where(
                col(ContactIdentity.kind) == IdentityKind.BSUID,
                col(Message.external_id).is_not(None),
            )
            .order_by(col(Message.at), col(Message.order), col(Message.id))
        )
    )


def _remember(store: Store, phone: str, message: Message) -> None:
    heard = message.kind == MessageKind.CUSTOMER
    store.add_message(
        SimulatedMessage(
            id=message.external_id or "",
            phone=phone,
            number=PHONE_NUMBER_ID,
            from_customer=heard,
            type="text",
            content={"body": message.text},
            at=message.at,
            state="read",
            reference="" if heard else message.public_id,
        )
    )
    if heard:
        store.note_heard(phone, PHONE_NUMBER_ID, message.at)


def _token(settings: Settings) -> str:
    """The demo channel's access token: any value will do that the stand-in knows too."""
    secret = b"demo token" + settings.demo_app_secret.get_secret_value().encode()
    return f"demo-{hashlib.sha256(secret).hexdigest()[:32]}"
