"""A process that takes the bot's steps, and dies where it is told to."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from jumper_app.bots import boundaries
from jumper_app.bots.runs import answer_next
from jumper_app.bots.timers import elapse_next
from jumper_app.db import Database

COMMITTED = "committed"
"""The step is over; nothing of the next has begun."""


def live(url: str, now: datetime, dies_at: str = "") -> None:
    """Take every step that is due at ``now``; ``kill -9`` at the named place, if any."""

    def die(place: str) -> None:
        if place == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    boundaries.watch = die
    with closing(Database(url)) as database:
        take_all(database, now, lambda: die(COMMITTED))


def take_all(database: Database, now: datetime, over: Callable[[], None] = lambda: None) -> None:
    """Take every step that is due; ``over`` is called after each."""
    for verb in (answer_next, elapse_next):
        while database.write(verb, now=now):
            over()
