"""Customers' files: which are due, and what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import puremagic
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from jumper_app.channels.contract import MIB, Download, MediaRef
from jumper_app.conversations.log import changed, stored
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment, Conversation, Message

from .content import BEGINNING
from .kinds import SHOWN, look
from .pictures import Wanted, made_anew
from .shelf import Landing

MAX_DOWNLOAD_BYTES = 100 * MIB
"""The largest file that WhatsApp lets a customer send (a document)."""

DOWNLOAD_ATTEMPTS = 5
FIRST_DOWNLOAD_RETRY = timedelta(seconds=20)

ACCOUNT_RETRY = timedelta(minutes=5)
"""How often a file is tried whose account is not let in, a dead token for instance."""

WAITS_FOR_THE_ACCOUNT = timedelta(days=7)
"""So long; providers keep files for some weeks."""
"""Meta is said to block an account for an hour after five failed downloads in an hour."""

DRAWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What a customer's picture may stay or become."""

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Fetch:
    """A customer's file that is to be fetched now."""

    attachment_id: int
    public_id: str
    account_id: int
    media: MediaRef


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of an attachment: is it to be fetched now?"""
    return (col(Attachment.state) == "waiting") & (col(Attachment.due_at) <= now)


def next_fetches(work: Work, *, now: datetime, limit: int) -> list[Fetch]:
    """Take files that are due; each is due again later, should this process die meanwhile."""
    rows = work.exec(
        select(Attachment)
        .where(is_due(now))
        .order_by(col(Attachment.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.attempts += 1
        row.due_at = now + FIRST_DOWNLOAD_RETRY * 2 ** (row.attempts - 1)
    return [
        Fetch(
            stored(row.id),
            row.public_id,
            row.account_id or 0,
            MediaRef.model_validate(row.source),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Fetched:
    """A customer's file that lies at its place."""

    size: int
    sha256: str
    mime: str
    width: int = 0
    height: int = 0


def keep_fetched(fetch: Fetch, told: Download, came: Landing, anew: Landing) -> Fetched:
    """Look at what came and put it at its place. Takes a while: never inside a transaction.

    A picture is made anew; one that cannot be is kept as it is, and never drawn.
    """
    came.flush()
    found = look(came.path)
    mime = found.mime if found else _as_told(came.path, told.mime)
    if mime.startswith("image/"):
        return _kept_picture(fetch, mime, came, anew)
    came.keep_as(fetch.public_id)
    return Fetched(came.size, came.sha256, mime)


def _kept_picture(fetch: Fetch, mime: str, came: Landing, anew: Landing) -> Fetched:
    try:
        made = made_anew(came.path, mime, Wanted(DRAWN, MAX_DOWNLOAD_BYTES), anew)
    except BadInput:
        came.keep_as(fetch.public_id)
        return Fetched(came.size, came.sha256, UNKNOWN_TYPE)
    anew.keep_as(fetch.public_id)
    return Fetched(anew.size, anew.sha256, made.mime, made.width, made.height)


def fetched(work: Work, fetch: Fetch, file: Fetched) -> None:
    """Draw the message with its file; a message that was erased meanwhile stays so."""
    row = work.get(Attachment, fetch.attachment_id)
    if row is None:
        return
    row.state, row.size, row.sha256 = "ready", file.size, file.sha256
    row.mime, row.width, row.height = file.mime, file.width, file.height
    _redraw(work, row)


def not_fetched(work: Work, fetch: Fetch, *, for_good: bool) -> None:
    """It did not come. After some attempts the thread shows a placeholder."""
    row = work.get(Attachment, fetch.attachment_id)
    if row is not None and (for_good or row.attempts >= DOWNLOAD_ATTEMPTS):
        row.state = "failed"
        _redraw(work, row)


def put_off(work: Work, fetch: Fetch, now: datetime) -> None:
    """It is the account's fault, not the file's: it is fetched once that works again."""
    row = work.get(Attachment, fetch.attachment_id)
    if row is None:
        return
    if now - row.created_at >= WAITS_FOR_THE_ACCOUNT:
        row.state = "failed"
        _redraw(work, row)
        return
    row.attempts -= 1
    row.due_at = now + ACCOUNT_RETRY


def _as_told(path: Path, told: str) -> str:
    """The type of what we do not know ourselves.

    A sound or film that nobody recognises is believed to be what the provider says.
    """
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    try:
        found: str = puremagic.from_string(beginning, mime=True)  # pyright: ignore[reportUnknownMemberType]
    except (puremagic.PureError, ValueError):
        found = ""
    told = told.partition(";")[0].strip().lower()
    if told in SHOWN and not told.startswith("image/") and found in {"", "application/ogg"}:
        return told
    return found or UNKNOWN_TYPE


def _redraw(work: Work, row: Attachment) -> None:
    message = work.get_one(Message, row.message_id)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    changed(work, conversation, message)
