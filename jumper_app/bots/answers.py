"""What a customer's reply means to a flow."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from .conditions import (
    AtLeast,
    Condition,
    Contains,
    Equals,
    HasTag,
    Hears,
    InHours,
    OnChannel,
    Returns,
    WindowOpen,
)
from .facts import Facts
from .fields import HEARD
from .nodes import Branch, Kind, Option
from .progress import Replied
from .text import fold, same, says, words

NUMBER = re.compile(r"\W*(\d{1,2})\W*")
"""A typed number of a choice: "2", "2.", "(2)"."""
AMOUNT = re.compile(r"-?\d{1,15}(?:[.,]\d{1,6})?")
EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\".]+(?:\.[^@\s<>\".]+)+")
PHONE = re.compile(r"\+?[\d ()./-]{5,25}")
DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
)
"""2026-11-24, 24.11.2026 and 24/11/2026: the day before the month where it is not ISO."""


def answer(kind: Kind, options: tuple[Option, ...], reply: Replied) -> str:
    """The answer to remember; empty if the reply is none of this kind."""
    if options:
        option = tapped(options, reply) or meant(options, reply)
        return option.value if option else ""
    return READS[kind](reply)


def _number(reply: Replied) -> str:
    written = reply.text.strip()
    return written.replace(",", ".") if AMOUNT.fullmatch(written) else ""


def _email(reply: Replied) -> str:
    written = reply.text.strip()
    return written if EMAIL.fullmatch(written) and len(written) <= MAX_EMAIL else ""


MAX_EMAIL = 254
"""Characters of an address. Source: RFC 5321, 4.5.3.1.3."""


def _phone(reply: Replied) -> str:
    written = reply.text.strip()
    digits = "".join(sign for sign in written if sign.isdigit())
    plus = "+" if written.startswith("+") else ""
    return f"{plus}{digits}" if PHONE.fullmatch(written) and 5 <= len(digits) <= 15 else ""


def _date(reply: Replied) -> str:
    for form in DATES:
        if found := form.fullmatch(reply.text.strip()):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return ""
    return ""


READS: dict[Kind, Callable[[Replied], str]] = {
    "text": lambda reply: reply.text.strip(),
    "number": _number,
    "email": _email,
    "phone": _phone,
    "date": _date,
    "file": lambda reply: reply.file,
}


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


def way(branch: Branch, variables: Mapping[str, str], facts: Facts) -> str:
    """The next node: that of the first case that holds, else the other one."""
    for case in branch.cases:
        if holds(case.when, variables, facts):
            return case.next
    return branch.otherwise


def holds(condition: Condition, variables: Mapping[str, str], facts: Facts) -> bool:
    """Is the condition true of these variables? A missing one counts as empty."""
    match condition:
        case Equals():
            return same(variables.get(condition.variable, ""), condition.value)
        case Contains():
            return says(variables.get(condition.variable, ""), condition.word)
        case Hears():
            return any(says(variables.get(HEARD, ""), phrase) for phrase in condition.words)
        case AtLeast():
            return _amount(variables.get(condition.variable, "")) >= condition.number
        case _:
            return _is_so(condition, facts)


def _is_so(condition: OnChannel | HasTag | InHours | Returns | WindowOpen, facts: Facts) -> bool:
    match condition:
        case OnChannel():
            return facts.channel in condition.channels
        case HasTag():
            return condition.tag in facts.tags
        case InHours():
            return facts.office_open == condition.inside
        case Returns():
            return facts.returns == condition.before
        case WindowOpen():
            return facts.window_open == condition.open


def _amount(written: str) -> float:
    """The number that is written; what is none is less than any."""
    return float(written.replace(",", ".")) if AMOUNT.fullmatch(written) else float("-inf")
