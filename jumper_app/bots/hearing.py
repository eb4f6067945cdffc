"""What a customer said since the bot last listened, as one thing said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlmodel import col, delete, select

from jumper_app.conversations.log import stored
from jumper_app.db import Work
from jumper_app.models import Attachment, Conversation, Message, MessageKind, Wake

from .progress import Replied


@dataclass(frozen=True)
class Heard:
    """One thing said.

    Attributes:
        referral: The reference of the link through which they came, empty if none.
        messages: How many messages it is; 0: they only followed a link.
    """

    reply: Replied
    referral: str = ""
    messages: int = 0


def listen(work: Work, conversation: Conversation) -> Sequence[Message]:
    """Take the messages that wait and are one thing said, in the order they came.

    Lines that came quickly after one another are one; a tap is one of its own. The rest
    waits on. Nothing when another worker was here before.
    """
    waiting = work.exec(
        select(Message)
        .join(Wake, col(Wake.message_id) == col(Message.id))
        .where(col(Wake.conversation_id) == conversation.id)
        .order_by(col(Message.at), col(Message.order), col(Message.id))
    ).all()
    if not waiting:
        return []
    plain = list(takewhile(_is_plain, waiting))
    taken = plain or list(waiting[:1])
    work.exec(delete(Wake).where(col(Wake.message_id).in_([stored(row.id) for row in taken])))
    return taken


def _is_plain(message: Message) -> bool:
    return message.kind == MessageKind.CUSTOMER and not _payload(message)


def heard_in(work: Work, messages: Sequence[Message]) -> Heard:
    """What these messages say together."""
    said = [message for message in messages if message.kind == MessageKind.CUSTOMER]
    text = "\n".join(message.text for message in said if message.text)
    payloads = [payload for message in said if (payload := _payload(message))]
    referrals = [ref for message in messages if (ref := _referral(message))]
    reply = Replied(text=text, payload=payloads[-1] if payloads else "", file=_file(work, said))
    return Heard(reply, referrals[-1] if referrals else "", len(said))


def _payload(message: Message) -> str:
    content: dict[str, Any] = message.content or {}
    return str(content.get("payload") or "")


def _referral(message: Message) -> str:
    content: dict[str, Any] = message.content or {}
    advert: dict[str, Any] = content.get("advert") or {}
    return str(advert.get("ref") or "")


def _is_media(message: Message) -> bool:
    content: dict[str, Any] = message.content or {}
    return content.get("type") == "media"


def _file(work: Work, said: Sequence[Message]) -> str:
    """The file that came last, by its public id; empty if there is none."""
    media = [stored(row.id) for row in said if _is_media(row)]
    if not media:
        return ""
    rows = work.exec(
        select(Attachment.public_id)
        .where(col(Attachment.message_id).in_(media))
        .order_by(col(Attachment.id).desc())
    )
    return rows.first() or ""
