"""Who answers: the one place where ``owner`` and ``epoch`` change by a person's hand.

Every change of owner counts the epoch up in the transaction that changes it. A
bot's message of an older epoch is never claimed, so nothing that the bot computed
before leaves after the takeover's commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import (
    Agent,
    Conversation,
    Delivery,
    Held,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
    Run,
    RunStatus,
    Wake,
)

from .log import SYSTEM, add_status, agent_actor, changed, record
from .standing import silent_accounts

PAUSED_FIRST = "Not sent: the bot was paused first."


@dataclass(frozen=True)
class Takeover:
    """What a takeover did.

    Attributes:
        on_the_way: Bot messages that were claimed before it and so could not be stopped.
        happened: False when this agent was the one who answers already.
    """

    on_the_way: int
    happened: bool


def locked(work: Work, conversation_id: int) -> Conversation:
    """The conversation, locked until the transaction ends. Raises NotFound."""
    conversation = work.exec(
        select(Conversation)
        .where(col(Conversation.id) == conversation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    gone = conversation is None or conversation.merged_into_id or conversation.erased_at
    if conversation is None or gone:
        raise NotFound("This conversation no longer exists.")
    return conversation


def pause_bot(work: Work, *, conversation_id: int, agent_id: int, now: datetime) -> Takeover:
    """The bot icon: the bot falls silent and the agent answers from now on."""
    conversation = locked(work, conversation_id)
    if conversation.owner == Owner.AGENT and conversation.agent_id == agent_id:
        return Takeover(on_the_way=0, happened=False)
    return take_over(work, conversation, agent_id, now)


def take_over(work: Work, conversation: Conversation, agent_id: int, now: datetime) -> Takeover:
    """Make an agent the one who answers, whoever it was before. The conversation is locked."""
    agent = _active_agent(work, agent_id)
    before = conversation.owner
    hand_to(conversation, agent_id)
    silenced, on_the_way = silence_bot(work, conversation, now)
    kind = "assigned"
    shown: dict[str, Any] = {"to": agent.name, "by": agent.name}
    if before == Owner.BOT:
        kind, shown = "bot_paused", {"by": agent.name, "on_the_way": on_the_way}
    elif before == Owner.RESOLVED:
        kind, shown = "reopened", {"by": agent.name}
    line = add_status(work, conversation, kind, actor=agent_actor(agent_id), now=now, **shown)
    changed(work, conversation, *silenced, line)
    return Takeover(on_the_way=on_the_way, happened=True)


def hand_to(conversation: Conversation, agent_id: int | None) -> None:
    """Change the owner to an agent, or to nobody (Requested), under a new epoch."""
    conversation.owner = Owner.REQUESTED if agent_id is None else Owner.AGENT
    conversation.agent_id = agent_id
    conversation.resolved_at = None
    conversation.epoch += 1


def silence_bot(work: Work, conversation: Conversation, now: datetime) -> tuple[list[Message], int]:
    """Pause the run and stop every bot message that no worker has claimed.

    Returns:
        The messages that were stopped, and how many were already claimed and are not settled.
    """
    forget_wakes(work, conversation)
    run = alive_run(work, conversation)
    if run is not None:
        pause(run, now)
    record(work, conversation, "bot_silenced", actor=SYSTEM, now=now)
    stopped: list[Message] = []
    on_the_way = 0
    for row, message in work.exec(_bot_rows(conversation)):
        if row.state in {OutboxState.SENDING, OutboxState.UNKNOWN}:
            on_the_way += 1
            continue
        row.state = OutboxState.DROPPED
        message.delivery, message.failure = Delivery.FAILED, PAUSED_FIRST
        stopped.append(message)
    return stopped, on_the_way


def pause(run: Run, now: datetime, held: str = "") -> None:
    """The run stands still, and so does its clock: what was left of a wait is kept.

    Args:
        held: A ``Held`` when the bot itself pauses, empty when a person does.
    """
    if run.status == RunStatus.RUNNING and run.due_at is not None:
        run.left_s = max(0.0, (run.due_at - now).total_seconds())
    run.status, run.due_at, run.held, run.updated_at = RunStatus.PAUSED, None, held, now
    run.resumes_after_s, run.resumes_at = 0, None


def hold_bot(work: Work, conversation: Conversation, now: datetime) -> None:
    """What the bot said will not leave: it waits until the customer writes, and says it again."""
    run = alive_run(work, conversation)
    if run is not None and run.status == RunStatus.RUNNING:
        pause(run, now, Held.UNSENT)


MOST_WHO_WAIT = 1000
"""Customers among whom the next one is chosen, those who have waited the longest."""


def next_wake(work: Work, heard: Mapping[int, int]) -> int | None:
    """The conversation whose customer the bot answers next; None: nobody waits.

    Whoever wrote the fewest lines of late comes first, and of these whoever waits the longest:
    so one who floods the bot waits behind those who do not, however many flood. Who then
    writes no more is passed by fewer and fewer, and answered. On a paused channel they wait
    on, and hold nobody else up.

    Args:
        heard: By conversation, the lines of late that the bot has looked at already.
    """
    first = func.min(Wake.id)
    waiting = work.values(
        select(Wake.conversation_id, func.count(), first)
        .join(Conversation, col(Conversation.id) == col(Wake.conversation_id))
        .where(col(Conversation.account_id).not_in(silent_accounts()))
        .group_by(col(Wake.conversation_id))
        .order_by(first)
        .limit(MOST_WHO_WAIT)
    )
    if not waiting:
        return None
    return min(waiting, key=lambda row: (row[1] + heard.get(row[0], 0), row[2]))[0]


def forget_wakes(work: Work, conversation: Conversation) -> None:
    """What the bot has not looked at is a person's now."""
    work.exec(delete(Wake).where(col(Wake.conversation_id) == conversation.id))


