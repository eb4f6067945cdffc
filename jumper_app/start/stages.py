"""The stages of a start, in order, each said aloud."""

import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import FrameType

from jumper_app import clock, welcome
from jumper_app.bots.shelf import stock
from jumper_app.db import Database
from jumper_app.demo import workspace
from jumper_app.settings import BadSettings, Settings, settings, settle
from jumper_app.start import database, frontend, server


def run() -> int:
    """Start the server and stay until it is stopped. Gives the exit code."""
    with _stopped_by_sigterm():
        try:
            here = settings()
            server.require_free_port(here)
            here = _prepare(here)
        except (BadSettings, server.PortTaken, frontend.BuildFailed) as problem:
            print(f"Jumper cannot start: {problem}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    server.serve(here, lambda: _welcome(here))
    return 0


def admin(email: str) -> int:
    """Print a one-time link with which the person of that address becomes an admin."""
    here = settings()
    database.migrate(here.database_url)
    print(welcome.admin_link(here, email))
    return 0


def _prepare(here: Settings) -> Settings:
    _say("Bringing the database up to date")
    database.migrate(here.database_url)
    here = _prepare_workspace(here)
    with frontend.by_one_alone():
        if frontend.is_fresh():
            _say("The front end is up to date")
        else:
            _say("Building the front end")
            frontend.build()
    _say("Loading")
    server.load()
    return here


def _welcome(here: Settings) -> None:
    _say(f"Serving on {here.public_url}")
    for line in welcome.lines(here):
        print(f"    {line}", flush=True)


def _prepare_workspace(here: Settings) -> Settings:
    """Settle whether this is a demo, for this process and all it starts; fill it if it is empty."""
    with closing(Database(here.database_url)) as store:
        store.write(stock, clock.now())
        demo = workspace.decide(store, here)
        if demo:
            _say("Preparing the demo workspace")
            workspace.prepare(store, here)
    return settle(demo=demo)


def _say(stage: str) -> None:
    print(f"==> {stage}", flush=True)


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end a stage as Ctrl-C does, so that it can clear up behind itself."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
