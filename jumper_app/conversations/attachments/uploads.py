"""Agents' files: looked at as they come, made safe, and kept for sending."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from jumper_app import clock
from jumper_app.channels.contract import Channel, MediaKind, Upload
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Attachment, new_public_id
from jumper_app.settings import settings

from .kinds import BY_MIME, FileType, identify
from .names import plain_name
from .pictures import FORMATS, Wanted, made_anew
from .shelf import Landing, path_of
from .signed import signed_path
from .taking import taken_as, taken_by_any


@dataclass(frozen=True)
class Prepared:
    """A file that may be sent: it lies at its place, and everything about it is known."""

    public_id: str
    size: int
    sha256: str
    kind: MediaKind
    mime: str
    filename: str
    width: int = 0
    height: int = 0


def prepare(channel: Channel, came: Landing, filename: str, anew: Landing) -> Prepared:
    """Look at a file that an agent wants to send. Takes a while: never inside a transaction.

    Args:
        came: What was uploaded, or fetched from a link.
        filename: What its sender calls it.
        anew: Where a picture is made anew.

    Raises:
        BadInput: The channel does not take it, or it is not what it says.
    """
    found = _identified(came, filename)
    taken = taken_as(channel, found.mime, came.size)
    limit = channel.limits.media[taken.kind]
    return _made(came, filename, anew, found, taken.kind, Wanted(limit.types, limit.bytes))


def prepare_for_any(
    channels: Collection[Channel], came: Landing, filename: str, anew: Landing
) -> Prepared:
    """The same for a file of which nobody knows yet where it will go.

    Where it goes it is looked at once more, by ``prepare``. Raises BadInput when none of
    these channels takes it, or it is not what it says.
    """
    found = _identified(came, filename)
    kind, wanted = taken_by_any(channels, found.mime, came.size)
    return _made(came, filename, anew, found, kind, wanted)


def _identified(came: Landing, filename: str) -> FileType:
    came.flush()
    return identify(came.path, plain_name(filename))


def _made(
    came: Landing, filename: str, anew: Landing, found: FileType, kind: MediaKind, wanted: Wanted
) -> Prepared:
    if found.mime in FORMATS:
        made = made_anew(came.path, found.mime, wanted, anew)
        name = plain_name(filename, BY_MIME[made.mime].endings[0])
        kept = _kept(anew, kind, made.mime, name)
        return replace(kept, width=made.width, height=made.height)
    name = plain_name(filename)
    named = name if name.lower().endswith(found.endings) else plain_name(name, found.endings[0])
    return _kept(came, kind, found.mime, named)


def _kept(file: Landing, kind: MediaKind, mime: str, name: str) -> Prepared:
    """Put it at its place. A file there without a row is swept away after a while."""
    public_id = new_public_id()
    file.keep_as(public_id)
    return Prepared(public_id, file.size, file.sha256, kind, mime, name)


def store_upload(work: Work, prepared: Prepared, *, agent_id: int, now: datetime) -> Attachment:
    """Write down a file that was prepared."""
    row = Attachment(
        public_id=prepared.public_id,
        uploaded_by_id=agent_id,
        state="ready",
        mime=prepared.mime,
        filename=prepared.filename,
        size=prepared.size,
        width=prepared.width,
        height=prepared.height,
        sha256=prepared.sha256,
        created_at=now,
    )
    work.add(row)
    work.flush()
    return row


def read_upload(work: Work, public_id: str) -> Upload:
    """An attachment for sending. Raises BadInput when its bytes are gone."""
    row = work.exec(select(Attachment).where(col(Attachment.public_id) == public_id)).first()
    path = path_of(public_id)
    if row is None or not path.is_file():
        raise BadInput("The file is no longer here.")
    return Upload(
        filename=row.filename or "file",
        mime=row.mime,
        size=path.stat().st_size,
        path=path,
        link=settings().public_url + signed_path(public_id, clock.machine()),
    )


def readable(work: Work, public_id: str, agent_id: int | None) -> Attachment | None:
    """An attachment whose bytes are here and that this agent may see.

    What is not sent yet is its uploader's alone.

    Args:
        agent_id: None for who comes with a signed link.
    """
    row = work.exec(
        select(Attachment).where(
            col(Attachment.public_id) == public_id, col(Attachment.state) == "ready"
        )
    ).first()
    if row is None or agent_id is None or row.message_id is not None:
        return row
    return row if row.uploaded_by_id in {None, agent_id} else None
