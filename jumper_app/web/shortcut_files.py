"""Files that go with message shortcuts: handed in before the shortcut is saved, and shown."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import (
    Prepared,
    check_room,
    landing,
    largest_of,
    prepare_for_any,
    size_of,
)
from jumper_app.conversations.shortcuts.files import keep_waiting, visible_file
from jumper_app.db import Database
from jumper_app.errors import Refused
from jumper_app.models import ShortcutFile
from jumper_app.people.sessions import Who
from jumper_app.people.throttle import Throttle

from .auth import signed_in
from .media import missing, shown
from .uploads import UPLOADS, name_in, pour


class ShortcutFiles:
    """The routes; a file that is handed in waits until its shortcut is saved with it."""

    def __init__(self, database: Database, rates: Throttle) -> None:
        self._database = database
        self._rates = rates

    def routes(self) -> list[Route]:
        path = "/api/shortcuts/files"
        return [
            Route(path, self.take, methods=["POST"]),
            Route(f"{path}/{{public_id}}", self.show, methods=["GET"]),
        ]

    async def take(self, request: Request) -> Response:
        """The body is the file, ``X-Filename`` its name. 201, or 422 with a sentence."""
        who = await signed_in(request)
        if who is None:
            return JSONResponse({"error": "Please sign in again."}, status_code=404)
        try:
            self._rates.take(UPLOADS, str(who.session_id))
            return JSONResponse(_told(await self._keep(request, who)), status_code=201)
        except Refused as refusal:
            return JSONResponse({"error": refusal.for_agent}, status_code=422)
        except ClientDisconnect:
            return Response(status_code=400)

    async def show(self, request: Request) -> Response:
        """One file, to whoever may use its shortcut; others learn nothing."""
        who = await signed_in(request)
        if who is None:
            return missing()
        try:
            row = await self._database.ask(visible_file, request.path_params["public_id"], who)
        except Refused:
            return missing()
        return shown(row.kept_as, row.mime, row.filename)

    async def _keep(self, request: Request, who: Who) -> ShortcutFile:
        channels, now = CHANNELS.values(), clock.now()
        most = largest_of(channels)
        await self._database.ask(check_room, agent_id=who.id, size=most, now=now)
        with landing() as came, landing() as anew:
            await pour(request, came, most, f"No channel takes files of more than {size_of(most)}.")
            prepared: Prepared = await asyncio.to_thread(
                prepare_for_any, channels, came, name_in(request), anew
            )
        return await self._database.run(keep_waiting, prepared, by=who, now=now)


def _told(row: ShortcutFile) -> dict[str, object]:
    """What the browser hears of a file that was taken."""
    return {"file": row.public_id, "name": row.filename, "mime": row.mime, "size": row.size}
