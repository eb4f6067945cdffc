"""Files are shown by a plain route: with a session, never from a public folder."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.conversations.attachments import SHOWN, is_signed, path_of, readable
from jumper_app.db import Database
from jumper_app.models import Attachment

from .auth import signed_in

LOCKED_UP = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=86400, immutable",
}


@dataclass(frozen=True)
class Files:
    """The route that shows attachments."""

    database: Database

    def routes(self) -> list[Route]:
        return [Route("/media/{public_id}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """One file, to an agent or to who has a signed link to it.

        Others learn nothing, not even its absence. Films and sounds are given in parts.
        """
        row = await self._readable(request, request.path_params["public_id"])
        return missing() if row is None else shown(row.public_id, row.mime, row.filename)

    async def _readable(self, request: Request, public_id: str) -> Attachment | None:
        told = request.query_params
        if "seal" in told:
            until, seal = told.get("until", ""), told["seal"]
            if not is_signed(public_id, until, seal, clock.machine()):
                return None
            return await self.database.ask(readable, public_id, None)
        who = await signed_in(request)
        return await self.database.ask(readable, public_id, who.id) if who else None


def shown(kept_as: str, mime: str, filename: str) -> Response:
    """A file from the shelf, drawn by the browser only if that is safe."""
    place = path_of(kept_as)
    if not place.is_file():
        return missing()
    inline = mime in SHOWN
    return FileResponse(
        place,
        media_type=mime if inline else "application/octet-stream",
        headers={**LOCKED_UP, "Content-Disposition": _disposition(filename, inline)},
    )


def _disposition(filename: str, inline: bool) -> str:
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename*=UTF-8''{quote(filename or 'file', safe='')}"


def missing() -> Response:
    """What everyone hears of what is not there, or not theirs."""
    return JSONResponse({"error": "There is no such file."}, status_code=404)
