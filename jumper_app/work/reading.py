"""Telling customers that their message was read. Best effort: a lost one harms nobody."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from jumper_app import clock
from jumper_app.channels.contract import Credentials, Door, Identity
from jumper_app.conversations.accounts import credentials
from jumper_app.conversations.outgoing import recipient_of
from jumper_app.conversations.standing import silent_accounts
from jumper_app.conversations.waiting import unwell_accounts
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, SendFailed
from jumper_app.models import ChannelAccount, Conversation, ReadDue

from .looking import somebody_is_to_be_told

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Read marks that are told side by side."""


@dataclass(frozen=True)
class ReadMarkDue:
    """One customer who is to be told."""

    channel: str
    credentials: Credentials
    recipient: tuple[Identity, ...]
    external_id: str
    typing: bool


async def tell_read(database: Database, doors: dict[str, Door]) -> int:
    """Tell everyone who is due. Returns how many there were."""
    if not await database.ask(somebody_is_to_be_told):
        return 0
    due = await database.run_behind(_take, now=clock.now())
    await asyncio.gather(*(_tell(doors[one.channel], one) for one in due))
    return len(due)


def _take(work: Work, *, now: datetime) -> list[ReadMarkDue]:
    rows = work.exec(
        select(ReadDue, ChannelAccount, Conversation)
        .join(Conversation, col(Conversation.id) == col(ReadDue.conversation_id))
        .join(ChannelAccount, col(ChannelAccount.id) == col(Conversation.account_id))
        .where(
            col(ChannelAccount.id).not_in(silent_accounts()),
            col(ChannelAccount.id).not_in(unwell_accounts(now)),
        )
        .limit(AT_ONCE)
    ).all()
    for row, _, _ in rows:
        work.delete(row)
    return [due for each in rows if (due := _due(work, *each))]


def _due(
    work: Work, row: ReadDue, account: ChannelAccount, conversation: Conversation
) -> ReadMarkDue | None:
    try:
        opened = credentials(account)
    except BadInput:
        log.warning("the secrets of channel account %s cannot be opened", account.public_id)
        return None
    recipient = recipient_of(work, conversation)
    return ReadMarkDue(account.channel, opened, recipient, row.external_id, row.typing)


async def _tell(door: Door, one: ReadMarkDue) -> None:
    try:
        await door.mark_read(one.credentials, one.recipient, one.external_id, typing=one.typing)
    except SendFailed as failure:
        log.info("a read mark was not taken: %s %s", failure.code, failure.provider_code)
