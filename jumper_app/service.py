"""Doors for machines and the background work, put together.

The panel stands on this; without the panel it is a whole server that takes deliveries
in and sends what waits.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp

from . import clock
from .channels import CHANNELS
from .channels.contract import Door
from .channels.webchat import tray
from .conversations.accounts import forget_old_secrets
from .conversations.attachments import forget_unsent, sweep_strays
from .db import Database, database
from .demo import workspace
from .fetching import Fetcher
from .people import sessions
from .people.throttle import Throttle
from .settings import Settings, settings
from .simulator.simulator import Simulator, install
from .simulator.simulator import routes as simulator_routes
from .web import auth, health, icons, moment
from .web.exports import Exports
from .web.guard import Guard, rules_from
from .web.intake import Intake
from .web.media import Files
from .web.shortcut_files import ShortcutFiles
from .web.shortcuts import Shortcuts
from .web.templates import Templates
from .web.uploads import Uploads
from .web.webhooks import Webhooks
from .web.widget import Widget
from .web.widget.flood import AT_HOME
from .work.loop import Background
from .work.profiles import Acquainting
from .work.retention import retaining
from .work.templates import Syncing

SWEEP_EVERY_S = 3600
"""How often sessions and secrets that are over are cleared away, in seconds."""


TURN_S = 0.0005
"""How long one thread may keep the others waiting, in seconds. Python's own 5 ms is longer than
a whole commit: the event loop and the thread that stores would stand in each other's way."""


class Service:
    """Everything but the panel, for one process."""

    def __init__(self, here: Settings, database: Database) -> None:
        self._here = here
        self._database = database
        self._intake = Intake(database)
        self._webhooks = Webhooks(database, self._intake)
        self._widget = Widget(database, self._intake, AT_HOME if here.demo else None)
        self._simulator: Simulator | None = None

    def routes(self) -> list[BaseRoute]:
        """All plain routes. The simulator's exist in a demo workspace only."""
        routes: list[BaseRoute] = [
            *self._webhooks.routes(),
            *health.ROUTES,
            *auth.ROUTES,
            *moment.ROUTES,
            *icons.ROUTES,
            *Files(self._database).routes(),
            *Templates(self._database).routes(),
            *self._widget.routes(),
            *Shortcuts(self._database).routes(),
            *ShortcutFiles(self._database, Throttle()).routes(),
            *Exports(self._database).routes(),
            *Uploads(self._database, Throttle(), Fetcher()).routes(),
        ]
        if self._here.demo:
            self._simulator = workspace.simulator(self._here, self._database)
            install(self._simulator)
            return [*routes, *simulator_routes(self._simulator)]
        return [*routes, Route("/simulator{rest:path}", _no_simulator)]

    def hang_up(self) -> None:
        """Let whoever is connected leave."""
        self._widget.end_streams()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Work until the block ends. Clients and tasks are made inside, after the fork."""
        sys.setswitchinterval(TURN_S)
        doors: dict[str, Door] = {
            key: channel.door(self._here.graph_url, self._here.graph_version)
            for key, channel in CHANNELS.items()
        }
        async with AsyncExitStack() as stack:
            for door in doors.values():
                stack.push_async_callback(door.aclose)
            if self._simulator is not None:
                await asyncio.to_thread(workspace.furnish, self._simulator, self._database)
                await stack.enter_async_context(self._simulator.running())
            await stack.enter_async_context(self._intake.running())
            await stack.enter_async_context(Background(self._database, doors).running())
            await stack.enter_async_context(Syncing(self._database, doors).running())
            await stack.enter_async_context(Acquainting(self._database, doors).running())
            await stack.enter_async_context(self._widget.running())
            await stack.enter_async_context(_sweeping(self._database))
            await stack.enter_async_context(retaining(self._database))
            yield


@asynccontextmanager
async def _sweeping(database: Database) -> AsyncGenerator[None]:
    """Clear away sessions, replaced secrets and files that are over, now and then."""

    async def sweep() -> None:
        while True:
            await database.run(sessions.forget_expired, clock.machine())
            await asyncio.to_thread(tray.sweep, clock.machine())
            await database.run(forget_old_secrets, clock.now())
            await database.run(forget_unsent, now=clock.now())
            await database.ask(sweep_strays, now=clock.machine())
            await asyncio.sleep(SWEEP_EVERY_S)

    sweeping = asyncio.create_task(sweep())
    try:
        yield
    finally:
        sweeping.cancel()


async def _no_simulator(_request: Request) -> Response:
    return PlainTextResponse("There is no simulator in this workspace.", status_code=404)


def guarded(app: ASGIApp, here: Settings) -> Guard:
    """The outermost door around an application."""
    return Guard(app, rules_from(here))


def application() -> Guard:
    """The service alone, without the panel, as a factory for an ASGI server."""
    gc.collect()
    gc.freeze()
    here = settings()
    service = Service(here, database())

    @asynccontextmanager
    async def lifespan(_: Router) -> AsyncGenerator[None]:
        async with service.running():
            yield

    routes = Router(routes=service.routes(), redirect_slashes=False, lifespan=lifespan)
    return guarded(routes, here)
