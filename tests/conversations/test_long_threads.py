"""A thread of 20,000 messages is opened and paged with the work of one of a few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from jumper_app.conversations import history
from jumper_app.db import Database, Work
from jumper_app.models import Conversation, Message
from jumper_app.panel.thread import reading
from tests import make
from tests.house import every, take
from tests.make import NOON

SHORT, LONG = 200, 20_000
"""Messages of a thread. The short one has full pages on all sides, too."""

STEPS = 100
"""Of SQLite's machine, between two counts."""

NO_MORE_THAN = 1.5
"""Times the work: an index grows by a level."""


@dataclass
class Effort:
    """What a reading cost: its statements, and the rows or steps it took to answer them."""

    statements: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    steps: int = 0


@contextmanager
def counting(db: Database) -> Iterator[Effort]:
    """Count statements, and on SQLite the steps of its machine, while the block runs."""
    effort = Effort()

    def begin(connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        effort.statements.append((statement, values))
        if db.is_sqlite:
            connection.connection.set_progress_handler(step, STEPS)

    def step() -> int:
        effort.steps += 1
        return 0

    event.listen(db.engine, "before_cursor_execute", begin)
    try:
        yield effort
    finally:
        event.remove(db.engine, "before_cursor_execute", begin)


def rows_of(plan: dict[str, Any]) -> int:
    """How many rows Postgres touched, those thrown away with them."""
    thrown = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    own = (plan["Actual Rows"] + thrown) * plan["Actual Loops"]
    return int(own + sum(rows_of(one) for one in plan.get("Plans", ())))


def touched(db: Database, effort: Effort) -> int:
    """Rows on Postgres, steps on SQLite."""
    if db.is_sqlite:
        return effort.steps
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE message")
        plans = [
            connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
            for statement, values in effort.statements
            if statement.startswith("SELECT")
        ]
        return sum(rows_of(plan.scalar_one()[0]["Plan"]) for plan in plans)


def talk(work: Work, key: int, length: int) -> int:
    """Fill a thread; the id of the message in its middle."""
    first = NOON - timedelta(minutes=length)
    conversation = work.get_one(Conversation, key)
    work.append(
        Message,
        [
            {
                "conversation_id": key,
                "account_id": conversation.account_id,
                "kind": "customer",
                "at": first + timedelta(minutes=number),
                "text": f"Number {number}",
                "public_id": f"{key:08}{number:024}",
                "external_id": f"{key}.{number}",
                "stored_at": NOON,
            }
            for number in range(length)
        ],
    )
    found = history.find(work, key, f"{key:08}{length // 2:024}")
    assert found
    return found


@pytest.fixture
def threads(db: Database) -> dict[int, tuple[Conversation, int]]:
    """A thread of each length, with the id of its middle."""
    db.write(make.account)
    made = {}
    for length in (SHORT, LONG):
        take(db, make.inbound(sender=make.person(f"1650555{length}")))
        conversation = every(db, Conversation)[-1]
        made[length] = (conversation, db.write(talk, conversation.id, length))
    return made


Reading = Callable[[Work, Conversation, int], Any]

READINGS: dict[str, Reading] = {
    "open": lambda work, row, _: reading.open_conversation(work, make.who(1), row.public_id, NOON),
    "open at a message": lambda work, row, middle: reading.open_conversation(
        work, make.who(1), row.public_id, NOON, reading.Reach(message=name_of(work, middle))
    ),
    "page back": lambda work, row, middle: reading.read_before(work, row.id or 0, middle),
    "page on": lambda work, row, middle: reading.read_after(work, row.id or 0, middle),
    "the beginning": lambda work, row, _: reading.read_beginning(work, row.id or 0),
    "again after a gap": lambda work, row, middle: reading.open_conversation(
        work, make.who(1), row.public_id, NOON, reading.Reach(between=(middle, middle + 60))
    ),
}


def name_of(work: Work, message_id: int) -> str:
    return work.get_one(Message, message_id).public_id


def test_every_reading_of_a_long_thread_is_as_much_work_as_of_a_short_one(
    db: Database, threads: dict[int, tuple[Conversation, int]]
):
    db.write(make.agent)
    for name, read in READINGS.items():
        costs = {}
        for length, (row, middle) in threads.items():
            with counting(db) as effort:
                db.look(read, row, middle)
            costs[length] = (len(effort.statements), touched(db, effort))
        (few, small), (as_few, large) = costs[SHORT], costs[LONG]
        assert as_few == few, name
        assert large <= NO_MORE_THAN * small + 10, (name, costs)
