"""The places of a flow: what the bot does there and where it goes next."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from jumper_app.channels.contract import Frozen, MediaKind

from .conditions import Condition
from .fields import Answer, Link, MaybeText, Name, Next, NodeId, Seconds, SpokenText

MAX_CHOICES = 20
"""Choices of one question. What a channel has no buttons or rows for becomes numbered text."""
MAX_CHOICE_TITLE = 24
"""Characters of a WhatsApp list row's title."""
MAX_RETRIES = 5

Kind = Literal["text", "number", "email", "phone", "date", "file"]
"""What counts as an answer to a question without choices."""


class Say(Frozen):
    """Send a text and go on."""

    type: Literal["say"] = "say"
    text: SpokenText
    next: Next = ""


class SendMedia(Frozen):
    """Send a file and go on.

    Attributes:
        file: The public id of a file that was uploaded for flows; each send is a copy of it.
    """

    type: Literal["media"] = "media"
    kind: MediaKind
    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    caption: MaybeText = ""
    next: Next = ""


class SendTemplate(Frozen):
    """Send what the provider approved beforehand: the only thing outside the reply window."""

    type: Literal["template"] = "template"
    name: Name
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    values: dict[str, SpokenText] = Field(default_factory=dict)
    """By the gap's key, such as ``body:1``."""
    next: Next = ""


class Option(Frozen):
    """One answer to tap. ``value`` is what the flow remembers of it."""

    label: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHOICE_TITLE)
    ]
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    score: float = 0
    """What it counts in a survey."""


class Waiting(Frozen):
    """A node that waits for the customer.

    Attributes:
        retry_text: Said instead of the prompt after an answer that does not fit;
            empty asks again in the same words.
        max_retries: How often to ask again.
        on_invalid: Where to go when that was in vain; empty hands over to a person.
        reminder_s: Seconds of silence after which ``reminder_text`` is said, once; 0: never.
        timeout_s: Seconds of silence after which the bot goes to ``on_timeout``; 0: it waits
            for ever. Empty ``on_timeout``: the run expires.
    """

    retry_text: MaybeText = ""
    max_retries: int = Field(default=2, ge=0, le=MAX_RETRIES)
    on_invalid: Next = ""
    reminder_s: Seconds = 0
    reminder_text: MaybeText = ""
    timeout_s: Seconds = 0
    on_timeout: Next = ""

    @model_validator(mode="after")
    def reminds_before_it_gives_up(self) -> Self:
        """Refuse times that contradict each other."""
        if self.reminder_s and not self.reminder_text:
            raise ValueError("the reminder needs a text")
        if self.timeout_s and self.reminder_s >= self.timeout_s:
            raise ValueError("the reminder comes before the time-out")
        return self

    @property
    def ways_aside(self) -> tuple[str, ...]:
        """Where it leads when no answer comes."""
        return tuple(way for way in (self.on_invalid, self.on_timeout) if way)


class Ask(Waiting):
    """Ask and wait. Without choices any answer of the ``answer`` kind will do.

    Attributes:
        save_to: The variable for the answer; empty remembers nothing.
    """

    type: Literal["ask"] = "ask"
    prompt: SpokenText
    choices: tuple[Option, ...] = Field(default=(), max_length=MAX_CHOICES)
    answer: Kind = "text"
    save_to: Answer | Literal[""] = ""
    next: Next = ""


class Way(Option):
    """One choice of a menu, and where it leads."""

    next: Next = ""


class Choices(Waiting):
    """A menu: every choice leads somewhere else."""

    type: Literal["choices"] = "choices"
    prompt: SpokenText
    options: tuple[Way, ...] = Field(min_length=1, max_length=MAX_CHOICES)
    save_to: Answer | Literal[""] = ""


class SurveyQuestion(Frozen):
    """One question of a survey. ``key`` names its column in the results."""

    key: NodeId
    prompt: SpokenText
    choices: tuple[Option, ...] = Field(default=(), max_length=MAX_CHOICES)
    answer: Kind = "text"


