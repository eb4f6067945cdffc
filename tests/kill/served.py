"""The service as the kill tests run it: a parent that has imported everything, and lives.

Reads orders from its input, one a line, as JSON: a verb and an environment. ``start``
forks a server in a process group of its own; ``kill`` ends that group with SIGKILL and
answers when it is gone; ``await`` answers when it is gone by itself. A life so begins in
a fifth of a second.

With ``KILL_AT`` it kills itself when it first comes to a named point.

With ``KILL_SABOTAGE`` set to seconds the answer comes that long before the commit. This
is what the tests must notice; the product has no such switch.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from sqlalchemy.orm import configure_mappers

from jumper_app import clock, service
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.web import intake
from jumper_app.work import sending


def application() -> Any:
    """The service, changed only as the test asks for."""
    if head_start := os.environ.get("KILL_SABOTAGE"):
        _answer_early(float(head_start))
    if point := os.environ.get("KILL_AT"):
        POINTS[point]()
    clock.set_advanced(timedelta(seconds=float(os.environ.get("KILL_CLOCK_AHEAD_S", "0"))))
    return service.application()


def _answer_early(head_start_s: float) -> None:
    honest = intake.Intake._commit

    async def hasty(self: intake.Intake, batch: list[intake.Waiting]) -> None:
        for one in batch:
            one.answer(None)
        await asyncio.sleep(head_start_s)
        await honest(self, batch)

    intake.Intake._commit = hasty


def _die(*_args: Any, **_kwargs: Any) -> Any:
    os.killpg(0, signal.SIGKILL)


def _before_the_commit() -> None:
    """All is stored, and the transaction is open."""
    store = intake.receive_all
    intake.receive_all = lambda work, deliveries: _die(store(work, deliveries), work.flush())


def _before_the_answer() -> None:
    """The commit is done, and nobody has been told."""
    intake._count = _die


def _before_the_call() -> None:
    """A send is claimed, and nothing has left."""
    WhatsAppDoor.send = _die


def _after_the_call() -> None:
    """The Graph API has accepted, and we have not written it down."""
    sending.accepted = _die


POINTS: dict[str, Callable[[], None]] = {
    "before-the-commit": _before_the_commit,
    "before-the-answer": _before_the_answer,
    "before-the-call": _before_the_call,
    "after-the-call": _after_the_call,
}
"""Where a life can end by itself."""


def _start(environment: dict[str, str]) -> int:
    """Fork a server in a process group of its own."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.environ.update(environment)
    Server(
        "tests.kill.served:application",
        port=int(environment["JUMPER_PORT"]),
        interface=Interfaces.ASGI,
        factory=True,
        log_level=LogLevels.warning,
    ).serve()
    os._exit(0)


def _kill(group: int) -> None:
    if group:
        os.killpg(group, signal.SIGKILL)
        os.waitpid(group, 0)


def main() -> None:
    """Obey until the input ends; then nothing of it is left."""
    configure_mappers()
    gc.collect()
    gc.freeze()
    alive = 0
    for line in sys.stdin:
        verb, environment = json.loads(line)
        match verb:
            case "start":
                alive = _start(environment)
            case "await":
                os.waitpid(alive, 0)
                alive = 0
            case _:
                _kill(alive)
                alive = 0
        print(verb, flush=True)
    _kill(alive)


if __name__ == "__main__":
    main()
