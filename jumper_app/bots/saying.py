"""From what the engine wants said to messages that wait to be sent."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.channels.contract import (
    Card,
    OutboundContent,
    OutCards,
    OutMedia,
    OutText,
)
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.log import stored
from jumper_app.conversations.outgoing import Outgoing, send_later
from jumper_app.conversations.templates.filling import Values
from jumper_app.conversations.templates.sending import Filled, made
from jumper_app.db import Work
from jumper_app.errors import SendRefused
from jumper_app.models import (
    Attachment,
    ChannelAccount,
    Conversation,
    FlowVersion,
    Message,
    Run,
    Template,
    new_public_id,
)

from .progress import Send, SendApproved, SendCard, SendFile, Sending
from .words import NO_SUCH_FILE, NO_SUCH_TEMPLATE


class CannotSay(SendRefused):
    """What the flow wants sent does not exist any more."""

    code = "cannot_say"


def say(
    work: Work, conversation: Conversation, run: Run, number: int, said: Sending, now: datetime
) -> Message:
    """Queue one message of step ``number``. Raises SendRefused.

    The same step of the same run is the same message, however often it is tried.
    """
    version = work.get_one(FlowVersion, run.flow_version_id)
    flow: dict[str, Any] = version.definition
    name = str(flow.get("name", ""))
    outgoing = Outgoing(
        speaker="bot",
        content=MAKES[type(said)](work, conversation, said, now),
        client_key=f"run:{run.public_id}:{number}:{said.index}",
        flow=name,
        why={
            **(run.begun_by or {}),
            "flow": name,
            "version": version.number,
            "node": said.node,
            "step": number,
        },
    )
    return send_later(work, conversation, outgoing, now)


def _text(_work: Work, _conversation: Conversation, said: Send, _now: datetime) -> OutText:
    return OutText(text=said.text, choices=said.choices)


def _card(_work: Work, _conversation: Conversation, said: SendCard, _now: datetime) -> OutCards:
    card = Card(title=said.title, subtitle=said.price, link=said.link, choices=said.choices)
    return OutCards(cards=(card,))


def _file(work: Work, _conversation: Conversation, said: SendFile, now: datetime) -> OutMedia:
    """A copy of the flow's file: every message has its own, and is erased with it."""
    kept = work.exec(select(Attachment).where(col(Attachment.public_id) == said.file)).first()
    if kept is None or kept.uploaded_by_id is not None or kept.message_id is not None:
        raise CannotSay(NO_SUCH_FILE)
    name = new_public_id()
    values = kept.model_dump(exclude={"id", "public_id", "created_at"})
    place = path_of(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.link(path_of(said.file), place)
        os.utime(place)  # it is as young as its row, which nobody sees before the commit
    except OSError as gone:
        raise CannotSay(NO_SUCH_FILE) from gone
    work.add(Attachment(**values, public_id=name, created_at=now))
    work.flush()
    return OutMedia(kind=said.kind, attachment=name, caption=said.caption)


def _template(
    work: Work, conversation: Conversation, said: SendApproved, _now: datetime
) -> OutboundContent:
    account = work.get_one(ChannelAccount, conversation.account_id)
    row = work.exec(
        select(Template).where(
            col(Template.channel) == account.channel,
            col(Template.business) == account.parent_id,
            col(Template.name) == said.name,
            col(Template.language) == said.language,
        )
    ).first()
    if row is None:
        raise CannotSay(NO_SUCH_TEMPLATE.format(name=said.name, language=said.language))
    _, content = made(work, account, Filled(row.public_id, Values(texts=said.values)))
    return content


MAKES: dict[type, Callable[[Work, Conversation, Any, datetime], OutboundContent]] = {
    Send: _text,
    SendCard: _card,
    SendFile: _file,
    SendApproved: _template,
}


def last_words(
    work: Work, conversation: Conversation, text: str, key: str, flow: str, now: datetime
) -> Message:
    """Say something that no node says, under a key of its own."""
    why = {"flow": flow, "by": "rule"}
    outgoing = Outgoing(
        speaker="bot", content=OutText(text=text), client_key=key, flow=flow, why=why
    )
    return send_later(work, conversation, outgoing, now)


def key_of(run: Run, name: str) -> str:
    """The key of words that a run says once."""
    return f"run:{run.public_id}:{name}:{stored(run.id)}"
