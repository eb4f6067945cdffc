"""Fetching a customer's file. Source: WhatsApp > Media, read 2026-11-22."""

import base64
import binascii

from jumper_app.channels.contract import Credentials, Download, MediaRef, Sink
from jumper_app.channels.loose import text, whole
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import BadRequest, FileDamaged, FileGone, FileTooLarge
from jumper_app.channels.meta.files import UNTYPED, filename, pour, trusted

SHA256_BYTES = 32


async def download(
    graph: Graph, credentials: Credentials, media: MediaRef, into: Sink, limit: int
) -> Download:
    """Ask where the file is, fetch it, and check that it is the one announced.

    The address that comes with the webhook is never used: only the one that Graph
    gives over our own authenticated call gets to see the token.
    """
    try:
        told = await graph.call(credentials, "GET", media.provider_id, delivers=False)
    except BadRequest as refused:
        raise FileGone(provider_code=refused.provider_code, detail=refused.detail) from refused
    if (whole(told.get("file_size")) or 0) > limit:
        raise FileTooLarge(detail=f"More than {limit} bytes announced.")
    address = trusted(text(told.get("url")), graph.base(credentials))
    async with graph.stream(credentials, address) as answer:
        digest = await pour(answer, into, limit)
    check_digest(digest, text(told.get("sha256")) or media.sha256)
    mime = text(told.get("mime_type")) or media.mime or UNTYPED
    name = filename(media.filename, mime, media.provider_id)
    return Download(filename=name, mime=mime)


def check_digest(digest: bytes, announced: str) -> None:
    """Raise FileDamaged when ``announced``, in hex or base64, is of something else."""
    expected = digest_in(announced)
    if expected and expected != digest:
        raise FileDamaged(detail="The digest differs from the one announced.")


def digest_in(announced: str) -> bytes:
    """The bytes of a SHA-256 in hex or base64; empty when it is neither."""
    try:
        if len(announced) == 2 * SHA256_BYTES:
            return bytes.fromhex(announced)
        found = base64.b64decode(announced, validate=True)
    except (ValueError, binascii.Error):
        return b""
    return found if len(found) == SHA256_BYTES else b""
