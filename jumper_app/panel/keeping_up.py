"""Watchers that go on after something could not be read, and say meanwhile that they are behind."""

import asyncio
from collections.abc import Awaitable, Callable

import reflex as rx

from jumper_app.errors import JumperError

from .access import log_unexpected

AGAIN_S = 1.0
"""How long a watcher waits before it reads everything afresh, in seconds."""


class KeepingUp(rx.State):
    """Is what the page shows as new as it can be?"""

    behind: bool = False
    """The database did not answer: what is shown may be old until everything is read afresh."""


async def keep_up(watcher: rx.State, watch: Callable[[], Awaitable[None]]) -> None:
    """Run ``watch``, which reads everything and then follows the news, until it ends by itself.

    It begins anew after any error that is not a plain refusal: the database may be away for a
    moment, and nobody reloads a page that says it is live.
    """
    while True:
        try:
            await watch()
        except JumperError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the page is not left frozen)
            log_unexpected(error, type(watcher).__name__)
            await _say(watcher, behind=True)
            await asyncio.sleep(AGAIN_S)
        else:
            return


async def caught_up(watcher: rx.State) -> None:
    """Everything has been read; call it with the state locked."""
    mine = await watcher.get_state(KeepingUp)
    if mine.behind:
        mine.behind = False


async def _say(watcher: rx.State, *, behind: bool) -> None:
    async with watcher:
        (await watcher.get_state(KeepingUp)).behind = behind
