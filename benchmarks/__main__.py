"""Runs every bench, prints one table, and writes ``build/bench.json``.

``python -m benchmarks webhooks memory`` runs the named ones alone.
"""

import os
import platform
import sys
from collections.abc import Callable
from tempfile import TemporaryDirectory

from benchmarks import flood, screen, typing, webhooks
from benchmarks.figures import Figure, keep, show

SCREEN = {
    "p50_ms": ("webhook to the second agent's screen, p50", "ms", "≤ 20 ms"),
    "p95_ms": ("webhook to the second agent's screen, p95", "ms", "≤ 50 ms"),
    "messages": ("messages that were timed, five a second", "", ""),
    "message_in_50_bytes": ("a new message, 50 of the thread loaded", "bytes", "≤ 3 KB"),
    "message_in_1000_bytes": ("a new message, 250 of its 1,000 loaded", "bytes", "≤ 3 KB"),
    "list_change_25_rows_bytes": ("one list change with 25 rows", "bytes", ""),
    "list_change_100_rows_bytes": ("one list change with 100 rows", "bytes", ""),
    "idle_mib": ("memory of all processes, idle (PSS)", "MiB", "≤ 250 MB"),
    "per_panel_mib": ("memory for each open panel (PSS)", "MiB", ""),
}
"""What each measurement at the screen is called, its unit, and what it should be."""


def main() -> None:
    """Run what is asked for, or everything."""
    wanted = sys.argv[1:] or list(BENCHES)
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        os.environ["JUMPER_DATA_DIR"] = folder
        for name in wanted:
            print(f"==> {name}", flush=True)
            figures += BENCHES[name]()
    show(figures)
    keep(figures, {"machine": platform.platform(), "cores": os.cpu_count()})


def _at_the_screen(measure: Callable[[], dict[str, float]]) -> Callable[[], list[Figure]]:
    def figures() -> list[Figure]:
        found = measure()
        return [_figure(value, *SCREEN[name]) for name, value in found.items()]

    return figures


def _figure(value: float, of: str, unit: str, aim: str) -> Figure:
    return Figure(of, value, unit, aim)


BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "webhooks": webhooks.measure,
    "flood": flood.measure,
    "screen": _at_the_screen(screen.to_the_second_screen),
    "wire": _at_the_screen(screen.on_the_wire),
    "typing": typing.measure,
    "memory": _at_the_screen(screen.memory),
}
"""Each gives its figures. A new bench is a module and a line here."""


if __name__ == "__main__":
    main()
