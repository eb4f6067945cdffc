"""News of our own messages: kept whenever it comes, joined so that ticks never go back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Receipt, ReceiptState
from jumper_app.db import Work
from jumper_app.models import (
    ChannelAccount,
    Conversation,
    Delivery,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    ReceiptRow,
)

from .heeding import heed_account
from .log import SYSTEM, add_status, changed, record, stored
from .marks import earliest_marks
from .reactions import reaction_refused
from .recognising import recognise
from .standins import name_message
from .ticks import tick
from .unwanted import note_stop

NEWS_COUNTS_FOR = timedelta(hours=1)
"""Providers tell the same news again for days; after this time it says nothing of today."""


def take_receipt(work: Work, account: ChannelAccount, receipt: Receipt, now: datetime) -> None:
    """Keep the news; draw the message anew if it is here, settle its sending if that is open."""
    if not _keep(work, stored(account.id), receipt):
        return
    message = _message(work, account, receipt)
    if message is None:
        _heed_reaction(work, account, receipt)
        return
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    work.refresh(message)
    before = message.delivery
    if message.external_id is None:
        settle(work, message, receipt.external_id, now)
    redraw_tick(work, message)
    lines = heed_refusal(work, conversation, message, now)
    if receipt.state == ReceiptState.FAILED:
        lines += heed_news(work, conversation, message, now)
    if message.delivery != before or lines:
        kind = f"message_{receipt.state}"
        record(work, conversation, kind, actor=SYSTEM, now=now, message=message.id)
    changed(work, conversation, message, *lines)
    recognise(work, conversation, receipt.recipient, now)


def _heed_reaction(work: Work, account: ChannelAccount, receipt: Receipt) -> None:
    """Of our reactions providers tell only that they were sent, or failed."""
    if receipt.our_reference and receipt.state == ReceiptState.FAILED:
        failure = CHANNELS[account.channel].explain(receipt.error_code, receipt.error_detail)
        reaction_refused(work, receipt.our_reference, failure.for_agent)


def keep_receipt(work: Work, message: Message, state: ReceiptState, at: datetime) -> bool:
    """Store news of a message that the provider told without naming it."""
    receipt = Receipt(account="", external_id=message.external_id or "", state=state, at=at)
    return _keep(work, message.account_id, receipt)


def _keep(work: Work, account_id: int, receipt: Receipt) -> bool:
    """Store the news unless it is known; of the same news told twice the earlier time counts."""
    row = work.exec(
        select(ReceiptRow).where(
            col(ReceiptRow.account_id) == account_id,
            col(ReceiptRow.external_id) == receipt.external_id,
            col(ReceiptRow.state) == receipt.state,
        )
    ).first()
    if row is not None and row.at <= receipt.at:
        return False
    row = row or ReceiptRow(
        account_id=account_id,
        external_id=receipt.external_id,
        state=receipt.state,
        at=receipt.at,
    )
    row.at = receipt.at
    row.our_reference = receipt.our_reference[:64] or row.our_reference
    row.error_code = receipt.error_code[:20]
    row.error_detail = receipt.error_detail[:500]
    work.add(row)
    work.flush()
    return True


def _message(work: Work, account: ChannelAccount, receipt: Receipt) -> Message | None:
    ours = select(Message).where(
        col(Message.account_id) == account.id,
        col(Message.kind).in_((MessageKind.AGENT, MessageKind.BOT)),
    )
    by_id = work.exec(ours.where(col(Message.external_id) == receipt.external_id)).first()
    if by_id is not None or not receipt.our_reference:
        return by_id
    return work.exec(ours.where(col(Message.public_id) == receipt.our_reference)).first()


def settle(work: Work, message: Message, external_id: str, now: datetime) -> None:
    """The provider has the message under this id: its sending is over, whatever we believed."""
    if message.external_id is None:
        name_message(work, message, external_id)
    row = work.exec(select(Outbox).where(col(Outbox.message_id) == message.id)).first()
    if row is not None:
        row.state = OutboxState.SENT
    if message.delivery in {Delivery.QUEUED, Delivery.UNKNOWN}:
        message.delivery, message.failure = Delivery.SENT, ""
    note_time(message, Delivery.SENT, now)
    work.flush()
    cover(work, message)


def cover(work: Work, message: Message) -> None:
    """Draw a message whose provider's id or time has just become known, with all its news."""
    for state, at in earliest_marks(work, message).items():
        keep_receipt(work, message, state, at)
    redraw_tick(work, message)


