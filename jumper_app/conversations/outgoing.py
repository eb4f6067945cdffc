"""From a message to its outbox row: the only way anything comes to wait for a channel.

``Outgoing`` can be made of an agent's or a bot's words and of nothing else. A note
or a status line has no ``OutboundContent``, no verb here takes one, and the
outbox's foreign key and check refuse its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from jumper_app.channels.contract import (
    Channel,
    Identity,
    IdentityKind,
    MenuItem,
    Outbound,
    OutboundContent,
    OutMedia,
    OutOptIn,
    OutTemplate,
    OutText,
    Permission,
    Speaker,
)
from jumper_app.db import Work
from jumper_app.errors import SendRefused, WindowClosed
from jumper_app.live import WorkWaiting
from jumper_app.models import (
    Attachment,
    Contact,
    ContactIdentity,
    Conversation,
    Delivery,
    Message,
    MessageKind,
    Outbox,
)

from .accounts import channel_of
from .holds import end_holds, leaves_at
from .latest import show_as_latest
from .log import LAST, place, stored
from .standing import must_speak
from .unwanted import check_wanted


@dataclass(frozen=True)
class Outgoing:
    """Words for a customer, and who says them.

    Attributes:
        speaker: Only these two can speak to a customer.
        agent_id: Whose words; None when the bot speaks.
        flow: The name of the flow when the bot speaks.
        client_key: The same key twice is the same message.
        quotes: External id of the message that it answers, empty for none.
        why: When the bot speaks: what it can say of its reasons.
        hold: How long it waits for its author to think again; zero: it may leave at once.
    """

    speaker: Speaker
    content: OutboundContent
    client_key: str
    agent_id: int | None = None
    flow: str = ""
    quotes: str = ""
    why: Mapping[str, Any] | None = None
    hold: timedelta = timedelta(0)


def send_later(
    work: Work, conversation: Conversation, outgoing: Outgoing, now: datetime
) -> Message:
    """Store a message and its outbox row. Raises SendRefused before anything is stored."""
    must_speak(work, conversation.account_id)
    channel = channel_of(work, conversation)
    check_fits(channel, outgoing.content)
    check_window(channel, conversation, outgoing.speaker, now, outgoing.content)
    check_wanted(work, conversation, outgoing.content)
    files = _files(work, outgoing)
    message = _store(work, conversation, outgoing, now)
    message.held_until = leaves_at(channel, conversation, outgoing.hold, now)
    end_holds(work, conversation, message.held_until or now)
    for file in files:
        file.message_id = message.id
    _queue(work, conversation, message, outgoing, now)
    conversation.waiting_since = None
    show_as_latest(work, conversation, message)
    work.tell(WorkWaiting())
    return message


def _queue(
    work: Work, conversation: Conversation, message: Message, outgoing: Outgoing, now: datetime
) -> None:
    outbound = Outbound(
        reference=message.public_id,
        recipient=recipient_of(work, conversation),
        phone=work.get_one(Contact, conversation.contact_id).phone,
        content=outgoing.content,
        quotes=outgoing.quotes,
        speaker=outgoing.speaker,
    )
    work.add(
        Outbox(
            message_id=stored(message.id),
            message_kind=outgoing.speaker,
            conversation_id=stored(conversation.id),
            account_id=conversation.account_id,
            epoch=conversation.epoch,
            outbound=outbound.model_dump(mode="json"),
            due_at=message.held_until or now,
            created_at=now,
        )
    )


def check_fits(channel: Channel, content: OutboundContent) -> None:
    """Raise SendRefused when the channel does not take so much, or no such thing."""
    name, limits = channel.wording.name, channel.limits
    match content:
        case OutText() if len(content.text) > limits.text:
            raise SendRefused(f"{name} takes at most {limits.text} characters.")
        case OutMedia() if content.kind not in limits.media:
            raise SendRefused(f"{name} does not take files of this kind.")
        case OutMedia() if len(content.caption) > (most := limits.caption_of(content.kind)):
            raise SendRefused(f"{name} takes captions of at most {most} characters here.")
        case OutTemplate() if not channel.window.template:
            raise SendRefused(f"{name} has no templates.")
        case OutOptIn() if MenuItem.OPTIN not in channel.menu:
            raise SendRefused(channel.wording.no_opt_ins or f"{name} has no opt-ins.")
        case OutOptIn() if len(content.title) > limits.opt_in_title:
            raise SendRefused(f"{name} takes titles of at most {limits.opt_in_title} characters.")
        case _:
            return


def check_window(
    channel: Channel,
    conversation: Conversation,
    speaker: str,
    now: datetime,
    content: OutboundContent | None = None,
) -> None:
    """Raise WindowClosed when this speaker may not send this at ``now``.

    Args:
        content: None stands for free words that are still to be found.
    """
    permission = permission_at(channel, conversation, now)
    person = speaker == MessageKind.AGENT
    template = isinstance(content, OutTemplate) and channel.window.template
    if not permission.allows(person=person, template=template):
        raise WindowClosed(_why_closed(channel, permission))


def _why_closed(channel: Channel, permission: Permission) -> str:
    wording = channel.wording
    bots_only = permission == Permission.HUMAN_ONLY and wording.people_only
    return wording.people_only if bots_only else wording.window_closed


def permission_at(channel: Channel, conversation: Conversation, now: datetime) -> Permission:
    """What may be sent in this conversation at ``now``, by our clock and the channel's word."""
    return channel.window.permission(_heard(conversation), now)


