"""Scripted misfortune: what shall go wrong next, how often."""

import sqlite3
from dataclasses import asdict, dataclass
from json import dumps, loads
from typing import Literal, get_args

On = Literal[
    "send", "read", "upload", "media", "file", "number", "profile", "templates", "webhook"
]  # fmt: skip
"""Where it strikes: a send, a read mark, an upload, the look-up of a file, its download,
the look-up of a number, a page, a profile or of templates; or a webhook on its way out."""

Kind = Literal[
    "error", "failed_status", "refuse", "accept_cut", "accept_hang", "accept_500",
    "accept_garbage", "slow", "webhook_first", "twice", "drop",
]  # fmt: skip
"""error: refused with ``code``. failed_status: accepted, then a failed status with ``code``.
refuse: the connection breaks before anything is done. accept_*: done, but the answer is
cut off, never comes, is a gateway's 500 page, or is not JSON. slow: ``seconds`` pass first.
webhook_first: the app hears of the message before it gets the answer. twice and drop: webhooks."""
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class Fault:
    """One misfortune. ``number`` and ``reference``, when given, say whom it strikes.

    ``number``: id of the business's account. ``subcode``: what some channels add to ``code``.
    """

    kind: Kind
    on: On = "send"
    code: int = 131000
    subcode: int = 0
    http: int = 0
    seconds: float = 0
    number: str = ""
    reference: str = ""

    def strikes(self, on: str, number: str, reference: str) -> bool:
        """Does it concern this request?"""
        if self.on != on or self.number not in ("", number):
            return False
        return self.reference in ("", reference)


class Faults:
    """The script, in the order in which it was written. Lives in the stand-in's store."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def add(self, fault: Fault, count: int | None = 1) -> None:
        """Let it happen ``count`` times; None: until the script is cleared."""
        script = dumps(asdict(fault))
        self._sql.execute("insert into fault (left_over, script) values (?,?)", (count, script))

    def clear(self) -> None:
        """Nothing shall go wrong any more."""
        self._sql.execute("delete from fault")

    def left(self) -> list[tuple[Fault, int | None]]:
        """What is still to happen, and how often."""
        rows = self._sql.execute("select * from fault order by seq")
        return [(Fault(**loads(row["script"])), row["left_over"]) for row in rows]

    def take(self, on: On, number: str = "", reference: str = "") -> Fault | None:
        """The fault that strikes this request, used up by it."""
        for row in self._sql.execute("select * from fault order by seq").fetchall():
            fault = Fault(**loads(row["script"]))
            if fault.strikes(on, number, reference):
                self._use(row)
                return fault
        return None

    def _use(self, row: sqlite3.Row) -> None:
        if row["left_over"] is None:
            return
        sql = "update fault set left_over=left_over-1 where seq=?"
        self._sql.execute(sql, (row["seq"],))
        self._sql.execute("delete from fault where left_over<=0")
