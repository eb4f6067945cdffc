"""The files that go with shortcuts: kept here once, copied into a tray wherever one is used.

A file waits without a shortcut until the shortcut is saved with it; meanwhile it is nobody's
but its uploader's. Versions hold words only: a file that is taken off is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import Shortcut, ShortcutFile
from jumper_app.people.sessions import Who

from ..attachments import MOST_AT_ONCE, Prepared
from .rules import WrongFields

MOST_FILES = MOST_AT_ONCE
"""Of one shortcut: as many as one reply can carry."""

GONE = "A file is no longer here. Please attach it again."
MANY = f"At most {MOST_FILES} files can go with a shortcut."
NO_FILE = "This file is no longer here."


@dataclass(frozen=True)
class Enclosed:
    """A file as those see it who may use its shortcut."""

    public_id: str
    name: str
    mime: str
    size: int


def keep_waiting(work: Work, prepared: Prepared, *, by: Who, now: datetime) -> ShortcutFile:
    """Write down a file that was prepared for a shortcut which is not saved yet."""
    row = ShortcutFile(
        kept_as=prepared.public_id,
        added_by_id=by.id,
        mime=prepared.mime,
        filename=prepared.filename,
        size=prepared.size,
        sha256=prepared.sha256,
        created_at=now,
    )
    work.add(row)
    work.flush()
    return row


def enclose(work: Work, shortcut: Shortcut, wanted: Sequence[str], by: Who) -> bool:
    """Let exactly these files go with a shortcut, in this order. False when they did already.

    Args:
        wanted: Public ids, of files that are with it or that this agent has just handed in.
    """
    names = list(dict.fromkeys(wanted))
    if len(names) > MOST_FILES:
        raise WrongFields({"files": MANY})
    kept = _rows(work, shortcut)
    before = [row.public_id for row in kept]
    if before == names:
        return False
    found = {row.public_id: row for row in (*kept, *_waiting(work, names, by))}
    if any(name not in found for name in names):
        raise WrongFields({"files": GONE})
    for place, name in enumerate(names):
        found[name].shortcut_id, found[name].place = shortcut.id, place
    off = [name for name in before if name not in names]
    work.exec(delete(ShortcutFile).where(col(ShortcutFile.public_id).in_(off)))
    return True


def copy(work: Work, source: Shortcut, to: Shortcut, now: datetime) -> None:
    """Let a copy of a shortcut have the same files; they lie here once."""
    work.add_all(
        ShortcutFile(
            **row.model_dump(exclude={"id", "public_id", "shortcut_id", "created_at"}),
            shortcut_id=to.id,
            created_at=now,
        )
        for row in _rows(work, source)
    )


def enclosed(work: Work, shortcut: Shortcut | None = None) -> dict[int, tuple[Enclosed, ...]]:
    """The files of one shortcut, or of all, by the shortcut's key; only of those that have any."""
    key = col(ShortcutFile.shortcut_id)
    wanted = key.is_not(None) if shortcut is None else key == shortcut.id
    files: dict[int, tuple[Enclosed, ...]] = {}
    for row in work.exec(select(ShortcutFile).where(wanted).order_by(col(ShortcutFile.place))):
        files[row.shortcut_id or 0] = (*files.get(row.shortcut_id or 0, ()), _told(row))
    return files


def visible_file(work: Work, public_id: str, who: Who) -> ShortcutFile:
    """A file of a shortcut that this agent may use, or that waits and is theirs.

    Raises NotFound for all others, whether they exist or not.
    """
    row = work.exec(select(ShortcutFile).where(col(ShortcutFile.public_id) == public_id)).first()
    if row is None or not _may_see(work, row, who):
        raise NotFound(NO_FILE)
    return row


def _may_see(work: Work, row: ShortcutFile, who: Who) -> bool:
    if row.shortcut_id is None:
        return row.added_by_id == who.id
    return work.get_one(Shortcut, row.shortcut_id).agent_id in {None, who.id}


def _rows(work: Work, shortcut: Shortcut) -> Sequence[ShortcutFile]:
    mine = col(ShortcutFile.shortcut_id) == shortcut.id
    return work.exec(select(ShortcutFile).where(mine).order_by(col(ShortcutFile.place))).all()


def _waiting(work: Work, names: Sequence[str], by: Who) -> Sequence[ShortcutFile]:
    """Those that this agent has handed in and that belong to no shortcut yet."""
    return work.exec(
        select(ShortcutFile).where(
            col(ShortcutFile.public_id).in_(names),
            col(ShortcutFile.shortcut_id).is_(None),
            col(ShortcutFile.added_by_id) == by.id,
        )
    ).all()


def _told(row: ShortcutFile) -> Enclosed:
    return Enclosed(row.public_id, row.filename, row.mime, row.size)
