"""The raw bytes of deliveries, each kept once.

They are kept to be parsed again should we ever understand more of them. What gives its
holder a power, a token to write to a customer with, is no part of that: it is sealed in
its own row (``optins``), and stands for nothing in the bytes that are kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import WebhookDelivery

from .log import stored
from .tokens import ELSEWHERE, body_without_tokens


@dataclass(frozen=True)
class Delivery:
    """One signed request of a provider.

    Attributes:
        body: The raw bytes, as signed.
        parsed: Their JSON; None when they are not JSON.
        may_speak_for: External ids of the accounts that the signing secret is bound
            to. Items of other accounts that we know are counted and dropped.
    """

    channel: str
    body: bytes
    parsed: Any
    may_speak_for: frozenset[str]
    received_at: datetime


KNOWN = (
    select(WebhookDelivery.digest)
    .where(col(WebhookDelivery.digest).in_(bindparam("digests", expanding=True)))
    .order_by(col(WebhookDelivery.id))
    .with_for_update()
)


Kept = tuple[Delivery, bool, Sequence[str]]
"""A delivery; whether it is kept whole, or only known again; the secrets in it."""


def keep_raw(work: Work, deliveries: Sequence[Kept]) -> list[str | None]:
    """Keep the bytes; their digests, None where the very same bytes were here before."""
    digests = [_digest(delivery, whole=whole) for delivery, whole, _ in deliveries]
    seen = set(_known(work, digests))
    rows: list[dict[str, Any]] = []
    kept: list[str | None] = []
    for digest, (delivery, whole, secrets) in zip(digests, deliveries, strict=True):
        kept.append(None if digest in seen else digest)
        if digest not in seen:
            seen.add(digest)
            body = body_without_tokens(without(delivery.body, secrets)) if whole else b""
            rows.append(_row(digest, delivery, body))
    work.append(WebhookDelivery, rows)
    _count_repeats(work, [digest for digest, new in zip(digests, kept, strict=True) if not new])
    return kept


def key_of(work: Work, digest: str) -> int:
    """The primary key of a delivery that is kept."""
    found = select(WebhookDelivery.id).where(col(WebhookDelivery.digest) == digest)
    return stored(work.exec(found).one())


def _digest(delivery: Delivery, *, whole: bool) -> str:
    """What makes it the same delivery: its bytes; of a part of them, whose part as well."""
    part = "" if whole else " ".join(sorted(delivery.may_speak_for))
    return sha256(delivery.body + part.encode()).hexdigest()


def _known(work: Work, digests: Sequence[str]) -> Sequence[str]:
    return [digest for (digest,) in work.values(KNOWN, digests=digests)]


SEALED = ELSEWHERE.encode()


def without(body: bytes, secrets: Sequence[str]) -> bytes:
    """The bytes without these secrets; none at all if one is written so that we do not find it."""
    for secret in secrets:
        written = {json.dumps(secret, ensure_ascii=each)[1:-1].encode() for each in (True, False)}
        if not any(form in body for form in written):
            return b""
        for form in written:
            body = body.replace(form, SEALED)
    return body


def _row(digest: str, delivery: Delivery, body: bytes) -> dict[str, Any]:
    return {
        "channel": delivery.channel,
        "digest": digest,
        "body": body,
        "received_at": delivery.received_at,
    }


def _count_repeats(work: Work, digests: Sequence[str]) -> None:
    for digest in digests:
        work.exec(
            update(WebhookDelivery)
            .where(col(WebhookDelivery.digest) == digest)
            .values(repeats=col(WebhookDelivery.repeats) + 1)
        )
