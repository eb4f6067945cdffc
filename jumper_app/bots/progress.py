"""Where a run stands, what can happen to it, and what it wants done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from jumper_app.channels.contract import Choice, Frozen

MAX_ASKED = 200
"""Characters kept of the open question, for "paused at …"."""


class Progress(StrEnum):
    """A run moves while it is ``ready`` or ``waiting_reply``; the others are ends."""

    READY = "ready"
    WAITING_REPLY = "waiting_reply"
    COMPLETED = "completed"
    HANDED_OVER = "handed_over"
    FAILED = "failed"


class RunState(Frozen):
    """All that a run knows, kept as JSON between two steps.

    Attributes:
        node: The question that waits, or the last node.
        variables: What is known of the customer and what was answered, by name.
        retries: How often the open question was asked again.
        step: How many events the run has taken; each takes one.
        asked: The open question, shortened; empty if none is open.
        asked_at: When it was last asked (UTC).
    """

    node: str = ""
    variables: dict[str, str] = Field(default_factory=dict)
    status: Progress = Progress.READY
    retries: int = 0
    step: int = 0
    asked: str = ""
    asked_at: datetime | None = None


class Started(Frozen):
    """The run begins. ``text``: the message that made it begin, empty if none did."""

    text: str = ""


class Replied(Frozen):
    """The customer wrote ``text`` (empty: sent no words) or tapped a choice with ``payload``."""

    text: str = ""
    payload: str = ""


class Resumed(Frozen):
    """A person passed back to the bot. ``repeat``: ask the open question again."""

    repeat: bool = True


RunEvent = Started | Replied | Resumed


class Send(Frozen):
    """Send this text. ``index`` counts the sends of one step from 0.

    ``repeated``: the same question was asked before.
    """

    index: int
    text: str = Field(min_length=1)
    choices: tuple[Choice, ...] = ()
    repeated: bool = False


class Cause(StrEnum):
    """Why a bot leaves the conversation to a person."""

    FLOW = "flow"
    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"


class HandOver(Frozen):
    """Ask for a person. ``reason`` is the flow's own sentence for the agent, else empty."""

    cause: Cause
    reason: str = ""


class Finished(Frozen):
    """The flow came to an end of its own."""

    outcome: str


class Failed(Frozen):
    """The flow cannot go on. ``reason`` is for the person who drew it."""

    reason: str


Effect = Send | HandOver | Finished | Failed


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to: the new state, and what to do in this order."""

    run: RunState
    effects: tuple[Effect, ...] = ()
