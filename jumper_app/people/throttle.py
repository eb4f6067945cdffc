"""How often something may be tried: a moving window in memory, by the machine's clock."""

from collections.abc import Callable
from datetime import datetime

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from jumper_app import clock
from jumper_app.errors import TooManyRequests

SWEEP_EVERY = 2000
"""Windows that were opened before those that ended are thrown away."""


class ClockedMemory(MemoryStorage):
    """The moving windows of ``limits``, with a clock that can be handed in.

    The library's own memory storage reads ``time.time`` and starts a timer thread at
    every hit; here a sweep over what has ended is made now and then instead.
    """

    STORAGE_SCHEME = None  # type: ignore[assignment]

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._hits: dict[str, list[float]] = {}
        self._ends: dict[str, float] = {}

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count ``amount`` hits if the window of ``expiry`` seconds has room for them."""
        now = self._now().timestamp()
        hits = self._inside(key, now - expiry)
        if len(hits) + amount > limit:
            return False
        hits.extend([now] * amount)
        if key not in self._hits and len(self._hits) % SWEEP_EVERY == SWEEP_EVERY - 1:
            self._sweep(now)
        self._hits[key], self._ends[key] = hits, now + expiry
        return True

    def get_moving_window(
        self,
        key: str,
        limit: int,  # noqa: ARG002 (the library hands it in)
        expiry: int,
    ) -> tuple[float, int]:
        """When the oldest hit in the window was (seconds since 1970), and how many there are."""
        now = self._now().timestamp()
        hits = self._inside(key, now - expiry)
        return (hits[0] if hits else now), len(hits)

    def give_back(self, key: str) -> None:
        """Forget the latest hit."""
        if self._hits.get(key):
            self._hits[key].pop()

    def clear(self, key: str) -> None:
        """Forget every hit of a key."""
        self._hits.pop(key, None)
        self._ends.pop(key, None)

    def _inside(self, key: str, since: float) -> list[float]:
        return [hit for hit in self._hits.get(key, ()) if hit > since]

    def _sweep(self, now: float) -> None:
        for key in [key for key, end in self._ends.items() if end <= now]:
            self.clear(key)


class Throttle:
    """Named rates over one memory. Not shared between processes."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._memory = ClockedMemory(now or (lambda: clock.machine()))  # noqa: PLW0108 (read late)
        self._limiter = MovingWindowRateLimiter(self._memory)

    def take(self, rate: RateLimitItem, *key: str) -> None:
        """Count one try. Raises TooManyRequests."""
        if not self._limiter.hit(rate, *key):
            raise TooManyRequests

    def give_back(self, rate: RateLimitItem, *key: str) -> None:
        """One try did not count after all."""
        self._memory.give_back(rate.key_for(*key))

    def forget(self, rate: RateLimitItem, *key: str) -> None:
        """Begin anew for this key."""
        self._memory.clear(rate.key_for(*key))


def rate(text: str) -> RateLimitItem:
    """A rate from words like ``60/minute`` or ``5 per 15 minutes``. Raises ValueError."""
    return parse(text)
