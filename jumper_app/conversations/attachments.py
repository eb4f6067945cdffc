"""Files: checked by their content, kept under random names, written whole or not at all."""

import io
import os
import tempfile
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import puremagic
from PIL import Image, ImageOps
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import MIB, Channel, MediaRef, Upload
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment, Conversation, Message
from jumper_app.settings import settings

from .log import changed, stored

MAX_PIXELS = 40_000_000
"""A picture of more pixels is a bomb or a poster; neither is a reply."""

MAX_DOWNLOAD_BYTES = 100 * MIB
"""The largest file that WhatsApp lets a customer send (a document)."""

DOWNLOAD_ATTEMPTS = 5
FIRST_DOWNLOAD_RETRY = timedelta(seconds=20)
"""Meta is said to block an account for an hour after five failed downloads in an hour."""

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Picture:
    """A picture made anew from its pixels, without anything else the file carried."""

    content: bytes
    mime: str
    width: int
    height: int


def store_upload(
    work: Work, *, content: bytes, filename: str, agent_id: int, channel_key: str, now: datetime
) -> Attachment:
    """Keep an agent's picture for sending. Raises BadInput that names the limit."""
    picture = _checked(CHANNELS[channel_key], content)
    row = Attachment(
        uploaded_by_id=agent_id,
        state="ready",
        mime=picture.mime,
        filename=_plain_name(filename),
        size=len(picture.content),
        width=picture.width,
        height=picture.height,
        sha256=sha256(picture.content).hexdigest(),
        created_at=now,
    )
    _write_whole(path_of(row.public_id), picture.content)
    work.add(row)
    work.flush()
    return row


def _checked(channel: Channel, content: bytes) -> Picture:
    name, limit = channel.wording.name, channel.limits.media["image"]
    if len(content) > limit.bytes:
        raise BadInput(f"{name} takes pictures of at most {limit.bytes // MIB} MB.")
    mime = sniff(content)
    if mime not in limit.types:
        kinds = " and ".join(sorted(FORMATS[one] for one in limit.types))
        raise BadInput(f"{name} takes {kinds} pictures only.")
    picture = _made_anew(content, mime)
    if len(picture.content) > limit.bytes:
        raise BadInput(f"{name} takes pictures of at most {limit.bytes // MIB} MB.")
    return picture


def _made_anew(content: bytes, mime: str) -> Picture:
    """Decode and encode again: what is no picture does not survive this."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[FORMATS[mime]]) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise BadInput("This picture has too many pixels.")
                image = ImageOps.exif_transpose(opened)
                wanted = "RGB" if mime == "image/jpeg" else "RGBA"
                image = image.convert(wanted)
    except BadInput:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise BadInput("This file is damaged or is not a picture.") from error
    out = io.BytesIO()
    image.save(out, FORMATS[mime], quality=90, optimize=True)
    return Picture(out.getvalue(), mime, image.width, image.height)


def sniff(content: bytes) -> str:
    """The media type by content; what nobody recognises is just bytes."""
    try:
        found: str = puremagic.from_string(content[:4096], mime=True)  # pyright: ignore[reportUnknownMemberType]
    except (puremagic.PureError, ValueError):
        return UNKNOWN_TYPE
    return found or UNKNOWN_TYPE


def _plain_name(filename: str) -> str:
    name = Path(filename.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:200]


def path_of(public_id: str) -> Path:
    """Where the bytes of an attachment lie. The id is ours: hex, never a name from outside."""
    return settings().data_dir / "media" / public_id[:2] / public_id


def read_upload(work: Work, public_id: str) -> Upload:
    """The bytes of an attachment for sending. Raises BadInput when they are gone."""
    row = work.exec(select(Attachment).where(col(Attachment.public_id) == public_id)).first()
    if row is None or not path_of(public_id).is_file():
        raise BadInput("The picture is no longer here.")
    return Upload(
        filename=row.filename or "picture", mime=row.mime, content=path_of(public_id).read_bytes()
    )


def readable(work: Work, public_id: str) -> Attachment | None:
    """An attachment whose bytes are here."""
    return work.exec(
        select(Attachment).where(
            col(Attachment.public_id) == public_id, col(Attachment.state) == "ready"
        )
    ).first()


def _write_whole(path: Path, content: bytes) -> None:
    """Write to a neighbour, sync, rename: a crash leaves the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, neighbour = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(neighbour).replace(path)


@dataclass(frozen=True)
class Fetch:
    """A customer's file that is to be fetched now."""

    attachment_id: int
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
        Fetch(stored(row.id), row.account_id or 0, MediaRef.model_validate(row.source))
        for row in rows
    ]


def fetched(work: Work, fetch: Fetch, upload: Upload) -> None:
    """Keep what came, and draw the message with it."""
    row = work.get_one(Attachment, fetch.attachment_id)
    _write_whole(path_of(row.public_id), upload.content)
    row.state, row.size = "ready", len(upload.content)
    row.mime = _shown_type(sniff(upload.content), upload.mime or row.mime)
    row.sha256 = sha256(upload.content).hexdigest()
    row.width, row.height = _measure(upload.content, row.mime)
    _redraw(work, row)


def not_fetched(work: Work, fetch: Fetch, *, for_good: bool) -> None:
    """It did not come. After some attempts the thread shows a placeholder."""
    row = work.get_one(Attachment, fetch.attachment_id)
    if for_good or row.attempts >= DOWNLOAD_ATTEMPTS:
        row.state = "failed"
        _redraw(work, row)


def _shown_type(sniffed: str, told: str) -> str:
    """Believe the bytes; a container that holds many kinds (ogg, mp4) keeps the told kind."""
    family = told.partition("/")[0]
    if sniffed in {UNKNOWN_TYPE, "application/ogg"} and family in {"audio", "video"}:
        return told.partition(";")[0]
    if family == "audio" and sniffed.startswith(("video/", "audio/")):
        return told.partition(";")[0]
    return sniffed


def _measure(content: bytes, mime: str) -> tuple[int, int]:
    if not mime.startswith("image/"):
        return (0, 0)
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return (0, 0)


def _redraw(work: Work, row: Attachment) -> None:
    message = work.get_one(Message, row.message_id)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    changed(work, conversation, message)
