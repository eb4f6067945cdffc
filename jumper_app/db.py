"""The engine, and the only two ways to use it: ``transaction`` and ``read``.

Store, then tell: what a verb tells is announced after its commit, never before.
"""

import asyncio
import contextvars
import json
import sqlite3
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
from sqlalchemy import (
    Engine,
    Executable,
    Insert,
    Table,
    Update,
    bindparam,
    event,
    insert,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, create_engine

from .live import Hub, LiveEvent
from .settings import settings
from .turnstile import Turnstile

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 5000
"""How long a SQLite writer waits for a writer of another process."""

BEHIND_AT_ONCE = 4
"""Transactions of the background side by side, where the database has several writers."""

CONFLICT_ATTEMPTS = 5
"""How often a transaction that lost against another one is run again."""

CONFLICT_SQLSTATES = frozenset({"40001", "40P01", "23505"})
"""Postgres: serialization failure, deadlock detected, the same unique key a moment earlier."""


class Work(Session):
    """One transaction: a session, and what is to be told once it is committed."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.told: list[LiveEvent] = []

    def tell(self, *events: LiveEvent) -> None:
        """Announce after the commit. A transaction that is rolled back tells nothing."""
        self.told.extend(events)

    def append(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        """Store many rows in one statement, unread."""
        if rows:
            self.connection().execute(_insert(_made(table)), rows)

    def update(self, table: type[SQLModel], changes: Mapping[int, dict[str, Any]]) -> None:
        """Change many rows in one statement, in the order of their keys; all the same columns.

        Objects of the table that this session holds are read afresh when next looked at.
        """
        if not changes:
            return
        self.flush()
        rows = [{"key": key, **changes[key]} for key in sorted(changes)]
        self.connection().execute(_update(_made(table)), rows)
        for held in self.identity_map.values():
            if isinstance(held, table):
                self.expire(held)

    def values(self, query: Executable, **asked: Any) -> Sequence[Any]:
        """Rows of plain columns, read past what this session holds and has not flushed."""
        return self.connection().execute(query, asked).all()


def _made(table: type[SQLModel]) -> Table:
    return table.__table__  # pyright: ignore[reportAttributeAccessIssue]


@cache
def _insert(made: Table) -> Insert:
    return insert(made)


@cache
def _update(made: Table) -> Update:
    return update(made).where(made.c.id == bindparam("key"))


class Database:
    """A database and the hub that hears of its commits."""

    def __init__(self, url: str, hub: Hub | None = None) -> None:
        self.url = url
        self.hub = hub or Hub()
        self.engine = _make_engine(url)
        self._writer = Turnstile() if self.is_sqlite else nullcontext()
        at_once = 1 if self.is_sqlite else BEHIND_AT_ONCE
        self._behind = ThreadPoolExecutor(at_once, thread_name_prefix="behind")

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @contextmanager
    def transaction(self) -> Generator[Work]:
        """Run a block as one transaction, commit it, then tell. An error rolls back in silence."""
        with self._writer, Work(self.engine) as work:
            if self.is_sqlite:
                work.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield work
            work.commit()
        self.hub.tell(work.told)

    @contextmanager
    def read(self) -> Generator[Work]:
        """Run a block that only reads, on one consistent view."""
        with Work(self.engine) as work:
            if self.is_sqlite:
                work.connection().exec_driver_sql("BEGIN")
            else:
                work.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield work

    def write(
        self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``verb(work, …)`` in a transaction; again if it lost against another one."""
        for attempt in range(CONFLICT_ATTEMPTS):
            try:
                with self.transaction() as work:
                    return verb(work, *args, **kwargs)
            except DBAPIError as error:
                if attempt == CONFLICT_ATTEMPTS - 1 or not _lost_a_race(error):
                    raise
                time.sleep(0.01 * (attempt + 1))
        raise AssertionError("unreachable")

    def look(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``verb(work, …)`` reading only."""
        with self.read() as work:
            return verb(work, *args, **kwargs)

    async def run(
        self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``write`` in a thread, for callers on an event loop."""
        return await asyncio.to_thread(self.write, verb, *args, **kwargs)

    async def run_behind(
        self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``run`` for what nobody waits for at a door.

        It waits among its like, so that all other threads are there for those who do.
        """
        act = partial(contextvars.copy_context().run, self.write, verb, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._behind, act)

    async def ask(
        self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``look`` in a thread, for callers on an event loop."""
        return await asyncio.to_thread(self.look, verb, *args, **kwargs)

    def leave_no_trace(self) -> None:
        """Let nothing that was deleted lie in SQLite's journal any longer.

        In the file itself it is overwritten (``secure_delete``). Postgres clears its pages
        by its own vacuum. Backups are out of reach.
        """
        if self.is_sqlite:
            with self._writer, self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._behind.shutdown()
        self.engine.dispose()


def _lost_a_race(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in CONFLICT_SQLSTATES


def _json(value: object) -> str:
    """JSON for a column; what ``orjson`` cannot write (an integer of any width) as Python does."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


_IN_ALL: dict[str, Any] = {"hide_parameters": True, "json_serializer": _json}
"""Options of every engine. Values are told in no error and no log."""


def _make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, **_IN_ALL)
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=10, **_IN_ALL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _leave_begin_to_us)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _leave_begin_to_us(_connection: Any) -> None:
    """The driver begins nothing by itself; ``transaction`` and ``read`` say which kind."""


_current: Database | None = None


def database() -> Database:
    """This process's database, opened at first use (never while modules are imported)."""
    global _current
    if _current is None:
        _current = Database(settings().database_url)
    return _current


def use(database: Database | None) -> None:
    """Make ``database`` this process's one; for tests and tools."""
    global _current
    _current = database
