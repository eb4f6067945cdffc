"""The stand-in put together."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from jumper_app import clock
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator.api import Controls
from jumper_app.simulator.config import Config
from jumper_app.simulator.faults import Faults
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.guard import LoopbackOnly
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.meta.app import App
from jumper_app.simulator.meta.graph import Graph
from jumper_app.simulator.network import Network
from jumper_app.simulator.postman import Postman
from jumper_app.simulator.store import Store

LONGEST_JUMP = timedelta(days=400)
"""The furthest that the demo clock moves in one step."""
CLOCK = "clock_advanced_s"


class Simulator:
    """The providers' side of some channels, and the customers' phones.

    Args:
        networks: Make a channel's part on the common ground.
        store: Its memory; a fresh one in memory when left out.
        transport: How webhooks travel; the network when left out.
        advance: Moves the demo clock.

    Attributes:
        on_reset: What *Reset workspace* does; set by the app; None where there is no
            workspace to be seeded anew.
    """

    on_reset: Callable[[], Awaitable[None]] | None

    def __init__(
        self,
        config: Config,
        networks: Iterable[Callable[[Ground], Network]],
        store: Store | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        advance: Callable[[timedelta], None] = clock.advance,
    ) -> None:
        self.config = config
        self.store = store or Store()
        self.news = self.store.news
        self.faults = Faults(self.store.sql)
        self.postman = Postman(config, self.store, self.faults, transport)
        ground = Ground(config, self.store, self.faults, self.postman)
        made = [network(ground) for network in networks]
        self.networks: dict[str, Network] = {network.key: network for network in made}
        owners = {one.key: owner for one in made if (owner := one.owner())}
        self.graph = Graph(ground, owners.values())
        self.app = App(config, self.store, owners, transport)
        self.postman.address = self.app.callback
        self.on_reset = None
        self._advance = advance

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["Simulator"]:
        """Deliver webhooks while inside; the clock goes on from where the demo left it."""
        left = timedelta(seconds=float(self.store.setting(CLOCK) or 0))
        if left > clock.advanced():
            clock.set_advanced(left)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.postman.working())
            for network in self.networks.values():
                await stack.enter_async_context(network.running())
            yield self

    def network(self, channel: str) -> Network:
        """The part of a channel. Raises NotFound."""
        if channel not in self.networks:
            raise NotFound("There is no such channel here.")
        return self.networks[channel]

    def phone(self, key: str, account: str = "") -> Handset:
        """The phone with that key, talking to that account or the first. Raises NotFound."""
        return self.network(self.store.phone(key).channel).phone(key, account)

    def advance_clock(self, by: timedelta) -> None:
        """Move the demo clock forward, at most 400 days. Raises BadInput."""
        if not timedelta(0) <= by <= LONGEST_JUMP:
            raise BadInput("The clock moves forward, at most 400 days in one step.")
        self._advance(by)
        self.store.remember(CLOCK, str(clock.advanced().total_seconds()))
        self.news.tell()

    async def handshake(self, channel: str) -> bool:
        """Does the app answer Meta's verification request as it must?"""
        url = self.config.webhook_url(channel)
        return await self.app.shakes_hands(url, self.config.verify_token)

    def reset(self) -> None:
        """Forget phones, messages, faults and what is on its way. The clock stays."""
        self.store.clear()
        self.store.remember(CLOCK, str(clock.advanced().total_seconds()))
        self.postman.holding = False


def routes(simulator: Simulator) -> list[BaseRoute]:
    """Graph and control routes, for this machine only, to be mounted at the root."""
    own = (route for one in simulator.networks.values() for route in one.routes())
    graph = [*simulator.app.routes(), *simulator.graph.routes()]
    found: list[Route] = [*own, *graph, *Controls(simulator).routes()]
    for route in found:
        route.app = LoopbackOnly(route.app)
    return list(found)


def application(simulator: Simulator) -> Starlette:
    """The stand-in alone, as an ASGI application that runs it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with simulator.running():
            yield

    return Starlette(routes=routes(simulator), lifespan=lifespan)


_installed: list[Simulator] = []


def install(simulator: Simulator) -> None:
    """Make this one known to the pages of this process."""
    _installed[:] = [simulator]


def installed() -> Simulator:
    """The one that the pages of this process show. Raises NotFound."""
    if not _installed:
        raise NotFound("There is no simulator in this workspace.")
    return _installed[0]
