"""Reactions, edits and withdrawals as they are told: kept, and drawn if they may be."""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import Amendment
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Conversation, Message, Said

from .contacts import conversation_with
from .latest import show_as_latest
from .log import CUSTOMER, changed, record, stored
from .spoken_of import OURSELVES, apply_earlier_amendments, may_say
from .window import open_window


def amend(work: Work, account: ChannelAccount, amendment: Amendment, now: datetime) -> None:
    """Keep what is said about a message, and draw the message anew if it is here."""
    conversation = conversation_with(work, account, amendment.person, amendment.sent_at, now)
    if amendment.opens_window:
        open_window(conversation, amendment.sent_at)
    speaker = _speaker(amendment, conversation)
    said = _said_before(work, account, amendment, speaker)
    if said is not None and (said.at, said.external_id) >= (
        amendment.sent_at,
        amendment.external_id,
    ):
        return
    if said is None:
        said = _new(account, amendment, speaker)
        work.add(said)
    said.at, said.external_id = amendment.sent_at, amendment.external_id
    said.emoji = amendment.emoji[:64]
    said.content = amendment.content.model_dump(mode="json") if amendment.content else None
    work.flush()
    message = _message(work, said)
    if message is not None and may_say(work, said, message):
        _redraw(work, message, amendment, now)


def _said_before(
    work: Work, account: ChannelAccount, amendment: Amendment, speaker: str
) -> Said | None:
    return work.exec(
        select(Said)
        .where(
            col(Said.account_id) == account.id,
            col(Said.about) == amendment.about,
            col(Said.kind) == amendment.kind,
            col(Said.person) == speaker,
        )
        .with_for_update()
    ).first()


def _speaker(amendment: Amendment, conversation: Conversation) -> str:
    """Who says it, and in which conversation."""
    return f"{OURSELVES if amendment.by_us else 'customer'}:{stored(conversation.id)}"


def _new(account: ChannelAccount, amendment: Amendment, speaker: str) -> Said:
    return Said(
        account_id=stored(account.id),
        about=amendment.about,
        kind=amendment.kind,
        person=speaker,
        external_id=amendment.external_id,
        at=amendment.sent_at,
    )


def _message(work: Work, said: Said) -> Message | None:
    return work.exec(
        select(Message).where(
            col(Message.account_id) == said.account_id, col(Message.external_id) == said.about
        )
    ).first()


def _redraw(work: Work, message: Message, amendment: Amendment, now: datetime) -> None:
    apply_earlier_amendments(work, message)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    show_as_latest(work, conversation, message)
    record(
        work, conversation, f"message_{amendment.kind}", actor=CUSTOMER, now=now, message=message.id
    )
    changed(work, conversation, message)
