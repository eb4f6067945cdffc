"""Reactions, edits and withdrawals: the latest counts, in whatever order they come."""

from datetime import datetime

from sqlalchemy import exists
from sqlmodel import col, select

from jumper_app.channels.contract import Amendment
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Conversation, Message, Said

from .contacts import conversation_with
from .latest import show_as_latest
from .log import CUSTOMER, changed, record, stored
from .window import open_window

OURSELVES = "us"

IS_SPOKEN_OF = exists().where(
    col(Said.account_id) == col(Message.account_id), col(Said.about) == col(Message.external_id)
)
"""Of a stored message: did somebody say something about it, perhaps before it came?"""


def amend(work: Work, account: ChannelAccount, amendment: Amendment, now: datetime) -> None:
    """Keep what is said about a message, and draw the message anew if it is here."""
    conversation = conversation_with(work, account, amendment.person, amendment.sent_at, now)
    if amendment.opens_window:
        open_window(conversation, amendment.sent_at)
    said = _said_before(work, account, amendment)
    if said is not None and (said.at, said.external_id) >= (
        amendment.sent_at,
        amendment.external_id,
    ):
        return
    if said is None:
        said = _new(account, amendment)
        work.add(said)
    said.at, said.external_id = amendment.sent_at, amendment.external_id
    said.emoji = amendment.emoji[:64]
    said.content = amendment.content.model_dump(mode="json") if amendment.content else None
    work.flush()
    message = _message(work, said)
    if message is not None:
        _redraw(work, message, amendment, now)


def apply_earlier_amendments(work: Work, message: Message) -> None:
    """Draw a new message with what was said about it before it came."""
    about = select(Said).where(
        col(Said.account_id) == message.account_id, col(Said.about) == message.external_id
    )
    for said in work.exec(about):
        apply(message, said)


def apply(message: Message, said: Said) -> None:
    """Draw one thing said into the message."""
    if said.kind == "reaction":
        given: dict[str, str] = {one["person"]: one["emoji"] for one in message.reactions or ()}
        given[said.person] = said.emoji
        message.reactions = [
            {"person": person, "emoji": emoji} for person, emoji in sorted(given.items()) if emoji
        ] or None
    elif said.kind == "revoke":
        message.revoked_at = said.at
    elif said.content is not None:
        message.edited_at = said.at
        message.content = {**(message.content or {}), **said.content}
        message.text = said.content.get("text") or said.content.get("caption") or message.text


def _said_before(work: Work, account: ChannelAccount, amendment: Amendment) -> Said | None:
    return work.exec(
        select(Said)
        .where(
            col(Said.account_id) == account.id,
            col(Said.about) == amendment.about,
            col(Said.kind) == amendment.kind,
            col(Said.person) == _speaker(amendment),
        )
        .with_for_update()
    ).first()


def _speaker(amendment: Amendment) -> str:
    return OURSELVES if amendment.by_us else "customer"


def _new(account: ChannelAccount, amendment: Amendment) -> Said:
    return Said(
        account_id=stored(account.id),
        about=amendment.about,
        kind=amendment.kind,
        person=_speaker(amendment),
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
    for said in work.exec(
        select(Said).where(
            col(Said.account_id) == message.account_id, col(Said.about) == message.external_id
        )
    ):
        apply(message, said)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    show_as_latest(work, conversation, message)
    record(
        work, conversation, f"message_{amendment.kind}", actor=CUSTOMER, now=now, message=message.id
    )
    changed(work, conversation, message)
