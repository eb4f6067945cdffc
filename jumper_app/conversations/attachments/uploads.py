"""Agents' files: checked by their content, kept for sending."""

import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import MIB, Channel, Upload
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment

from .fetches import sniff_beginning
from .shelf import landing, path_of

MAX_PIXELS = 40_000_000
"""A picture of more pixels is a bomb or a poster; neither is a reply."""

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


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
    with landing() as file:
        file.write(picture.content)
        file.seal()
        file.keep_as(row.public_id)
    work.add(row)
    work.flush()
    return row


def _checked(channel: Channel, content: bytes) -> Picture:
    name, limit = channel.wording.name, channel.limits.media["image"]
    if len(content) > limit.bytes:
        raise BadInput(f"{name} takes pictures of at most {limit.bytes // MIB} MB.")
    mime = sniff_beginning(content[:4096])
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


def _plain_name(filename: str) -> str:
    name = Path(filename.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:200]


def read_upload(work: Work, public_id: str) -> Upload:
    """An attachment for sending. Raises BadInput when its bytes are gone."""
    row = work.exec(select(Attachment).where(col(Attachment.public_id) == public_id)).first()
    path = path_of(public_id)
    if row is None or not path.is_file():
        raise BadInput("The file is no longer here.")
    return Upload(
        filename=row.filename or "file", mime=row.mime, size=path.stat().st_size, path=path
    )


def readable(work: Work, public_id: str) -> Attachment | None:
    """An attachment whose bytes are here."""
    return work.exec(
        select(Attachment).where(
            col(Attachment.public_id) == public_id, col(Attachment.state) == "ready"
        )
    ).first()
