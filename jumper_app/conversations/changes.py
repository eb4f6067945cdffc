"""The same person goes by other names from now on."""

from datetime import datetime

from jumper_app.channels.contract import IdentityChange
from jumper_app.db import Work
from jumper_app.models import ChannelAccount

from .contacts import conversation_with
from .log import CUSTOMER, add_status, changed
from .messages import known


def change_identity(
    work: Work, account: ChannelAccount, change: IdentityChange, now: datetime
) -> None:
    """Join the old names and the new ones in one contact, and say so once in the thread."""
    conversation = conversation_with(
        work, account, change.after, change.at, now, former=change.before
    )
    if known(work, account, change.external_id):
        return
    line = add_status(
        work,
        conversation,
        "identity_changed",
        actor=CUSTOMER,
        now=now,
        at=change.at,
        external_id=change.external_id,
        text=change.text,
    )
    changed(work, conversation, line)
