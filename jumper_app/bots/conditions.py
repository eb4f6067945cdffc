"""What a branch can ask: of the last words, of what was answered, of the customer and the hour."""

from typing import Annotated, Literal

from pydantic import Field

from jumper_app.channels.contract import Frozen

from .fields import Name, Phrase, Variable


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


class AtLeast(Frozen):
    """The variable is a number, and this one or a greater one."""

    type: Literal["at_least"] = "at_least"
    variable: Variable
    number: float


class OnChannel(Frozen):
    """The conversation is on one of these channels, by their keys."""

    type: Literal["channel"] = "channel"
    channels: tuple[str, ...] = Field(min_length=1)


class HasTag(Frozen):
    """The customer bears this tag."""

    type: Literal["tag"] = "tag"
    tag: Name


class InHours(Frozen):
    """It is within the office hours; ``inside`` False: it is not."""

    type: Literal["office_hours"] = "office_hours"
    inside: bool = True


class Returns(Frozen):
    """The customer has been through a flow before; ``before`` False: they have not."""

    type: Literal["repeat"] = "repeat"
    before: bool = True


class WindowOpen(Frozen):
    """A bot may write free words now; ``open`` False: only templates, or nothing."""

    type: Literal["window"] = "window"
    open: bool = True


Condition = Annotated[
    Equals | Contains | Hears | AtLeast | OnChannel | HasTag | InHours | Returns | WindowOpen,
    Field(discriminator="type"),
]
