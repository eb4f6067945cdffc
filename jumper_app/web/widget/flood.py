"""How much one visitor and one address may do. Source: the threat model of an open door.

Counted in the memory of this process: a restart forgives, and several processes each count
for themselves.
"""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from jumper_app.errors import TooManyRequests
from jumper_app.people.throttle import Throttle, rate

from .errors import TooFast, TooManyFiles, TooManyNewcomers, TooManyStreams, TooManyToday
from .visitors import Visitor

HOUSEHOLD_BITS = 64
"""Of an IPv6 address: the part that one customer of a provider gets whole."""

ONE_NAME = rate("1/hour")
"""A newcomer who tries again is counted once."""


@dataclass(frozen=True)
class Limits:
    """The rates, in words of ``limits``, and the number of open streams."""

    quick: str = "10 per 10 seconds"
    """Messages of a visitor."""
    daily: str = "200/day"
    newcomers: str = "3/hour"
    """First messages of visitors at one address."""
    seen: str = "60/minute"
    typing: str = "40 per 10 seconds"
    looks: str = "240/minute"
    """Requests of any kind by one browser."""
    household_looks: str = "2400/minute"
    """The same of one address: of those, too, that name a new browser every time."""
    files: str = "5/hour"
    """Files of a visitor."""
    household_files: str = "30/hour"
    streams: int = 20
    """Open streams of one address."""


AT_HOME = Limits(
    newcomers="10000/hour",
    household_looks="60000/minute",
    streams=500,
    files="1000/hour",
    household_files="1000/hour",
)
"""For a demo workspace, where every visitor has this machine's address."""


class Gate:
    """Lets in, or says why not. Raises members of ``TooFast``."""

    def __init__(self, limits: Limits, throttle: Throttle | None = None) -> None:
        self._limits = limits
        self._throttle = throttle or Throttle()
        self._open: Counter[str] = Counter()

    def let_look(self, browser: str, address: str) -> None:
        """Any request at all, before anything is looked up for it."""
        home = household(address)
        self._take(self._limits.household_looks, TooFast(), "look", "home", home)
        self._take(self._limits.looks, TooFast(), "look", browser)

    def let_write(self, visitor: Visitor, address: str) -> None:
        """A message."""
        if not visitor.conversation_id:
            self._let_begin(visitor, household(address))
        self._take(self._limits.quick, TooFast(), "quick", visitor.browser)
        self._take(self._limits.daily, TooManyToday(), "day", visitor.browser)

    def let_tell(self, visitor: Visitor, what: str) -> None:
        """What is told beside messages: ``seen`` or ``typing``."""
        self._take(getattr(self._limits, what), TooFast(), what, visitor.browser)

    def let_upload(self, visitor: Visitor, address: str) -> None:
        """A file."""
        self._take(self._limits.files, TooManyFiles(), "files", visitor.browser)
        home = household(address)
        self._take(self._limits.household_files, TooManyFiles(), "files", "home", home)

    def let_stream(self, address: str) -> None:
        """One more stream of this address."""
        if self._open[household(address)] >= self._limits.streams:
            raise TooManyStreams

    @contextmanager
    def streaming(self, address: str) -> Generator[None]:
        """Count one stream of this address until the block ends."""
        home = household(address)
        self._open[home] += 1
        try:
            yield
        finally:
            self._open[home] -= 1
            if not self._open[home]:
                del self._open[home]

    def _let_begin(self, visitor: Visitor, home: str) -> None:
        try:
            self._throttle.take(ONE_NAME, "begun", visitor.browser)
        except TooManyRequests:
            return
        try:
            self._take(self._limits.newcomers, TooManyNewcomers(), "newcomers", home)
        except TooManyNewcomers:
            self._throttle.give_back(ONE_NAME, "begun", visitor.browser)
            raise

    def _take(self, words: str, refusal: TooFast, *key: str) -> None:
        try:
            self._throttle.take(rate(words), *key)
        except TooManyRequests:
            raise refusal from None


def household(address: str) -> str:
    """Those who share an address: an IPv4 address, or the network of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> HOUSEHOLD_BITS << HOUSEHOLD_BITS)}/{HOUSEHOLD_BITS}"
