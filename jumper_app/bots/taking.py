"""Taking one event: the engine's steps, and everything they want done, in one transaction."""

from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import update
from sqlmodel import col, select

from jumper_app.conversations.log import BOT, CUSTOMER, add_status, changed, stored
from jumper_app.conversations.seen import read_to_customer
from jumper_app.conversations.takeover import forget_wakes, hand_to
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.models import (
    Agent,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
    Run,
    RunStatus,
    SurveyAnswer,
)

from .boundaries import Boundary, reached
from .discounts import draw
from .engine import step
from .known import facts_of, flow_of
from .marks import note
from .progress import (
    Answered,
    Asking,
    Cause,
    Draw,
    Effect,
    Elapsed,
    Ending,
    Enter,
    Entered,
    Expired,
    Failed,
    Finished,
    Frame,
    HandOver,
    Leave,
    Noted,
    Progress,
    RunEvent,
    RunState,
    Sending,
)
from .saying import say
from .shelf import flow_called, newest_version
from .words import NO_SUCH_AGENT, NO_SUCH_FLOW

AT_ONCE = timedelta(seconds=1)
"""What comes sooner may come before the sign of typing."""

TYPING_LASTS = timedelta(seconds=25)
"""How long a provider shows it at most. Source: WhatsApp > Typing indicators, read 2026-11-22."""


class BrokenFlow(SendRefused):
    """The flow asks for something that is not there."""

    code = "broken_flow"


def take(work: Work, conversation: Conversation, run: Run, event: RunEvent, now: datetime) -> None:
    """Take an event, and whatever the house answers to it; queue what the bot says.

    Raises:
        SendRefused: Something cannot be said now, or names what does not exist.
    """
    shown: list[Message] = []
    following: RunEvent | None = event
    while following is not None:
        following = _step(work, conversation, run, following, now, shown)
    if not isinstance(event, Elapsed):
        read_to_customer(work, conversation, typing=_writes_on(run, now))
    if conversation.owner == Owner.REQUESTED:
        conversation.waiting_since = now
    changed(work, conversation, *shown)
    reached(Boundary.TOLD)


def _writes_on(run: Run, now: datetime) -> bool:
    """Is the next word a moment away? A sign of typing after the last word would stand alone."""
    waits = RunState.model_validate(run.state).status is Progress.WAITING_TIMER
    return waits and run.due_at is not None and AT_ONCE <= run.due_at - now <= TYPING_LASTS


def _step(
    work: Work,
    conversation: Conversation,
    run: Run,
    event: RunEvent,
    now: datetime,
    shown: list[Message],
) -> RunEvent | None:
    """One step of the engine, kept and done. What the house says to it, if it asked."""
    flow = flow_of(work.get_one(FlowVersion, run.flow_version_id))
    facts = facts_of(work, conversation, flow, now)
    taken = step(flow, RunState.model_validate(run.state), event, now, facts)
    reached(Boundary.STEPPED)
    keep(run, taken.run, now)
    reached(Boundary.KEPT)
    ends = [effect for effect in taken.effects if isinstance(effect, Ending)]
    for effect in ends:
        _make_way(work, conversation, effect)
    for effect in taken.effects:
        if isinstance(effect, Sending):
            shown.append(say(work, conversation, run, taken.run.step, effect, now))
        else:
            _keep_beside(work, conversation, run, effect, now)
    reached(Boundary.QUEUED)
    shown.extend(_end(work, conversation, run, effect, now) for effect in ends)
    asked = [effect for effect in taken.effects if isinstance(effect, Asking)]
    return _answer(work, conversation, run, asked[0], now) if asked else None


def keep(run: Run, state: RunState, now: datetime) -> None:
    """Keep where the run stands."""
    run.state = state.model_dump(mode="json")
    run.asked, run.due_at, run.updated_at = state.asked[:200], state.due_at, now


def _keep_beside(
    work: Work, conversation: Conversation, run: Run, effect: Effect, now: datetime
) -> None:
    """What is written down beside the messages."""
    if isinstance(effect, Noted):
        note(work, conversation, effect, now)
    elif isinstance(effect, Answered):
        _keep_answer(work, conversation, run, effect, now)


