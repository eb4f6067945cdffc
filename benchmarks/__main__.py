"""Runs every bench, prints one table, and writes ``build/bench.json``.

``python -m benchmarks webhooks`` runs the named ones alone.
"""

import os
import platform
import sys
from collections.abc import Callable
from tempfile import TemporaryDirectory

from benchmarks import memory, webhooks
from benchmarks.figures import Figure, keep, show

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "webhooks": webhooks.measure,
    "memory": memory.measure,
}
"""Each returns its figures. A new bench is a module and a line here."""


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


if __name__ == "__main__":
    main()
