"""How much of something each one had of late: a counter that forgets. The time comes in."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

Whose = TypeVar("Whose", bound=Hashable)


class Lately(Generic[Whose]):
    """Counts of the present period and the one before it.

    So everything is remembered for one period at least, and for two at most.
    """

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._began_s = float("-inf")
        self._now: Counter[Whose] = Counter()
        self._before: Counter[Whose] = Counter()

    def add(self, whose: Whose, now_s: float, much: int = 1) -> None:
        """Count ``much`` more for this one."""
        self._forget(now_s)
        self._now[whose] += much

    def had(self, now_s: float) -> Mapping[Whose, int]:
        """What each one had; who is missing had nothing."""
        self._forget(now_s)
        return self._now + self._before

    def of(self, whose: Whose, now_s: float) -> int:
        """What this one had."""
        self._forget(now_s)
        return self._now[whose] + self._before[whose]

    def _forget(self, now_s: float) -> None:
        passed_s = now_s - self._began_s
        if 0 <= passed_s < self._period_s:
            return
        is_next = 0 <= passed_s < 2 * self._period_s
        self._before = self._now if is_next else Counter()
        self._now, self._began_s = Counter(), now_s
