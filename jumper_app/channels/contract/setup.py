"""How a channel describes itself to the admin who connects it, and what a test finds.

The settings pages are drawn from this and know no channel by name. All sentences here
are the channel's own: they name its provider's pages, ids and habits.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from .base import Frozen

SHOW_OUTSIDE = "show_outside"
"""Name of the switch that shows what was sent in our name by another tool, where a channel
has it: from Facebook's inbox, from the phone's app."""

HUMAN_AGENT = "human_agent"
"""Name of the switch that lets people write after bots may no longer, where a channel has it."""

OPT_INS = "opt_ins"
"""Name of the switch that lets agents ask for leave to write later, where a channel has it."""

OPT_IN_FORM = "opt_in_form"
"""Name of the choice of what such a request asks for, where a channel knows several forms."""

OptionValue = bool | str
"""What an option holds: on or off, or text. ``lines`` is text with one entry a line."""


Goes = Literal[
    "external_id", "parent_id", "token", "app_secret", "verify_token", "address", "option"
]
"""Which part of an account a field's value becomes.

All but the last two are members of ``Credentials``. ``address`` is what customers see, for
instance the phone number; ``option`` fills the option of the field's own name.
"""


class FormField(Frozen):
    """One line of the form that connects an account."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    goes: Goes
    kind: Literal["text", "digits", "phone", "secret"] = "text"
    """``digits`` are checked; a ``secret`` is never shown again once it is stored."""
    help: str = ""
    """What it is and where it is found, in one sentence."""
    required: bool = True
    made_here: bool = False
    """We propose a random value of our own, for instance a verify token; it is shown to be
    copied while the account is being connected."""
    longest: int = 1000


class Option(Frozen):
    """A switch or a text of each account, with the value that counts until an admin sets it.

    Read it with ``accounts.option(account, name)``.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    default: OptionValue
    help: str = ""
    kind: Literal["switch", "text", "lines", "choice"] = "switch"
    choices: tuple[tuple[str, str], ...] = ()
    """Value and words of each choice."""
    longest: int = 500
    pattern: str = ""
    """What the text, or each of its lines, must match whole; empty for anything."""
    fault: str = "This does not look right."
    """What the admin reads when it does not match."""

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        if isinstance(self.default, bool) != (self.kind == "switch"):
            raise ValueError(f"the default of {self.name} is not one of a {self.kind}")
        return self


class Setup(Frozen):
    """What an admin is told on the way, and what *Test connection* compares with.

    Attributes:
        summary: One line about the channel, where a new one is chosen.
        needs: What must be at hand before one begins, a sentence each.
        dashboard: Where the ids and secrets are found; empty when nowhere.
        callback: Sentences that say where the callback address and the verify token are
            pasted. Empty: the provider posts no webhooks, so there is no such step and
            no ``/webhooks/<key>``.
        permissions: What the access token must be allowed.
        fields: The webhook fields that must be subscribed.
        optional_fields: Fields without which something less is seen; each with what that is.
        snippet: What the admin pastes into their own pages, with ``{url}`` (our public
            address) and ``{key}`` (the external id) filled in; empty for none.
        snippet_help: Where the snippet goes.
    """

    summary: str = ""
    needs: tuple[str, ...] = ()
    dashboard: str = ""
    callback: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    optional_fields: tuple[tuple[str, str], ...] = ()
    snippet: str = ""
    snippet_help: str = ""


class Verdict(StrEnum):
    """What a test says about one thing, the best first."""

    GOOD = "good"
    WARNING = "warning"
    """It works now, but somebody should look at it."""
    BAD = "bad"
    """It does not work until somebody does what the finding says."""
    UNKNOWN = "unknown"
    """The provider did not let us look."""


class Finding(Frozen):
    """One thing that *Test connection* looked at."""

    title: str
    """For instance *Access token*."""
    verdict: Verdict
    text: str
    """What was found, and if it is not good, what to do."""
    blocks: bool = False
    """The account is not what the admin says, or not theirs: it must not be stored."""
    can_subscribe: bool = False
    """``Door.subscribe`` would mend it."""


class Report(Frozen):
    """What a provider says about an account and our access to it. No secret is part of it."""

    name: str = ""
    """Under which customers see the account."""
    address: str = ""
    """Under which they reach it, for instance its phone number."""
    picture: str = ""
    quality: str = ""
    """The provider's rating in its own word, for instance ``GREEN``; empty when there is none."""
    token_expires_at: datetime | None = None
    """None: never, or not told."""
    findings: tuple[Finding, ...] = ()

    @property
    def works(self) -> bool:
        """Can messages come and go as things are?"""
        return all(each.verdict is not Verdict.BAD for each in self.findings)
