"""The open question of a node that waits: what it asks, how long, and what an answer does. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jumper_app.channels.contract import Choice

from .answers import answer
from .fields import MAX_QUESTION
from .nodes import Ask, Choices, Kind, Option, Product, Questioning, Survey
from .progress import MAX_ASKED, Answered, Progress, Replied, RunState, Send, SendCard
from .text import MAX_TEXT, fill, shorten
from .ways import BUY, buttons_of


@dataclass(frozen=True)
class Question:
    """What a node wants to know at this moment."""

    prompt: str
    options: tuple[Option, ...] = ()
    answer: Kind = "text"


def question(node: Questioning, run: RunState) -> Question:
    """The question that a run in this node has open."""
    match node:
        case Ask():
            return Question(node.prompt, node.choices, node.answer)
        case Choices():
            return Question(node.prompt, node.options)
        case Survey():
            one = node.questions[min(run.question, len(node.questions) - 1)]
            return Question(one.prompt, one.choices, one.answer)
        case Product():
            return Question(node.title, buttons_of(node))


def reads(node: Questioning, run: RunState, reply: Replied) -> str:
    """The value of a reply as an answer to the open question; empty if it is none."""
    open_one = question(node, run)
    return answer(open_one.answer, open_one.options, reply)


def waits(node: Questioning, run: RunState, at: str, now: datetime) -> RunState:
    """The run when it has just asked the open question of ``node``."""
    asked = shorten(fill(question(node, run).prompt, run.variables), MAX_ASKED)
    return run.model_copy(
        update={
            "node": at,
            "status": Progress.WAITING_REPLY,
            "asked": asked,
            "asked_at": now,
            "due_at": _first_due(node, now),
            "reminded": False,
            "walked": 0,
        }
    )


def _first_due(node: Questioning, asked_at: datetime) -> datetime | None:
    seconds = node.reminder_s or node.timeout_s
    return asked_at + timedelta(seconds=seconds) if seconds else None


def gives_up_at(node: Questioning, run: RunState) -> datetime | None:
    """When the question that is open is given up; None: never."""
    if not node.timeout_s or run.asked_at is None:
        return None
    return run.asked_at + timedelta(seconds=node.timeout_s)


def asks(
    node: Questioning, run: RunState, index: int, *, text: str = "", again: bool = False
) -> Send | SendCard:
    """The message that asks it. ``text``: said instead of its own words."""
    open_one = question(node, run)
    choices = tuple(Choice(id=option.value, title=option.label) for option in open_one.options)
    if isinstance(node, Product) and not text:
        return SendCard(
            index=index,
            title=node.title,
            price=node.price,
            link=node.link,
            choices=choices,
            repeated=again,
            node=run.node,
        )
    limit = MAX_QUESTION if choices else MAX_TEXT
    filled = fill(text or open_one.prompt, run.variables, limit)
    return Send(index=index, text=filled, choices=choices, repeated=again, node=run.node)


def answered(node: Questioning, run: RunState, value: str) -> tuple[RunState, str, Answered | None]:
    """The run with the answer, where it goes next, and what of it is kept elsewhere.

    An empty way means that the same node asks its next question.
    """
    match node:
        case Ask():
            return _saved(run, node.save_to, value), node.next, None
        case Choices():
            ways = {way.value: way.next for way in node.options}
            return _saved(run, node.save_to, value), ways[value], None
        case Product():
            return run, node.buy if value == BUY else node.details, None
        case Survey():
            return _surveyed(node, run, value)


def _saved(run: RunState, name: str, value: str) -> RunState:
    if not name:
        return run
    return run.model_copy(update={"variables": {**run.variables, name: value[:MAX_TEXT]}})


def _surveyed(node: Survey, run: RunState, value: str) -> tuple[RunState, str, Answered]:
    at = run.question
    one = node.questions[at]
    option = next((option for option in one.choices if option.value == value), None)
    score = option.score if option else float(value) if one.answer == "number" else None
    kept = Answered(
        node=run.node,
        key=one.key,
        value=value[:MAX_TEXT],
        label=option.label if option else "",
        score=score,
    )
    news = {"question": at + 1, "score": run.score + (score or 0), "retries": 0}
    run = run.model_copy(update=news)
    if at + 1 < len(node.questions):
        return run, "", kept
    total = f"{run.score:g}"
    run = _saved(run, node.score_to, total).model_copy(update={"question": 0, "score": 0})
    return run, node.next, kept
