"""What the fields of a flow may hold, each with the sentence that refuses anything else."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from . import text as wording

MAX_QUESTION = 1024
"""Longest question with choices, in characters: the body above WhatsApp's buttons."""
MAX_SECONDS = 30 * 24 * 3600
"""The longest wait, reminder or time-out: thirty days."""
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


def is_a_web_link(link: str) -> str:
    """Refuse what a customer could not open safely; empty is none."""
    if link and not link.startswith("https://"):
        raise ValueError("a link begins with https://")
    return link


_Trimmed = StringConstraints(strip_whitespace=True, max_length=wording.MAX_TEXT)
_Line = StringConstraints(strip_whitespace=True, min_length=1, max_length=80)
MaybeText = Annotated[str, _Trimmed, AfterValidator(has_no_broken_variable)]
SpokenText = Annotated[MaybeText, AfterValidator(is_never_empty)]
Phrase = Annotated[str, StringConstraints(max_length=100), AfterValidator(has_a_word)]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Next = NodeId | Literal[""]
"""Where to go; empty while somebody still draws the flow, which no finished one may be."""
Variable = Annotated[str, StringConstraints(pattern=rf"^{wording.VARIABLE_NAME}$")]
Answer = Annotated[Variable, AfterValidator(is_free)]
Seconds = Annotated[int, Field(ge=0, le=MAX_SECONDS)]
Name = Annotated[str, _Line]
"""What people call a flow, a pool, a tag."""
Link = Annotated[str, StringConstraints(max_length=2000), AfterValidator(is_a_web_link)]
