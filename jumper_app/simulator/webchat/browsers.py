"""The visitors' browsers: each brings what was written, one after the other, and holds a line.

They are told nothing that a stranger would not be told. What was not taken is brought again,
under the same id, until it is.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import httpx

from jumper_app import clock
from jumper_app.errors import NotFound
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.rows import Delivery, Message, Phone

from .line import Event, events
from .memory import Memory

log = logging.getLogger(__name__)

FILE_LIVES = timedelta(days=400)
"""A browser's own files are there as long as it is."""

LOOK_AGAIN_S = 30.0
TRY_AGAIN_S = 0.5
"""Seconds between two tries of anything that did not work."""

TYPING_LASTS = timedelta(seconds=6)
TIMEOUT = httpx.Timeout(20.0, read=60.0)
"""The server says at least every 20 s that a line is alive."""


class Browsers:
    """What all browsers of one chat do by themselves."""

    def __init__(self, ground: Ground, channel: str, account: str) -> None:
        self._store = ground.store
        self._news = ground.store.news
        self._app_url = ground.config.app_url
        self._channel = channel
        self._account = account
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._client: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Visit while inside."""
        base = f"{self._app_url}/chat/{self._account}/"
        async with httpx.AsyncClient(base_url=base, timeout=TIMEOUT, trust_env=False) as client:
            self._client = client
            looking = asyncio.create_task(self._look())
            try:
                yield
            finally:
                self._client = None
                await _end([looking, *self._tasks.values()])

    def tell(self, key: str, message_ids: list[str], state: Delivery) -> None:
        """Tell the app how far messages of the business have come; best effort."""
        named = "read" if state == "read" else "delivered"
        self._do((key, f"tell {message_ids}"), lambda: self._tell(key, {named: message_ids}))

    # --- who does what

    async def _look(self) -> None:
        """Whenever something happened to a phone, see what its browser has to do."""
        while True:
            seen = self._news.version
            for phone in self._store.phones():
                if phone.channel == self._channel:
                    self._arrange(phone)
            await self._news.after(seen, LOOK_AGAIN_S)

    def _arrange(self, phone: Phone) -> None:
        key, memory = phone.key, self._memory(phone.key)
        if phone.online and memory.unsent():
            self._do((key, "bring"), lambda: self._bring(key))
        if phone.online and memory.has_begun():
            self._do((key, "listen"), lambda: self._listen(key))
        elif line := self._tasks.get((key, "listen")):
            line.cancel()

    def _do(self, name: tuple[str, str], act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if name not in self._tasks and self._client is not None:
            task = asyncio.get_running_loop().create_task(_while_there(act()))
            self._tasks[name] = task
            task.add_done_callback(lambda _: self._tasks.pop(name, None))

    def _memory(self, key: str) -> Memory:
        return Memory(self._store, key, self._account)

    # --- bringing

    async def _bring(self, key: str) -> None:
        memory = self._memory(key)
        while memory.is_online() and (waiting := memory.unsent()):
            try:
                answer = await self._post(key, waiting[0])
            except httpx.TransportError:
                await asyncio.sleep(TRY_AGAIN_S)
                continue
            if answer.is_success:
                self._store.set_taken([waiting[0].id])
            elif answer.status_code in {429, 503}:
                await asyncio.sleep(TRY_AGAIN_S)
            else:
                self._store.set_failed(waiting[0].id, answer.status_code)

    async def _post(self, key: str, message: Message) -> httpx.Response:
        phone, content = self._store.phone(key), message.content
        body = {"id": message.id, "text": content["text"], "name": phone.name}
        if choice := content.get("choice"):
            body["choice"] = choice
        if media := self._store.media(content.get("media", "")):
            headers = {"X-Filename": media.filename}
            answer = await self._ask(key, "POST", "files", content=media.content, headers=headers)
            if not answer.is_success:
                return answer
            body["file"] = answer.json()["file"]
        return await self._ask(key, "POST", "messages", json=body)

    async def _tell(self, key: str, body: dict[str, list[str]]) -> None:
        try:
            await self._ask(key, "POST", "seen", json=body)
        except httpx.TransportError:
            log.info("a visitor could not tell what they saw; they tell it with the next")

    async def _ask(self, key: str, method: str, path: str, **more: Any) -> httpx.Response:
        if self._client is None:
            raise httpx.TransportError("nobody visits any more")
        headers = {**self._headers(key), **more.pop("headers", {})}
        return await self._client.request(method, path, headers=headers, **more)

    def _headers(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Visitor {self._store.phone(key).facts['secret']}"}

    # --- listening

    async def _listen(self, key: str) -> None:
        memory = self._memory(key)
        while memory.is_online() and self._client is not None:
            headers = self._headers(key) | memory.place()
            try:
                async with self._client.stream("GET", "stream", headers=headers) as answer:
                    async for event in events(answer):
                        await self._hear(key, memory, event)
            except httpx.TransportError:
                pass
            await asyncio.sleep(TRY_AGAIN_S)

    async def _hear(self, key: str, memory: Memory, event: Event) -> None:
        if event.kind == "typing":
            self._store.set_typing(key, clock.now() + TYPING_LASTS)
        if event.kind not in {"all", "some"}:
            return
        for bubble in event.data["bubbles"]:
            media = await self._fetch(key, bubble)
            memory.keep(bubble, media)
        memory.seen(event.data["seen"])
        memory.go_to(event.place)
        for state in ("delivered", "read"):
            if late := memory.untold(event.data["bubbles"], state):
                self.tell(key, late, state)

    async def _fetch(self, key: str, bubble: dict[str, Any]) -> str:
        """The first file of a bubble of the business, on the shelf; its id there."""
        ready = [file for file in bubble["files"] if file["ready"]]
        if bubble["by"] == "you" or not ready:
            return ""
        answer = await self._ask(key, "GET", f"files/{ready[0]['id']}")
        if not answer.is_success:
            return ""
        mime = answer.headers["content-type"]
        media = self._store.add_media(
            self._account, mime, answer.content, FILE_LIVES, ready[0]["name"]
        )
        return media.id


async def _while_there(act: Coroutine[Any, Any, None]) -> None:
    """Do it; a phone that was thrown away meanwhile does no more."""
    with suppress(NotFound):
        await act


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
