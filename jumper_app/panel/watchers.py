"""How many watchers one session may have.

Reflex ends a watcher with its page only if the page's ``on_load`` began it. Whoever
begins one by hand, over a bare socket, would leave it behind; this puts a ceiling on that.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MOST = 32
"""Watchers of one session, so open tabs; beyond it the oldest ends."""


class Watchers:
    """The watchers of this process, by session."""

    def __init__(self) -> None:
        self._running: dict[int, list[asyncio.Task[Any]]] = {}

    @contextmanager
    def one_more(self, session_id: int) -> Iterator[None]:
        """Count the present task among the session's watchers until the block ends."""
        task = asyncio.current_task()
        assert task is not None
        running = self._running.setdefault(session_id, [])
        running.append(task)
        if len(running) > MOST:
            running.pop(0).cancel()
        try:
            yield
        finally:
            if task in running:
                running.remove(task)
            if not running:
                self._running.pop(session_id, None)

    def __len__(self) -> int:
        return sum(len(running) for running in self._running.values())
