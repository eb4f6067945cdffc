"""Customers against whom a shortcut can be tried while it is written."""

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.conversations.listing import alive
from jumper_app.db import Work
from jumper_app.models import ChannelAccount, Contact, Conversation
from jumper_app.people.sessions import Who

from .variables import Known

MOST = 8
"""Of those who wrote last."""


def samples(work: Work, who: Who) -> list[Known]:
    """What is known of the customers who wrote last, the newest first."""
    rows = work.exec(
        select(Conversation, Contact, ChannelAccount)
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .join(ChannelAccount, col(ChannelAccount.id) == col(Conversation.account_id))
        .where(*alive(), col(Contact.name) != "")
        .order_by(col(Conversation.last_activity_at).desc())
        .limit(MOST)
    )
    return [
        Known(
            customer=contact.name,
            phone=contact.phone,
            email=contact.email,
            locale=contact.language,
            agent=who.name,
            agent_email=who.email,
            conversation=conversation.public_id,
            channel=CHANNELS[conversation.channel].wording.name,
            brand=account.name,
        )
        for conversation, contact, account in rows
    ]
