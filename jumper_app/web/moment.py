"""What time it is here: the panel counts reply windows down by it, whatever its machine says."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock

NO_STORE = {"Cache-Control": "no-store"}


async def tell(_request: Request) -> Response:
    """The present moment, in UTC. It is the same for everyone, so anyone may ask."""
    return JSONResponse({"now": clock.now().isoformat()}, headers=NO_STORE)


ROUTES = [Route("/api/clock", tell, methods=["GET"])]
