"""The second road's last mile: claim, call the channel, write down what became of it."""

import asyncio
import logging
import os
import secrets
from datetime import UTC, datetime

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Credentials, Door, Upload
from jumper_app.conversations.accounts import credentials
from jumper_app.conversations.attachments import read_upload
from jumper_app.conversations.delivery import CLAIM_LEASE, Claim, accepted, claim, refused
from jumper_app.conversations.overdue import renew
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, SendFailed
from jumper_app.live import WorkWaiting
from jumper_app.models import ChannelAccount

from .pacing import Pacing

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Calls to channels that may be open at the same time, in different conversations."""


class SecretsLost(SendFailed):
    """The account's secrets were sealed with another installation's key."""

    code = "secrets_lost"
    alarming = True
    pauses = "account"
    for_agent = "This channel must be connected again by your administrator."
    for_admin = (
        "The stored secrets of this channel were sealed with another key and cannot be opened."
        " Save its token and app secret again below."
    )
    to_do = "Send this again when that is done."


RENEW_EVERY = CLAIM_LEASE / 4


class Sending:
    """Sends what is due, each conversation in order, different ones side by side."""

    def __init__(self, database: Database, doors: dict[str, Door]) -> None:
        self._database = database
        self._doors = doors
        self._worker = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._pacing = {key: Pacing(channel.pace) for key, channel in CHANNELS.items()}
        self._calls: dict[asyncio.Task[None], int] = {}
        self._renewed_at = datetime.min.replace(tzinfo=UTC)

    async def send_due(self) -> int:
        """Claim what may leave now and start the calls. Returns how many were claimed."""
        room = AT_ONCE - len(self._calls)
        if room <= 0:
            return 0
        claims = await self._database.run_behind(
            claim, worker=self._worker, now=clock.now(), limit=room, busy=self._paced()
        )
        for one in claims:
            self._pacing[one.channel].take(one.conversation_id, clock.now())
            if one.has_arrived:
                continue
            task = asyncio.create_task(self._send(one))
            self._calls[task] = one.outbox_id
            task.add_done_callback(self._calls.pop)
        return len(claims)

    async def renew_claims(self) -> None:
        """Say that this worker lives, as long as it has calls open."""
        now = clock.now()
        if self._calls and abs(now - self._renewed_at) >= RENEW_EVERY:
            self._renewed_at = now
            mine = list(self._calls.values())
            await self._database.run_behind(renew, outbox_ids=mine, worker=self._worker, now=now)

    def _paced(self) -> frozenset[int]:
        now = clock.now()
        return frozenset().union(*(pacing.waiting(now) for pacing in self._pacing.values()))

    async def _send(self, one: Claim) -> None:
        try:
            await self._call(one)
        except Exception:
            log.exception("what became of a send could not be written down; it becomes unknown")
        finally:
            self._database.hub.tell([WorkWaiting()])

    async def _call(self, one: Claim) -> None:
        door = self._doors[one.channel]
        account, uploads = await self._database.ask(_parts, one)
        try:
            if isinstance(uploads, BadInput):
                raise SendFailed(uploads.for_agent)
            sent = await door.send(_opened(account), one.outbound, uploads)
        except SendFailed as failure:
            log.info("send refused: %s %s", failure.code, failure.provider_code)
            await self._database.run_behind(refused, one, failure, clock.now())
        else:
            await self._database.run_behind(accepted, one, sent, clock.now())

    async def finish(self) -> None:
        """Let the open calls come to their end."""
        await asyncio.gather(*self._calls, return_exceptions=True)


def _opened(account: ChannelAccount) -> Credentials:
    try:
        return credentials(account)
    except BadInput as sealed:
        raise SecretsLost from sealed


def _parts(work: Work, one: Claim) -> tuple[ChannelAccount, dict[str, Upload] | BadInput]:
    account = work.get_one(ChannelAccount, one.account_id)
    try:
        return account, {name: read_upload(work, name) for name in one.outbound.content.files}
    except BadInput as gone:
        return account, gone
