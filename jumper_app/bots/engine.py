"""How a run goes on: a pure function from (flow, run, event, now, facts) to (run, effects).

It knows no database and no clock. Calling it twice with the same arguments gives the
same result, so a step that was not committed can simply be taken again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from .answers import tapped, wants_a_person
from .definition import Flow
from .facts import NOTHING_KNOWN, Facts
from .fields import HEARD
from .nodes import Ask, Choices, Discount, Product, Questioning, Survey, Wait
from .progress import (
    Cause,
    Drawn,
    Effect,
    Elapsed,
    Entered,
    Failed,
    Finished,
    HandOver,
    Progress,
    Replied,
    Resumed,
    RunEvent,
    RunState,
    Send,
    Started,
    Step,
)
from .questions import answered, gives_up_at, question, reads
from .text import MAX_TEXT, fill
from .walking import MAX_NODES_WITHOUT_INPUT, Walk, expire, fail, leave, walk

__all__ = [
    "MAX_NODES_WITHOUT_INPUT",
    "Cause",
    "Drawn",
    "Effect",
    "Elapsed",
    "Entered",
    "Failed",
    "Finished",
    "HandOver",
    "Progress",
    "Replied",
    "Resumed",
    "RunEvent",
    "RunState",
    "Send",
    "Started",
    "Step",
    "accepts",
    "begin",
    "step",
]


def begin(flow: Flow, variables: Mapping[str, str]) -> RunState:
    """A run that waits for ``Started``. ``variables``: what is known of the customer."""
    return RunState(node=flow.start, variables=dict(variables))


def step(
    flow: Flow, run: RunState, event: RunEvent, now: datetime, facts: Facts = NOTHING_KNOWN
) -> Step:
    """Take one event. A run that has ended, or does not expect it, only counts it.

    Args:
        now: The present moment (UTC).
    """
    on = Walk(flow, run.model_copy(update={"step": run.step + 1}), facts, now)
    match event:
        case Started() if run.status is Progress.READY:
            _start(on, event)
        case Replied():
            _hear(on, event)
        case Resumed():
            _resume(on, event)
        case Elapsed():
            _elapse(on, event)
        case Drawn() | Entered() if run.status is Progress.ASKING:
            _told(on, event)
        case _:
            pass
    return on.done()


def accepts(flow: Flow, run: RunState, reply: Replied) -> bool:
    """Does the run wait for exactly this reply?"""
    node = flow.nodes.get(run.node)
    if run.status is Progress.WAITING_TIMER:
        return isinstance(node, Wait) and bool(node.on_reply)
    if run.status is not Progress.WAITING_REPLY or not isinstance(node, Questioning):
        return False
    return bool(reads(node, run, reply))


def is_tapped(flow: Flow, run: RunState, reply: Replied) -> bool:
    """Did the customer tap a choice of the open question, or type it as it reads?"""
    node = flow.nodes.get(run.node)
    if run.status is not Progress.WAITING_REPLY or not isinstance(node, Questioning):
        return False
    return tapped(question(node, run).options, reply) is not None


def _start(on: Walk, event: Started) -> None:
    _remember(on, event.text)
    if wants_a_person(on.flow.person_words, event.text):
        _ask_for_a_person(on, Cause.ASKED)
    else:
        walk(on, on.flow.start)


def _remember(on: Walk, text: str) -> None:
    on.change(variables={**on.run.variables, HEARD: text[:MAX_TEXT]})


def _ask_for_a_person(on: Walk, cause: Cause) -> None:
    on.say(on.flow.person_text)
    leave(on, cause)


def _hear(on: Walk, reply: Replied) -> None:
    if on.run.status is Progress.WAITING_REPLY:
        _answer(on, reply)
    elif on.run.status is Progress.WAITING_TIMER:
        _interrupt(on, reply)


def _interrupt(on: Walk, reply: Replied) -> None:
    """The customer writes while nothing is asked: it is remembered, and may end the wait."""
    _remember(on, reply.text)
    node = on.flow.nodes.get(on.run.node)
    if wants_a_person(on.flow.person_words, reply.text):
        _ask_for_a_person(on, Cause.ASKED)
    elif isinstance(node, Wait) and node.on_reply:
        on.change(due_at=None)
        walk(on, node.on_reply)


def _answer(on: Walk, reply: Replied) -> None:
    """Read the reply: an exact choice first, then a call for a person, then the rest."""
    _remember(on, reply.text)
    node = _open(on)
    if node is None:
        return
    exact = is_tapped(on.flow, on.run, reply)
    if not exact and wants_a_person(on.flow.person_words, reply.text):
        _ask_for_a_person(on, Cause.ASKED)
        return
    value = reads(node, on.run, reply)
    if not value:
        _ask_again(on, node)
        return
    on.run, way, kept = answered(node, on.run, value)
    if kept is not None:
        on.effects.append(kept)
    if way:
        on.change(due_at=None)
        walk(on, way)
    else:
        on.ask()


def _open(on: Walk) -> Ask | Choices | Survey | Product | None:
    """The node whose question is open; fails the run if there is none."""
    node = on.flow.nodes.get(on.run.node)
    if isinstance(node, Questioning):
        return node
    fail(on, f"The question '{on.run.node}' is not in this flow.")
    return None


def _ask_again(on: Walk, node: Ask | Choices | Survey | Product) -> None:
    if on.run.retries < node.max_retries:
        on.change(retries=on.run.retries + 1)
        on.ask(text=node.retry_text if fill(node.retry_text, on.run.variables) else "", again=True)
    elif node.on_invalid:
        walk(on, node.on_invalid)
    else:
        _ask_for_a_person(on, Cause.NOT_UNDERSTOOD)


def _resume(on: Walk, event: Resumed) -> None:
    """Go on where it stood: the same question with all retries left, or the rest of a wait."""
    if event.text:
        _remember(on, event.text)
    if on.run.status is Progress.WAITING_TIMER:
        on.change(due_at=on.now + timedelta(seconds=event.left_s), announced=False)
        return
    if on.run.status is not Progress.WAITING_REPLY:
        return
    node = _open(on)
    if node is None:
        return
    on.change(retries=0)
    if event.repeat:
        on.change(announced=False)
        prompt = question(node, on.run).prompt
        on.ask(text=f"{on.flow.resume_text}\n\n{prompt}".strip(), again=True)


def _elapse(on: Walk, event: Elapsed) -> None:
    """The time of a wait, a reminder or a time-out has come; before that it changes nothing."""
    due_at = on.run.due_at
    if due_at is None or on.now < due_at:
        return
    on.change(due_at=None)
    if event.text:
        _remember(on, event.text)
    node = on.flow.nodes.get(on.run.node)
    if on.run.status is Progress.WAITING_TIMER and isinstance(node, Wait):
        walk(on, node.next)
    elif on.run.status is Progress.WAITING_REPLY and isinstance(node, Questioning):
        _nobody_answered(on, node)


def _nobody_answered(on: Walk, node: Ask | Choices | Survey | Product) -> None:
    gives_up = gives_up_at(node, on.run)
    if gives_up is not None and on.now >= gives_up:
        if node.on_timeout:
            walk(on, node.on_timeout)
        else:
            expire(on)
        return
    on.change(reminded=True, due_at=gives_up)
    on.say(node.reminder_text)


def _told(on: Walk, event: Drawn | Entered) -> None:
    """The house has answered what the last step asked."""
    on.change(status=Progress.READY)
    node = on.flow.nodes.get(on.run.node)
    if isinstance(event, Entered):
        walk(on, event.node or on.flow.start)
    elif isinstance(node, Discount):
        if event.code:
            on.change(variables={**on.run.variables, node.save_to: event.code})
        ways = {"given": node.given, "already": node.already, "exhausted": node.exhausted}
        walk(on, ways[event.outcome])
    else:
        fail(on, f"The node '{on.run.node}' is not in this flow.")
