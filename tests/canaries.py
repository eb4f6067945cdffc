"""Secrets that the suite uses, and whether one of them was left where it must not stand.

Every server that a test starts is looked through when it ends, with its log, its data folder
and its database; every socket of a desk while it talks; and at the end of the session the
scripts that browsers load and the databases that tests of this process left behind. What is
found is told at the end, and fails the session.
"""

from collections.abc import Iterable
from pathlib import Path

from tests import make

PLAIN: dict[bytes, str] = {
    make.APP_SECRET.encode(): "the app secret of the tests",
    make.VERIFY_TOKEN.encode(): "the verify token of the tests",
    b"token-of-the-tests": "the access token of the tests",
    b"an app secret for the story": "the app secret of the story",
    b"identity-secret-of-the-tests": "the identity secret of the tests",
}
"""What must stand nowhere, and what to call it; sessions are added as they are made."""

SHORTEST = 20
"""Characters of a secret; whatever is shorter gives nobody a power."""

found: set[str] = set()
"""Where something stood. Names only: a secret is not told once more."""


def add(secret: str, name: str) -> None:
    """From now on this must stand nowhere either."""
    if len(secret) >= SHORTEST:
        PLAIN[secret.encode()] = name


def look_at(where: str, content: bytes) -> None:
    """Remember every canary that stands in there."""
    found.update(f"{where} holds {name}" for secret, name in PLAIN.items() if secret in content)


def look_into(files: Iterable[Path]) -> None:
    """Read files; one that goes away meanwhile was none."""
    for path in files:
        try:
            look_at(str(path), path.read_bytes())
        except OSError:
            continue


def look_through(log: Path) -> None:
    """What a server leaves behind: its log, and all that lies in its data folder."""
    look_into([log, *files_in(log.parent / "data")])


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """Every file below a folder; none where there is no such folder."""
    return [path for path in folder.rglob(pattern) if path.is_file()]
