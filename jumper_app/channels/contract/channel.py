"""A channel: its rules as values, its parser, and its door to the provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from jumper_app.errors import SendFailed

from .content import Identity, MediaRef, Profile
from .inbound import Item
from .outbound import Credentials, Download, Outbound, OutReaction, Sent, Sink, Upload
from .setup import Finding, FormField, Option, Report, Setup
from .templates import TemplateRules
from .windows import Limits, MenuItem, Pace, ReplyWindow, Wording


class Door(Protocol):
    """How a channel reaches its provider. ``Sender`` implementations hold a pooled client."""

    async def send(
        self, credentials: Credentials, message: Outbound, uploads: Mapping[str, Upload]
    ) -> Sent:
        """Send once. Raises a ``SendFailed`` member; never tries again by itself.

        ``uploads``: every file that the content names, by its public id.
        """
        ...

    async def mark_read(
        self,
        credentials: Credentials,
        recipient: tuple[Identity, ...],
        external_id: str,
        *,
        typing: bool,
    ) -> None:
        """Tell the customer that we read up to this message, and show typing if asked."""
        ...

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        """React once, where the channel has ``reactions``. Raises ``SendFailed`` members."""
        ...

    async def download(
        self, credentials: Credentials, media: MediaRef, into: Sink, limit: int
    ) -> Download:
        """Write a customer's file of at most ``limit`` bytes to ``into``, piece by piece.

        Raises ``SendFailed`` members; what was written until then is worth nothing.
        """
        ...

    async def profile(self, credentials: Credentials, names: tuple[Identity, ...]) -> Profile:
        """Ask who a customer is, where the channel has ``profiles``. Raises ``SendFailed``."""
        ...

    async def check(self, credentials: Credentials, *, callback: str) -> Report:
        """Ask the provider who we are and what is missing.

        What the provider refuses becomes a finding. Raises ``SendFailed`` only when it
        cannot be reached, so that nothing is known. ``callback``: our address that it
        should post to.
        """
        ...

    async def subscribe(self, credentials: Credentials) -> None:
        """Have the account's webhooks posted to the app of these credentials. May be repeated.

        Nothing to do where the provider posts none. Raises ``SendFailed`` members.
        """
        ...

    async def aclose(self) -> None:
        """Close the pooled connections."""
        ...


def no_news(kind: str, raw: Any) -> Finding | None:  # noqa: ARG001
    """For a channel whose provider tells nothing about our accounts."""
    return None


def nobody(phone: str) -> tuple[Identity, ...]:  # noqa: ARG001
    """For a channel on which a number leads to nobody."""
    return ()


NO_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44">'
    '<circle cx="22" cy="22" r="22" fill="#60646c"/></svg>'
)
"""The mark of a channel that has drawn none."""


@dataclass(frozen=True)
class Channel:
    """One channel. Everything that differs between channels hangs here and nowhere else.

    Attributes:
        key: Its name in addresses and rows, for instance ``whatsapp``.
        menu: What an agent can attach, in the order of the menu.
        repeatable: Is the same reference sent twice one message? Then a send whose outcome
            nobody can tell is sent again, instead of being called unknown.
        reads_our_store: Customers are shown what we have stored, and no provider stands between:
            a message without files is sent in the commit that claims it.
        quotes: Can a message of ours quote an earlier one?
        reactions: The emoji that we can react with, the likeliest first; none: we cannot.
        profiles: Names and pictures do not come with messages: the provider is asked for them.
        parse: Raw JSON of one delivery → its items, in order. Never raises for a bad
            item: that one becomes ``Parked``.
        explain: A provider's error code and detail → the ``SendFailed`` member they mean.
        accounts_in: The external ids that a delivery is for, to find whose secret signs it.
        form: What an admin fills in to connect an account, in this order.
        options: Switches and texts of each account.
        setup: What the admin is told on the way, and what *Test connection* compares with.
        news: An ``AccountChange`` → what it means for the admin; None when it is no concern.
        dial: A phone number (E.164) → the names by which its owner may be known, the one to
            be written to first; none where nobody can be written to before they write.
        templates: What holds for its templates; None: it has none.
        icon: Its mark beside a customer, an SVG picture that is round and as wide as high.
        phone: The module in which its demo phones live; empty: the simulator's room of its name.
    """

    key: str
    wording: Wording
    window: ReplyWindow
    limits: Limits
    menu: tuple[MenuItem, ...]
    pace: Pace
    parse: "Parse"
    accounts_in: "AccountsIn"
    explain: "Explain"
    door: "MakeDoor"
    repeatable: bool = False
    reads_our_store: bool = False
    quotes: bool = False
    reactions: tuple[str, ...] = ()
    profiles: bool = False
    form: tuple[FormField, ...] = ()
    options: tuple[Option, ...] = ()
    setup: Setup = field(default_factory=Setup)
    news: "ExplainNews" = no_news
    dial: "Dial" = nobody
    templates: TemplateRules | None = None
    icon: str = NO_ICON
    phone: str = ""


class Parse(Protocol):
    """See ``Channel.parse``. ``received_at`` stands in for times that cannot be true."""

    def __call__(self, body: Any, received_at: datetime) -> Sequence[Item]: ...


class AccountsIn(Protocol):
    """See ``Channel.accounts_in``."""

    def __call__(self, body: Any) -> frozenset[str]: ...


class Explain(Protocol):
    """See ``Channel.explain``. ``code`` may be empty or unknown."""

    def __call__(self, code: str, detail: str = "") -> SendFailed: ...


class Dial(Protocol):
    """See ``Channel.dial``."""

    def __call__(self, phone: str) -> tuple[Identity, ...]: ...


class ExplainNews(Protocol):
    """See ``Channel.news``. ``raw`` is what the ``AccountChange`` holds, whatever it is."""

    def __call__(self, kind: str, raw: Any) -> Finding | None: ...


class MakeDoor(Protocol):
    """Makes the door of an installation; it opens connections only when it is used."""

    def __call__(self, graph_url: str, graph_version: str) -> Door: ...
