"""Durable runs: every step is one transaction, and a crash repeats nothing.

A step takes one customer's message out of ``Wake``, goes on with the run, and
queues what the bot says, all at once. The engine itself is pure (``engine.step``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import col, select

from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import BOT, CUSTOMER, add_status, agent_actor, changed, stored
from jumper_app.conversations.outgoing import check_window, send_later
from jumper_app.conversations.replies import ask_before_interrupting
from jumper_app.conversations.seen import read_to_customer
from jumper_app.conversations.takeover import alive_run, forget_wakes, hand_to, locked, next_wake
from jumper_app.db import Work
from jumper_app.errors import SendRefused, WindowClosed
from jumper_app.models import (
    Agent,
    ChannelAccount,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
    Run,
    RunStatus,
    Wake,
)

from .definition import Flow
from .engine import begin, step
from .progress import (
    Cause,
    Failed,
    Finished,
    HandOver,
    Replied,
    Resumed,
    RunEvent,
    RunState,
    Send,
    Started,
)
from .shelf import newest_version
from .wording import facts, outgoing_of

BROKEN_FLOW = "The bot's flow cannot be read."
"""The reason that an agent reads when a stored flow is none."""


class NoFlow(SendRefused):
    """The channel has no flow that could answer."""

    code = "no_flow"
    for_agent = "No bot is set up for this channel."


@dataclass(frozen=True)
class Looked:
    """The bot looked at ``lines`` messages of a customer."""

    conversation_id: int
    lines: int


NOTHING: Mapping[int, int] = {}


def answer_next(work: Work, *, now: datetime, heard: Mapping[int, int] = NOTHING) -> Looked | None:
    """Let the bot look at what a customer wrote since it last did. None: nobody did.

    Lines that came quickly after one another are one thing said, and get one answer.

    Args:
        heard: By conversation, the lines of late that were looked at; who wrote less goes first.
    """
    waits_at = next_wake(work, heard)
    if waits_at is None:
        return None
    conversation = work.get_one(Conversation, waits_at, with_for_update=True)
    if conversation.owner != Owner.BOT:
        forget_wakes(work, conversation)
        return Looked(waits_at, 0)
    messages = _unanswered(work, conversation)
    if messages:
        _answer_or_give_up(work, conversation, messages, now)
    return Looked(waits_at, len(messages))


def _unanswered(work: Work, conversation: Conversation) -> Sequence[Message]:
    """Take the waiting messages; none when another worker was here before."""
    messages = work.exec(
        select(Message)
        .join(Wake, col(Wake.message_id) == col(Message.id))
        .where(col(Wake.conversation_id) == conversation.id)
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    ).all()
    forget_wakes(work, conversation)
    return messages


def _answer_or_give_up(
    work: Work, conversation: Conversation, messages: Sequence[Message], now: datetime
) -> None:
    """Answer; what the bot cannot answer goes to a person, and holds nobody else up."""
    told = len(work.told)
    try:
        with work.begin_nested():
            check_window(channel_of(work, conversation), conversation, MessageKind.BOT, now)
            _answer(work, conversation, messages, now)
    except WindowClosed as closed:
        del work.told[told:]
        _give_up(work, conversation, RunStatus.PAUSED, closed.for_agent, now)
    except (SendRefused, ValidationError) as failure:
        del work.told[told:]
        reason = failure.for_agent if isinstance(failure, SendRefused) else BROKEN_FLOW
        _give_up(work, conversation, RunStatus.FAILED, reason, now)


def _answer(
    work: Work, conversation: Conversation, messages: Sequence[Message], now: datetime
) -> None:
    run = alive_run(work, conversation)
    text = "\n".join(message.text for message in messages if message.text)
    if run is None:
        _start_own_flow(work, conversation, Started(text=text), CUSTOMER, now)
        return
    tapped = [payload for message in messages if (payload := _payload(message))]
    replied = Replied(text=text, payload=tapped[-1] if tapped else "")
    _go_on(work, conversation, run, replied, now)


def _payload(message: Message) -> str:
    content: dict[str, Any] = message.content or {}
    return str(content.get("payload") or "")


def _give_up(
    work: Work, conversation: Conversation, leaves: RunStatus, reason: str, now: datetime
) -> None:
    """Ask for a person. ``leaves``: what becomes of the run; a paused one can be passed back."""
    _step_aside(work, conversation)
    run = alive_run(work, conversation)
    if run is not None:
        run.status, run.updated_at = leaves, now
    line = add_status(work, conversation, "bot_failed", actor=BOT, now=now, reason=reason)
    changed(work, conversation, line)


def pass_back(work: Work, *, conversation_id: int, agent_id: int, now: datetime) -> None:
    """The bot speaks again, at the same question; without a run, its flow begins.

    Raises:
        ColleagueAnswers: It is a colleague's; take it over first.
        NoFlow: There is no bot for this channel.
        WindowClosed: The bot may not write now.
    """
    conversation = locked(work, conversation_id)
    if conversation.owner == Owner.BOT:
        return
    ask_before_interrupting(work, conversation, agent_id)
    check_window(channel_of(work, conversation), conversation, MessageKind.BOT, now)
    agent = work.get_one(Agent, agent_id)
    forget_wakes(work, conversation)
    hand_to(conversation, None)
    conversation.owner = Owner.BOT
    run = alive_run(work, conversation)
    if run is None:
        _start_own_flow(work, conversation, Started(), agent_actor(agent_id), now, by=agent.name)
        return
    line = add_status(
        work,
        conversation,
        "bot_resumed",
        actor=agent_actor(agent_id),
        now=now,
        by=agent.name,
        at_step=run.asked,
    )
    run.status = RunStatus.RUNNING
    changed(work, conversation, line)
    _go_on(work, conversation, run, Resumed(), now)


def _start_own_flow(
    work: Work,
    conversation: Conversation,
    started: Started,
    actor: str,
    now: datetime,
    by: str = "customer",
) -> None:
    """Begin the newest version of the account's flow."""
    account = work.get_one(ChannelAccount, conversation.account_id)
    version = newest_version(work, account.flow_id)
    if version is None:
        raise NoFlow
    flow = Flow.model_validate(version.definition)
    run = Run(
        conversation_id=stored(conversation.id),
        flow_version_id=stored(version.id),
        state=begin(flow, facts(work, conversation)).model_dump(mode="json"),
        created_at=now,
        updated_at=now,
    )
    work.add(run)
    line = add_status(
        work, conversation, "bot_triggered", actor=actor, now=now, flow=flow.name, by=by
    )
    changed(work, conversation, line)
    _go_on(work, conversation, run, started, now)