def _bot_rows(conversation: Conversation):
    waiting = (OutboxState.QUEUED, OutboxState.RETRYING, OutboxState.SENDING)
    unsettled = (col(Outbox.state) == OutboxState.UNKNOWN) & (
        col(Message.delivery) == Delivery.QUEUED
    )
    return (
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(
            col(Outbox.conversation_id) == conversation.id,
            col(Outbox.message_kind) == MessageKind.BOT,
            col(Outbox.state).in_(waiting) | unsettled,
        )
        .with_for_update()
    )


def alive_run(work: Work, conversation: Conversation) -> Run | None:
    """The conversation's run that is running or paused, if any."""
    return work.exec(
        select(Run).where(
            col(Run.conversation_id) == conversation.id,
            col(Run.status).in_((RunStatus.RUNNING, RunStatus.PAUSED)),
        )
    ).first()


def assign(
    work: Work,
    *,
    conversation_id: int,
    to_agent_id: int | None,
    agent_id: int,
    now: datetime,
) -> Takeover:
    """Give the conversation to a colleague, to oneself, or to nobody (Requested)."""
    conversation = locked(work, conversation_id)
    asked = Owner.REQUESTED if to_agent_id is None else Owner.AGENT
    if conversation.owner == asked and conversation.agent_id == to_agent_id:
        return Takeover(on_the_way=0, happened=False)
    by = _active_agent(work, agent_id)
    to = _active_agent(work, to_agent_id) if to_agent_id is not None else None
    hand_to(conversation, to_agent_id)
    silenced, on_the_way = silence_bot(work, conversation, now)
    actor = agent_actor(agent_id)
    if to is None:
        line = add_status(work, conversation, "unassigned", actor=actor, now=now, by=by.name)
    else:
        line = add_status(
            work, conversation, "assigned", actor=actor, now=now, by=by.name, to=to.name
        )
    changed(work, conversation, *silenced, line)
    return Takeover(on_the_way=on_the_way, happened=True)


def release_all(work: Work, *, of_agent_id: int, agent_id: int, now: datetime) -> int:
    """Give everything that an agent answers to nobody (Requested). Returns how much that was."""
    mine = work.exec(
        select(Conversation.id)
        .where(col(Conversation.agent_id) == of_agent_id)
        .order_by(col(Conversation.id))
    ).all()
    for key in mine:
        if key is not None:
            assign(work, conversation_id=key, to_agent_id=None, agent_id=agent_id, now=now)
    return len(mine)


def resolve(work: Work, *, conversation_id: int, agent_id: int, now: datetime) -> None:
    """End the conversation for now. The bot falls silent; the customer's next word reopens it."""
    conversation = locked(work, conversation_id)
    if conversation.owner == Owner.RESOLVED:
        return
    agent = _active_agent(work, agent_id)
    conversation.owner, conversation.agent_id = Owner.RESOLVED, None
    conversation.epoch += 1
    conversation.resolved_at, conversation.resolved_by_id = now, agent_id
    conversation.waiting_since = None
    silenced, _ = silence_bot(work, conversation, now)
    run = alive_run(work, conversation)
    if run is not None:
        run.status, run.due_at, run.updated_at = RunStatus.COMPLETED, None, now
    line = add_status(
        work, conversation, "resolved", actor=agent_actor(agent_id), now=now, by=agent.name
    )
    changed(work, conversation, *silenced, line)


def reopen(work: Work, *, conversation_id: int, agent_id: int, now: datetime) -> None:
    """Take a resolved conversation up again; it is the agent's own from now on."""
    conversation = locked(work, conversation_id)
    if conversation.owner == Owner.RESOLVED:
        take_over(work, conversation, agent_id, now)


def _active_agent(work: Work, agent_id: int) -> Agent:
    agent = work.get(Agent, agent_id)
    if agent is None or not agent.active:
        raise NotFound("This colleague no longer works here.")
    return agent