def redraw_tick(work: Work, message: Message) -> None:
    """Join our own knowledge of the message with all receipts that carry its provider id."""
    news = _news_of(work, message)
    own = Delivery(message.delivery or Delivery.QUEUED)
    message.delivery = tick(_base(own), [ReceiptState(row.state) for row in news])
    for row in news:
        note_time(message, row.state, row.at)
    failed = next((row for row in news if row.state == ReceiptState.FAILED), None)
    if message.delivery == Delivery.FAILED and failed is not None:
        message.failure = explain(message, work, failed)
    elif message.delivery != Delivery.UNKNOWN and news:
        message.failure = ""


def _base(own: Delivery) -> Delivery:
    """A tick that came from receipts is joined again from them; only our own part is a base."""
    return Delivery.SENT if own in {Delivery.DELIVERED, Delivery.READ} else own


def explain(message: Message, work: Work, failed: ReceiptRow) -> str:
    """The sentence an agent reads for a failure that the provider told later."""
    account = work.get_one(ChannelAccount, message.account_id)
    failure = CHANNELS[account.channel].explain(failed.error_code, failed.error_detail)
    return failure.in_the_end


def note_time(message: Message, state: str, at: datetime) -> None:
    """Keep the earliest time at which the message reached a state."""
    times: dict[str, str] = dict(message.delivery_times or {})
    told = at.isoformat()
    if state not in times or told < times[state]:
        message.delivery_times = {**times, str(state): told}


def heed_refusal(
    work: Work, conversation: Conversation, message: Message, now: datetime
) -> list[Message]:
    """The provider says that the window is closed: believe it over our own clock.

    What it says holds for its own time: a word of the customer in that second or after
    opens again, in whatever order the two are told.
    """
    account = work.get_one(ChannelAccount, message.account_id)
    refused_at = next((row.at for row in _news_of(work, message) if _is_late(account, row)), None)
    heard, shut = conversation.last_heard_at, conversation.window_shut_at
    if refused_at is None or (heard is not None and refused_at <= heard):
        return []
    conversation.window_shut_at = max(refused_at, shut or refused_at)
    if shut is not None:
        return []
    return [add_status(work, conversation, "window_refused", actor=SYSTEM, now=now)]


def heed_news(
    work: Work, conversation: Conversation, message: Message, now: datetime
) -> list[Message]:
    """What failures that are told later say beyond "not this one"; the lines that say so.

    Of the account old ones say nothing; what a customer wishes holds until they say otherwise.
    """
    account = work.get_one(ChannelAccount, message.account_id)
    lines: list[Message] = []
    for row in _news_of(work, message):
        if row.state != ReceiptState.FAILED:
            continue
        failure = CHANNELS[account.channel].explain(row.error_code, row.error_detail)
        if row.at > now - NEWS_COUNTS_FOR:
            heed_account(work, account, failure, now)
        if failure.stops_marketing:
            lines += note_stop(work, conversation, row.at, now)
    return lines


def _is_late(account: ChannelAccount, row: ReceiptRow) -> bool:
    """Does the provider say that this message came after the window had closed?"""
    if row.state != ReceiptState.FAILED:
        return False
    return CHANNELS[account.channel].explain(row.error_code, row.error_detail).closes_window


def _news_of(work: Work, message: Message) -> Sequence[ReceiptRow]:
    return work.exec(
        select(ReceiptRow).where(
            col(ReceiptRow.account_id) == message.account_id,
            col(ReceiptRow.external_id) == message.external_id,
        )
    ).all()
