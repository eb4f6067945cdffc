"""Customers' own pictures: fetched once, kept by us, and replaced when there is a newer one.

What cannot be fetched or is no picture changes nothing: the one before stays, or the initials.
"""

from datetime import datetime

from sqlmodel import col, delete, select

from jumper_app.channels.contract import MIB, MediaRef
from jumper_app.db import Work
from jumper_app.models import Attachment, Contact, Conversation
from jumper_app.models.base import new_public_id

from .attachments.fetches import Fetch, Fetched
from .log import changed

LARGEST = 5 * MIB
"""Bytes of a picture that shows a face; Meta's are a few KiB."""


def fetch_of(account_id: int, picture: MediaRef) -> Fetch:
    """How it is fetched: under a name of its own, so that browsers may keep it for ever."""
    return Fetch(0, new_public_id(), account_id, picture)


def keep_portrait(
    work: Work, *, contact_id: int, fetch: Fetch, file: Fetched, now: datetime
) -> None:
    """Show a customer's picture from now on. The bytes of the one before become a stray."""
    conversation = work.exec(
        select(Conversation).where(col(Conversation.contact_id) == contact_id).with_for_update()
    ).first()
    if conversation is None or conversation.erased_at is not None:
        return
    contact = work.get_one(Contact, contact_id)
    before = work.exec(select(Attachment).where(col(Attachment.public_id) == contact.picture))
    if not file.mime.startswith("image/") or file.sha256 in {each.sha256 for each in before}:
        return
    work.exec(delete(Attachment).where(col(Attachment.public_id) == contact.picture))
    work.add(_row(fetch, file, now))
    contact.picture = fetch.public_id
    changed(work, conversation)


def _row(fetch: Fetch, file: Fetched, now: datetime) -> Attachment:
    return Attachment(
        public_id=fetch.public_id,
        account_id=fetch.account_id,
        mime=file.mime,
        size=file.size,
        width=file.width,
        height=file.height,
        sha256=file.sha256,
        created_at=now,
    )
