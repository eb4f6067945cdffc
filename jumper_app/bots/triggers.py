"""What makes a flow begin, and which one wins. Pure.

The order is: a word or phrase (exact before contained, longest first, then the order set),
a referral, the first message, the answer for everything else. Words are compared whole,
without case and accents.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from jumper_app.channels.contract import Frozen

from .text import same, says, words

MAX_TRIGGERS = 20

Sort = Literal["word", "referral", "first", "default"]
ORDER: tuple[Sort, ...] = ("word", "referral", "first", "default")
"""Which sort wins over which."""


class Trigger(Frozen):
    """One reason for a flow to begin.

    Attributes:
        sort: ``word``: the message holds ``phrase``. ``referral``: the customer came through
            a link whose reference, or prefilled text, is ``phrase``. ``first``: their first
            message ever. ``default``: whatever nothing else answers.
        channels: The keys of the channels where it counts; none: everywhere.
        rank: Of two that match equally well the smaller rank wins.
        every_h: Of ``default``: at most once in so many hours for one customer; 0: always.
    """

    sort: Sort = "word"
    phrase: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    channels: tuple[str, ...] = ()
    rank: int = Field(default=100, ge=0, le=10_000)
    every_h: int = Field(default=0, ge=0, le=24 * 30)

    @model_validator(mode="after")
    def says_what_it_waits_for(self) -> Self:
        """Refuse a word or a referral that nothing could match."""
        if self.sort == "word" and not words(self.phrase):
            raise ValueError("a word to begin by needs a letter or a digit")
        if self.sort == "referral" and not self.phrase:
            raise ValueError("a referral needs the reference of the link")
        return self


@dataclass(frozen=True)
class Owned:
    """A trigger, and the flow whose it is."""

    flow_id: int
    flow: str
    trigger: Trigger


@dataclass(frozen=True)
class Occasion:
    """What a customer did, as far as it can begin a flow.

    Attributes:
        referral: The reference of the link through which they came, empty if none.
        is_first: They never wrote before.
        answered: By flow, when a default reply last began it in this conversation.
    """

    channel: str
    text: str = ""
    referral: str = ""
    is_first: bool = False
    answered: dict[int, datetime] | None = None


def chosen(triggers: Iterable[Owned], occasion: Occasion, now: datetime) -> Owned | None:
    """The trigger that wins; None if none matches."""
    matching = [one for one in triggers if _matches(one, occasion, now)]
    return min(matching, key=lambda one: _place(one, occasion.text), default=None)


def _matches(one: Owned, occasion: Occasion, now: datetime) -> bool:
    trigger = one.trigger
    if trigger.channels and occasion.channel not in trigger.channels:
        return False
    match trigger.sort:
        case "word":
            return says(occasion.text, trigger.phrase)
        case "referral":
            return trigger.phrase == occasion.referral or same(trigger.phrase, occasion.text)
        case "first":
            return occasion.is_first
        case "default":
            before = (occasion.answered or {}).get(one.flow_id)
            return before is None or now - before >= timedelta(hours=trigger.every_h)


def _place(one: Owned, text: str) -> tuple[object, ...]:
    """What sorts first wins."""
    trigger = one.trigger
    exact = trigger.sort == "word" and same(text, trigger.phrase)
    length = len(" ".join(words(trigger.phrase)))
    return ORDER.index(trigger.sort), not exact, -length, trigger.rank, one.flow_id


def conflicts(mine: Sequence[Trigger], others: Iterable[Owned]) -> tuple[str, ...]:
    """What of a flow's triggers another flow would answer too, in sentences."""
    return tuple(dict.fromkeys(_conflicts(mine, list(others))))


def _conflicts(mine: Sequence[Trigger], others: Sequence[Owned]) -> Iterator[str]:
    for one in mine:
        for other in others:
            if _meet(one, other.trigger):
                yield _sentence(one, other)


def _meet(one: Trigger, other: Trigger) -> bool:
    """Could the same message begin both, with nothing but the order between them?"""
    apart = one.channels and other.channels and not set(one.channels) & set(other.channels)
    if one.sort != other.sort or apart:
        return False
    if one.sort in {"first", "default"}:
        return True
    if one.sort == "referral":
        return one.phrase == other.phrase
    return words(one.phrase) == words(other.phrase)


def _sentence(one: Trigger, other: Owned) -> str:
    match one.sort:
        case "word":
            return f"'{one.phrase}' also begins '{other.flow}'."
        case "referral":
            return f"The link '{one.phrase}' also begins '{other.flow}'."
        case "first":
            return f"The first message also begins '{other.flow}'."
        case "default":
            return f"What nothing else answers also begins '{other.flow}'."
