"""How much an agent may keep here, and what is cleared away again."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, delete, select

from jumper_app.channels.contract import MIB
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment

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
    mine = select(Attachment).where(col(Attachment.uploaded_by_id) == agent_id).subquery()
    unsent = select(func.count()).where(mine.c.message_id.is_(None))
    if work.exec(unsent).one() >= MOST_UNSENT:
        raise BadInput("Too many files wait to be sent. Please send or remove some first.")
    today = select(func.coalesce(func.sum(mine.c.size), 0)).where(
        mine.c.created_at > now - timedelta(days=1)
    )
    if work.exec(today).one() + size > MOST_A_DAY:
        raise BadInput("You have uploaded a lot today. Please go on tomorrow.")


def forget_unsent(work: Work, *, now: datetime) -> None:
    """Forget the files that agents uploaded and did not send. Their bytes become strays."""
    work.exec(
        delete(Attachment).where(
            col(Attachment.uploaded_by_id).is_not(None),
            col(Attachment.message_id).is_(None),
            col(Attachment.created_at) <= now - UNSENT_LIVES,
        )
    )


def sweep_strays(work: Work, *, now: datetime) -> int:
    """Delete files that no row knows. ``now``: the machine's clock. Returns how many."""
    swept = 0
    for place in _folders():
        old = [path for path in place.iterdir() if _is_old(path, now)]
        names = [path.name for path in old]
        known = set(
            work.exec(select(Attachment.public_id).where(col(Attachment.public_id).in_(names)))
        )
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
