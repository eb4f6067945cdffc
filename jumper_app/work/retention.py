"""Deleting what is older than an admin wants, in the background and in small steps."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from jumper_app import clock
from jumper_app.conversations.privacy import erased
from jumper_app.conversations.privacy.deleting import Deleted, unlink
from jumper_app.conversations.privacy.retention import (
    delete_some,
    forget_raw,
    months_before,
    months_kept,
)
from jumper_app.db import Database, Work
from jumper_app.live import SettingsChanged

from .rounds import Rounds, always

log = logging.getLogger(__name__)

LOOKS_AGAIN_S = 3600.0
"""How often it is asked whether something has become too old, in seconds."""

BREATHES_S = 0.1
"""The pause between two steps, in seconds: customers and agents come first."""


def retaining(database: Database) -> AbstractAsyncContextManager[None]:
    """Delete what is too old until the block ends."""
    rounds = Rounds(
        look=partial(tidy_all, database),
        news=SettingsChanged,
        sleep_s=always(LOOKS_AGAIN_S),
        stumbled="what is too old could not be deleted; it is tried again",
    )
    return rounds.going(database)


async def tidy_all(database: Database) -> int:
    """Delete all that is too old now, step by step. Returns how many messages went."""
    total = 0
    while (step := await database.run_behind(tidy, clock.now())).did_something:
        await asyncio.to_thread(unlink, step.deleted.files)
        total += step.deleted.messages
        await asyncio.sleep(BREATHES_S)
    if total:
        await asyncio.to_thread(database.leave_no_trace)
        log.info("%s messages were older than they are kept, and were deleted", total)
    return total


@dataclass(frozen=True)
class Step:
    """What one step did. ``raw``: raw deliveries that were emptied."""

    deleted: Deleted = field(default_factory=Deleted)
    raw: int = 0

    @property
    def did_something(self) -> bool:
        return bool(self.deleted.messages or self.raw)


def tidy(work: Work, now: datetime) -> Step:
    """One step. Nothing is deleted while messages are kept for ever."""
    erased.forget_digests(work, now)
    months = months_kept(work)
    if not months:
        return Step()
    cutoff = months_before(now, months)
    return Step(deleted=delete_some(work, cutoff), raw=forget_raw(work, cutoff))
