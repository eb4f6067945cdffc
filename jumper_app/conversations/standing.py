"""Whether an account speaks at all: paused, resumed, removed; and what an admin sets of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from jumper_app.channels.contract import OptionValue
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.live import SettingsChanged, WorkWaiting
from jumper_app.models import (
    Attachment,
    ChannelAccount,
    Conversation,
    Delivery,
    Message,
    Outbox,
    OutboxState,
    ReadDue,
    Wake,
)

from .log import SYSTEM, changed, record
from .waiting import account_called, works_again

NOT_LEFT = "Not sent: the channel was removed first."


class ChannelPaused(SendRefused):
    """An admin has paused the channel."""

    code = "channel_paused"
    for_agent = "This channel is paused: nothing is sent until an admin resumes it."


class ChannelRemoved(SendRefused):
    """An admin has removed the channel."""

    code = "channel_removed"
    for_agent = "This channel was removed. The history stays; nothing can be sent."


def speechless(account: ChannelAccount) -> SendRefused | None:
    """Why nothing may be sent through this account; None when it may."""
    if not account.active:
        return ChannelRemoved()
    return ChannelPaused() if account.paused else None


def must_speak(work: Work, account_id: int) -> None:
    """Raise ChannelPaused or ChannelRemoved."""
    if refusal := speechless(work.get_one(ChannelAccount, account_id)):
        raise refusal


def silent_accounts():
    """The ids of the accounts through which nothing leaves, for a query."""
    return select(ChannelAccount.id).where(
        col(ChannelAccount.paused).is_(True) | col(ChannelAccount.active).is_(False)
    )


def pause(work: Work, public_id: str) -> None:
    """Nothing leaves from now on, neither a bot's words nor a person's; what comes in is stored.

    What was claimed before is on its way.
    """
    account_called(work, public_id).paused = True
    work.tell(SettingsChanged())


def resume(work: Work, public_id: str) -> None:
    """What waited leaves now, unless its reply window has closed."""
    account_called(work, public_id).paused = False
    work.tell(SettingsChanged(), WorkWaiting())


def set_options(work: Work, public_id: str, options: Mapping[str, OptionValue]) -> None:
    """Keep what an admin set. The caller has checked it against the channel's options."""
    account = account_called(work, public_id)
    account.options = {**(account.options or {}), **options}
    work.tell(SettingsChanged())


def remove(work: Work, public_id: str, now: datetime) -> int:
    """Forget the account's secrets. Its history stays and can be read; nothing can be sent.

    Returns how many waiting messages will not be sent; each says so in its thread.
    """
    account = account_called(work, public_id)
    account.active, account.removed_at, account.paused = False, now, False
    account.sealed, account.secret_changed_at = b"", None
    account.report, account.checked_at = None, None
    works_again(work, account)
    mine = select(Conversation.id).where(col(Conversation.account_id) == account.id)
    work.exec(delete(Wake).where(col(Wake.conversation_id).in_(mine)))
    work.exec(delete(ReadDue).where(col(ReadDue.conversation_id).in_(mine)))
    work.exec(
        update(Attachment)
        .where(col(Attachment.account_id) == account.id, col(Attachment.state) == "waiting")
        .values(state="failed")
    )
    work.tell(SettingsChanged())
    return _give_up_sends(work, account, now)


def _give_up_sends(work: Work, account: ChannelAccount, now: datetime) -> int:
    """What is queued fails with the reason; what was claimed may still arrive."""
    waiting = (OutboxState.QUEUED, OutboxState.RETRYING)
    rows = work.exec(
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(col(Outbox.account_id) == account.id, col(Outbox.state).in_(waiting))
        .order_by(col(Outbox.conversation_id), col(Outbox.id))
    ).all()
    for row, message in rows:
        conversation = work.get_one(Conversation, row.conversation_id, with_for_update=True)
        row.state = OutboxState.FAILED
        message.delivery, message.failure = Delivery.FAILED, NOT_LEFT
        record(work, conversation, "send_failed", actor=SYSTEM, now=now, message=message.id)
        changed(work, conversation, message)
    return len(rows)
