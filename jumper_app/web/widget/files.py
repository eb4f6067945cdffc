"""Visitors' files on their way in: looked at and made safe exactly as agents' own are."""

import asyncio
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request

from jumper_app.channels.webchat import WEBCHAT, tray
from jumper_app.channels.webchat.limits import MAX_FILE_BYTES
from jumper_app.channels.webchat.posts import File
from jumper_app.conversations.attachments import Landing, landing, path_of, prepare
from jumper_app.errors import BadInput
from jumper_app.web.uploads import LONGEST_NAME, pour

from .errors import FileKind, FileTooLarge, NoRoom, Unreadable

UPLOAD_DEADLINE_S = 120.0
"""Seconds in which a file must have come whole: 10 MB at 700 kbit/s."""


async def take(request: Request, owner: str) -> File:
    """The body of a request as a file in its owner's tray. Raises members of ``BadInput``."""
    name = unquote(request.headers.get("x-filename", "")[:LONGEST_NAME])
    if not await asyncio.to_thread(tray.has_room):
        raise NoRoom
    with landing() as came, landing() as anew:
        await _come(request, came)
        return await asyncio.to_thread(_laid, owner, came, name, anew)


async def _come(request: Request, came: Landing) -> None:
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S):
            await pour(request, came, MAX_FILE_BYTES, "")
    except BadInput as error:
        raise FileTooLarge from error
    except (TimeoutError, ClientDisconnect, ValueError) as error:
        raise Unreadable from error


def _laid(owner: str, came: Landing, name: str, anew: Landing) -> File:
    try:
        found = prepare(WEBCHAT, came, name, anew)
    except BadInput as error:
        raise FileKind from error
    return tray.put(
        owner,
        path_of(found.public_id),
        kind=found.kind,
        mime=found.mime,
        filename=found.filename,
    )
