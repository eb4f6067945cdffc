"""Tags and fields that flows write down of a customer. The log says which, never what."""

from datetime import datetime

from sqlmodel import col, delete, select

from jumper_app.conversations.log import BOT, record
from jumper_app.db import Work
from jumper_app.models import ContactMark, Conversation

from .progress import Noted

MAX_VALUE = 4096


def note(work: Work, conversation: Conversation, noted: Noted, now: datetime) -> None:
    """Write it down, and say in the log that it was."""
    contact_id = conversation.contact_id
    for tag in noted.add_tags:
        _put(work, contact_id, "tag", tag, "")
    for name, value in noted.fields.items():
        if value:
            _put(work, contact_id, "field", name, value[:MAX_VALUE])
    gone = [name for name, value in noted.fields.items() if not value]
    _take(work, contact_id, "tag", noted.remove_tags)
    _take(work, contact_id, "field", gone)
    names = {"added": list(noted.add_tags), "removed": list(noted.remove_tags)}
    record(work, conversation, "marked", actor=BOT, now=now, fields=sorted(noted.fields), **names)


def _put(work: Work, contact_id: int, kind: str, name: str, value: str) -> None:
    row = work.exec(
        select(ContactMark).where(
            col(ContactMark.contact_id) == contact_id,
            col(ContactMark.kind) == kind,
            col(ContactMark.name) == name,
        )
    ).first()
    row = row or ContactMark(contact_id=contact_id, kind=kind, name=name)
    row.value = value
    work.add(row)
    work.flush()


def _take(work: Work, contact_id: int, kind: str, names: tuple[str, ...] | list[str]) -> None:
    if names:
        work.exec(
            delete(ContactMark).where(
                col(ContactMark.contact_id) == contact_id,
                col(ContactMark.kind) == kind,
                col(ContactMark.name).in_(names),
            )
        )
