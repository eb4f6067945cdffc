"""Durable runs: every step is one transaction, and a crash repeats nothing.

A step takes what a customer said out of ``Wake``, or a timer's time, goes on with the
run, and queues what the bot says, all at once. The engine itself is pure (``engine.step``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from jumper_app.conversations.accounts import channel_of
from jumper_app.conversations.log import BOT, CUSTOMER, add_status, changed
from jumper_app.conversations.outgoing import check_window
from jumper_app.conversations.takeover import alive_run, forget_wakes, next_wake
from jumper_app.db import Work
from jumper_app.errors import SendRefused, WindowClosed
from jumper_app.models import (
    Conversation,
    FlowVersion,
    Held,
    MessageKind,
    Owner,
    Run,
    RunStatus,
)

from .answers import wants_a_person
from .boundaries import Boundary, reached
from .definition import Flow
from .engine import accepts, is_tapped
from .hearing import Heard, heard_in, listen
from .known import flow_of
from .passing import Goes, pass_back, wake
from .progress import Elapsed, Progress, Replied, Resumed, RunState
from .saying import key_of, last_words
from .shelf import newest_version
from .starting import (
    Beginning,
    NoFlow,
    offers,
    start,
    start_flow,
    start_own_flow,
    start_triggered,
    triggered,
)
from .taking import step_aside, take
from .text import same
from .triggers import Owned
from .words import BROKEN_FLOW, RESTART_WORDS, STOP_WORDS, STOPPED

__all__ = ["Goes", "Looked", "NoFlow", "answer_next", "offers", "pass_back", "start_flow"]

OWN_FLOW = {"by": "channel"}
"""Why the channel's own flow begins: nothing else matched."""
BEGINS_ANEW = {"by": "restart"}


@dataclass(frozen=True)
class Looked:
    """The bot looked at ``lines`` messages of a customer."""

    conversation_id: int
    lines: int


NOTHING: Mapping[int, int] = {}


def answer_next(work: Work, *, now: datetime, heard: Mapping[int, int] = NOTHING) -> Looked | None:
    """Let the bot look at what a customer wrote since it last did. None: nobody did.

    Args:
        heard: By conversation, the lines of late that were looked at; who wrote less goes first.
    """
    waits_at = next_wake(work, heard)
    if waits_at is None:
        return None
    conversation = work.get_one(Conversation, waits_at, with_for_update=True)
    reached(Boundary.LOCKED)
    return Looked(waits_at, answer(work, conversation, now))


def answer(work: Work, conversation: Conversation, now: datetime) -> int:
    """Answer what waits in this conversation, which is locked. Under a person: forget it.

    Returns:
        How many messages that was.
    """
    if conversation.owner != Owner.BOT:
        forget_wakes(work, conversation)
        return 0
    messages = listen(work, conversation)
    reached(Boundary.CONSUMED)
    if messages:
        said = heard_in(work, messages)
        try_or_give_up(work, conversation, now, lambda: _answer(work, conversation, said, now))
    return len(messages)


def try_or_give_up(
    work: Work, conversation: Conversation, now: datetime, act: Callable[[], None]
) -> None:
    """Do it; what the bot cannot answer goes to a person, and holds nobody else up."""
    told = len(work.told)
    try:
        with work.begin_nested():
            act()
    except WindowClosed as closed:
        del work.told[told:]
        _give_up(work, conversation, RunStatus.PAUSED, closed.for_agent, now)
    except (SendRefused, ValidationError) as failure:
        del work.told[told:]
        reason = failure.for_agent if isinstance(failure, SendRefused) else BROKEN_FLOW
        _give_up(work, conversation, RunStatus.FAILED, reason, now)


def _give_up(
    work: Work, conversation: Conversation, leaves: RunStatus, reason: str, now: datetime
) -> None:
    """Ask for a person. ``leaves``: what becomes of the run; a paused one can be passed back."""
    step_aside(work, conversation)
    run = alive_run(work, conversation)
    if run is not None:
        run.status, run.due_at, run.updated_at = leaves, None, now
    line = add_status(work, conversation, "bot_failed", actor=BOT, now=now, reason=reason)
    changed(work, conversation, line)


