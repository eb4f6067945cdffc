"""Meta's door: the handshake, and deliveries that are answered only after their commit."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import orjson
from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import MIB
from jumper_app.channels.meta import SIGNATURE_HEADER, challenge, is_signed
from jumper_app.conversations.inbound import Delivery, Tally, receive_all
from jumper_app.db import Database

from .keys import KeyRing, Keys
from .waiting import Waiting, WaitingRoom

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 4 * MIB
"""Meta sends at most 3 MB (webhooks overview, 2025-12-02); one more for its growth."""

BODY_DEADLINE_S = 10.0
"""Seconds in which a body must have come whole."""

RECEIVED = Counter("jumper_webhook_requests", "Webhook requests", ["channel", "answer"])
ITEMS = Counter("jumper_webhook_items", "Items in webhook deliveries", ["fate"])


class TooLarge(Exception):
    """The body passed ``MAX_BODY_BYTES``."""


class Webhooks:
    """Takes deliveries in and stores those that arrive together in one commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = KeyRing(database)
        self._room: WaitingRoom | None = None

    def routes(self) -> list[Route]:
        """One address per channel that is posted to, for the handshake and for deliveries."""
        return [
            Route(f"/webhooks/{key}", self._endpoint(key), methods=["GET", "POST"])
            for key, channel in CHANNELS.items()
            if channel.setup.callback
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Store deliveries until the block ends."""
        self._room = WaitingRoom()
        storing = asyncio.create_task(self._store_all(self._room))
        try:
            yield
        finally:
            storing.cancel()
            with suppress(asyncio.CancelledError):
                await storing
            self._room = None

    def _endpoint(self, channel: str):
        async def endpoint(request: Request) -> Response:
            if request.method == "POST":
                response = await self._deliver(channel, request)
            else:
                response = await self._shake_hands(channel, request)
            RECEIVED.labels(channel, str(response.status_code)).inc()
            return response

        return endpoint

    async def _shake_hands(self, channel: str, request: Request) -> Response:
        tokens = (await self._keys.of(channel)).verify_tokens
        answer = challenge(request.query_params, tokens)
        if answer is None:
            return _refusal(403, "The verify token does not match.")
        return PlainTextResponse(answer, headers={"X-Content-Type-Options": "nosniff"})

    async def _deliver(self, channel: str, request: Request) -> Response:
        try:
            async with asyncio.timeout(BODY_DEADLINE_S):
                body = await _read_counting(request)
        except TooLarge:
            return _refusal(413, "The body is larger than 4 MiB.")
        except (TimeoutError, ClientDisconnect):
            return _refusal(408, "The body did not come in time.")
        keys = await self._signing_keys(channel, request, body)
        if keys is None:
            return _refusal(403, "The signature does not match.")
        delivery = Delivery(
            channel=channel,
            body=body,
            parsed=_parsed(body),
            may_speak_for=keys,
            received_at=clock.now(),
        )
        return await self._store(delivery)

    async def _signing_keys(
        self, channel: str, request: Request, body: bytes
    ) -> frozenset[str] | None:
        """The accounts that the signing secret is bound to; None for a bad signature.

        A secret that was saved a moment ago by another process is found by reading
        the accounts once more, at most once a second.
        """
        signature = request.headers.get(SIGNATURE_HEADER, "")
        allowed = _accounts_signed(await self._keys.of(channel), signature, body)
        if allowed is None and signature:
            allowed = _accounts_signed(await self._keys.afresh(channel), signature, body)
        return allowed

    async def _store(self, delivery: Delivery) -> Response:
        waiting = Waiting(delivery)
        if self._room is None or self._room.is_full:
            return _refusal(503, "Too much is waiting. Please deliver again.")
        self._room.enter(waiting)
        try:
            await waiting.done
        except Exception:  # noqa: BLE001 - whatever it was has been logged; Meta tries again
            return _refusal(503, "It could not be stored. Please deliver again.")
        return PlainTextResponse("ok")

    async def _store_all(self, room: WaitingRoom) -> None:
        while True:
            await self._commit(await room.next_batch())

    async def _commit(self, batch: list[Waiting]) -> None:
        """Answer after the commit.

        If the batch fails, each is tried alone, so that one bad delivery cannot make the
        provider repeat the others for days.
        """
        try:
            tally = await self._database.run(receive_all, [one.delivery for one in batch])
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._commit([one])
                return
            log.exception("a delivery could not be stored")
            batch[0].answer(error)
            return
        _count(tally)
        for one in batch:
            one.answer(None)


def _accounts_signed(keys: Keys, signature: str, body: bytes) -> frozenset[str] | None:
    matching = [names for secret, names in keys.secrets if is_signed(body, signature, [secret])]
    return frozenset[str]().union(*matching) if matching else None


async def _read_counting(request: Request) -> bytes:
    """The raw body; its length is counted while reading, whatever the headers say."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


def _parsed(body: bytes) -> object | None:
    """The JSON of a signed body; None when it is none. It is kept and answered 200 all the same."""
    try:
        return orjson.loads(body)
    except (ValueError, RecursionError):
        return None


def _count(tally: Tally) -> None:
    ITEMS.labels("stored").inc(tally.stored)
    ITEMS.labels("parked").inc(tally.parked)
    ITEMS.labels("foreign").inc(tally.foreign)


def _refusal(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=status)
