"""The tables. Unique keys carry the guarantees; nothing here decides anything."""

from .automation import Flow, FlowVersion, Run, RunStatus
from .base import UtcTime, new_public_id
from .channels import AccountNews, ChannelAccount, ParkedItem, WebhookDelivery
from .conversations import (
    Attachment,
    Conversation,
    Delivery,
    Draft,
    Mention,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
    ReadDue,
    ReadMark,
    ReceiptRow,
    Said,
    TakenBack,
    Wake,
)
from .customers import Contact, ContactIdentity
from .log import Event, Mark
from .people import Agent, LinkPurpose, OneTimeLink, Preference, Role, SignInSession
from .privacy import ErasedMessage
from .provider import Echoed, OptInRow, WatermarkRow
from .reactions import Reaction
from .shortcuts import Shortcut, ShortcutUse, ShortcutVersion
from .templates import Template, TemplateSync, TemplateUse

__all__ = [
    "AccountNews",
    "Agent",
    "Attachment",
    "ChannelAccount",
    "Contact",
    "ContactIdentity",
    "Conversation",
    "Delivery",
    "Draft",
    "Echoed",
    "ErasedMessage",
    "Event",
    "Flow",
    "FlowVersion",
    "LinkPurpose",
    "Mark",
    "Mention",
    "Message",
    "MessageKind",
    "OneTimeLink",
    "OptInRow",
    "Outbox",
    "OutboxState",
    "Owner",
    "ParkedItem",
    "Preference",
    "Reaction",
    "ReadDue",
    "ReadMark",
    "ReceiptRow",
    "Role",
    "Run",
    "RunStatus",
    "Said",
    "Shortcut",
    "ShortcutUse",
    "ShortcutVersion",
    "SignInSession",
    "TakenBack",
    "Template",
    "TemplateSync",
    "TemplateUse",
    "UtcTime",
    "Wake",
    "WatermarkRow",
    "WebhookDelivery",
    "new_public_id",
]
