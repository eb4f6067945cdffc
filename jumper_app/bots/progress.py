"""Where a run stands, what can happen to it, and what it wants done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from jumper_app.channels.contract import Choice, Frozen, MediaKind

MAX_ASKED = 200
"""Characters kept of the open question, for "paused at …"."""


class Progress(StrEnum):
    """A run moves while it is ready or waits; the others are ends.

    ``asking`` is never stored: the answer of the house (a code, another flow) comes
    within the same transaction.
    """

    READY = "ready"
    WAITING_REPLY = "waiting_reply"
    WAITING_TIMER = "waiting_timer"
    ASKING = "asking"
    COMPLETED = "completed"
    HANDED_OVER = "handed_over"
    EXPIRED = "expired"
    FAILED = "failed"


ALIVE = frozenset({Progress.READY, Progress.WAITING_REPLY, Progress.WAITING_TIMER, Progress.ASKING})


class Frame(Frozen):
    """Where to go on when a flow that was entered has ended."""

    version: int
    node: str


class RunState(Frozen):
    """All that a run knows, kept as JSON between two steps.

    Attributes:
        node: The node that waits, or the last one.
        question: Which question of a survey is open, from 0.
        variables: What is known of the customer and what was answered, by name.
        retries: How often the open question was asked again.
        step: How many events the run has taken; each takes one.
        walked: How many nodes it has passed since it last waited.
        asked: The open question, shortened; empty if none is open.
        asked_at: When it was last asked (UTC).
        due_at: When it wants to be looked at, should nothing happen before (UTC).
        reminded: The reminder of the open question has been said.
        announced: It has said that it is automated.
        stack: The flows to come back to, the innermost last.
    """

    node: str = ""
    question: int = 0
    variables: dict[str, str] = Field(default_factory=dict)
    status: Progress = Progress.READY
    retries: int = 0
    step: int = 0
    walked: int = 0
    asked: str = ""
    asked_at: datetime | None = None
    due_at: datetime | None = None
    reminded: bool = False
    announced: bool = False
    score: float = 0
    stack: tuple[Frame, ...] = ()


class Started(Frozen):
    """The run begins. ``text``: the message that made it begin, empty if none did."""

    text: str = ""


class Replied(Frozen):
    """The customer wrote ``text`` (empty: sent no words) or tapped a choice with ``payload``.

    ``file``: the public id of a file that came with it.
    """

    text: str = ""
    payload: str = ""
    file: str = ""


class Resumed(Frozen):
    """A person passed back to the bot. ``repeat``: ask the open question again.

    ``left_s``: how much of a wait was left when it was paused, in seconds. ``text``: what
    the customer wrote meanwhile, if anything.
    """

    repeat: bool = True
    left_s: float = 0
    text: str = ""


class Elapsed(Frozen):
    """The time has come. ``text``: what the customer wrote meanwhile, if anything."""

    text: str = ""


class Drawn(Frozen):
    """The pool answered."""

    outcome: Literal["given", "already", "exhausted"]
    code: str = ""


class Entered(Frozen):
    """The run stands in another flow. ``node``: where; empty is its start."""

    node: str = ""


RunEvent = Started | Replied | Resumed | Elapsed | Drawn | Entered


class Send(Frozen):
    """Send this text. ``index`` counts the sends of one step from 0.

    ``repeated``: the same question was asked before. ``node``: which node says it.
    """

    index: int
    text: str = Field(min_length=1)
    choices: tuple[Choice, ...] = ()
    repeated: bool = False
    node: str = ""


class SendFile(Frozen):
    """Send a copy of this file."""

    index: int
    kind: MediaKind
    file: str
    caption: str = ""
    node: str = ""


class SendApproved(Frozen):
    """Send a template. ``values``: by the gap's key."""

    index: int
    name: str
    language: str
    values: dict[str, str] = Field(default_factory=dict)
    node: str = ""


class SendCard(Frozen):
    """Show a product with something to tap."""

    index: int
    title: str
    price: str = ""
    link: str = ""
    choices: tuple[Choice, ...] = ()
    repeated: bool = False
    node: str = ""


Sending = Send | SendFile | SendApproved | SendCard


class Noted(Frozen):
    """Write this down of the customer. An empty value takes a field away."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    fields: dict[str, str] = Field(default_factory=dict)


class Answered(Frozen):
    """Keep this answer of a survey. ``label``: as it reads in the results."""

    node: str
    key: str
    value: str
    label: str = ""
    score: float | None = None


class Draw(Frozen):
    """Draw a code from this pool; the event ``Drawn`` answers."""

    pool: str


class Enter(Frozen):
    """Go on in this flow; the event ``Entered`` answers. ``back_to``: empty never returns."""

    flow: str
    back_to: str = ""


class Leave(Frozen):
    """This flow has ended and the one before it goes on; the event ``Entered`` answers."""

    outcome: str


class Cause(StrEnum):
    """Why a bot leaves the conversation to a person."""

    FLOW = "flow"
    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"


class HandOver(Frozen):
    """Ask for a person. ``reason`` is the flow's own sentence for the agent, else empty.

    ``agent``: the e-mail of the one who is to have it; empty: whoever takes it.
    """

    cause: Cause
    reason: str = ""
    agent: str = ""


class Finished(Frozen):
    """The flow came to an end of its own."""

    outcome: str


class Expired(Frozen):
    """No answer came in time."""


class Failed(Frozen):
    """The flow cannot go on. ``reason`` is for the person who drew it."""

    reason: str


Asking = Draw | Enter | Leave
Ending = HandOver | Finished | Expired | Failed
Effect = Sending | Noted | Answered | Asking | Ending


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to: the new state, and what to do in this order."""

    run: RunState
    effects: tuple[Effect, ...] = ()