def _keep_answer(
    work: Work, conversation: Conversation, run: Run, answer: Answered, now: datetime
) -> None:
    """Keep it; who goes through the same survey again in one run answers anew."""
    row = work.exec(
        select(SurveyAnswer).where(
            col(SurveyAnswer.run_id) == stored(run.id),
            col(SurveyAnswer.node) == answer.node,
            col(SurveyAnswer.key) == answer.key,
        )
    ).first()
    row = row or SurveyAnswer(
        run_id=stored(run.id),
        flow_version_id=run.flow_version_id,
        conversation_id=stored(conversation.id),
        node=answer.node,
        key=answer.key,
        value="",
        at=now,
    )
    row.value, row.label, row.score, row.at = answer.value, answer.label, answer.score, now
    work.add(row)


def _answer(
    work: Work, conversation: Conversation, run: Run, asked: Asking, now: datetime
) -> RunEvent:
    """What the house says."""
    match asked:
        case Draw():
            return draw(work, conversation, asked.pool, now)
        case Enter():
            return _enter(work, run, asked, now)
        case Leave():
            return _leave(run, now)
        case _:
            assert_never(asked)


def _enter(work: Work, run: Run, enter: Enter, now: datetime) -> Entered:
    row = flow_called(work, enter.flow)
    version = newest_version(work, row.id) if row else None
    if version is None:
        raise BrokenFlow(NO_SUCH_FLOW.format(name=enter.flow))
    state = RunState.model_validate(run.state)
    if enter.back_to:
        back = Frame(version=run.flow_version_id, node=enter.back_to)
        keep(run, state.model_copy(update={"stack": (*state.stack, back)}), now)
    run.flow_version_id = stored(version.id)
    return Entered()


def _leave(run: Run, now: datetime) -> Entered:
    state = RunState.model_validate(run.state)
    *outer, back = state.stack
    keep(run, state.model_copy(update={"stack": tuple(outer)}), now)
    run.flow_version_id = back.version
    return Entered(node=back.node)


def _make_way(work: Work, conversation: Conversation, effect: Ending) -> None:
    """Before the last words are queued: whose the conversation is from now on."""
    if not isinstance(effect, HandOver | Failed):
        return
    agent_id: int | None = None
    if isinstance(effect, HandOver) and effect.agent:
        named = select(Agent).where(col(Agent.email) == effect.agent, col(Agent.active).is_(True))
        agent = work.exec(named).first()
        if agent is None:
            raise BrokenFlow(NO_SUCH_AGENT)
        agent_id = agent.id
    step_aside(work, conversation, agent_id)


def step_aside(work: Work, conversation: Conversation, agent_id: int | None = None) -> None:
    """The bot itself leaves. What it has said so far still goes out, in order."""
    said_under = conversation.epoch
    hand_to(conversation, agent_id)
    work.exec(
        update(Outbox)
        .where(
            col(Outbox.conversation_id) == conversation.id,
            col(Outbox.message_kind) == MessageKind.BOT,
            col(Outbox.epoch) == said_under,
            col(Outbox.state).in_((OutboxState.QUEUED, OutboxState.RETRYING)),
        )
        .values(epoch=conversation.epoch)
    )
    forget_wakes(work, conversation)


def _end(
    work: Work, conversation: Conversation, run: Run, effect: Ending, now: datetime
) -> Message:
    """Close the run and say why in the thread."""
    run.due_at = None
    actor, kind, shown = BOT, ENDS[type(effect)][1], effect.model_dump(mode="json")
    run.status = ENDS[type(effect)][0]
    if isinstance(effect, HandOver):
        shown.pop("agent")
        if effect.cause == Cause.ASKED:
            actor, kind = CUSTOMER, "agent_requested"
    return add_status(work, conversation, kind, actor=actor, now=now, **shown)


ENDS: dict[type[Ending], tuple[RunStatus, str]] = {
    HandOver: (RunStatus.HANDED_OVER, "handed_over"),
    Finished: (RunStatus.COMPLETED, "bot_completed"),
    Expired: (RunStatus.EXPIRED, "bot_expired"),
    Failed: (RunStatus.FAILED, "bot_failed"),
}
"""What a run has become, and the line that says so."""
