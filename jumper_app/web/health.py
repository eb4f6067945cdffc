"""Is it alive, is it ready, how is it doing."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumper_app.db import Work, database
from jumper_app.settings import settings

from .addresses import came_through_a_proxy, is_loopback

NO_STORE = {"Cache-Control": "no-store"}


async def alive(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n", headers=NO_STORE)


async def ready(_request: Request) -> Response:
    """The process can do its work: the database answers."""
    try:
        await database().ask(_reach)
    except SQLAlchemyError:
        return PlainTextResponse("the database does not answer\n", 503, NO_STORE)
    return PlainTextResponse("ok\n", headers=NO_STORE)


async def metrics(request: Request) -> Response:
    """Figures for Prometheus: to this machine itself, or to whoever has the token."""
    if not (_has_token(request) or _is_local(request)):
        return PlainTextResponse("not for you\n", 403, NO_STORE)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=NO_STORE)


def _has_token(request: Request) -> bool:
    token = settings().metrics_token
    if token is None:
        return False
    sent = request.headers.get("authorization", "").encode("utf-8", "replace")
    return hmac.compare_digest(sent, f"Bearer {token.get_secret_value()}".encode())


def _is_local(request: Request) -> bool:
    """Loopback, with no proxy on this machine in between, and no token asked for."""
    peer = request.client.host if request.client else ""
    return (
        settings().metrics_token is None
        and is_loopback(peer)
        and not came_through_a_proxy(request.scope)
    )


def _reach(work: Work) -> None:
    work.exec(select(1)).one()


ROUTES = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", metrics),
]
