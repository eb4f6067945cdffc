"""Memory as the machine has to find it: proportional set size, shared pages counted once."""

from pathlib import Path

from tests.server import Server


def pss_mib(served: Server) -> float:
    """PSS of all of a server's processes together, in MiB. Needs Linux."""
    return sum(_pss_kib(process.pid) for process in served.processes()) / 1024


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise ValueError(f"no PSS of process {pid}")
