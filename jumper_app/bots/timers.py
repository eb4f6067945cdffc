"""Waits, reminders and time-outs: durable in the database, never early, taken once.

A timer is a column of its run. Whoever takes it holds the conversation's lock until the
commit, so a worker that dies leaves it for the next one.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from jumper_app.conversations.log import BOT, add_status, changed
from jumper_app.conversations.standing import silent_accounts
from jumper_app.conversations.takeover import alive_run, pause
from jumper_app.db import Work
from jumper_app.errors import WindowClosed
from jumper_app.models import Conversation, Held, Owner, Run, RunStatus, Wake

from .boundaries import Boundary, reached
from .progress import Elapsed
from .runs import answer, try_or_give_up
from .taking import take


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of a run: has its time come?"""
    return (col(Run.status) == RunStatus.RUNNING) & (col(Run.due_at) <= now)


def next_timer(work: Work, *, now: datetime) -> datetime | None:
    """When, after ``now``, the next timer is due."""
    return work.exec(
        select(Run.due_at)
        .where(col(Run.status) == RunStatus.RUNNING, col(Run.due_at) > now)
        .order_by(col(Run.due_at))
        .limit(1)
    ).first()


def elapse_next(work: Work, *, now: datetime) -> bool:
    """Let the run go on whose time came first. False: no time has come.

    What the customer wrote before the time came is heard first: they did answer.
    """
    due = _next_due(work, now)
    if due is None:
        return False
    conversation = work.get_one(Conversation, due, with_for_update=True, populate_existing=True)
    reached(Boundary.LOCKED)
    if _somebody_waits(work, conversation):
        answer(work, conversation, now)
        return True
    run = alive_run(work, conversation)
    if run is None or run.status != RunStatus.RUNNING or run.due_at is None or run.due_at > now:
        return True
    if conversation.owner != Owner.BOT:
        run.due_at = None
        return True
    reached(Boundary.CONSUMED)
    try_or_give_up(work, conversation, now, lambda: _elapse(work, conversation, run, now))
    return True


def _next_due(work: Work, now: datetime) -> int | None:
    return work.exec(
        select(Run.conversation_id)
        .join(Conversation, col(Conversation.id) == col(Run.conversation_id))
        .where(is_due(now), col(Conversation.account_id).not_in(silent_accounts()))
        .order_by(col(Run.due_at), col(Run.id))
        .limit(1)
    ).first()


def _somebody_waits(work: Work, conversation: Conversation) -> bool:
    waits = exists().where(col(Wake.conversation_id) == conversation.id)
    return bool(work.exec(select(waits)).one())


def _elapse(work: Work, conversation: Conversation, run: Run, now: datetime) -> None:
    """Go on; when the bot may not write by now, it waits until the customer does."""
    told = len(work.told)
    try:
        with work.begin_nested():
            take(work, conversation, run, Elapsed(), now)
    except WindowClosed as closed:
        del work.told[told:]
        work.refresh(run)
        pause(run, now, Held.WINDOW)
        line = add_status(
            work, conversation, "bot_held", actor=BOT, now=now, reason=closed.for_agent
        )
        changed(work, conversation, line)
