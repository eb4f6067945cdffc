"""Which secrets may sign a channel's deliveries, and for which accounts each speaks."""

import time
from dataclasses import dataclass

from pydantic import SecretStr
from sqlmodel import col, select

from jumper_app.conversations.accounts import credentials
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput
from jumper_app.models import ChannelAccount

KEPT_FOR_S = 30.0
"""Seconds after which the accounts are read again; a removed secret is honoured no longer."""

AFRESH_AT_MOST_EVERY_S = 1.0


@dataclass(frozen=True)
class Keys:
    """The secrets of one channel.

    Attributes:
        secrets: Each app secret with the external ids that it speaks for.
        verify_tokens: Any of them opens the handshake.
    """

    secrets: tuple[tuple[SecretStr, frozenset[str]], ...] = ()
    verify_tokens: tuple[SecretStr, ...] = ()


class KeyRing:
    """Remembers the keys for a short while, so that a delivery costs no extra read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[float, Keys]] = {}

    async def of(self, channel: str) -> Keys:
        """The keys of a channel, at most ``KEPT_FOR_S`` old."""
        return await self._read(channel, KEPT_FOR_S)

    async def afresh(self, channel: str) -> Keys:
        """The keys of a channel, read again unless that was just done."""
        return await self._read(channel, AFRESH_AT_MOST_EVERY_S)

    async def _read(self, channel: str, older_than_s: float) -> Keys:
        read_at, keys = self._known.get(channel, (float("-inf"), Keys()))
        if time.monotonic() - read_at >= older_than_s:
            keys = await self._database.ask(read_keys, channel)
            self._known[channel] = (time.monotonic(), keys)
        return keys


def read_keys(work: Work, channel: str) -> Keys:
    """The keys of all active accounts of a channel."""
    speaks_for: dict[SecretStr, set[str]] = {}
    tokens: list[SecretStr] = []
    rows = work.exec(
        select(ChannelAccount)
        .where(col(ChannelAccount.channel) == channel, col(ChannelAccount.active))
        .order_by(col(ChannelAccount.id))
    )
    for row in rows:
        try:
            opened = credentials(row)
        except BadInput:
            continue
        for secret in opened.app_secrets:
            named = speaks_for.setdefault(secret, set())
            named |= {row.external_id, row.parent_id} - {""}
        tokens.append(opened.verify_token)
    secrets = tuple((secret, frozenset(names)) for secret, names in speaks_for.items())
    return Keys(secrets=secrets, verify_tokens=tuple(tokens))
