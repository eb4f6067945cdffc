"""The small mark of every channel, as its own description draws it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app.channels import CHANNELS

HEADERS = {
    "Cache-Control": "public, max-age=86400",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}


async def icon(request: Request) -> Response:
    """The mark of one channel. No secret: the sign-in page shows none, but anyone may."""
    channel = CHANNELS.get(request.path_params["key"])
    if channel is None:
        return PlainTextResponse("There is no such channel.", 404)
    return Response(channel.icon, media_type="image/svg+xml", headers=HEADERS)


ROUTES = [Route("/channels/{key}.svg", icon, methods=["GET"])]
