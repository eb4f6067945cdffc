"""How a run begins: by a trigger, as the channel's own flow, by an agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.channels.contract import Channel
from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import BOT, CUSTOMER, add_status, agent_actor, changed, stored
from jumper_app.conversations.outgoing import check_window
from jumper_app.conversations.replies import ask_before_interrupting
from jumper_app.conversations.standing import must_speak
from jumper_app.conversations.takeover import alive_run, hand_to, locked, silence_bot
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.models import (
    Agent,
    ChannelAccount,
    Conversation,
    FlowVersion,
    Message,
    MessageKind,
    Owner,
    Run,
    RunStatus,
)
from jumper_app.models import Flow as FlowRow

from .definition import Flow
from .engine import begin
from .fitting import misfits
from .hearing import Heard
from .known import flow_of, variables_of
from .nodes import SendTemplate
from .progress import Started
from .shelf import flow_behind, newest_version, triggers_in_use
from .taking import take
from .triggers import Occasion, Owned, chosen


class NoFlow(SendRefused):
    """The channel has no flow that could answer."""

    code = "no_flow"
    for_agent = "No bot is set up for this channel."


class DoesNotFit(SendRefused):
    """The channel cannot carry what the flow sends."""

    code = "does_not_fit"


@dataclass(frozen=True)
class Beginning:
    """Why a run begins.

    Attributes:
        actor: Who the log names.
        by: Whom the status line names: ``customer``, or an agent.
        because: What every message of the run can say of itself.
        text: The customer's words that it begins with.
    """

    actor: str
    by: str
    because: dict[str, Any]
    text: str = ""


@dataclass(frozen=True)
class FlowOffer:
    """A flow as an agent may start it. ``why_not``: a sentence, empty when it can start now."""

    public_id: str
    name: str
    description: str
    why_not: str


def triggered(work: Work, conversation: Conversation, heard: Heard, now: datetime) -> Owned | None:
    """The trigger that what was just heard matches; None if none does."""
    triggers = triggers_in_use(work)
    if not triggers:
        return None
    occasion = Occasion(
        channel=conversation.channel,
        text=heard.reply.text,
        referral=heard.referral,
        is_first=heard.messages > 0 and conversation.heard <= heard.messages,
        answered=_answered_by_default(work, conversation, triggers),
    )
    return chosen(triggers, occasion, now)


def _answered_by_default(
    work: Work, conversation: Conversation, triggers: Sequence[Owned]
) -> dict[int, datetime]:
    if all(one.trigger.sort != "default" for one in triggers):
        return {}
    rows = work.exec(
        select(Run, FlowVersion.flow_id)
        .join(FlowVersion, col(FlowVersion.id) == col(Run.flow_version_id))
        .where(col(Run.conversation_id) == conversation.id)
        .order_by(col(Run.created_at))
    )
    by_default = [(run, flow_id) for run, flow_id in rows if _by_default(run)]
    return {flow_id: run.created_at for run, flow_id in by_default}


def _by_default(run: Run) -> bool:
    because: dict[str, Any] = run.begun_by or {}
    return because.get("trigger") == "default"


def start_triggered(
    work: Work, conversation: Conversation, owned: Owned, text: str, now: datetime
) -> None:
    """Begin the flow whose trigger matched, in the place of whatever ran."""
    version = newest_version(work, owned.flow_id)
    if version is None:
        raise NoFlow
    trigger = owned.trigger
    because = {"by": "trigger", "trigger": trigger.sort, "phrase": trigger.phrase}
    start(work, conversation, version, Beginning(CUSTOMER, "customer", because, text), now)


def start_own_flow(
    work: Work, conversation: Conversation, beginning: Beginning, now: datetime
) -> None:
    """Begin the newest version of the account's flow. Raises NoFlow."""
    account = work.get_one(ChannelAccount, conversation.account_id)
    version = newest_version(work, account.flow_id)
    if version is None:
        raise NoFlow
    start(work, conversation, version, beginning, now)


