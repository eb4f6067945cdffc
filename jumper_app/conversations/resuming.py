"""A paused bot may go on by itself when its agent falls silent: when, and what moves that.

Off until the agent who answers asks for it, in one conversation, for this pause. Every
takeover, assignment and hand-back ends it (``takeover.pause``, ``bots.passing.wake``).
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput, SendRefused
from jumper_app.live import WorkWaiting
from jumper_app.models import Conversation, Draft, Owner, Run, RunStatus

from .log import changed
from .takeover import alive_run, locked

LONGEST_MIN = 24 * 60
"""The longest time, in minutes, for which a bot may wait for an agent."""
MORE_TIME = timedelta(minutes=30)
"""What an agent adds at a time."""


class NothingPaused(SendRefused):
    """There is no paused flow that this agent could let go on."""

    code = "nothing_paused"
    for_agent = "No flow is paused here for you; the bot has nothing to go on with."


def resume_later(
    work: Work, *, conversation_id: int, agent_id: int, minutes: int, now: datetime
) -> None:
    """The bot goes on when the agent has said nothing for so many minutes.

    Raises:
        BadInput: No such time.
        NothingPaused: The agent does not answer here, or no flow is paused.
    """
    if not 1 <= minutes <= LONGEST_MIN:
        raise BadInput
    conversation, run = _paused_for(work, conversation_id, agent_id)
    run.resumes_after_s = minutes * 60
    run.resumes_at = now + timedelta(minutes=minutes)
    changed(work, conversation)
    work.tell(WorkWaiting())


def more_time(work: Work, *, conversation_id: int, agent_id: int, now: datetime) -> None:
    """Put the bot off for ``MORE_TIME``. Raises NothingPaused."""
    conversation, run = _paused_for(work, conversation_id, agent_id)
    if run.resumes_at is None:
        raise NothingPaused
    run.resumes_at = max(run.resumes_at, now) + MORE_TIME
    changed(work, conversation)


def stay_silent(work: Work, *, conversation_id: int, agent_id: int) -> None:
    """The bot waits for a person again. Raises NothingPaused."""
    conversation, run = _paused_for(work, conversation_id, agent_id)
    never_by_itself(run)
    changed(work, conversation)


def never_by_itself(run: Run) -> None:
    """Whoever passes back from now on is a person."""
    run.resumes_after_s, run.resumes_at = 0, None


def count_anew(work: Work, conversation: Conversation, now: datetime) -> None:
    """The agent is at work: the whole time begins again. Nothing where it was not asked for."""
    run = alive_run(work, conversation)
    if run is not None and run.status == RunStatus.PAUSED and run.resumes_at is not None:
        run.resumes_at = now + timedelta(seconds=run.resumes_after_s)


def has_unsent_draft(work: Work, conversation: Conversation) -> bool:
    """Has the agent who answers begun a reply or a note here?"""
    draft = work.exec(
        select(Draft.id).where(
            col(Draft.conversation_id) == conversation.id,
            col(Draft.agent_id) == conversation.agent_id,
            col(Draft.text) != "",
        )
    ).first()
    return draft is not None


def _paused_for(work: Work, conversation_id: int, agent_id: int) -> tuple[Conversation, Run]:
    conversation = locked(work, conversation_id)
    run = alive_run(work, conversation)
    mine = conversation.owner == Owner.AGENT and conversation.agent_id == agent_id
    if not mine or run is None or run.status != RunStatus.PAUSED:
        raise NothingPaused
    return conversation, run
