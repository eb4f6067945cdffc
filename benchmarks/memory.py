"""Memory of the whole server: what its processes really take, shared pages split fairly."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from tests import server

MIB_OF_KIB = 1024
SETTLES_IN_S = 3.0
"""After a start, what was only needed to start is given back in this time."""


def measure() -> list[Figure]:
    """The whole server with nobody there."""
    with TemporaryDirectory() as folder, server.running(Path(folder)) as mine:
        time.sleep(SETTLES_IN_S)
        idle = pss_mib(mine)
    return [Figure("memory of all processes, idle (PSS)", idle, "MiB", "≤ 250 MB")]


def pss_mib(mine: server.Server) -> float:
    """The proportional set size of all processes of a server together."""
    return sum(_pss_kib(process.pid) for process in mine.processes()) / MIB_OF_KIB


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise AssertionError("the kernel does not say")