def start(
    work: Work,
    conversation: Conversation,
    version: FlowVersion,
    beginning: Beginning,
    now: datetime,
) -> None:
    """Begin a run of this version; one that is alive makes way, and the thread says so."""
    flow = flow_of(version)
    lines = _replace(work, conversation, flow, now)
    run = Run(
        conversation_id=stored(conversation.id),
        flow_version_id=stored(version.id),
        state=begin(flow, variables_of(work, conversation)).model_dump(mode="json"),
        begun_by=beginning.because,
        created_at=now,
        updated_at=now,
    )
    work.add(run)
    line = add_status(
        work,
        conversation,
        "bot_triggered",
        actor=beginning.actor,
        now=now,
        flow=flow.name,
        by=beginning.by,
    )
    changed(work, conversation, *lines, line)
    take(work, conversation, run, Started(text=beginning.text), now)


def _replace(work: Work, conversation: Conversation, flow: Flow, now: datetime) -> list[Message]:
    before = alive_run(work, conversation)
    if before is None:
        return []
    before.status, before.due_at, before.updated_at = RunStatus.REPLACED, None, now
    work.flush()
    replaced = work.get_one(FlowVersion, before.flow_version_id)
    old: dict[str, Any] = replaced.definition
    line = add_status(
        work,
        conversation,
        "flow_replaced",
        actor=BOT,
        now=now,
        flow=str(old.get("name", "")),
        by=flow.name,
    )
    return [line]


def start_flow(
    work: Work, *, conversation_id: int, agent_id: int, flow: str, now: datetime
) -> None:
    """An agent has the bot begin a flow (its public id), whatever ran before.

    Raises:
        ColleagueAnswers: It is a colleague's; take it over first.
        DoesNotFit: The channel cannot carry it.
        NoFlow: It was never published.
        NotFound: There is no such flow.
        WindowClosed: The bot may not write now.
    """
    conversation = locked(work, conversation_id)
    version = newest_version(work, flow_behind(work, flow).id)
    if version is None:
        raise NoFlow
    ask_before_interrupting(work, conversation, agent_id)
    _must_be_able(work, conversation, flow_of(version), now)
    agent = work.get_one(Agent, agent_id)
    hand_to(conversation, None)
    silenced, _ = silence_bot(work, conversation, now)
    conversation.owner = Owner.BOT
    changed(work, conversation, *silenced)
    beginning = Beginning(agent_actor(agent_id), agent.name, {"by": "agent", "agent": agent.name})
    start(work, conversation, version, beginning, now)


def _must_be_able(work: Work, conversation: Conversation, flow: Flow, now: datetime) -> None:
    channel = channel_of(work, conversation)
    must_speak(work, conversation.account_id)
    if found := misfits(flow, channel):
        raise DoesNotFit(found[0])
    check_may_begin(channel, conversation, flow, now)


def check_may_begin(
    channel: Channel, conversation: Conversation, flow: Flow, now: datetime
) -> None:
    """Raise WindowClosed unless the bot may say the flow's first words now."""
    if isinstance(flow.nodes[flow.start], SendTemplate) and channel.window.template:
        return
    check_window(channel, conversation, MessageKind.BOT, now)


def offers(work: Work, *, conversation_id: int, now: datetime) -> list[FlowOffer]:
    """Every flow, by name, with what keeps it from starting in this conversation now."""
    conversation = work.get_one(Conversation, conversation_id)
    rows = work.exec(select(FlowRow).order_by(col(FlowRow.name))).all()
    found = [(row, newest_version(work, row.id)) for row in rows]
    return [_offer(work, conversation, row, version, now) for row, version in found if version]


def _offer(
    work: Work, conversation: Conversation, row: FlowRow, version: FlowVersion, now: datetime
) -> FlowOffer:
    flow = flow_of(version)
    try:
        _must_be_able(work, conversation, flow, now)
    except SendRefused as refusal:
        return FlowOffer(row.public_id, row.name, flow.description, refusal.for_agent)
    return FlowOffer(row.public_id, row.name, flow.description, "")
