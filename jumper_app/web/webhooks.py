"""Meta's door: the handshake, and deliveries that are answered only after their commit."""

import asyncio

import orjson
from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import MIB
from jumper_app.channels.meta import SIGNATURE_HEADER, challenge, is_signed
from jumper_app.conversations.inbound import Delivery
from jumper_app.db import Database

from .intake import Intake, NotStored
from .keys import KeyRing, Keys

MAX_BODY_BYTES = 4 * MIB
"""Meta sends at most 3 MB (webhooks overview, 2025-12-02); one more for its growth."""

BODY_DEADLINE_S = 10.0
"""Seconds in which a body must have come whole."""

STORED = PlainTextResponse("ok")

RECEIVED = Counter("jumper_webhook_requests", "Webhook requests", ["channel", "answer"])


class TooLarge(Exception):
    """The body passed ``MAX_BODY_BYTES``."""


class Webhooks:
    """Lets in what is signed: each delivery is answered after its commit."""

    def __init__(self, database: Database, intake: Intake) -> None:
        self._keys = KeyRing(database)
        self._intake = intake

    def routes(self) -> list[Route]:
        """One address per channel that is posted to, for the handshake and for deliveries."""
        return [
            Route(f"/webhooks/{key}", self._endpoint(key), methods=["GET", "POST"])
            for key, channel in CHANNELS.items()
            if channel.setup.callback
        ]

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
        answer = challenge(request.query_params, (await self._keys.of(channel)).verify_tokens)
        if answer is None:
            afresh = (await self._keys.afresh(channel)).verify_tokens
            answer = challenge(request.query_params, afresh)
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
        try:
            await self._intake.store(delivery)
        except NotStored as reason:
            return _refusal(503, str(reason))
        return STORED


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


def _refusal(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=status)
