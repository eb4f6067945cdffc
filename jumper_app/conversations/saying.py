"""What a reply is made of: words, files with words of their own, a place, a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from jumper_app.channels.contract import (
    Channel,
    MenuItem,
    OutboundContent,
    OutMedia,
    OutText,
)
from jumper_app.db import Work
from jumper_app.errors import BadInput, SendRefused
from jumper_app.models import Attachment, Conversation, Message, MessageKind

from .accounts import channel_of
from .attachments import MOST_AT_ONCE, Takes, goes_as, too_many


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a reply: its public id, and words that stand under it."""

    attachment: str
    caption: str = ""


@dataclass(frozen=True)
class Beside:
    """What goes with the words of a reply.

    Attributes:
        files: In the order in which they go.
        other: What is neither words nor a file: a place, a card.
        quotes: Public id of the message that this answers, empty for none.
        hold: How long it waits before it leaves, so that its author can take it back.
    """

    files: Sequence[Enclosed] = ()
    other: OutboundContent | None = None
    quotes: str = ""
    hold: timedelta = timedelta(0)


NOTHING = Beside()

SPOKEN = (MessageKind.CUSTOMER, MessageKind.AGENT, MessageKind.BOT)
"""What the customer has as well, and so can be quoted to them."""

OFFERED = {
    "template": MenuItem.TEMPLATE,
    "location": MenuItem.LOCATION,
    "contacts": MenuItem.CONTACT,
    "optin": MenuItem.OPTIN,
}
"""Behind which item of the menu each content stands; the others have verbs of their own."""


def contents_of(work: Work, channel: Channel, text: str, beside: Beside) -> list[OutboundContent]:
    """The messages of a reply, in their order. Raises SendRefused.

    Written words stand under the first file if it can carry them, else before it.
    """
    written = _plain(text)
    if len(beside.files) > MOST_AT_ONCE:
        raise SendRefused(too_many())
    enclosed = [(file, _takes(work, channel, file)) for file in beside.files]
    made: list[OutboundContent] = []
    if written and not _carries(channel, enclosed, written):
        made.append(OutText(text=written))
        written = ""
    for file, taken in enclosed:
        caption, written = _plain(file.caption) or written, ""
        made.append(OutMedia(kind=taken.kind, attachment=file.attachment, caption=caption))
    if beside.other is not None:
        made.append(_offered(channel, beside.other))
    if not made:
        raise BadInput("There is nothing to send yet.")
    return made


def quoted_id(work: Work, conversation: Conversation, public_id: str) -> str:
    """The provider's id of a message that is to be quoted, empty for none. Raises SendRefused."""
    if not public_id:
        return ""
    channel = channel_of(work, conversation)
    if not channel.quotes:
        raise SendRefused(f"{channel.wording.name} does not quote messages.")
    found = work.exec(
        select(Message.external_id).where(
            col(Message.public_id) == public_id,
            col(Message.conversation_id) == conversation.id,
            col(Message.kind).in_(SPOKEN),
        )
    ).first()
    if not found:
        raise SendRefused("This message cannot be quoted yet.")
    return found


def _offered(channel: Channel, other: OutboundContent) -> OutboundContent:
    """What is neither words nor a file, if the channel offers it to agents."""
    item = OFFERED.get(other.type)
    if item not in channel.menu:
        why = channel.wording.no_opt_ins if item == MenuItem.OPTIN else ""
        raise SendRefused(why or f"{channel.wording.name} does not have this.")
    return other


def _plain(text: str) -> str:
    return text.strip().replace("\x00", "")


def _carries(channel: Channel, enclosed: list[tuple[Enclosed, Takes]], written: str) -> bool:
    """Can the words stand under the first file?"""
    if not enclosed:
        return False
    first, taken = enclosed[0]
    return taken.captioned and not first.caption and len(written) <= channel.limits.caption


def _takes(work: Work, channel: Channel, file: Enclosed) -> Takes:
    """As what this channel takes the file: it may have been uploaded for another one."""
    row = work.exec(select(Attachment).where(col(Attachment.public_id) == file.attachment)).first()
    if row is None:
        raise SendRefused("This file is gone. Please choose it again.")
    try:
        return goes_as(channel, row.mime, row.size)
    except BadInput as refusal:
        raise SendRefused(refusal.for_agent) from refusal
