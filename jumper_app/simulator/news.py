"""Wakes whoever watches the phones."""

import asyncio


class News:
    """A growing number; whoever has seen it up to some point may wait for it to grow."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Something changed. May be called from any thread."""
        self.version += 1
        for future in list(self._waiting):
            future.get_loop().call_soon_threadsafe(_wake, future)

    async def after(self, seen: int, timeout_s: float | None = None) -> int:
        """Wait until the number passes ``seen``, or for so many seconds; the number then."""
        if self.version > seen:
            return self.version
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=timeout_s)
        finally:
            self._waiting.discard(future)
        return self.version


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
