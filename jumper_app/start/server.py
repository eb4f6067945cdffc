"""Serves the app: one supervisor, and as many workers as the settings say, on one port.

The supervisor loads the app once and forks, so that workers share its memory. It starts
a worker anew that has died, and no worker outlives it.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import granian._signals
from granian._granian import WorkerSignal
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer
from reflex_base.constants import Env
from reflex_base.environment import environment

from jumper_app.settings import Settings
from jumper_app.web.widget.doors import GOING_DOWN

PATIENCE_S = 5
"""How long a worker may take to finish what it is doing before it is killed."""


GOODBYE_S = 2
"""How long whoever is connected may take to hang up."""


LOOK_AGAIN_S = 0.05
"""How often a start looks whether a worker takes connections already."""


class PortTaken(RuntimeError):
    """Something else already listens where we should."""


class Supervisor(MPServer):
    """Granian's, but the end of its terminal stops it too, and its workers end quietly."""

    ready: Callable[[], None]
    """Called once, when the first worker takes connections."""

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.main_loop_interrupt.wait(LOOK_AGAIN_S):
            if _takes_connections(self.bind_addr, self.bind_port):
                self.ready()
                break
        super()._serve_loop(spawn_target, target_loader)

    @staticmethod
    def _spawn_asgi_lifespan_worker(*args: Any, **kwargs: Any) -> None:
        """Serve until told to stop; then everybody hangs up first, and the worker is gone.

        Granian's threads would complain, on the terminal, about what they still hold of
        open sockets when they or the interpreter are taken down.
        """
        granian._signals.set_loop_signals = _hang_up_first
        MPServer._spawn_asgi_lifespan_worker(*args, **kwargs)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Open streams end first: workers wait for them, and they have no end of their own."""
        for worker in multiprocessing.active_children():
            if worker.pid is not None:
                os.kill(worker.pid, GOING_DOWN)
        super().signal_handler_interrupt(*args, **kwargs)

    def signal_handler_reload(self, *_args: Any, **_kwargs: Any) -> None:
        self.signal_handler_interrupt()


def _hang_up_first(loop: asyncio.AbstractEventLoop) -> WorkerSignal:
    """What tells a worker to stop: it is set when nobody is connected any more."""
    told = WorkerSignal()
    leaving: set[asyncio.Task[None]] = set()

    async def leave() -> None:
        from jumper_app.jumper_app import hang_up

        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await hang_up()
        told.set()

    def stop() -> None:
        if not leaving:
            leaving.add(loop.create_task(leave()))

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return told


def require_free_port(settings: Settings) -> None:
    """Make sure that nobody else listens there.

    Granian shares its port with whoever else allows it, so a second server on it would
    get every other request instead of an error.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise PortTaken(f"cannot listen on {where} ({error.strerror})") from error


def _takes_connections(host: str, port: int) -> bool:
    """Whether somebody answers there. "Any address" is asked at the loopback."""
    here = host
    with suppress(ValueError):
        if ip_address(host).is_unspecified:
            here = "::1" if ":" in host else "127.0.0.1"
    with suppress(OSError), socket.create_connection((here, port), timeout=1):
        return True
    return False


def load() -> None:
    """Import the app as the workers will use it: built already, served from one port."""
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    _application()


def serve(settings: Settings, ready: Callable[[], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP. Needs ``load`` first.

    Args:
        settings: Where, and with how many workers.
        ready: Called when whoever connects is served.
    """
    gc.collect()
    gc.freeze()
    if multiprocessing.get_start_method() == "forkserver":
        multiprocessing.set_start_method("fork", force=True)
    supervisor = Supervisor(
        "jumper_app.start.server:application_of_worker",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=settings.workers,
        workers_kill_timeout=PATIENCE_S,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    supervisor.ready = ready
    supervisor.serve()


def application_of_worker() -> Any:
    """Make the ASGI app inside a worker process."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(GOING_DOWN, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_supervisor, daemon=True).start()
    return _application()()


def _application() -> Callable[[], Any]:
    from jumper_app.jumper_app import app

    return app


def _end_with_the_supervisor() -> None:
    supervisor = multiprocessing.parent_process()
    if supervisor is not None:
        supervisor.join()
        os._exit(1)
