"""The files of the repository, as a clone would have them."""

import subprocess
from pathlib import Path

from jumper_app.settings import ROOT


def tracked(*patterns: str) -> list[Path]:
    """The files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in names.split("\0") if name)
    return [path for path in paths if path.is_file()]
