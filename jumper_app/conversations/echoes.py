"""What was sent in our name: our own messages coming back, or another tool's."""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import Echo
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Conversation, Delivery, Message, MessageKind

from .amendments import apply_earlier_amendments
from .contacts import conversation_with
from .latest import show_as_latest
from .log import SYSTEM, changed, record, stored
from .messages import keep_media, known, words
from .receipts import heed_refusal, redraw_tick, settle


def hear_echo(work: Work, account: ChannelAccount, echo: Echo, now: datetime) -> None:
    """Settle our own send by its echo; store what another tool sent."""
    if known(work, account, echo.external_id):
        return
    ours = _ours(work, account, echo)
    if ours is not None:
        _settle(work, ours, echo, now)
        return
    conversation = conversation_with(work, account, echo.recipient, echo.sent_at, now)
    message = _store(work, account, conversation, echo, now)
    record(work, conversation, "message_echoed", actor=SYSTEM, now=now, message=message.id)
    apply_earlier_amendments(work, message)
    show_as_latest(work, conversation, message)
    redraw_tick(work, message)
    changed(work, conversation, message, *heed_refusal(work, conversation, message, now))


def _settle(work: Work, ours: Message, echo: Echo, now: datetime) -> None:
    conversation = work.get_one(Conversation, ours.conversation_id, with_for_update=True)
    work.refresh(ours)
    settle(work, ours, echo.external_id, now)
    record(work, conversation, "send_echoed", actor=SYSTEM, now=now, message=ours.id)
    changed(work, conversation, ours, *heed_refusal(work, conversation, ours, now))


def _ours(work: Work, account: ChannelAccount, echo: Echo) -> Message | None:
    if not echo.our_reference:
        return None
    return work.exec(
        select(Message).where(
            col(Message.public_id) == echo.our_reference,
            col(Message.account_id) == account.id,
        )
    ).first()


def _store(
    work: Work, account: ChannelAccount, conversation: Conversation, echo: Echo, now: datetime
) -> Message:
    message = Message(
        conversation_id=stored(conversation.id),
        account_id=stored(account.id),
        kind=MessageKind.AGENT,
        external_id=echo.external_id,
        at=echo.sent_at,
        order=echo.external_id,
        text=words(echo.content),
        content=echo.content.model_dump(mode="json"),
        quotes=echo.quotes,
        delivery=Delivery.SENT,
        elsewhere=True,
        stored_at=now,
    )
    work.add(message)
    work.flush()
    keep_media(work, account, stored(message.id), echo.content, now)
    return message
