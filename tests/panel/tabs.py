"""Browser tabs without a browser: real events through Reflex's own processor."""

import asyncio
import dataclasses
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
import reflex.model
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext


class Tab:
    """One tab, and everything the server has sent it."""

    def __init__(self, browser: "Browser", session: str) -> None:
        self.token, self.session, self.browser = str(uuid.uuid4()), session, browser
        self.host = "localhost:3000"
        self.path = "/"
        self.deltas: list[Any] = []
        self.events: list[Event] = []

    async def send(self, name: str, payload: Any = None) -> None:
        """Send one event as a socket would, and wait until all it caused is done."""
        cookie = f"jumper={self.session}" if self.session else ""
        event = Event(
            name=name,
            payload={} if payload is None else payload,
            router_data={
                "pathname": self.path,
                "asPath": self.path,
                "token": self.token,
                "headers": {
                    "cookie": cookie,
                    "host": self.host,
                    "origin": f"http://{self.host}",
                },
            },
        )
        future = await self.browser.processor.enqueue(self.token, event)
        await asyncio.wait_for(future.wait_all(), 10)

    async def call(self, handler: Any, **payload: Any) -> None:
        """Call a handler by its place in the registry."""
        await self.send(full_name(handler), payload)

    async def state(self, kind: type[rx.State]) -> Any:
        root = await self.browser.states.get_state(BaseStateToken(ident=self.token, cls=kind))
        return await root.get_state(kind)

    @property
    def said(self) -> str:
        """All the scripts sent to this tab: toasts and page changes."""
        return " ".join(str(event.payload) for event in self.events)


class Browser:
    """Opens tabs on one processor."""

    def __init__(self, processor: BaseStateEventProcessor, states: StateManagerMemory) -> None:
        self.processor, self.states = processor, states
        self.tabs: dict[str, Tab] = {}
        self.errors: list[Exception] = []

    def tab(self, session: str = "") -> Tab:
        tab = Tab(self, session)
        self.tabs[tab.token] = tab
        return tab


@asynccontextmanager
async def browsing(middleware: Any = None) -> AsyncIterator[Browser]:
    """A running processor; ``middleware`` as Reflex's app would hand it in."""
    states = StateManagerMemory()
    processor = BaseStateEventProcessor(
        middleware=middleware, graceful_shutdown_timeout=0.2, backend_exception_handler=None
    )
    processor.configure(state_manager=states)
    browser = Browser(processor, states)
    processor.backend_exception_handler = browser.errors.append
    assert processor._root_context is not None

    async def emit_delta(token: str, delta: Any) -> None:
        browser.tabs[token].deltas.append(delta)

    async def emit_event(token: str, *events: Event) -> None:
        browser.tabs[token].events.extend(events)

    processor._root_context = dataclasses.replace(
        processor._root_context, emit_delta_impl=emit_delta, emit_event_impl=emit_event
    )
    async with processor:
        yield browser
    await states.close()


def full_name(handler: Any) -> str:
    """The name under which the registry knows a handler."""
    for name, registered in RegistrationContext.get().event_handlers.items():
        if registered.handler.fn is handler.fn and registered.handler.state is handler.state:
            return name
    raise LookupError(handler)
