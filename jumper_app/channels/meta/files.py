"""Files of Meta's channels on their way in and out."""

import hashlib
import mimetypes
import re
from urllib.parse import SplitResult, urlsplit

import httpx

from jumper_app.channels.contract import Sink
from jumper_app.channels.loose import Object, text

from .failures import FetchFailed, FileTooLarge, Temporary

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_NAME = 200
NOT_FOUND = int(httpx.codes.NOT_FOUND)
UNTYPED = "application/octet-stream"


def trusted(address: str, graph_url: str) -> str:
    """``address`` if the token may go there: over TLS, or to the API's own host."""
    there = split(address)
    if not there.hostname or not (there.scheme == "https" or is_same_host(there, graph_url)):
        raise FetchFailed(detail="The address of the file is not one that may see the token.")
    return address


def split(address: str) -> SplitResult:
    """The parts of an address; of one that is none, or holds a user's name, no part at all."""
    try:
        found = urlsplit(address)
        _ = found.port
    except ValueError:
        return urlsplit("")
    return urlsplit("") if found.username or found.password else found


def is_same_host(there: SplitResult, graph_url: str) -> bool:
    """Does it lead to the API itself?"""
    api = split(graph_url)
    return (there.scheme, there.hostname, there.port) == (api.scheme, api.hostname, api.port)


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


def filename(told: str, mime: str, otherwise: str) -> str:
    """The customer's name for the file without any path, else one made of ``otherwise``."""
    flat = CONTROLS.sub("", told).replace("\\", "/")
    named = flat.rsplit("/", 1)[-1].strip(" .")
    if named:
        return named[-LONGEST_NAME:]
    ending = mimetypes.guess_extension(mime.partition(";")[0].strip()) or ""
    return f"{otherwise}{ending}"


def uploaded_id(told: Object) -> str:
    """The id of a file that we uploaded. Raises Temporary when the answer has none."""
    media_id = text(told.get("id"))
    if not media_id:
        raise Temporary(detail="The upload's answer has no id.")
    return media_id
