"""The business in a test: a database of its own, items handed in, and what stands there after."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

import hypothesis
import pytest
from sqlmodel import SQLModel, col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Item, Parse
from jumper_app.conversations.inbound import Delivery, Tally, receive_all
from jumper_app.db import Database, Work
from jumper_app.models import (
    Attachment,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    MessageKind,
    Outbox,
)
from tests.make import NOON
from tests.people.crowd import opened
from tests.postgres import Postgres

_bodies = count(1)


_houses = count(1)


def in_one_database() -> hypothesis.settings:
    """For properties whose examples share a database; each makes an account of its own."""
    return hypothesis.settings(
        max_examples=max(30, hypothesis.settings().max_examples // 4),
        suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
    )


@pytest.fixture(scope="session")
def house_on_postgres(postgres_server: Postgres, migrated_postgres: str) -> str:
    """A migrated Postgres database that tests use one after another; each leaves it empty."""
    name = f"house_{next(_houses)}"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    return postgres_server.url(name)


@pytest.fixture(params=["sqlite_url", "house_on_postgres"], ids=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """This process's database, once of each kind; deliveries may hold ready items."""
    for key, channel in list(CHANNELS.items()):
        monkeypatch.setitem(CHANNELS, key, replace(channel, parse=_ready_or(channel.parse)))
    with opened(request.getfixturevalue(request.param)) as mine:
        yield mine
        if not mine.is_sqlite:
            _sweep(mine)


def _sweep(db: Database) -> None:
    """Empty every table that has rows, and count all keys from 1 again."""
    tables = {table.name: f'"{table.name}"' for table in SQLModel.metadata.sorted_tables}
    asked = ", ".join(f"EXISTS (SELECT FROM {quoted})" for quoted in tables.values())
    with db.engine.begin() as connection:
        used = connection.exec_driver_sql(f"SELECT {asked}").one()
        full = [quoted for quoted, has_rows in zip(tables.values(), used, strict=True) if has_rows]
        if full:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(full)} RESTART IDENTITY CASCADE")


def _ready_or(parse: Parse) -> Parse:
    def read(body: Any, received_at: datetime) -> Sequence[Item]:
        return body if isinstance(body, tuple) else parse(body, received_at)

    return read


def delivered(
    *items: Item, now: datetime = NOON, body: bytes = b"", channel: str = "whatsapp"
) -> Delivery:
    """One delivery of these items, its bytes unlike any other's unless they are given."""
    return Delivery(
        channel=channel,
        body=body or f"body {next(_bodies)}".encode(),
        parsed=items,
        may_speak_for=frozenset(item.account for item in items),
        received_at=now,
    )


def take(db: Database, *items: Item, now: datetime = NOON, channel: str = "whatsapp") -> Tally:
    """Store these items as one delivery."""
    return db.write(receive_all, [delivered(*items, now=now, channel=channel)])


def every(db: Database, table: type[Any], **equal: Any) -> list[Any]:
    """The rows of a table whose columns equal these values, in the order of their keys."""

    def read(work: Work) -> list[Any]:
        wanted = [getattr(table, name) == value for name, value in equal.items()]
        return list(work.exec(select(table).where(*wanted).order_by(col(table.id))).all())

    return db.look(read)


def one(db: Database, table: type[Any], **equal: Any) -> Any:
    """The only row of a table whose columns equal these values."""
    rows = every(db, table, **equal)
    assert len(rows) == 1, f"{len(rows)} rows of {table.__name__}"
    return rows[0]


def conversation(db: Database) -> Conversation:
    """The only conversation that has not been merged into another."""
    return one(db, Conversation, merged_into_id=None)


def spoken(db: Database, *kinds: MessageKind) -> list[str]:
    """The texts of a thread in its order: of these kinds, of all but status lines if none."""
    wanted = kinds or tuple(kind for kind in MessageKind if kind != MessageKind.STATUS)

    def read(work: Work) -> list[str]:
        rows = select(Message).where(col(Message.kind).in_(wanted))
        in_order = rows.order_by(col(Message.at), col(Message.order), col(Message.id))
        return [row.text for row in work.exec(in_order)]

    return db.look(read)


def lines(db: Database) -> list[str]:
    """The status lines of all threads by their event, in the order they were written."""
    return [row.content["event"] for row in every(db, Message, kind=MessageKind.STATUS)]


def sends(db: Database) -> list[tuple[str, str]]:
    """Kind and state of every outbox row, the oldest first."""
    return [(row.message_kind, row.state) for row in every(db, Outbox)]


def side_by_side(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each in its own thread; what they gave.

    An act that raises gives its error.
    """
    gate = threading.Barrier(len(acts))
    given: list[Any] = [None] * len(acts)

    def act(place: int) -> None:
        gate.wait()
        try:
            given[place] = acts[place]()
        except Exception as error:  # noqa: BLE001
            given[place] = error

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def portrait(db: Database, account_id: int | None = None) -> list[dict[str, Any]]:
    """All conversations so that two of them can be compared: no keys, no times of ours.

    People by their names at the provider, messages by provider time and id with content,
    reactions and ticks, and the reply window. Status lines only if the provider told them.
    """
    return db.look(_portrait, account_id)


def _portrait(work: Work, account_id: int | None) -> list[dict[str, Any]]:
    query = select(Conversation, Contact).join(
        Contact, col(Contact.id) == col(Conversation.contact_id)
    )
    query = query.where(col(Conversation.merged_into_id).is_(None))
    if account_id is not None:
        query = query.where(col(Conversation.account_id) == account_id)
    drawn = [_draw(work, row, contact) for row, contact in work.exec(query)]
    return sorted(drawn, key=lambda each: (each["account"], each["identities"]))


def _draw(work: Work, row: Conversation, contact: Contact) -> dict[str, Any]:
    names = work.exec(select(ContactIdentity).where(ContactIdentity.contact_id == contact.id))
    messages = work.exec(
        select(Message)
        .where(Message.conversation_id == row.id, col(Message.external_id).is_not(None))
        .order_by(col(Message.at), col(Message.order), col(Message.external_id))
    ).all()
    return {
        "account": row.account_id,
        "identities": sorted((name.kind, name.value) for name in names),
        "name": (contact.name, contact.username, contact.phone),
        "last_heard_at": row.last_heard_at,
        "window_shut": row.window_shut_at is not None,
        "heard": row.heard,
        "preview": (row.last_activity_at, row.preview, row.preview_kind) if messages else None,
        "messages": [_draw_message(work, message) for message in messages],
    }


def _draw_message(work: Work, message: Message) -> dict[str, Any]:
    fields = {
        *("kind", "external_id", "at", "order", "text", "content", "quotes", "delivery"),
        *("delivery_times", "failure", "reactions", "edited_at", "revoked_at", "elsewhere"),
    }
    files = work.exec(select(Attachment).where(Attachment.message_id == message.id))
    return message.model_dump(include=fields) | {"files": [file.source for file in files]}
