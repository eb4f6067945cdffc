"""Signing in and out, and the one-time links: plain forms over plain routes."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.db import database
from jumper_app.errors import BadInput, Refused, TooManyRequests
from jumper_app.people import cookie, sessions, signing_in
from jumper_app.people.links import LinkIsOver, Welcome
from jumper_app.people.sessions import Who
from jumper_app.people.signing_in import SignInRefused
from jumper_app.settings import settings

from . import pages
from .entrance import closed_page, link_page, sign_in_page

MAX_FORM_BYTES = 16 * 1024
"""No form here needs more."""

FORM_DEADLINE_S = 10
"""Seconds a form's body may take to arrive."""

MAX_FORM_FIELDS = 10


class FormRefused(BadInput):
    """The body is too long, too slow or no form."""

    code = "form_refused"


async def signed_in(request: Request) -> Who | None:
    """The person behind a request to a plain route, read from the database now."""
    token = session_token(request)
    return await database().ask(sessions.who, token, clock.machine()) if token else None


def session_token(request: Request) -> str:
    """The session cookie of a request; empty if it has none."""
    return cookie.read("; ".join(request.headers.getlist("cookie")), _cookie_name())


async def show_sign_in(request: Request) -> Response:
    """``GET /login``."""
    wanted = local_path(request.query_params.get("next", ""))
    if await signed_in(request):
        return RedirectResponse(wanted, HTTPStatus.SEE_OTHER, pages.HEADERS)
    return sign_in_page(wanted)


async def sign_in(request: Request) -> Response:
    """``POST /auth/login``."""
    try:
        fields = await form_fields(request)
    except FormRefused as refusal:
        return sign_in_page("/", error=refusal.for_agent, status=HTTPStatus.BAD_REQUEST)
    wanted, email = local_path(fields.get("next", "")), fields.get("email", "")
    try:
        token = await signing_in.with_password(
            database(),
            email=email,
            password=fields.get("password", ""),
            place=_place(request),
            browser=_browser(request),
        )
    except (SignInRefused, sessions.SignedOut):
        words, status = SignInRefused.for_agent, HTTPStatus.UNAUTHORIZED
        return sign_in_page(wanted, email=email, error=words, status=status)
    except TooManyRequests as refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS
        return sign_in_page(wanted, email=email, error=refusal.for_agent, status=status)
    return await _welcome_in(request, token, wanted)


async def sign_out(request: Request) -> Response:
    """``POST /auth/logout``."""
    await database().run(sessions.sign_out, session_token(request))
    headers = {"Set-Cookie": cookie.clearing(_cookie_name()), "Cache-Control": "no-store"}
    return RedirectResponse("/login", HTTPStatus.SEE_OTHER, headers)


async def show_link(request: Request) -> Response:
    """``GET /setup/<token>``: looking uses nothing up, mail scanners look too."""
    try:
        return link_page(request.path_params["token"], await _look(request))
    except Refused as refusal:
        return closed_page(refusal)


async def use_link(request: Request) -> Response:
    """``POST /setup/<token>``."""
    try:
        offer = await _look(request)
    except Refused as refusal:
        return closed_page(refusal)
    fields: Mapping[str, str] = {}
    try:
        fields = await form_fields(request)
        token = await signing_in.with_link(
            database(),
            request.path_params["token"],
            email=fields.get("email", ""),
            name=fields.get("name", ""),
            password=fields.get("password", ""),
            browser=_browser(request),
        )
    except LinkIsOver as refusal:
        return closed_page(refusal)
    except Refused as refusal:
        return link_page(request.path_params["token"], offer, fields, refusal.for_agent)
    return await _welcome_in(request, token, "/")


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises FormRefused."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise FormRefused
    body = bytearray()
    try:
        async with asyncio.timeout(FORM_DEADLINE_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_FORM_BYTES:
                    raise FormRefused
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FORM_FIELDS
        )
    except (TimeoutError, ValueError) as error:
        raise FormRefused from error
    if any("\0" in value for _, value in pairs):
        raise FormRefused
    return dict(pairs)


def local_path(wanted: str) -> str:
    r"""Where to go after signing in: a path of ours, or else the panel's first page.

    Browsers read ``//host``, ``/\host`` and a tab in between as another site.
    """
    parts = urlsplit(wanted) if wanted.isprintable() and wanted.isascii() else None
    if parts is None or parts.scheme or parts.netloc or "\\" in wanted or len(wanted) > 2000:
        return "/"
    if not wanted.startswith("/") or wanted.startswith(("//", "/auth/", "/login", "/setup/")):
        return "/"
    return wanted


async def _welcome_in(request: Request, token: str, wanted: str) -> Response:
    """Hand the new session over; the one this browser had before ends."""
    if before := session_token(request):
        await database().run(sessions.sign_out, before)
    headers = {"Set-Cookie": cookie.writing(token, _cookie_name()), "Cache-Control": "no-store"}
    return RedirectResponse(wanted, HTTPStatus.SEE_OTHER, headers)


async def _look(request: Request) -> Welcome:
    token = request.path_params["token"]
    return await signing_in.look_at_link(database(), token, _place(request))


def _place(request: Request) -> str:
    return request.client.host if request.client else ""


def _browser(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _cookie_name() -> str:
    return cookie.name_for(settings().public_url)


ROUTES = [
    Route("/login", show_sign_in),
    Route("/auth/login", sign_in, methods=["POST"]),
    Route("/auth/logout", sign_out, methods=["POST"]),
    Route("/setup/{token}", show_link),
    Route("/setup/{token}", use_link, methods=["POST"]),
]
