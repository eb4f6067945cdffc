"""What a customer's reply means to a flow."""

import re
from collections.abc import Iterable, Mapping

from .nodes import HEARD, Branch, Condition, Contains, Equals, Hears, Option
from .progress import Replied
from .text import fold, same, says, words

NUMBER = re.compile(r"\W*(\d{1,2})\W*")
"""A typed number of a choice: "2", "2.", "(2)"."""


def tapped(options: Iterable[Option], reply: Replied) -> Option | None:
    """The choice that was tapped, or typed exactly as it reads."""
    for option in options:
        if reply.payload == option.value:
            return option
    return _only(option for option in options if same(option.label, reply.text))


def meant(options: tuple[Option, ...], reply: Replied) -> Option | None:
    """The one choice that a typed reply points at: by its number or by its first words."""
    number = NUMBER.fullmatch(fold(reply.text))
    if number and 1 <= int(number[1]) <= len(options):
        return options[int(number[1]) - 1]
    return _only(option for option in options if _points_at(reply.text, option.label))


def _points_at(text: str, label: str) -> bool:
    """Is the reply short for the label ("ret" for "Returns"), or the label and more?"""
    typed, shown = words(text), words(label)
    if not typed or not shown:
        return False
    if typed[: len(shown)] == shown:
        return True
    starts = range(len(shown) - len(typed) + 1)
    return any(_begins(shown[at:], typed) for at in starts)


def _begins(shown: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    """Do the typed words begin the shown ones, the last of them perhaps half typed?"""
    *whole, last = typed
    return list(shown[: len(whole)]) == whole and shown[len(whole)].startswith(last)


def _only(found: Iterable[Option]) -> Option | None:
    several = tuple(found)
    return several[0] if len(several) == 1 else None


def wants_a_person(person_words: Iterable[str], text: str) -> bool:
    """Does the reply hold one of the words that ask for a person?"""
    return any(says(text, phrase) for phrase in person_words)


def way(branch: Branch, variables: Mapping[str, str]) -> str:
    """The next node: that of the first case that holds, else the other one."""
    for case in branch.cases:
        if holds(case.when, variables):
            return case.next
    return branch.otherwise


def holds(condition: Condition, variables: Mapping[str, str]) -> bool:
    """Is the condition true of these variables? A missing one counts as empty."""
    match condition:
        case Equals():
            return same(variables.get(condition.variable, ""), condition.value)
        case Contains():
            return says(variables.get(condition.variable, ""), condition.word)
        case Hears():
            return any(says(variables.get(HEARD, ""), phrase) for phrase in condition.words)
