"""How hard the random and fault tests try, and the record of what they did."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Effort:
    """The gate's measure, or that of ``make long``."""

    is_long: bool
    minutes: float
    counts: Counter[str] = field(default_factory=Counter[str])

    def times(self, *, gate: int, long: int) -> int:
        """How often to do something: ``gate`` in the gate, ``long`` in ``make long``."""
        return long if self.is_long else gate

    def note(self, what: str, count: int = 1) -> None:
        """Add to a count that is printed at the end, such as "kills on SQLite"."""
        self.counts[what] += count

    def lines(self) -> list[str]:
        """The counts as lines to print."""
        return [f"{count:>9,}  {what}" for what, count in sorted(self.counts.items())]

    def write(self, path: Path, seed: int | None) -> None:
        """Keep the counts and the seed as JSON."""
        path.parent.mkdir(exist_ok=True)
        record = {"seed": seed, "minutes": self.minutes, "counts": dict(self.counts)}
        path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
