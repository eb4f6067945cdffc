"""The ``{{variables}}`` of a shortcut: which there are, and what stands for them. Pure.

They are filled in once, in the browser (``assets/composer/filling.js``), where the text
is inserted, by the very pattern that stands here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

PATTERN = r"\{\{([^{}|\n]{1,80})(?:\|([^{}\n]{0,200}))?\}\}"
"""``{{name}}`` or ``{{name|fallback}}``, as Python and JavaScript both read it."""

PLACEHOLDER = re.compile(PATTERN)

ASK = "ask:"
"""``{{ask:Delivery date}}``: nobody knows it beforehand, so the agent fills it in."""

CURSOR = "cursor"
"""Where the caret stands afterwards."""

DATA = "customer.data."
"""``{{customer.data.size}}``: what is kept of a customer under a name of our own."""

NAMES = (
    "customer.first_name",
    "customer.last_name",
    "customer.full_name",
    "customer.phone",
    "customer.email",
    "customer.locale",
    "customer.city",
    "customer.last_order.number",
    "customer.last_order.total",
    "customer.last_order.status",
    "customer.last_order.tracking_url",
    "agent.first_name",
    "agent.full_name",
    "agent.email",
    "conversation.id",
    "conversation.channel",
    "brand.name",
    "today",
    "now",
)
"""Every variable there is. One without a value and fallback is left for the agent to fill."""

VALUE_LENGTH = 200
"""Characters of a value; nobody's name is longer."""

_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LABEL = re.compile(r"[^\s].{0,59}")


@dataclass(frozen=True)
class Placeholder:
    """One ``{{…}}``: what it names, and what stands there if that has no value."""

    name: str
    fallback: str | None = None


def placeholders(body: str) -> Iterator[Placeholder]:
    """Everything in a body that will be filled in, in its order."""
    for found in PLACEHOLDER.finditer(body):
        fallback = found[2].strip() if found[2] is not None else None
        yield Placeholder(found[1].strip(), fallback)


def problem_in(body: str) -> str:
    """What is wrong with a body's variables, as a sentence; empty when nothing is."""
    used = list(placeholders(body))
    if "{{" in PLACEHOLDER.sub("", body):
        return "A variable is not closed. Write it like {{customer.first_name}}."
    if sum(one.name == CURSOR for one in used) > 1:
        return "{{cursor}} can stand in a shortcut once."
    problems = (_problem_with(one) for one in used)
    return next((problem for problem in problems if problem), "")


def _problem_with(used: Placeholder) -> str:
    if used.name.startswith(ASK):
        if used.fallback is not None:
            return f"{{{{{used.name}}}}} is filled in by hand and takes no fallback."
        good = _LABEL.fullmatch(used.name.removeprefix(ASK).strip())
        return "" if good else "Say what to ask for, like {{ask:Delivery date}}."
    if used.name.startswith(DATA):
        good = _KEY.fullmatch(used.name.removeprefix(DATA))
        return "" if good else f"“{used.name}” is not a name of a customer's data."
    if used.name in {*NAMES, CURSOR}:
        return ""
    return f"There is no variable “{used.name}”.{_nearest(used.name)}"


def _nearest(name: str) -> str:
    near = get_close_matches(name.lower(), NAMES, n=1, cutoff=0.4)
    return f" Did you mean {{{{{near[0]}}}}}?" if near else ""


@dataclass(frozen=True)
class Known:
    """What is known where a shortcut is used. ``customer``: the name they gave, or empty."""

    customer: str
    phone: str
    email: str
    locale: str
    agent: str
    agent_email: str
    conversation: str
    channel: str
    brand: str


def values_of(known: Known) -> Mapping[str, str]:
    """The value of every variable that has one. ``today`` and ``now`` are the browser's."""
    customer, agent = _one_line(known.customer), _one_line(known.agent)
    first, _, last = customer.partition(" ")
    values = {
        "customer.first_name": first,
        "customer.last_name": last,
        "customer.full_name": customer,
        "customer.phone": known.phone,
        "customer.email": known.email,
        "customer.locale": known.locale,
        "agent.first_name": agent.partition(" ")[0],
        "agent.full_name": agent,
        "agent.email": known.agent_email,
        "conversation.id": known.conversation,
        "conversation.channel": known.channel,
        "brand.name": known.brand,
    }
    return {name: _one_line(value) for name, value in values.items() if value.strip()}


def _one_line(value: str) -> str:
    return " ".join(value.split())[:VALUE_LENGTH]
