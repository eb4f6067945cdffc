"""Files: fetching a customer's, handing ours over.

Source: Messenger Platform > Webhooks > messages; Saving assets; read 2026-11-22.
"""

import asyncio
import json
from urllib.parse import unquote

from jumper_app.channels.contract import (
    Credentials,
    Download,
    MediaKind,
    MediaRef,
    Sink,
    Upload,
)
from jumper_app.channels.loose import Object, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import FetchFailed, MediaRefused, Temporary
from jumper_app.channels.meta.files import UNTYPED, filename, is_same_host, pour, split

from .limits import MAX_FILE_BYTES, MEDIA, MIB

THEIR_HOSTS = ("fbcdn.net", "fbsbx.com", "facebook.com")
"""Where Meta keeps customers' files. A webhook that names another place is not followed."""
CALLED: dict[MediaKind, str] = {
    "image": "pictures",
    "video": "videos",
    "audio": "sound files",
    "document": "files",
}


async def download(
    graph: Graph, credentials: Credentials, media: MediaRef, into: Sink, limit: int
) -> Download:
    """Fetch a file from Meta's own store. Its address is public, so no token goes along."""
    there = split(media.url)
    at_api = is_same_host(there, graph.base(credentials))
    host = (there.hostname or "").lower()
    at_meta = any(host == name or host.endswith(f".{name}") for name in THEIR_HOSTS)
    if not at_api and not (there.scheme == "https" and at_meta and there.port in {None, 443}):
        raise FetchFailed(detail="The file does not lie in Meta's store.")
    async with graph.stream(None, media.url) as answer:
        mime = answer.headers.get("Content-Type", "").partition(";")[0].strip() or UNTYPED
        await pour(answer, into, limit)
    named = unquote(there.path.rsplit("/", 1)[-1])
    return Download(filename=filename(named, mime, "file"), mime=mime)


def check_upload(kind: MediaKind, upload: Upload | None) -> Upload:
    """The file, if Messenger takes it. Raises MediaRefused with the limit that it breaks."""
    limit, called = MEDIA.get(kind), CALLED.get(kind, "files")
    if limit is None or upload is None or upload.mime not in limit.types:
        raise MediaRefused(f"Facebook does not take {called} of this type.")
    if upload.size > MAX_FILE_BYTES:
        raise MediaRefused(f"Facebook takes {called} of at most {MAX_FILE_BYTES // MIB} MB.")
    return upload


async def hand_over(graph: Graph, credentials: Credentials, kind: str, upload: Upload) -> str:
    """Give a file to Meta, from the disk and piece by piece; its id there."""
    message = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
    with await asyncio.to_thread(upload.path.open, "rb") as file:
        told = await graph.call(
            credentials,
            *("POST", credentials.external_id, "message_attachments"),
            delivers=False,
            data={"message": json.dumps(message)},
            files={"filedata": (upload.filename, file, upload.mime)},
        )
    return uploaded_id(told)


def uploaded_id(told: Object) -> str:
    """The id of a file that we uploaded. Raises Temporary when the answer has none."""
    attachment_id = text(told.get("attachment_id"))
    if not attachment_id:
        raise Temporary(detail="The upload's answer has no id.")
    return attachment_id
