"""Open panels without a browser: a tab whose watcher runs, and what it was sent."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reflex_base.event import Event
from sqlmodel import select

from jumper_app.conversations.inbound import receive
from jumper_app.db import Database, Work
from jumper_app.models import ChannelAccount, Conversation
from jumper_app.panel.listener import PanelState
from tests import make
from tests.panel.tabs import Tab, full_name

ANSWERS_WITHIN_S = 10
TURNS_TO_END = 20
"""Of the event loop: a cancelled watcher leaves its blocks one after the other."""


class Deltas(list[Any]):
    """What a tab was sent; wakes whoever waits for more."""

    def __init__(self) -> None:
        super().__init__()
        self.came = asyncio.Event()

    def append(self, delta: Any) -> None:
        super().append(delta)
        self.came.set()


class Panel:
    """A tab with an open page, as Reflex runs it."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.deltas = tab.deltas = Deltas()
        self._watchers: list[Any] = []

    async def open(self, path: str, watch: Any = PanelState.watch) -> None:
        """Load a page: its watcher starts, and an older one of this tab ends."""
        self.tab.path = path
        headers = {"cookie": f"jumper={self.tab.session}", "host": self.tab.host}
        event = Event(
            name=full_name(watch),
            payload={},
            router_data={
                "pathname": path,
                "asPath": path,
                "token": self.tab.token,
                "headers": headers,
            },
        )
        self._watchers.append(await self.tab.browser.processor.enqueue(self.tab.token, event))

    async def close(self) -> None:
        """Close the tab, as Reflex does when its socket goes."""
        self._watchers[-1].cancel()
        for _ in range(TURNS_TO_END):
            await asyncio.sleep(0)

    async def ended(self, *, but_the_last: bool = False) -> None:
        """Wait until its watchers have ended by themselves or were ended."""
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            for watcher in self._watchers[:-1] if but_the_last else self._watchers:
                with suppress(asyncio.CancelledError):
                    await watcher.wait_all()

    async def until(self, is_so: Callable[[], Any]) -> None:
        """Wait for deltas until it is so."""
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            while not is_so():
                self.deltas.came.clear()
                if not is_so():
                    await self.deltas.came.wait()

    def value(self, name: str) -> Any:
        """What the browser holds in a var now, by the var's name alone."""
        found = None
        for delta in self.deltas:
            for values in delta.values():
                found = values.get(f"{name}_rx_state_", found)
        return found

    def texts(self) -> list[str]:
        """The words of the thread, in order."""
        rows = [row for name in ("history", "recent", "tail") for row in self.value(name) or []]
        return ["".join(one["text"] for one in row.get("pieces", [])) for row in rows]


def hear(database: Database, text: str = "Hello", **over: Any) -> Conversation:
    """A customer writes; returns the conversation."""

    def verb(work: Work) -> Conversation:
        account = work.exec(select(ChannelAccount)).first() or make.account(work)
        inbound = make.inbound(text, **over)
        receive(work, account, inbound, make.NOON)
        return work.exec(
            select(Conversation).order_by(Conversation.last_activity_at.desc())  # type: ignore[attr-defined]
        ).first()  # type: ignore[return-value]

    return database.write(verb)
