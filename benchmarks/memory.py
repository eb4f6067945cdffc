"""What a server's processes really take: pages that they share are split fairly."""

from pathlib import Path

from tests import server

MIB_OF_KIB = 1024


def pss_mib(mine: server.Server) -> float:
    """The proportional set size of all processes of a server together."""
    return sum(_pss_kib(process.pid) for process in mine.processes()) / MIB_OF_KIB


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise AssertionError("the kernel does not say")
