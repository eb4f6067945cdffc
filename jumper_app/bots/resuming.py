"""The bot goes on by itself when its time has come: never over an unsent draft, never too late."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import BOT, add_status, changed
from jumper_app.conversations.outgoing import check_window
from jumper_app.conversations.resuming import count_anew, has_unsent_draft, never_by_itself
from jumper_app.conversations.standing import silent_accounts
from jumper_app.conversations.takeover import alive_run, forget_wakes, hand_to
from jumper_app.db import Work
from jumper_app.errors import WindowClosed
from jumper_app.models import Conversation, MessageKind, Owner, Run, RunStatus

from .passing import wake
from .progress import Resumed
from .runs import try_or_give_up
from .taking import take


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of a run: shall it go on by itself now?"""
    return (col(Run.status) == RunStatus.PAUSED) & (col(Run.resumes_at) <= now)


def next_resume(work: Work, *, now: datetime) -> datetime | None:
    """When, after ``now``, the next bot goes on by itself."""
    return work.exec(
        select(Run.resumes_at)
        .where(col(Run.status) == RunStatus.PAUSED, col(Run.resumes_at) > now)
        .order_by(col(Run.resumes_at))
        .limit(1)
    ).first()


def resume_next(work: Work, *, now: datetime) -> bool:
    """Let the bot go on whose time came first. False: no time has come."""
    due = work.exec(
        select(Run.conversation_id)
        .join(Conversation, col(Conversation.id) == col(Run.conversation_id))
        .where(is_due(now), col(Conversation.account_id).not_in(silent_accounts()))
        .order_by(col(Run.resumes_at), col(Run.id))
        .limit(1)
    ).first()
    if due is None:
        return False
    conversation = work.get_one(Conversation, due, with_for_update=True, populate_existing=True)
    run = alive_run(work, conversation)
    if run is None:
        return True
    work.refresh(run)
    if run.status == RunStatus.PAUSED and run.resumes_at is not None and run.resumes_at <= now:
        _resume_or_not(work, conversation, run, now)
    return True


def _resume_or_not(work: Work, conversation: Conversation, run: Run, now: datetime) -> None:
    if conversation.owner != Owner.AGENT or not _may_speak(work, conversation, now):
        never_by_itself(run)
        changed(work, conversation)
    elif has_unsent_draft(work, conversation):
        count_anew(work, conversation, now)
        changed(work, conversation)
    else:
        _resume(work, conversation, run, now)


def _may_speak(work: Work, conversation: Conversation, now: datetime) -> bool:
    try:
        check_window(channel_of(work, conversation), conversation, MessageKind.BOT, now)
    except WindowClosed:
        return False
    return True


def _resume(work: Work, conversation: Conversation, run: Run, now: datetime) -> None:
    minutes = run.resumes_after_s // 60
    forget_wakes(work, conversation)
    hand_to(conversation, None)
    conversation.owner = Owner.BOT
    line = add_status(
        work,
        conversation,
        "bot_resumed_itself",
        actor=BOT,
        now=now,
        minutes=minutes,
        at_step=run.asked,
    )
    changed(work, conversation, line)
    left_s = wake(run)
    try_or_give_up(
        work,
        conversation,
        now,
        lambda: take(work, conversation, run, Resumed(left_s=left_s), now),
    )
