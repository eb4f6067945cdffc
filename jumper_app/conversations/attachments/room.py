"""How much an agent may keep here, and what is cleared away again."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import col, delete, select

from jumper_app.channels.contract import MIB
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment, ShortcutFile

from .shelf import folder

FREE_FLOOR = 512 * MIB
"""Bytes that stay free on the disk for the database, whoever uploads what."""

MOST_UNSENT = 50
"""Files of one agent that wait in trays."""

MOST_A_DAY = 5 * 1024 * MIB
"""Bytes that one agent hands in within 24 hours."""

UNSENT_LIVES = timedelta(days=1)
"""After this a file that was not sent is forgotten."""

STRAYS_LIVE = timedelta(hours=1)
"""A file without a row is being written down, or its process died; after this it died."""

NO_ROOM = "There is no room for more files. Please tell your administrator."


def check_room(work: Work, *, agent_id: int, size: int, now: datetime) -> None:
    """Raise BadInput when this agent may not hand in a file of ``size`` bytes, or none fits."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(folder()).free - size < FREE_FLOOR:
        raise BadInput(NO_ROOM)
    unsent = _unsent(work, Attachment.uploaded_by_id, Attachment.message_id, agent_id)
    unsaved = _unsent(work, ShortcutFile.added_by_id, ShortcutFile.shortcut_id, agent_id)
    if unsent + unsaved >= MOST_UNSENT:
        raise BadInput("Too many files wait to be sent. Please send or remove some first.")
    since = now - timedelta(days=1)
    today = _bytes(work, Attachment, Attachment.uploaded_by_id, agent_id, since) + _bytes(
        work, ShortcutFile, ShortcutFile.added_by_id, agent_id, since
    )
    if today + size > MOST_A_DAY:
        raise BadInput("You have uploaded a lot today. Please go on tomorrow.")


def _unsent(work: Work, by: Any, in_use: Any, agent_id: int) -> int:
    """How many files of an agent wait for the message or shortcut that they are for."""
    query = select(func.count()).where(col(by) == agent_id, col(in_use).is_(None))
    return work.exec(query).one()


def _bytes(
    work: Work, table: type[Attachment | ShortcutFile], by: Any, agent_id: int, since: datetime
) -> int:
    query = select(func.coalesce(func.sum(col(table.size)), 0)).where(
        col(by) == agent_id, col(table.created_at) > since
    )
    return work.exec(query).one()


def forget_unsent(work: Work, *, now: datetime) -> None:
    """Forget the files that agents uploaded and did not send, or save with a shortcut.

    Their bytes become strays.
    """
    over = now - UNSENT_LIVES
    work.exec(
        delete(Attachment).where(
            col(Attachment.uploaded_by_id).is_not(None),
            col(Attachment.message_id).is_(None),
            col(Attachment.created_at) <= over,
        )
    )
    unsaved = col(ShortcutFile.shortcut_id).is_(None)
    work.exec(delete(ShortcutFile).where(unsaved, col(ShortcutFile.created_at) <= over))


def sweep_strays(work: Work, *, now: datetime) -> int:
    """Delete files that no row knows. ``now``: the machine's clock. Returns how many."""
    swept = 0
    for place in _folders():
        old = [path for path in place.iterdir() if _is_old(path, now)]
        names = [path.name for path in old]
        known = {
            name
            for column in (col(Attachment.public_id), col(ShortcutFile.kept_as))
            for name in work.exec(select(column).where(column.in_(names)))
        }
        for path in old:
            if path.name not in known:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _folders() -> Iterator[Path]:
    if folder().is_dir():
        yield from (path for path in sorted(folder().iterdir()) if path.is_dir())


def _is_old(path: Path, now: datetime) -> bool:
    try:
        age_s = now.timestamp() - path.stat().st_mtime
    except FileNotFoundError:
        return False
    return age_s > STRAYS_LIVE.total_seconds()
