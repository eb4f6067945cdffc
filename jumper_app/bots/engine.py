"""How a run goes on: a pure function from (flow, run, event, now) to (run, effects).

It knows no database and no clock. Calling it twice with the same arguments gives the
same result, so a step that was not committed can simply be taken again.
"""

from collections.abc import Mapping
from datetime import datetime

from jumper_app.channels.contract import Choice

from .answers import meant, tapped, wants_a_person, way
from .definition import Flow
from .nodes import HEARD, MAX_QUESTION, Ask, Branch, End, Option, Say
from .nodes import HandOver as HandOverNode
from .progress import (
    MAX_ASKED,
    Cause,
    Effect,
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
from .text import MAX_TEXT, fill, shorten

__all__ = [
    "Cause",
    "Effect",
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
    "begin",
    "step",
]

MAX_NODES_WITHOUT_INPUT = 50


def begin(flow: Flow, variables: Mapping[str, str]) -> RunState:
    """A run that waits for ``Started``. ``variables``: what is known of the customer."""
    return RunState(node=flow.start, variables=dict(variables))


def step(flow: Flow, run: RunState, event: RunEvent, now: datetime) -> Step:
    """Take one event. A run that has ended, or does not expect it, only counts it.

    Args:
        now: The present moment (UTC).
    """
    run = run.model_copy(update={"step": run.step + 1})
    match event:
        case Started() if run.status is Progress.READY:
            return _start(flow, _hearing(run, event.text), event, now)
        case Replied() if run.status is Progress.WAITING_REPLY:
            return _answer(flow, _hearing(run, event.text), event, now)
        case Resumed() if run.status is Progress.WAITING_REPLY:
            return _resume(flow, run, event, now)
        case _:
            return Step(run)


def _start(flow: Flow, run: RunState, event: Started, now: datetime) -> Step:
    if wants_a_person(flow.person_words, event.text):
        return _leave(flow, run, Cause.ASKED)
    return _walk(flow, run, flow.start, now)


def _hearing(run: RunState, text: str) -> RunState:
    return _with_variable(run, HEARD, text)


def _with_variable(run: RunState, name: str, value: str) -> RunState:
    return run.model_copy(update={"variables": {**run.variables, name: value[:MAX_TEXT]}})


def _answer(flow: Flow, run: RunState, reply: Replied, now: datetime) -> Step:
    """Read the reply: an exact choice first, then a call for a person, then the rest."""
    question = flow.nodes.get(run.node)
    if not isinstance(question, Ask):
        return _fail(run, f"The question '{run.node}' is not in this flow.")
    option = tapped(question.choices, reply)
    if option is None and wants_a_person(flow.person_words, reply.text):
        return _leave(flow, run, Cause.ASKED)
    answer = _answer_to(question, option, reply)
    if not answer:
        return _ask_again(flow, run, question, now)
    if question.save_to:
        run = _with_variable(run, question.save_to, answer)
    return _walk(flow, run, question.next, now)


def _answer_to(question: Ask, option: Option | None, reply: Replied) -> str:
    """The answer to remember; empty if the reply is none."""
    if not question.choices:
        return reply.text.strip()
    option = option or meant(question.choices, reply)
    return option.value if option else ""


def _ask_again(flow: Flow, run: RunState, question: Ask, now: datetime) -> Step:
    if run.retries < question.max_retries:
        run = run.model_copy(update={"retries": run.retries + 1, "asked_at": now})
        text = question.retry_text if fill(question.retry_text, run.variables) else question.prompt
        return Step(run, (_question(question, text, run, repeated=True),))
    if question.on_invalid:
        return _walk(flow, run, question.on_invalid, now)
    return _leave(flow, run, Cause.NOT_UNDERSTOOD)


def _resume(flow: Flow, run: RunState, event: Resumed, now: datetime) -> Step:
    """Go on waiting for the same answer, with all retries left."""
    question = flow.nodes.get(run.node)
    if not isinstance(question, Ask):
        return _fail(run, f"The question '{run.node}' is not in this flow.")
    run = run.model_copy(update={"retries": 0})
    if not event.repeat:
        return Step(run)
    run = run.model_copy(update={"asked_at": now})
    text = f"{flow.resume_text}\n\n{question.prompt}".strip()
    return Step(run, (_question(question, text, run, repeated=True),))


def _walk(flow: Flow, run: RunState, at: str, now: datetime) -> Step:
    """Go from node to node until one waits or ends.

    A flow that does neither within the limit fails, and nothing of the step is sent.
    """
    said: tuple[Send, ...] = ()
    for _ in range(MAX_NODES_WITHOUT_INPUT):
        match flow.nodes.get(at):
            case Say() as node:
                said += _say(node.text, run, len(said))
                at = node.next
            case Branch() as node:
                at = way(node, run.variables)
            case None:
                return _fail(run, f"The node '{at}' is not in this flow.")
            case node:
                return _stop(node, run.model_copy(update={"node": at}), said, now)
    return _fail(run, f"{MAX_NODES_WITHOUT_INPUT} nodes without waiting for the customer.")


def _stop(
    node: Ask | HandOverNode | End, run: RunState, said: tuple[Send, ...], now: datetime
) -> Step:
    match node:
        case Ask():
            run = _waiting(node, run, now)
            return Step(run, (*said, _question(node, node.prompt, run, index=len(said))))
        case HandOverNode():
            said += _say(node.text, run, len(said))
            effect = HandOver(cause=Cause.FLOW, reason=node.reason)
            return Step(_ended(run, Progress.HANDED_OVER), (*said, effect))
        case End():
            said += _say(node.text, run, len(said))
            effect = Finished(outcome=node.outcome)
            return Step(_ended(run, Progress.COMPLETED), (*said, effect))


def _waiting(question: Ask, run: RunState, now: datetime) -> RunState:
    asked = shorten(fill(question.prompt, run.variables), MAX_ASKED)
    news = {"status": Progress.WAITING_REPLY, "retries": 0, "asked": asked, "asked_at": now}
    return run.model_copy(update=news)


def _leave(flow: Flow, run: RunState, cause: Cause) -> Step:
    said = _say(flow.person_text, run, 0)
    return Step(_ended(run, Progress.HANDED_OVER), (*said, HandOver(cause=cause)))


def _fail(run: RunState, reason: str) -> Step:
    return Step(_ended(run, Progress.FAILED), (Failed(reason=reason),))


def _ended(run: RunState, status: Progress) -> RunState:
    return run.model_copy(update={"status": status, "asked": "", "asked_at": None})


def _say(text: str, run: RunState, index: int) -> tuple[Send, ...]:
    """The text with its variables filled in; nothing if nothing is left to say."""
    filled = fill(text, run.variables)
    return (Send(index=index, text=filled),) if filled else ()


def _question(
    question: Ask, text: str, run: RunState, *, index: int = 0, repeated: bool = False
) -> Send:
    choices = tuple(Choice(id=option.value, title=option.label) for option in question.choices)
    filled = fill(text, run.variables, MAX_QUESTION if choices else MAX_TEXT)
    return Send(index=index, text=filled, choices=choices, repeated=repeated)
