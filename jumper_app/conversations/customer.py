"""The contact card: what is known of the customer, beside the thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Permission
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    Attachment,
    ChannelAccount,
    Contact,
    ContactIdentity,
    Conversation,
    Flow,
    FlowVersion,
    Message,
    Owner,
    Run,
)

from .accounts import as_set
from .history import File, as_file
from .listing import name_of
from .log import stored
from .outgoing import bots_until, closes_at, permission_at
from .silence import Silence, silence
from .standing import speechless
from .takeover import alive_run
from .unwanted import marketing_stopped_at
from .words import account_waits

GALLERY = 12
"""Pictures shown on the card."""


@dataclass(frozen=True)
class Answering:
    """Who answers the customer now, and since when nobody did.

    ``flow_name`` and ``paused_at`` (the open question) speak of the run, if there is one.
    """

    owner: str
    agent_name: str
    agent_public_id: str
    waiting_since: datetime | None
    flow_name: str
    paused_at: str
    under_way: bool
    """There is a run, speaking or paused."""
    resumes_at: datetime | None
    """When the paused bot goes on by itself; None: not by itself."""
    silence: Silence | None
    """Since when the bot is silent; None where it speaks, or never did."""


@dataclass(frozen=True)
class Card:
    """Everything that stands beside a thread."""

    conversation_public_id: str
    name: str
    picture: str
    """Public id of the attachment that shows them; empty when we have none."""
    told_name: str
    """As the customer is called by themselves or the provider; empty if nobody told."""
    channel: str
    channel_name: str
    account_name: str
    phone: str
    email: str
    username: str
    language: str
    timezone: str
    consent_at: datetime | None
    marketing_stopped_at: datetime | None
    """Since when they want no advertising; None: they have not said so."""
    first_seen_at: datetime
    identities: tuple[tuple[str, str], ...]
    answering: Answering
    closes_at: datetime | None
    bots_until: datetime | None
    """When only people may go on writing; None where bots and people stop together."""
    permission: Permission
    window_closed: str
    """Why the composer is closed, whenever it is."""
    people_only: str
    waits: str
    """Why what is written now leaves later; empty: it leaves at once."""
    not_here: dict[str, str]
    """Items of the channel's menu that this account does not have, each with the reason."""
    unshown: str
    """What of the conversation is not shown; empty when everything is."""
    media: tuple[File, ...]


def card(work: Work, conversation_id: int, now: datetime) -> Card:
    """Read the card of one conversation."""
    conversation = work.get_one(Conversation, conversation_id)
    contact = work.get_one(Contact, conversation.contact_id)
    account = work.get_one(ChannelAccount, conversation.account_id)
    channel = CHANNELS[conversation.channel]
    return Card(
        conversation_public_id=conversation.public_id,
        name=name_of(contact, channel),
        **_face(contact),
        channel=conversation.channel,
        channel_name=channel.wording.name,
        account_name=account.name,
        phone=contact.phone,
        email=contact.email,
        username=contact.username,
        language=contact.language,
        timezone=contact.timezone,
        consent_at=contact.consent_at,
        marketing_stopped_at=marketing_stopped_at(work, conversation.contact_id),
        first_seen_at=contact.created_at,
        identities=_identities(work, contact),
        answering=_answering(work, conversation, account),
        **_reply_window(account, conversation, now),
        **_of_account(account),
        media=_gallery(work, conversation_id),
    )


def _face(contact: Contact) -> dict[str, str]:
    return {"told_name": contact.name, "picture": contact.picture}


def _of_account(account: ChannelAccount) -> dict[str, Any]:
    """What of the card depends on how the account is set and how it stands."""
    return {
        "waits": account_waits(account.stopped_because) if account.stopped_at else "",
        "not_here": _not_here(account),
        "unshown": as_set(account).wording.unshown,
    }


def _not_here(account: ChannelAccount) -> dict[str, str]:
    """The only item that an admin switches is the request to write later."""
    channel = CHANNELS[account.channel]
    has = as_set(account).menu
    return {item: channel.wording.no_opt_ins for item in channel.menu if item not in has}


def _reply_window(
    account: ChannelAccount, conversation: Conversation, now: datetime
) -> dict[str, Any]:
    """What may be sent and until when; through a paused or removed account nothing."""
    channel, mute = as_set(account), speechless(account)
    return {
        "closes_at": closes_at(channel, conversation),
        "bots_until": bots_until(channel, conversation),
        "permission": Permission.CLOSED if mute else permission_at(channel, conversation, now),
        "window_closed": mute.for_agent if mute else channel.wording.window_closed,
        "people_only": channel.wording.people_only,
    }


def _answering(work: Work, conversation: Conversation, account: ChannelAccount) -> Answering:
    agent = work.get(Agent, conversation.agent_id) if conversation.agent_id else None
    run = alive_run(work, conversation)
    return Answering(
        owner=conversation.owner,
        agent_name=agent.name if agent else "",
        agent_public_id=agent.public_id if agent else "",
        waiting_since=conversation.waiting_since,
        flow_name=_flow_name(work, run, account),
        paused_at=run.asked if run else "",
        under_way=run is not None,
        resumes_at=run.resumes_at if run else None,
        silence=None
        if conversation.owner == Owner.BOT
        else silence(work, conversation_id=stored(conversation.id)),
    )


def _identities(work: Work, contact: Contact) -> tuple[tuple[str, str], ...]:
    rows = work.exec(
        select(ContactIdentity)
        .where(col(ContactIdentity.contact_id) == contact.id)
        .order_by(col(ContactIdentity.id))
    )
    return tuple((row.kind, row.value) for row in rows)


def _flow_name(work: Work, run: Run | None, account: ChannelAccount) -> str:
    """The flow of the run; without one, the flow that would answer first."""
    flow_id = account.flow_id
    if run is not None:
        flow_id = work.get_one(FlowVersion, run.flow_version_id).flow_id
    flow = work.get(Flow, flow_id) if flow_id else None
    return flow.name if flow else ""


def _gallery(work: Work, conversation_id: int) -> tuple[File, ...]:
    rows = work.exec(
        select(Attachment)
        .join(Message, col(Message.id) == col(Attachment.message_id))
        .where(
            col(Message.conversation_id) == conversation_id,
            col(Attachment.state) == "ready",
            col(Attachment.mime).like("image/%"),
        )
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(GALLERY)
    )
    return tuple(as_file(row) for row in rows)