def closes_at(channel: Channel, conversation: Conversation) -> datetime | None:
    """When a person may no longer write; None when that is over already, or never comes."""
    return channel.window.closes_at(_heard(conversation))


def bots_until(channel: Channel, conversation: Conversation) -> datetime | None:
    """When only people may go on writing; None where bots and people stop together."""
    return channel.window.bots_until(_heard(conversation))


def _heard(conversation: Conversation) -> datetime | None:
    """When the customer last opened the window, unless the channel says it is shut."""
    return None if conversation.window_shut_at is not None else conversation.last_heard_at


def _store(work: Work, conversation: Conversation, outgoing: Outgoing, now: datetime) -> Message:
    content = outgoing.content
    message = Message(
        conversation_id=stored(conversation.id),
        account_id=conversation.account_id,
        kind=outgoing.speaker,
        agent_id=outgoing.agent_id,
        bot=outgoing.flow,
        why=dict(outgoing.why) if outgoing.why else None,
        at=place(conversation, now),
        order=LAST,
        text=content.words,
        content=content.model_dump(mode="json"),
        quotes=outgoing.quotes,
        delivery=Delivery.QUEUED,
        client_key=outgoing.client_key,
        stored_at=now,
    )
    work.add(message)
    work.flush()
    return message


def _files(work: Work, outgoing: Outgoing) -> list[Attachment]:
    """The files that travel with it; each is of this speaker and in no other message yet."""
    return [_file(work, name, outgoing) for name in outgoing.content.files]


def _file(work: Work, name: str, outgoing: Outgoing) -> Attachment:
    attachment = work.exec(select(Attachment).where(col(Attachment.public_id) == name)).first()
    if (
        attachment is None
        or attachment.message_id is not None
        or attachment.uploaded_by_id != outgoing.agent_id
    ):
        raise SendRefused("This file is gone. Please choose it again.")
    return attachment


def recipient_of(work: Work, conversation: Conversation) -> tuple[Identity, ...]:
    """Of each kind the name that was told last: who changed their number is at the new one."""
    rows = work.exec(
        select(ContactIdentity)
        .where(col(ContactIdentity.contact_id) == conversation.contact_id)
        .order_by(col(ContactIdentity.seen_at), col(ContactIdentity.value))
    )
    present = {IdentityKind(row.kind): row.value for row in rows}
    return tuple(
        Identity(kind=kind, value=present[kind]) for kind in IdentityKind if kind in present
    )
