"""A flow as data: kept as JSON, checked whenever it is made, never changed."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from jumper_app.channels.contract import Frozen

from . import checks
from .conditions import (
    AtLeast,
    Contains,
    Equals,
    HasTag,
    Hears,
    InHours,
    OnChannel,
    Returns,
    WindowOpen,
)
from .fields import MAX_QUESTION, MaybeText, NodeId, Phrase
from .nodes import (
    Ask,
    Branch,
    Case,
    Choices,
    Discount,
    End,
    GoTo,
    HandOver,
    Mark,
    Node,
    Option,
    Product,
    Say,
    SendMedia,
    SendTemplate,
    Survey,
    SurveyQuestion,
    Wait,
    Way,
)
from .schema import SCHEMA, brought_up_to_date
from .triggers import MAX_TRIGGERS, Trigger

__all__ = [
    "MAX_QUESTION",
    "PERSON_WORDS",
    "Ask",
    "AtLeast",
    "Branch",
    "Case",
    "Choices",
    "Contains",
    "Discount",
    "End",
    "Equals",
    "Flow",
    "GoTo",
    "HandOver",
    "HasTag",
    "Hears",
    "InHours",
    "Mark",
    "Node",
    "OnChannel",
    "Option",
    "Product",
    "Returns",
    "Say",
    "SendMedia",
    "SendTemplate",
    "Survey",
    "SurveyQuestion",
    "Trigger",
    "Wait",
    "Way",
    "WindowOpen",
]

PERSON_WORDS = ("agent", "human", "person", "operator", "representative")
"""Any of these in a reply asks for a person, unless a flow has words of its own."""

ANNOUNCEMENT = "You are talking to our automated assistant."

MAX_NODES = 300


class Flow(Frozen):
    """A conversation that a bot can hold.

    Making one raises pydantic's ``ValidationError``, which names every fault.

    Attributes:
        description: What it is for, in the list that agents choose from.
        triggers: What makes it begin; none: only agents and other flows begin it.
        announcement: Stands before the bot's first words, and before its first words after
            a person passed back. Empty: the flow says in its own words what speaks.
        person_words: A reply with one of these hands over, whatever the question was,
            except where it is exactly the label of a choice.
        person_text: Said to the customer then, and when a question stays unanswered.
        resume_text: Said before the question when a person passes back to the bot.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        serialize_by_alias=True,
        validate_by_name=True,
        validate_by_alias=True,
    )

    schema_version: Literal[2] = Field(default=SCHEMA, alias="schema")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    triggers: tuple[Trigger, ...] = Field(default=(), max_length=MAX_TRIGGERS)
    start: NodeId
    nodes: dict[NodeId, Node] = Field(min_length=1, max_length=MAX_NODES)
    announcement: MaybeText = ANNOUNCEMENT
    person_words: tuple[Phrase, ...] = PERSON_WORDS
    person_text: MaybeText = ""
    resume_text: MaybeText = ""

    @model_validator(mode="before")
    @classmethod
    def is_of_today(cls, data: Any) -> Any:
        """Bring what was kept by an earlier version up to date."""
        return brought_up_to_date(data)

    @model_validator(mode="after")
    def can_run(self) -> Self:
        """Refuse a flow that could get stuck, with all its faults at once."""
        if found := checks.problems(self.start, self.nodes):
            raise ValueError(" ".join(found))
        return self
