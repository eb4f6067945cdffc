"""A file of shortcuts into the workspace: looked at first, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Shortcut
from jumper_app.people.sessions import Who

from ..log import stored
from .files import enclosed
from .keeping import (
    SHARED_FOR_ADMINS,
    as_version,
    content_of,
    new_row,
    refuse_too_many,
    tell_changed,
    write,
)
from .reading import Entry, entries
from .rules import Content, WrongFields, checked
from .sheet import BETWEEN_FILES, PERSONAL, SCOPES, SHARED, Row, written

Outcome = Literal["create", "update", "unchanged", "error"]


@dataclass(frozen=True)
class _Kept:
    """What is in use now.

    Attributes:
        shortcuts: By scope (everyone's or not) and code.
        files: The names of a shortcut's files, by its key.
    """

    shortcuts: dict[tuple[bool, str], Shortcut]
    files: dict[int, tuple[str, ...]]

    def files_of(self, key: tuple[bool, str]) -> tuple[str, ...]:
        shortcut = self.shortcuts.get(key)
        return () if shortcut is None else self.files.get(stored(shortcut.id), ())


STAY_BEHIND = "A table carries no files. Attach by hand: {}."
"""Of the files that a line names and that its shortcut does not have."""


@dataclass(frozen=True)
class Line:
    """What would become of one line.

    Attributes:
        problem: A sentence where it is an error.
        note: What is said of it although it is none: the files that it names stay behind.
    """

    line: int
    code: str
    outcome: Outcome
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Planned:
    said: Line
    content: Content | None = None
    shared: bool = False


def exported(work: Work, who: Who) -> str:
    """Everyone's shortcuts and this agent's own, as CSV."""
    return written(
        Row(0, one.code, one.title, one.body, PERSONAL if one.personal else SHARED, _named(one))
        for one in entries(work, who)
    )


def _named(one: Entry) -> str:
    return BETWEEN_FILES.join(file.name for file in one.files)


def look_at(work: Work, rows: Sequence[Row], by: Who) -> list[Line]:
    """Say what each line would do; nothing is changed."""
    return [one.said for one in _plan(rows, _kept(work, by), by)]


def take_in(work: Work, rows: Sequence[Row], by: Who, now: datetime) -> list[Line]:
    """Do what each line says. Raises BadInput, and does nothing, when one of them is wrong."""
    kept = _kept(work, by)
    plan = _plan(rows, kept, by)
    wrong = [one.said for one in plan if one.said.outcome == "error"]
    if wrong:
        raise BadInput(f"Line {wrong[0].line}: {wrong[0].problem} Nothing was imported.")
    for shared in (True, False):
        _write(work, [one for one in plan if one.shared == shared], kept, shared, by, now)
    return [one.said for one in plan]


def _kept(work: Work, by: Who) -> _Kept:
    seen = col(Shortcut.agent_id).is_(None) | (col(Shortcut.agent_id) == by.id)
    rows = work.exec(select(Shortcut).where(seen, col(Shortcut.archived_at).is_(None)))
    files = {key: tuple(one.name for one in found) for key, found in enclosed(work).items()}
    return _Kept({(row.agent_id is None, row.code): row for row in rows}, files)


def _plan(rows: Sequence[Row], kept: _Kept, by: Who) -> list[_Planned]:
    first: dict[tuple[bool, str], int] = {}
    return [_planned(row, kept, first, by) for row in rows]


def _planned(row: Row, kept: _Kept, first: dict[tuple[bool, str], int], by: Who) -> _Planned:
    scope = row.scope.strip().lower() or (SHARED if by.is_admin else PERSONAL)
    if row.problem:
        return _wrong(row, row.problem)
    if scope not in SCOPES:
        return _wrong(row, f"The scope is “{SHARED}” or “{PERSONAL}”.")
    try:
        content = checked(row.code, row.title, row.body)
    except WrongFields as wrong:
        return _wrong(row, " ".join(f"{name}: {words}" for name, words in wrong.errors.items()))
    key = (SCOPES[scope], content.code)
    if key in first:
        return _wrong(row, f"/{content.code} stands in line {first[key]} already.")
    first[key] = row.line
    outcome = _outcome(content, kept.shortcuts.get(key))
    if SCOPES[scope] and not by.is_admin and outcome != "unchanged":
        return _wrong(row, SHARED_FOR_ADMINS)
    lacking = [name for name in row.files if name not in kept.files_of(key)]
    note = STAY_BEHIND.format(", ".join(lacking)) if lacking else ""
    return _Planned(Line(row.line, content.code, outcome, note=note), content, SCOPES[scope])


def _outcome(content: Content, kept: Shortcut | None) -> Outcome:
    if kept is None:
        return "create"
    return "unchanged" if content_of(kept) == content else "update"


def _wrong(row: Row, problem: str) -> _Planned:
    return _Planned(Line(row.line, row.code[:40], "error", problem))


def _write(
    work: Work,
    plan: Sequence[_Planned],
    kept: _Kept,
    shared: bool,
    by: Who,
    now: datetime,
) -> None:
    """Store what is new or different of one scope, each with its version."""
    owner = None if shared else by.id
    fresh = [one.content for one in plan if one.content and one.said.outcome == "create"]
    changed = [one.content for one in plan if one.content and one.said.outcome == "update"]
    if not fresh and not changed:
        return
    refuse_too_many(work, owner, len(fresh))
    made = [new_row(content, owner, by, now) for content in fresh]
    work.add_all(made)
    edited = [kept.shortcuts[shared, content.code] for content in changed]
    for row, content in zip(edited, changed, strict=True):
        write(row, content, by, now)
    work.flush()
    work.add_all(as_version(one) for one in (*made, *edited))
    tell_changed(work, owner)
