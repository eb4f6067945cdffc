"""Figures, how they are shown and kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RECORD = Path("build/bench.json")


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Attributes:
        of: What was measured, for people.
        aim: What it should be, for people; empty when there is none.
        rounds: The single measurements that ``value`` is the median of.
    """

    of: str
    value: float
    unit: str
    aim: str = ""
    rounds: Sequence[float] = ()


def show(figures: Sequence[Figure]) -> None:
    """Print all as one table."""
    width = max(len(figure.of) for figure in figures)
    for figure in figures:
        aim = f"   aim: {figure.aim}" if figure.aim else ""
        print(f"{figure.of:<{width}}  {figure.value:>10,.2f} {figure.unit:<10}{aim}")


def keep(figures: Sequence[Figure], about: dict[str, Any]) -> None:
    """Write all to ``build/bench.json``."""
    RECORD.parent.mkdir(exist_ok=True)
    record = {**about, "figures": [asdict(figure) for figure in figures]}
    RECORD.write_text(json.dumps(record, indent=2) + "\n")
