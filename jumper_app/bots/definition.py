"""A flow as data: kept as JSON, checked whenever it is made, never changed."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from jumper_app.channels.contract import Frozen

from . import checks
from .nodes import (
    MAX_QUESTION,
    Ask,
    Branch,
    Case,
    Contains,
    End,
    Equals,
    HandOver,
    Hears,
    MaybeText,
    Node,
    NodeId,
    Option,
    Phrase,
    Say,
)

__all__ = [
    "MAX_QUESTION",
    "PERSON_WORDS",
    "Ask",
    "Branch",
    "Case",
    "Contains",
    "End",
    "Equals",
    "Flow",
    "HandOver",
    "Hears",
    "Node",
    "Option",
    "Say",
]

PERSON_WORDS = ("agent", "human", "person", "operator", "representative")
"""Any of these in a reply asks for a person, unless a flow has words of its own."""

MAX_NODES = 300


class Flow(Frozen):
    """A conversation that a bot can hold.

    Making one raises pydantic's ``ValidationError``, which names every fault.

    Attributes:
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

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    start: NodeId
    nodes: dict[NodeId, Node] = Field(min_length=1, max_length=MAX_NODES)
    person_words: tuple[Phrase, ...] = PERSON_WORDS
    person_text: MaybeText = ""
    resume_text: MaybeText = ""

    @model_validator(mode="after")
    def can_run(self) -> Self:
        """Refuse a flow that could get stuck, with all its faults at once."""
        if found := checks.problems(self.start, self.nodes):
            raise ValueError(" ".join(found))
        return self
