"""From node to node until one waits, ends, or has to ask the house. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .answers import way
from .definition import Flow
from .facts import Facts
from .nodes import (
    Ask,
    Branch,
    Choices,
    Discount,
    End,
    GoTo,
    HandOver,
    Mark,
    Product,
    Questioning,
    Say,
    SendMedia,
    SendTemplate,
    Survey,
    Wait,
)
from .progress import (
    Cause,
    Draw,
    Effect,
    Enter,
    Expired,
    Failed,
    Finished,
    Leave,
    Noted,
    Progress,
    RunState,
    Send,
    SendApproved,
    SendCard,
    SendFile,
    Sending,
    Step,
)
from .progress import HandOver as HandsOver
from .questions import asks, waits
from .text import MAX_TEXT, fill

MAX_NODES_WITHOUT_INPUT = 50
"""A flow that passes more nodes than these without waiting fails: it would go on for ever."""


@dataclass
class Walk:
    """One step on its way: the run as it stands by now, and what it wants done so far."""

    flow: Flow
    run: RunState
    facts: Facts
    now: datetime
    effects: list[Effect] = field(default_factory=list[Effect])

    @property
    def sends(self) -> int:
        """How many messages this step sends so far."""
        return sum(isinstance(effect, Sending) for effect in self.effects)

    def change(self, **news: Any) -> None:
        """Set something of the run."""
        self.run = self.run.model_copy(update=news)

    def say(self, text: str) -> None:
        """Say it with its variables filled in; nothing if nothing is left to say."""
        if filled := fill(text, self.run.variables):
            self.send(Send(index=self.sends, text=filled, node=self.run.node))

    def send(self, message: Send | SendCard | SendFile) -> None:
        """Send it; the first message of a run, and after a hand-back, says what speaks."""
        announcement = "" if self.run.announced else fill(self.flow.announcement, {})
        self.change(announced=True)
        if announcement and isinstance(message, Send):
            limit = MAX_TEXT if not message.choices else len(announcement) + len(message.text) + 2
            whole = f"{announcement}\n\n{message.text}"[:limit]
            message = message.model_copy(update={"text": whole})
        elif announcement:
            self.effects.append(Send(index=self.sends, text=announcement, node=self.run.node))
            message = message.model_copy(update={"index": self.sends})
        self.effects.append(message)

    def ask(self, *, text: str = "", again: bool = False) -> None:
        """Ask the open question of the node where the run stands, and wait."""
        node: Any = self.flow.nodes[self.run.node]
        self.run = waits(node, self.run, self.run.node, self.now)
        self.send(asks(node, self.run, self.sends, text=text, again=again))

    def end(self, status: Progress, effect: Effect) -> None:
        """The run is over."""
        self.change(status=status, asked="", asked_at=None, due_at=None, stack=())
        self.effects.append(effect)

    def done(self) -> Step:
        """The step as it came out. One that failed sends nothing."""
        if self.run.status is Progress.FAILED:
            return Step(self.run, tuple(self.effects[-1:]))
        return Step(self.run, tuple(self.effects))


def walk(on: Walk, at: str) -> None:
    """Go on from a node. A flow that neither waits nor ends in time fails."""
    while at:
        node = on.flow.nodes.get(at)
        if node is None:
            return fail(on, f"The node '{at}' is not in this flow.")
        if on.run.walked >= MAX_NODES_WITHOUT_INPUT:
            return fail(on, f"{MAX_NODES_WITHOUT_INPUT} nodes without waiting for the customer.")
        on.change(node=at, walked=on.run.walked + 1)
        at = PASSES[type(node)](on, node)
    return None


def fail(on: Walk, reason: str) -> None:
    """The flow cannot go on."""
    on.end(Progress.FAILED, Failed(reason=reason))


def leave(on: Walk, cause: Cause, reason: str = "", agent: str = "") -> None:
    """Leave the conversation to a person."""
    on.end(Progress.HANDED_OVER, HandsOver(cause=cause, reason=reason, agent=agent))


def expire(on: Walk) -> None:
    """No answer came."""
    on.end(Progress.EXPIRED, Expired())


def _say(on: Walk, node: Say) -> str:
    on.say(node.text)
    return node.next


def _media(on: Walk, node: SendMedia) -> str:
    caption = fill(node.caption, on.run.variables)
    file = SendFile(
        index=on.sends, kind=node.kind, file=node.file, caption=caption, node=on.run.node
    )
    on.send(file)
    return node.next


def _template(on: Walk, node: SendTemplate) -> str:
    values = {key: fill(text, on.run.variables) for key, text in node.values.items()}
    on.effects.append(
        SendApproved(
            index=on.sends,
            name=node.name,
            language=node.language,
            values=values,
            node=on.run.node,
        )
    )
    return node.next


def _question(on: Walk, _: Questioning) -> str:
    on.change(retries=0, question=0, score=0)
    on.ask()
    return ""


def _branch(on: Walk, node: Branch) -> str:
    return way(node, on.run.variables, on.facts)


def _mark(on: Walk, node: Mark) -> str:
    known = on.run.variables
    fields = {name: fill(value, known) for name, value in node.fields.items()}
    own = {name: fill(value, known) for name, value in node.variables.items()}
    kept = {f"customer.data.{name}": value for name, value in fields.items()}
    on.change(variables={**known, **own, **kept})
    if node.add_tags or node.remove_tags or fields:
        noted = Noted(add_tags=node.add_tags, remove_tags=node.remove_tags, fields=fields)
        on.effects.append(noted)
        tags = (on.facts.tags | set(node.add_tags)) - set(node.remove_tags)
        on.facts = on.facts.model_copy(update={"tags": tags})
    return node.next


def _discount(on: Walk, node: Discount) -> str:
    on.change(status=Progress.ASKING)
    on.effects.append(Draw(pool=node.pool))
    return ""


def _wait(on: Walk, node: Wait) -> str:
    due_at = _until(node, on.facts.timezone, on.now)
    on.change(status=Progress.WAITING_TIMER, due_at=due_at, asked="", asked_at=None, walked=0)
    return ""


def _until(node: Wait, timezone: str, now: datetime) -> datetime:
    """When a wait that begins now is over: never before now."""
    if not node.until:
        return now + timedelta(seconds=node.seconds)
    zone = _zone(timezone)
    hour, minute = (int(part) for part in node.until.split(":"))
    today = now.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    for days in (0, 1, 2):
        at = (today + timedelta(days=days)).astimezone(UTC)
        if at > now:
            return at
    return now + timedelta(days=1)


def _zone(name: str) -> ZoneInfo:
    """The customer's zone; UTC when it is unknown or none that there is."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _hand_over(on: Walk, node: HandOver) -> str:
    here = on.facts.present
    if node.nobody and (node.agent not in here if node.agent else not here):
        return node.nobody
    on.say(node.text)
    leave(on, Cause.FLOW, node.reason, node.agent)
    return ""


def _go_to(on: Walk, node: GoTo) -> str:
    on.change(status=Progress.ASKING)
    on.effects.append(Enter(flow=node.flow, back_to=node.next if node.returns else ""))
    return ""


def _end(on: Walk, node: End) -> str:
    on.say(node.text)
    if on.run.stack:
        on.change(status=Progress.ASKING)
        on.effects.append(Leave(outcome=node.outcome))
    else:
        on.end(Progress.COMPLETED, Finished(outcome=node.outcome))
    return ""


PASSES: dict[type, Callable[[Walk, Any], str]] = {
    Say: _say,
    SendMedia: _media,
    SendTemplate: _template,
    Ask: _question,
    Choices: _question,
    Survey: _question,
    Product: _question,
    Branch: _branch,
    Mark: _mark,
    Discount: _discount,
    Wait: _wait,
    HandOver: _hand_over,
    GoTo: _go_to,
    End: _end,
}
"""What a run does at each node, and where it goes then; empty where it stays."""
