"""How a fault looks to the client: an answer cut off, withheld, or not Graph's at all."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from jumper_app.simulator.faults import Fault
from jumper_app.simulator.meta.errors import GraphError

MISSING_BYTES = 512


def cut_off() -> Response:
    """Promises more bytes than it sends, so that the server breaks the connection."""
    body = b'{"mess'
    length = {"Content-Length": str(len(body) + MISSING_BYTES)}
    return StreamingResponse(iter([body]), 200, length, "application/json")


async def before(fault: Fault) -> Response | None:
    """What happens instead of the request, or before it."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    return cut_off() if fault.kind == "refuse" else None


async def after(fault: Fault, request: Request, answer: Response, limit_s: float) -> Response:
    """What becomes of the answer once everything is done."""
    if fault.kind == "accept_hang":
        await _until_gone(request.receive, limit_s)
    if fault.kind in ("accept_hang", "accept_cut"):
        return cut_off()
    if fault.kind == "accept_500":
        return HTMLResponse("<h1>Sorry, something went wrong.</h1>", 500)
    if fault.kind == "accept_garbage":
        return Response(b'{"messages":[{"id":', 200, media_type="application/json")
    return answer


async def _until_gone(receive: Callable[[], Awaitable[object]], limit_s: float) -> None:
    """Wait for the client to give up; the body has been read, so only its leaving can come."""
    try:
        await asyncio.wait_for(receive(), limit_s)
    except TimeoutError:
        return


def refusal(error: GraphError) -> JSONResponse:
    """Graph's error answer."""
    return JSONResponse(error.answer(), error.http)
