"""The places of a flow: what the bot does there and where it goes next."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from jumper_app.channels.contract import Frozen

from . import text as wording

MAX_CHOICES = 10
"""Rows of one WhatsApp list, the most that any of our channels shows."""
MAX_CHOICE_TITLE = 24
"""Characters of a WhatsApp list row's title."""
MAX_QUESTION = 1024
"""Longest question with choices, in characters: the body above WhatsApp's buttons."""
MAX_RETRIES = 5
HEARD = "reply"
"""The variable that always holds what the customer wrote last."""


def has_no_broken_variable(template: str) -> str:
    """Refuse braces that a customer would read as they stand."""
    rest = wording.VARIABLE.sub("", template)
    if "{{" in rest or "}}" in rest:
        raise ValueError("a variable is written {{name}} or {{name|fallback}}, in small letters")
    return template


def is_never_empty(template: str) -> str:
    """Refuse a text of which nothing is left when no variable has a value."""
    if not wording.fill(template, {}):
        raise ValueError("the text would be empty for a customer we know nothing about")
    return template


def has_a_word(phrase: str) -> str:
    """Refuse a phrase that no reply can match."""
    if not wording.words(phrase):
        raise ValueError("needs a letter or a digit to be recognised by")
    return phrase


def is_free(variable: str) -> str:
    """Refuse the one variable that the engine writes itself."""
    if variable == HEARD:
        raise ValueError(f"{HEARD!r} always holds the last reply; save under another name")
    return variable


_Trimmed = StringConstraints(strip_whitespace=True, max_length=wording.MAX_TEXT)
MaybeText = Annotated[str, _Trimmed, AfterValidator(has_no_broken_variable)]
SpokenText = Annotated[MaybeText, AfterValidator(is_never_empty)]
Phrase = Annotated[str, StringConstraints(max_length=100), AfterValidator(has_a_word)]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Next = NodeId | Literal[""]
"""Where to go; empty while somebody still draws the flow, which no finished one may be."""
Variable = Annotated[str, StringConstraints(pattern=rf"^{wording.VARIABLE_NAME}$")]
Answer = Annotated[Variable, AfterValidator(is_free)]


class Say(Frozen):
    """Send a text and go on."""

    type: Literal["say"] = "say"
    text: SpokenText
    next: Next = ""


class Option(Frozen):
    """One answer to tap. ``value`` is what the flow remembers of it."""

    label: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHOICE_TITLE)
    ]
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Ask(Frozen):
    """Ask and wait. Without choices any written words are an answer.

    Attributes:
        save_to: The variable for the answer; empty remembers nothing.
        retry_text: Said instead of the prompt after an answer that does not fit;
            empty asks again in the same words.
        max_retries: How often to ask again.
        on_invalid: Where to go when that was in vain; empty hands over to a person.
    """

    type: Literal["ask"] = "ask"
    prompt: SpokenText
    choices: tuple[Option, ...] = Field(default=(), max_length=MAX_CHOICES)
    save_to: Answer | Literal[""] = ""
    retry_text: MaybeText = ""
    max_retries: int = Field(default=2, ge=0, le=MAX_RETRIES)
    next: Next = ""
    on_invalid: Next = ""


class Equals(Frozen):
    """The variable is this, apart from case, accents and punctuation. Empty: it has no value."""

    type: Literal["equals"] = "equals"
    variable: Variable
    value: str = ""


class Contains(Frozen):
    """The variable holds this word or phrase as whole words."""

    type: Literal["contains"] = "contains"
    variable: Variable
    word: Phrase


class Hears(Frozen):
    """The customer's last message holds one of these words or phrases."""

    type: Literal["hears"] = "hears"
    words: tuple[Phrase, ...] = Field(min_length=1)


Condition = Annotated[Equals | Contains | Hears, Field(discriminator="type")]


class Case(Frozen):
    """If this, then there."""

    when: Condition
    next: Next = ""


class Branch(Frozen):
    """Go the way of the first case that holds, else ``otherwise``."""

    type: Literal["branch"] = "branch"
    cases: tuple[Case, ...] = ()
    otherwise: Next = ""


class HandOver(Frozen):
    """Leave the conversation to a person. ``text`` is for the customer, ``reason`` for us."""

    type: Literal["hand_over"] = "hand_over"
    reason: str = Field(min_length=1, max_length=200)
    text: MaybeText = ""


class End(Frozen):
    """The flow is done. ``outcome`` names the way it ended, for whoever counts."""

    type: Literal["end"] = "end"
    outcome: str = Field(min_length=1, max_length=80)
    text: MaybeText = ""


Node = Annotated[Say | Ask | Branch | HandOver | End, Field(discriminator="type")]


def ways_out(node: Node) -> tuple[str, ...]:
    """Every node that may come next, in the order they are written."""
    match node:
        case Say():
            return (node.next,)
        case Ask():
            return (node.next, node.on_invalid) if node.on_invalid else (node.next,)
        case Branch():
            return (*(case.next for case in node.cases), node.otherwise)
        case HandOver() | End():
            return ()
