"""Does somebody answer this customer with another tool?"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Contact, ContactIdentity, Echoed

OUTSIDE_FOR = timedelta(hours=24)
"""So long after somebody's words from another tool the bot does not greet their customer."""


def is_answered_outside(work: Work, contact: Contact, now: datetime) -> bool:
    """Did anyone write to this customer with another tool a short while ago?"""
    found = (
        select(Echoed.id)
        .join(
            ContactIdentity,
            (col(ContactIdentity.account_id) == col(Echoed.account_id))
            & (col(ContactIdentity.kind) == col(Echoed.kind))
            & (col(ContactIdentity.value) == col(Echoed.value)),
        )
        .where(
            col(ContactIdentity.contact_id) == contact.id,
            col(Echoed.outside),
            col(Echoed.at) > now - OUTSIDE_FOR,
        )
    )
    return work.exec(found.limit(1)).first() is not None
