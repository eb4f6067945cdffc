"""The entry: builds the app, imports the pages, mounts the doors, starts the background."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
import reflex.model
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from jumper_app.db import database
from jumper_app.panel import pieces, shell, sockets, tabs, words
from jumper_app.panel.alerts.view import alerts
from jumper_app.panel.conversation import conversation
from jumper_app.panel.customer.view import contact_card
from jumper_app.panel.flows.view import flow_dialog
from jumper_app.panel.inbox.view import customer_list
from jumper_app.panel.listener import PanelState
from jumper_app.panel.me import MeState
from jumper_app.panel.mentions.page import mentions_page
from jumper_app.panel.mentions.state import MentionsState
from jumper_app.panel.settings import pages
from jumper_app.panel.templates.view import template_dialog
from jumper_app.service import Service, guarded
from jumper_app.settings import settings
from jumper_app.simulator import page as simulator
from jumper_app.simulator.guard import LoopbackOnly
from jumper_app.web import redaction

redaction.install()

LAST_WORD_S = 0.1
"""How long a socket's last frame may take to leave."""

_running: list[Service] = []


def doors(panel: ASGIApp) -> ASGIApp:
    """Put the plain routes before the panel, and the guard before both. Runs in the worker."""
    here = settings()
    service = Service(here, database())
    _running[:] = [service]
    demo = [Route(path, LoopbackOnly(panel)) for path in ("/simulator", "/simulator/{rest:path}")]
    routes = [*service.routes(), *demo]
    return guarded(Router(routes=routes, default=panel, redirect_slashes=False), here)


@asynccontextmanager
async def background() -> AsyncGenerator[None]:
    """Store deliveries and send what waits, as long as the server lives."""
    async with _running[0].running():
        yield


async def hang_up() -> None:
    """End every open socket and stream of this worker."""
    for service in _running:
        service.hang_up()
    if app.sio is None or not app.sio.eio.sockets:
        return
    await app.sio.eio.disconnect()
    await asyncio.sleep(LAST_WORD_S)


app = rx.App(
    api_transformer=doors,
    stylesheets=["/styles/base.css"],
    toaster=pieces.toaster(),
    frontend_exception_handler=tabs.on_frontend_error,
    backend_exception_handler=tabs.on_backend_error,
)
app.add_middleware(tabs.OneTabOneSession())
app.app_wraps.pop((5, "Overlay"))  # the list says itself whether the page is live
app.register_lifespan_task(background)
app.register_lifespan_task(sockets.close_with_their_sessions, panel=app)


def panel_page(*, chosen: bool) -> rx.Component:
    """The three columns, with or without an open conversation."""
    columns = customer_list(), conversation(chosen=chosen), contact_card()
    beside = template_dialog(), flow_dialog(), alerts(MentionsState.count)
    return rx.fragment(shell.panel(*columns, chosen=chosen), *beside)


def begin(*events: Any) -> Any:
    """What a page does when it is opened: say who is signed in, then its own."""
    return [MeState.enter, *events]


def beside_the_rail(*events: Any) -> Any:
    """``begin`` for a page that watches nothing itself: its bell still rings."""
    return begin(MentionsState.watch, *events)


def nowhere() -> rx.Component:
    """What an address shows that leads nowhere."""
    back = rx.link(words.BACK_TO_LIST, href="/")
    said = pieces.empty_state("compass", *words.NOWHERE, back, whole_page=True, min_height="100dvh")
    return rx.el.main(said)


app.add_page(nowhere, route="404", title=words.PRODUCT)
app.add_page(panel_page(chosen=False), route="/", title=words.PRODUCT, on_load=PanelState.watch)
app.add_page(
    panel_page(chosen=True),
    route="/c/[cid]",
    title=words.PRODUCT,
    on_load=PanelState.watch,
)
app.add_page(mentions_page, route="/mentions", title=words.PRODUCT, on_load=beside_the_rail())
for route, page, on_load in pages.PAGES:
    app.add_page(page, route=route, title=words.PRODUCT, on_load=beside_the_rail(*on_load))
app.add_page(
    simulator.simulator_page,
    route=simulator.ROUTE,
    title=simulator.TITLE,
    on_load=begin(*simulator.ON_LOAD),
)
