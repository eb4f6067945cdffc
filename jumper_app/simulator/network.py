"""What a channel brings to the simulator: one room in here, named like the channel.

A room is a package ``jumper_app.simulator.<channel>`` with a ``ROOM``. Its ``Network`` plays
the provider and hands out the phones; the page, the clock, faults and webhooks are shared.
A channel that lives elsewhere names the module of its room in ``Channel.phone``.
"""

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Literal, Protocol

from starlette.routing import Route

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Identity, OptionValue
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.meta.graph import Owner
from jumper_app.simulator.rows import Phone, Request


@dataclass(frozen=True)
class Newcomer:
    """A customer to be added: a name, and whatever the way asks for."""

    name: str
    way: str
    told: str = ""


@dataclass(frozen=True)
class Way:
    """How a newcomer is known. ``asks``: what is asked besides the name."""

    key: str
    label: str
    asks: Literal["", "number", "username"] = ""


@dataclass(frozen=True)
class Said:
    """A send of the business in one line: to whom (a name or an id), and what."""

    to: str
    text: str


class Network(Protocol):
    """One channel as its customers and its provider see it."""

    key: str

    def routes(self) -> list[Route]:
        """Addresses of its own, besides what it owns of the Graph API."""
        ...

    def owner(self) -> Owner | None:
        """What it owns of the Graph API; None where there is none."""
        ...

    def phone(self, key: str, account: str = "") -> Handset:
        """The phone, talking to that account or to the first one. Raises NotFound."""
        ...

    def problem(self, newcomer: Newcomer) -> str:
        """Why nobody like that can be added; empty if all is well."""
        ...

    def add(self, newcomer: Newcomer) -> Phone:
        """Add a customer who has no ``problem``."""
        ...

    def acquaint(self, name: str, identities: Sequence[Identity], username: str = "") -> Phone:
        """The phone of somebody whom the app knows by these names."""
        ...

    def text(self, words: str) -> dict[str, Any]:
        """The content of a plain text, either side's, in the channel's own JSON."""
        ...

    def about(self, phone: Phone) -> str:
        """What stands under the customer's name: a number, a username."""
        ...

    def said(self, line: Request) -> Said:
        """A line of the ledger in words."""
        ...

    def running(self) -> AbstractAsyncContextManager[None]:
        """What the network does by itself while the simulator runs."""
        ...


@dataclass(frozen=True)
class Account:
    """The demo's account at a channel."""

    external_id: str
    parent_id: str = ""
    address: str = ""
    options: Callable[[Sequence[str]], Mapping[str, OptionValue]] | None = None
    """What is set of the channel's options, given the origins of this workspace."""


@dataclass(frozen=True)
class Room:
    """A channel's part of the simulator.

    Attributes:
        feeds: Its phones hear from the app what was said before; nobody else remembers.
        codes: Errors that its provider may answer, by ``code`` or ``code.subcode``.
        open: Makes the network of the demo; given its access token.
    """

    key: str
    account: Account
    open: Callable[[Ground, str], Network]
    ways: tuple[Way, ...]
    samples: tuple[str, ...]
    feeds: bool = False
    codes: Mapping[str, str] = field(default_factory=dict[str, str])


@cache
def room_of(channel: str) -> Room | None:
    """The room of a channel; None where it has brought none."""
    named = CHANNELS[channel].phone or f"jumper_app.simulator.{channel}"
    found = _imported(named)
    return found.ROOM if found else None


def rooms() -> Iterator[Room]:
    """The rooms of all channels, in the order of ``CHANNELS``."""
    return (room for key in CHANNELS if (room := room_of(key)))


def _imported(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None


@asynccontextmanager
async def nothing() -> AsyncGenerator[None]:
    """For a network that does nothing by itself."""
    yield
