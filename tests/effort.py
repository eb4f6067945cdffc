"""How hard the random and fault tests try, and the record of what they did.

``make long`` gives them some minutes together. Each test gets a share of what is left when
it begins; what it does not need is for those after it. A test whose share is over stops
early, never before it has done as much as the gate does, and the record says so.
"""

import functools
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import core as hypothesis_core

SECONDS = 60

FOR_ROUNDS = 0.9
"""The part of the time that is for rounds; the rest is for beginnings and ends."""


@dataclass
class Effort:
    """The gate's measure, or that of ``make long``.

    Attributes:
        shares: The tests that are still to come, each with its weight.
        cut_short: The tests whose time was over before they had done all they wanted.
    """

    is_long: bool
    minutes: float
    counts: Counter[str] = field(default_factory=Counter[str])
    shares: dict[str, float] = field(default_factory=dict[str, float])
    cut_short: list[str] = field(default_factory=list[str])
    clock: Callable[[], float] = time.monotonic
    _ends_at: float = float("inf")
    _test: str = ""
    _test_ends_at: float = float("inf")

    def plan(self, weights: Mapping[str, float]) -> None:
        """These tests will run. The time for all of them begins now."""
        self.shares = dict(weights)
        if self.is_long:
            self._ends_at = self.clock() + self.minutes * SECONDS * FOR_ROUNDS

    def begin(self, test: str) -> None:
        """Give a test its share of the time that is left."""
        now, together = self.clock(), sum(self.shares.values())
        left = self._ends_at - now
        self._test = test
        self._test_ends_at = now + left * self.shares.pop(test) / together

    def rounds(self, of: str, *, gate: int, long: int) -> Iterator[int]:
        """Count from 0: to ``gate`` in the gate, as far as there is time to ``long`` otherwise.

        Args:
            of: What one round is, for the record.
        """
        for number in range(self.times(gate=gate, long=long)):
            if number >= gate and self.is_over():
                return
            yield number
            self.note(of)

    def times(self, *, gate: int, long: int) -> int:
        """How often to do something that takes no time to speak of, or cannot be stopped."""
        return long if self.is_long else gate

    def is_over(self) -> bool:
        """Is this test's time over? The record names it then."""
        over = self.clock() > self._test_ends_at
        if over and self._test not in self.cut_short:
            self.cut_short.append(self._test)
        return over

    def note(self, what: str, count: int = 1) -> None:
        """Add to a count that is printed at the end, such as "kills on SQLite"."""
        self.counts[what] += count

    def examples_of(self, test: Callable[..., Any]) -> Callable[..., Any]:
        """A property that counts its examples."""

        @functools.wraps(test)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.note(EXAMPLES)
            return test(*args, **kwargs)

        return counted

    def lines(self) -> list[str]:
        """The counts as lines to print."""
        counted = [f"{count:>9,}  {what}" for what, count in sorted(self.counts.items())]
        return [*counted, *(f"cut short by the time: {test}" for test in self.cut_short)]

    def write(self, path: Path, seed: int | None) -> None:
        """Keep the counts and the seed as JSON."""
        path.parent.mkdir(exist_ok=True)
        record = {
            "seed": seed,
            "minutes": self.minutes,
            "counts": dict(self.counts),
            "cut_short": sorted(self.cut_short),
        }
        path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")


@contextmanager
def in_chunks(given: Any, effort: Effort) -> Iterator[Iterator[int]]:
    """Let a property of ``make long`` look at the clock between chunks of its examples.

    Inside a chunk every example is tried: Hypothesis would not understand one that sometimes
    draws nothing.

    Args:
        given: A test with ``@given``.

    Yields:
        The seeds of the chunks, each set as Hypothesis' own. Call ``given`` for each, and once
        more when there are no others.
    """
    whole, seed = given._hypothesis_internal_use_settings, hypothesis_core.global_force_seed
    chunk = min(whole.max_examples, CHUNK) if effort.is_long else whole.max_examples

    def seeds() -> Iterator[int]:
        for number in range(whole.max_examples // chunk - 1):
            if effort.is_over():
                return
            yield (seed or 0) + number
            hypothesis_core.global_force_seed = (seed or 0) + number + 1

    given._hypothesis_internal_use_settings = hypothesis.settings(whole, max_examples=chunk)
    try:
        yield seeds()
    finally:
        given._hypothesis_internal_use_settings = whole
        hypothesis_core.global_force_seed = seed


CHUNK = 100
"""Examples of a property after which ``make long`` looks at the clock: as many as the gate's."""

EXAMPLES = "examples of properties"