class Survey(Waiting):
    """Several questions, one after the other; every answer is kept as it comes.

    Attributes:
        score_to: The variable for the sum of the scores; empty remembers none.
    """

    type: Literal["survey"] = "survey"
    questions: tuple[SurveyQuestion, ...] = Field(min_length=1, max_length=30)
    score_to: Answer | Literal[""] = ""
    next: Next = ""


class Product(Waiting):
    """Show a product, and wait for *Buy* or *Details*. ``price`` is written as it is read."""

    type: Literal["product"] = "product"
    title: Name
    price: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    link: Link = ""
    buy_label: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "Buy"
    details_label: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "Details"
    buy: Next = ""
    details: Next = ""


class Case(Frozen):
    """If this, then there."""

    when: Condition
    next: Next = ""


class Branch(Frozen):
    """Go the way of the first case that holds, else ``otherwise``."""

    type: Literal["branch"] = "branch"
    cases: tuple[Case, ...] = ()
    otherwise: Next = ""


class Mark(Frozen):
    """Write something down of the customer: tags, fields; or set variables of this run."""

    type: Literal["set"] = "set"
    add_tags: tuple[Name, ...] = ()
    remove_tags: tuple[Name, ...] = ()
    fields: dict[NodeId, MaybeText] = Field(default_factory=dict)
    """Kept with the customer; an empty value takes the field away."""
    variables: dict[Answer, MaybeText] = Field(default_factory=dict)
    next: Next = ""


class Discount(Frozen):
    """Draw a code from a pool: one for each customer, never the same twice."""

    type: Literal["discount"] = "discount"
    pool: Name
    save_to: Answer = "code"
    given: Next = ""
    already: Next = ""
    exhausted: Next = ""


class Wait(Frozen):
    """Do nothing for a while, or until a time of the customer's own day.

    Attributes:
        until: ``HH:MM``, the next one in the customer's zone; empty: ``seconds`` from now.
        on_reply: Where to go when the customer writes before; empty goes on waiting.
    """

    type: Literal["wait"] = "wait"
    seconds: Seconds = 0
    until: Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$")] = ""
    on_reply: Next = ""
    next: Next = ""

    @model_validator(mode="after")
    def waits_for_something(self) -> Self:
        """Refuse a wait that says neither how long nor until when, or both."""
        if bool(self.seconds) == bool(self.until):
            raise ValueError("a wait says either how many seconds or until when")
        return self


class HandOver(Frozen):
    """Leave the conversation to a person. ``text`` is for the customer, ``reason`` for us.

    Attributes:
        agent: The e-mail of the agent who is to have it; empty: whoever takes it.
        nobody: Where to go when nobody is there; empty: the customer waits all the same.
    """

    type: Literal["hand_over"] = "hand_over"
    reason: str = Field(min_length=1, max_length=200)
    text: MaybeText = ""
    agent: Annotated[str, StringConstraints(max_length=254)] = ""
    nobody: Next = ""


class GoTo(Frozen):
    """Go on in another flow. ``returns``: and come back to ``next`` when it has ended."""

    type: Literal["go_to"] = "go_to"
    flow: Name
    returns: bool = False
    next: Next = ""


class End(Frozen):
    """The flow is done. ``outcome`` names the way it ended, for whoever counts."""

    type: Literal["end"] = "end"
    outcome: str = Field(min_length=1, max_length=80)
    text: MaybeText = ""


Node = Annotated[
    Say
    | SendMedia
    | SendTemplate
    | Ask
    | Choices
    | Branch
    | Mark
    | Discount
    | Survey
    | Product
    | Wait
    | HandOver
    | GoTo
    | End,
    Field(discriminator="type"),
]
Questioning = Ask | Choices | Survey | Product
"""The nodes that wait for the customer."""
