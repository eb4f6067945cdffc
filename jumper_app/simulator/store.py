"""The stand-in's memory: one small SQLite file of its own, or none at all."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jumper_app import clock
from jumper_app.errors import NotFound
from jumper_app.simulator.config import Config
from jumper_app.simulator.news import News
from jumper_app.simulator.rows import Delivery, File, Media, Message, Phone, Request
from jumper_app.simulator.schema import CLEAR, SCHEMA, SHAPE, TABLES


class Store:
    """Everything the stand-in knows.

    Args:
        path: The file; None keeps everything in memory.
        durable: Flush to the disk on every write, for tests that cut the power.
    """

    def __init__(self, path: Path | None = None, *, durable: bool = False) -> None:
        self.sql = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self.sql.row_factory = sqlite3.Row
        self.sql.execute("pragma journal_mode=wal")
        self.sql.execute("pragma busy_timeout=5000")
        self.sql.execute(f"pragma synchronous={'full' if durable else 'normal'}")
        self._begin()
        self.news = News()

    def _begin(self) -> None:
        """Make the tables, over those of an older shape."""
        if self.sql.execute("pragma user_version").fetchone()[0] != SHAPE:
            for table in TABLES:
                self.sql.execute(f"drop table if exists {table}")
        self.sql.executescript(SCHEMA)
        self.sql.execute(f"pragma user_version={SHAPE}")

    def clear(self) -> None:
        """Forget everything."""
        self.sql.executescript(CLEAR)
        self.news.tell()

    def close(self) -> None:
        """Let go of the file."""
        self.sql.close()

    # --- phones

    def add_phone(self, key: str, channel: str, name: str, facts: dict[str, Any]) -> Phone:
        """A phone with these names; one that exists keeps its state."""
        self._write(
            "insert into phone (key, channel, name, facts) values (?,?,?,?) on conflict (key)"
            " do update set channel=excluded.channel, name=excluded.name, facts=excluded.facts",
            (key, channel, name, json.dumps(facts)),
        )
        return self.phone(key)

    def phone(self, key: str) -> Phone:
        """The phone with that key. Raises NotFound."""
        row = self.sql.execute("select * from phone where key=?", (key,)).fetchone()
        if row is None:
            raise NotFound("There is no such phone.")
        return _phone(row)

    def phones(self) -> list[Phone]:
        """All phones, by name."""
        return [_phone(row) for row in self.sql.execute("select * from phone order by name, key")]

    def reach(self, channel: str, **facts: str) -> Phone | None:
        """The first phone of a channel that has one of these facts."""
        for name, value in facts.items():
            query = "select * from phone where channel=? and json_extract(facts, ?)=?"
            row = self.sql.execute(query, (channel, f"$.{name}", value)).fetchone()
            if value and row:
                return _phone(row)
        return None

    def set_online(self, key: str, *, online: bool) -> None:
        """Has the phone a network?"""
        self._write("update phone set online=? where key=?", (online, key))

    def set_reading(self, key: str, number: str) -> None:
        """Which account's chat is on the screen; empty for none."""
        self._write("update phone set reading=? where key=?", (number, key))

    def set_typing(self, key: str, until: datetime | None) -> None:
        """Until when the business is shown as typing."""
        seconds = until.timestamp() if until else None
        self._write("update phone set typing_until=? where key=?", (seconds, key))

    def note_heard(self, phone: str, number: str, at: datetime) -> None:
        """The customer wrote to that number at that moment; earlier news changes nothing."""
        self._write(
            "insert into heard values (?,?,?) on conflict (phone, number)"
            " do update set at=max(at, excluded.at)",
            (phone, number, at.timestamp()),
        )

    def last_heard(self, phone: str, number: str) -> datetime | None:
        """When the customer last wrote to that number."""
        query = "select at from heard where phone=? and number=?"
        row = self.sql.execute(query, (phone, number)).fetchone()
        return _time(row["at"]) if row else None

    # --- messages

    def add_message(self, message: Message) -> None:
        """Keep a message."""
        self._write(
            "insert into message (id, phone, number, from_customer, type, content, at, state,"
            " quotes, reference, category, error) values (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                message.id, message.phone, message.number, message.from_customer, message.type,
                json.dumps(message.content), message.at.timestamp(), message.state,
                message.quotes, message.reference, message.category, message.error,
            ),
        )  # fmt: skip

    def message(self, message_id: str) -> Message | None:
        """The message with that id."""
        row = self.sql.execute("select * from message where id=?", (message_id,)).fetchone()
        return _message(row) if row else None

    def messages(self, phone: str, number: str = "") -> list[Message]:
        """What passed between the phone and that number (or all), oldest first."""
        query = "select * from message where phone=? and ? in ('', number) order by seq"
        return [_message(row) for row in self.sql.execute(query, (phone, number))]

    def set_state(self, message_id: str, state: Delivery) -> None:
        """Move a message on."""
        self._write("update message set state=? where id=?", (state, message_id))

    def set_content(self, message_id: str, content: dict[str, Any]) -> None:
        """A message says something else now."""
        values = (json.dumps(content), message_id)
        self._write("update message set content=? where id=?", values)

    def set_failed(self, message_id: str, code: int) -> None:
        """It will never arrive."""
        self._write("update message set state='failed', error=? where id=?", (code, message_id))

    def set_taken(self, message_ids: Iterable[str]) -> None:
        """The app took the webhooks of these customers' messages."""
        sql = "update message set state='delivered' where id=? and from_customer and state='sent'"
        for message_id in message_ids:
            self._write(sql, (message_id,))

    def read_up_to(self, message: Message) -> None:
        """The business read this message of the customer's and all before it."""
        self._write(
            "update message set state='read' where phone=? and number=? and from_customer"
            " and seq <= (select seq from message where id=?)",
            (message.phone, message.number, message.id),
        )

    def unread(self) -> dict[str, int]:
        """How many messages arrived on each phone that nobody has looked at."""
        query = """select phone, count(*) as n from message where not from_customer
            and state='delivered' and type<>'reaction' group by phone"""
        return {row["phone"]: row["n"] for row in self.sql.execute(query)}

    # --- media

    def add_media(
        self, number: str, mime: str, content: bytes, lives: timedelta, filename: str = ""
    ) -> Media:
        """Put a file on the shelf."""
        media = Media(
            id=str(10**15 + secrets.randbelow(9 * 10**15)),
            number=number,
            mime=mime,
            content=content,
            sha256=hashlib.sha256(content).digest(),
            filename=filename,
            expires_at=clock.now() + lives,
        )
        values = (media.id, number, mime, content, media.sha256, filename)
        at = media.expires_at.timestamp()
        self._write("insert into media values (?,?,?,?,?,?,?)", (*values, at))
        return media

    def media(self, media_id: str) -> Media | None:
        """The file with that id, unless its time is over."""
        row = self.sql.execute("select * from media where id=?", (media_id,)).fetchone()
        if row is None or row["expires_at"] <= clock.now().timestamp():
            return None
        return Media(**{**row, "expires_at": _time(row["expires_at"])})

    def file(self, media_id: str) -> File | None:
        """About the file with that id, unless its time is over."""
        row = self.sql.execute(
            "select id, mime, filename, length(content) as size from media"
            " where id=? and expires_at>?",
            (media_id, clock.now().timestamp()),
        ).fetchone()
        return File(**row) if row else None

    # --- ledger

    def enter(self, request: Request) -> None:
        """Write a line of the ledger."""
        self._write(
            "insert into request (at, channel, number, reference, message, accepted, code, fault,"
            " body) values (?,?,?,?,?,?,?,?,?)",
            (
                request.at.timestamp(), request.channel, request.number, request.reference,
                request.message, request.accepted, request.code, request.fault,
                json.dumps(request.body),
            ),
        )  # fmt: skip

    def requests(self, reference: str | None = None) -> list[Request]:
        """The ledger, oldest first; of one reference if given."""
        query = "select * from request where ? is null or reference=? order by seq"
        return [_request(row) for row in self.sql.execute(query, (reference, reference))]

    def last_requests(self, count: int) -> list[Request]:
        """The newest lines of the ledger, the newest first."""
        query = "select * from request order by seq desc limit ?"
        return [_request(row) for row in self.sql.execute(query, (count,))]

    def accepted(self, reference: str) -> int:
        """How many messages exist under this reference: it must never be more than one."""
        query = "select count(*) from request where reference=? and accepted"
        return self.sql.execute(query, (reference,)).fetchone()[0]

    # --- small things

    def setting(self, key: str) -> str:
        """A remembered word, or empty."""
        row = self.sql.execute("select value from setting where key=?", (key,)).fetchone()
        return row["value"] if row else ""

    def is_subscribed(self, channel: str, config: Config) -> bool:
        """Does the app hear of the business's account at this channel?"""
        kept = self.setting(f"subscribed {channel}")
        return kept == "yes" or (not kept and not config.fresh)

    def remember(self, key: str, value: str) -> None:
        """Keep a word under a key."""
        self._write("insert or replace into setting values (?,?)", (key, value))

    def _write(self, sql: str, values: tuple[Any, ...] = ()) -> None:
        self.sql.execute(sql, values)
        self.news.tell()


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _phone(row: sqlite3.Row) -> Phone:
    values: dict[str, Any] = _booleans(row, ("online",))
    typing = values["typing_until"]
    values |= {"facts": json.loads(values["facts"])}
    return Phone(**{**values, "typing_until": _time(typing) if typing else None})


def _message(row: sqlite3.Row) -> Message:
    values = _booleans(row, ("from_customer",))
    del values["seq"]
    values |= {"content": json.loads(values["content"]), "at": _time(values["at"])}
    return Message(**values)


def _request(row: sqlite3.Row) -> Request:
    values = _booleans(row, ("accepted",))
    del values["seq"]
    return Request(**{**values, "at": _time(values["at"]), "body": json.loads(values["body"])})


def _booleans(row: sqlite3.Row, columns: Iterable[str]) -> dict[str, Any]:
    values = {key: row[key] for key in row.keys()}  # noqa: SIM118
    return values | {column: bool(values[column]) for column in columns}
