"""A person passes back to the bot: where it goes on, and with what."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import add_status, agent_actor, changed
from jumper_app.conversations.outgoing import check_window
from jumper_app.conversations.replies import ask_before_interrupting
from jumper_app.conversations.resuming import never_by_itself
from jumper_app.conversations.takeover import alive_run, forget_wakes, hand_to, locked
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Owner,
    Run,
    RunStatus,
)

from .hearing import heard_in
from .known import flow_of
from .progress import Replied, Resumed, RunEvent
from .shelf import newest_version
from .starting import Beginning, check_may_begin, start, start_flow, start_own_flow
from .taking import take


class Goes(StrEnum):
    """How the bot goes on."""

    CONTINUE = "continue"
    """It asks the same question again."""
    ANSWER = "answer"
    """It takes the customer's last message as the answer."""
    RESTART = "restart"
    """The same flow, from its beginning."""
    FLOW = "flow"
    """Another flow."""


def pass_back(
    work: Work,
    *,
    conversation_id: int,
    agent_id: int,
    now: datetime,
    goes: Goes = Goes.CONTINUE,
    flow: str = "",
) -> None:
    """The bot speaks again, by default at the same question; without a run its flow begins.

    Args:
        flow: The public id of the flow that ``Goes.FLOW`` begins.

    Raises:
        ColleagueAnswers: It is a colleague's; take it over first.
        NoFlow: There is no bot for this channel.
        NotFound: There is no such flow.
        WindowClosed: The bot may not write now.
    """
    conversation = locked(work, conversation_id)
    if conversation.owner == Owner.BOT:
        return
    if goes == Goes.FLOW:
        start_flow(work, conversation_id=conversation_id, agent_id=agent_id, flow=flow, now=now)
        return
    ask_before_interrupting(work, conversation, agent_id)
    agent = work.get_one(Agent, agent_id)
    run = _last_run(work, conversation) if goes == Goes.RESTART else alive_run(work, conversation)
    reply = _last_said(work, conversation) if goes == Goes.ANSWER else Replied()
    by = {"by": "agent", "agent": agent.name}
    beginning = Beginning(agent_actor(agent_id), agent.name, by, reply.text)
    version = _version_to_restart(work, run) if goes == Goes.RESTART else None
    _must_be_open(work, conversation, version, now)
    forget_wakes(work, conversation)
    hand_to(conversation, None)
    conversation.owner = Owner.BOT
    if version is not None:
        start(work, conversation, version, beginning, now)
    elif run is None:
        start_own_flow(work, conversation, beginning, now)
    else:
        _go_on(work, conversation, run, beginning, goes, reply, now)


def _must_be_open(
    work: Work, conversation: Conversation, version: FlowVersion | None, now: datetime
) -> None:
    """Raise WindowClosed unless the bot may write now, or may begin ``version``."""
    channel = channel_of(work, conversation)
    if version is not None:
        check_may_begin(channel, conversation, flow_of(version), now)
    else:
        check_window(channel, conversation, MessageKind.BOT, now)


def _version_to_restart(work: Work, run: Run | None) -> FlowVersion | None:
    """The newest version of what ran last; None: nothing ever did."""
    if run is None:
        return None
    ran = work.get_one(FlowVersion, run.flow_version_id)
    return newest_version(work, ran.flow_id)


def _last_run(work: Work, conversation: Conversation) -> Run | None:
    return work.exec(
        select(Run)
        .where(col(Run.conversation_id) == conversation.id)
        .order_by(col(Run.id).desc())
        .limit(1)
    ).first()


def _last_said(work: Work, conversation: Conversation) -> Replied:
    """What the customer wrote last; nothing if they never did."""
    last = work.exec(
        select(Message)
        .where(
            col(Message.conversation_id) == conversation.id,
            col(Message.kind) == MessageKind.CUSTOMER,
            col(Message.revoked_at).is_(None),
        )
        .order_by(col(Message.at).desc(), col(Message.order).desc(), col(Message.id).desc())
        .limit(1)
    ).first()
    return heard_in(work, [last]).reply if last is not None else Replied()


def _go_on(
    work: Work,
    conversation: Conversation,
    run: Run,
    by: Beginning,
    goes: Goes,
    reply: Replied,
    now: datetime,
) -> None:
    line = add_status(
        work, conversation, "bot_resumed", actor=by.actor, now=now, by=by.by, at_step=run.asked
    )
    changed(work, conversation, line)
    left_s = wake(run)
    event: RunEvent = Resumed(left_s=left_s)
    if goes == Goes.ANSWER:
        take(work, conversation, run, Resumed(repeat=False, left_s=left_s), now)
        event = reply
    take(work, conversation, run, event, now)


def wake(run: Run) -> float:
    """A paused run runs again. How much was left of its wait, in seconds."""
    left_s = run.left_s
    run.status, run.held, run.left_s = RunStatus.RUNNING, "", 0
    never_by_itself(run)
    return left_s