def _answer(work: Work, conversation: Conversation, said: Heard, now: datetime) -> None:
    """Go on with what runs, or begin what the words begin."""
    check_window(channel_of(work, conversation), conversation, MessageKind.BOT, now)
    run = alive_run(work, conversation)
    if run is None:
        _begin(work, conversation, said, now)
        return
    flow = flow_of(work.get_one(FlowVersion, run.flow_version_id))
    if run.status == RunStatus.PAUSED:
        _go_on_held(work, conversation, run, flow, said.reply, now)
    elif _is_for(flow, RunState.model_validate(run.state), said.reply):
        take(work, conversation, run, said.reply, now)
    else:
        _steer(work, conversation, run, flow, said, now)


def _begin(work: Work, conversation: Conversation, said: Heard, now: datetime) -> None:
    owned = triggered(work, conversation, said, now)
    if owned is not None:
        start_triggered(work, conversation, owned, said.reply.text, now)
    elif said.messages:
        beginning = Beginning(CUSTOMER, "customer", OWN_FLOW, said.reply.text)
        start_own_flow(work, conversation, beginning, now)


def _is_for(flow: Flow, state: RunState, reply: Replied) -> bool:
    """Does the run wait for this? Whoever asks for a person is heard before anything else."""
    if is_tapped(flow, state, reply) or wants_a_person(flow.person_words, reply.text):
        return True
    return accepts(flow, state, reply) and not _is_a_command(reply.text)


def _is_a_command(text: str) -> bool:
    return any(same(text, word) for word in (*STOP_WORDS, *RESTART_WORDS))


def _steer(
    work: Work, conversation: Conversation, run: Run, flow: Flow, said: Heard, now: datetime
) -> None:
    """The words are no answer: do they stop the run, or begin another? If not, it hears them."""
    text = said.reply.text
    if any(same(text, word) for word in STOP_WORDS):
        _stop(work, conversation, run, flow, now)
    elif any(same(text, word) for word in RESTART_WORDS):
        _restart(work, conversation, run, now)
    elif (owned := triggered(work, conversation, said, now)) and _may_replace(work, run, owned):
        start_triggered(work, conversation, owned, text, now)
    elif said.messages:
        take(work, conversation, run, said.reply, now)


def _may_replace(work: Work, run: Run, owned: Owned) -> bool:
    """Only words and links that name another flow interrupt one that runs."""
    if owned.trigger.sort not in {"word", "referral"}:
        return False
    return work.get_one(FlowVersion, run.flow_version_id).flow_id != owned.flow_id


def _stop(work: Work, conversation: Conversation, run: Run, flow: Flow, now: datetime) -> None:
    key = key_of(run, "stopped")
    message = last_words(work, conversation, STOPPED, key, flow.name, now)
    run.status, run.due_at, run.updated_at = RunStatus.COMPLETED, None, now
    line = add_status(
        work, conversation, "bot_completed", actor=CUSTOMER, now=now, outcome="stopped"
    )
    changed(work, conversation, message, line)


def _restart(work: Work, conversation: Conversation, run: Run, now: datetime) -> None:
    ran = work.get_one(FlowVersion, run.flow_version_id)
    version = newest_version(work, ran.flow_id)
    if version is None:
        raise NoFlow
    start(work, conversation, version, Beginning(CUSTOMER, "customer", BEGINS_ANEW), now)


def _go_on_held(
    work: Work, conversation: Conversation, run: Run, flow: Flow, reply: Replied, now: datetime
) -> None:
    """The bot waited for the customer to write: what its time came for, or failed to leave."""
    held, left_s = run.held, wake(run)
    state = RunState.model_validate(run.state)
    if wants_a_person(flow.person_words, reply.text):
        take(work, conversation, run, reply, now)
    elif held == Held.UNSENT:
        take(work, conversation, run, Resumed(left_s=left_s, text=reply.text), now)
    elif state.status is Progress.WAITING_TIMER:
        take(work, conversation, run, Elapsed(text=reply.text), now)
    else:
        take(work, conversation, run, reply, now)
