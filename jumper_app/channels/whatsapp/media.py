"""Fetching a customer's file. Source: WhatsApp > Media, read 2026-11-22."""

import base64
import binascii
import hashlib
import mimetypes
import re
from urllib.parse import urlsplit

import httpx

from jumper_app.channels.contract import Credentials, Download, MediaRef, Sink
from jumper_app.channels.loose import Object, text, whole
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import (
    BadRequest,
    FetchFailed,
    FileDamaged,
    FileGone,
    FileTooLarge,
    Temporary,
)

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_NAME = 200
SHA256_BYTES = 32
NOT_FOUND = int(httpx.codes.NOT_FOUND)
UNTYPED = "application/octet-stream"


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
    return Download(filename=filename(media, mime), mime=mime)


def trusted(address: str, graph_url: str) -> str:
    """``address`` if the token may go there: over TLS, or to the API's own host."""
    try:
        there, api = urlsplit(address), urlsplit(graph_url)
        same = (there.scheme, there.hostname, there.port) == (api.scheme, api.hostname, api.port)
    except ValueError:
        there, same = urlsplit(""), False
    if not there.hostname or there.username or not (there.scheme == "https" or same):
        raise FetchFailed(detail="The address of the file is not one that may see the token.")
    return address


async def pour(answer: httpx.Response, into: Sink, limit: int) -> bytes:
    """Write the body, at most ``limit`` bytes of it; its SHA-256. A redirect is a refusal."""
    if answer.status_code == NOT_FOUND:
        raise Temporary(detail="The address of the file has expired.")
    if not answer.is_success:
        wrong = Temporary if answer.is_server_error else FetchFailed
        raise wrong(detail=f"HTTP {answer.status_code} for the file.")
    size, digest = 0, hashlib.sha256()
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > limit:
            raise FileTooLarge(detail=f"More than {limit} bytes.")
        digest.update(part)
        into.write(part)
    return digest.digest()


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


def filename(media: MediaRef, mime: str) -> str:
    """The customer's name for the file without any path, else one made of its id."""
    flat = CONTROLS.sub("", media.filename).replace("\\", "/")
    named = flat.rsplit("/", 1)[-1].strip(" .")
    if named:
        return named[-LONGEST_NAME:]
    ending = mimetypes.guess_extension(mime.partition(";")[0].strip()) or ""
    return f"{media.provider_id}{ending}"


def uploaded_id(told: Object) -> str:
    """The id of a file that we uploaded. Raises Temporary when the answer has none."""
    media_id = text(told.get("id"))
    if not media_id:
        raise Temporary(detail="The upload's answer has no id.")
    return media_id
