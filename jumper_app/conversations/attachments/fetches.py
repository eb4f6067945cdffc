"""Customers' files: which are due, and what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import puremagic
from PIL import Image
from sqlmodel import col, select

from jumper_app.channels.contract import MIB, Download, MediaRef
from jumper_app.conversations.log import changed, stored
from jumper_app.db import Work
from jumper_app.models import Attachment, Conversation, Message

from .shelf import Landing

MAX_DOWNLOAD_BYTES = 100 * MIB
"""The largest file that WhatsApp lets a customer send (a document)."""

DOWNLOAD_ATTEMPTS = 5
FIRST_DOWNLOAD_RETRY = timedelta(seconds=20)
"""Meta is said to block an account for an hour after five failed downloads in an hour."""

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Fetch:
    """A customer's file that is to be fetched now."""

    attachment_id: int
    public_id: str
    account_id: int
    media: MediaRef


def next_fetches(work: Work, *, now: datetime, limit: int) -> list[Fetch]:
    """Take files that are due; each is due again later, should this process die meanwhile."""
    rows = work.exec(
        select(Attachment)
        .where(col(Attachment.state) == "waiting", col(Attachment.due_at) <= now)
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
    width: int
    height: int


def keep_fetched(fetch: Fetch, told: Download, file: Landing) -> Fetched:
    """Look at what came and put it at its place. Takes a while: never inside a transaction."""
    file.flush()
    mime = _shown_type(sniff(file.path), told.mime)
    width, height = _measure(file.path, mime)
    file.keep_as(fetch.public_id)
    return Fetched(file.size, file.sha256, mime, width, height)


def fetched(work: Work, fetch: Fetch, file: Fetched) -> None:
    """Draw the message with its file."""
    row = work.get_one(Attachment, fetch.attachment_id)
    row.state, row.size, row.sha256 = "ready", file.size, file.sha256
    row.mime, row.width, row.height = file.mime, file.width, file.height
    _redraw(work, row)


def not_fetched(work: Work, fetch: Fetch, *, for_good: bool) -> None:
    """It did not come. After some attempts the thread shows a placeholder."""
    row = work.get_one(Attachment, fetch.attachment_id)
    if for_good or row.attempts >= DOWNLOAD_ATTEMPTS:
        row.state = "failed"
        _redraw(work, row)


def sniff(path: Path) -> str:
    """The media type by content; what nobody recognises is just bytes."""
    with path.open("rb") as file:
        return sniff_beginning(file.read(4096))


def sniff_beginning(beginning: bytes) -> str:
    """The media type by the first 4 KiB."""
    try:
        found: str = puremagic.from_string(beginning, mime=True)  # pyright: ignore[reportUnknownMemberType]
    except (puremagic.PureError, ValueError):
        return UNKNOWN_TYPE
    return found or UNKNOWN_TYPE


def _shown_type(sniffed: str, told: str) -> str:
    """Believe the bytes; a container that holds many kinds (ogg, mp4) keeps the told kind."""
    family = told.partition("/")[0]
    if sniffed in {UNKNOWN_TYPE, "application/ogg"} and family in {"audio", "video"}:
        return told.partition(";")[0]
    if family == "audio" and sniffed.startswith(("video/", "audio/")):
        return told.partition(";")[0]
    return sniffed


def _measure(path: Path, mime: str) -> tuple[int, int]:
    if not mime.startswith("image/"):
        return (0, 0)
    try:
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return (0, 0)


def _redraw(work: Work, row: Attachment) -> None:
    message = work.get_one(Message, row.message_id)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    changed(work, conversation, message)
