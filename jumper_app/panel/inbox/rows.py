"""What is drawn of one conversation in the list. Pure: an entry in, a row out."""

from datetime import datetime
from typing import TypedDict

from jumper_app.channels.contract import Permission
from jumper_app.conversations.listing import Entry
from jumper_app.models import MessageKind, Owner
from jumper_app.panel import words
from jumper_app.panel.pieces import initials_of, picture_at, tone_of
from jumper_app.people.sessions import Who


class Row(TypedDict):
    """Exactly what a row of the list shows. Times are ISO in UTC; the browser words them."""

    id: str
    """The conversation's public id."""
    key: str
    """Sorts the list: the greatest first."""
    channel: str
    name: str
    initials: str
    picture: str
    """Where the customer's picture is served; empty for none."""
    tone: str
    sign: str
    """Who spoke, put before the preview."""
    by_bot: bool
    preview: str
    at: str
    unread: int
    draft: bool
    """The reader has written something there and not sent it."""
    owner: str
    """Who answers (an ``Owner``), empty where the tab says it already."""
    owner_name: str
    owner_initials: str
    owner_tone: str
    closes_at: str
    shut: bool


def draw(entry: Entry, who: Who, *, with_owner: bool) -> Row:
    """The row of a conversation as ``who`` sees it.

    ``with_owner``: say who answers; the tabs of an agent say it themselves.
    """
    return Row(
        id=entry.public_id,
        key=key_of(entry),
        channel=entry.channel,
        name=entry.contact_name,
        initials=initials_of(entry.contact_name),
        picture=picture_at(entry.contact_picture),
        tone=tone_of(entry.public_id),
        sign=_sign(entry, who),
        by_bot=entry.preview_kind == MessageKind.BOT,
        preview=entry.preview or words.WITHOUT_WORDS.get(entry.preview_content, ""),
        at=iso(entry.last_activity_at),
        unread=max(0, entry.unread),
        draft=entry.draft,
        owner=entry.owner if with_owner else "",
        owner_name=_owner_name(entry) if with_owner else "",
        owner_initials=initials_of(entry.agent_name) if with_owner and entry.agent_id else "",
        owner_tone=tone_of(entry.agent_public_id),
        closes_at=iso(entry.closes_at),
        shut=entry.permission in (Permission.TEMPLATE_ONLY, Permission.CLOSED),
    )


def key_of(entry: Entry) -> str:
    """Compares as text like (last activity, id) compares."""
    return f"{iso(entry.last_activity_at)}-{entry.id:012d}"


def iso(at: datetime | None) -> str:
    """A UTC time as text of one length, empty for none."""
    return at.isoformat(timespec="microseconds") if at else ""


def _sign(entry: Entry, who: Who) -> str:
    if entry.preview_kind == MessageKind.NOTE:
        return words.NOTE_SIGN
    if entry.preview_kind != MessageKind.AGENT:
        return ""
    if entry.preview_agent_id == who.id:
        return words.YOU_SIGN
    return words.agent_sign(entry.preview_agent_name) if entry.preview_agent_name else ""


def _owner_name(entry: Entry) -> str:
    match entry.owner:
        case Owner.AGENT:
            return entry.agent_name
        case Owner.BOT:
            return words.OWNER_BOT
        case Owner.REQUESTED:
            return words.OWNER_NOBODY
        case _:
            return words.OWNER_RESOLVED