def _go_on(
    work: Work, conversation: Conversation, run: Run, event: RunEvent, now: datetime
) -> None:
    """Take one step, keep where it leads, and do what it asks for."""
    version = work.get_one(FlowVersion, run.flow_version_id)
    flow = Flow.model_validate(version.definition)
    taken = step(flow, RunState.model_validate(run.state), event, now)
    run.state = taken.run.model_dump(mode="json")
    run.asked, run.updated_at = taken.run.asked[:200], now
    read_to_customer(work, conversation, typing=True)
    said = [effect for effect in taken.effects if isinstance(effect, Send)]
    ends = [effect for effect in taken.effects if not isinstance(effect, Send)]
    if any(isinstance(effect, HandOver | Failed) for effect in ends):
        _step_aside(work, conversation)
    messages = [
        send_later(work, conversation, outgoing_of(run, taken.run.step, flow, one), now)
        for one in said
    ]
    lines = [_end(work, conversation, run, effect, now) for effect in ends]
    if conversation.owner == Owner.REQUESTED:
        conversation.waiting_since = now
    changed(work, conversation, *messages, *lines)


def _end(
    work: Work,
    conversation: Conversation,
    run: Run,
    effect: HandOver | Finished | Failed,
    now: datetime,
) -> Message:
    """Close the run and say why in the thread."""
    match effect:
        case HandOver():
            run.status = RunStatus.HANDED_OVER
            asked = effect.cause == Cause.ASKED
            return add_status(
                work,
                conversation,
                "agent_requested" if asked else "handed_over",
                actor=CUSTOMER if asked else BOT,
                now=now,
                reason=effect.reason,
                cause=effect.cause,
            )
        case Finished():
            run.status = RunStatus.COMPLETED
            return add_status(
                work, conversation, "bot_completed", actor=BOT, now=now, outcome=effect.outcome
            )
        case Failed():
            run.status = RunStatus.FAILED
            return add_status(
                work, conversation, "bot_failed", actor=BOT, now=now, reason=effect.reason
            )


def _step_aside(work: Work, conversation: Conversation) -> None:
    """The bot itself asks for a person. What it has said so far still goes out, in order."""
    hand_to(conversation, None)
    work.exec(
        update(Outbox)
        .where(
            col(Outbox.conversation_id) == conversation.id,
            col(Outbox.message_kind) == MessageKind.BOT,
            col(Outbox.state).in_((OutboxState.QUEUED, OutboxState.RETRYING)),
        )
        .values(epoch=conversation.epoch)
    )
    forget_wakes(work, conversation)
