"""The outermost door: what is turned away before any other code sees it."""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jumper_app import clock
from jumper_app.db import database
from jumper_app.people import cookie, sessions
from jumper_app.people.hanging_up import may_hang_up
from jumper_app.settings import Settings

from .addresses import Network, asked_host, client_address, hosts_of

CONTENT_SECURITY = (
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "frame-src 'none'; object-src 'none'"
)
"""What costs nothing and stops most of what injected markup could do. Reflex's pages start
with an inline script, so scripts are not restricted here; pages of our own say more."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": CONTENT_SECURITY,
}
"""On every response that does not say otherwise itself."""

FRAMED = re.compile(r"/chat/[^/]+")
"""The one page that other sites show in a frame. Its own policy says which sites may."""

HSTS = "max-age=31536000"
"""A year of https only, in seconds, once the public address is https."""

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})

SIGNED_BY_THEMSELVES = ("/webhooks/", "/simulator/graph/")
"""Called by machines, which send no Origin and prove themselves in other ways."""

OPEN_TO_ALL = (
    "/login",
    "/setup",
    "/auth",
    "/webhooks",
    "/media",
    "/healthz",
    "/readyz",
    "/metrics",
    "/ping",
    "/_health",
    "/_event",
    "/api",
    "/chat",
    "/simulator/api",
    "/simulator/site",
    "/simulator/clock",
    "/simulator/graph",
)
"""Paths that are no pages of the panel: each answers for itself who may come in."""

PROBES = ("/healthz", "/readyz")
"""What a load balancer asks for by whatever name it knows us."""

Ask = Callable[[str], Awaitable[bool]]


@dataclass(frozen=True)
class Rules:
    """What the guard goes by.

    Attributes:
        origins: Addresses browsers may use, like ``https://chat.example.com``.
        trusted_proxies: Addresses or networks whose ``X-Forwarded-*`` is believed.
        cookie_name: The session cookie.
        https: The public address is https.
        check_handshake: Refuse the panel's websocket without a session. Off only in
            tests, which show that every handler also holds by itself.
    """

    origins: frozenset[str]
    trusted_proxies: tuple[Network, ...] = ()
    cookie_name: str = cookie.PLAIN_NAME
    https: bool = False
    check_handshake: bool = True
    hosts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hosts", hosts_of(self.origins))


def rules_from(settings: Settings, *, check_handshake: bool = True) -> Rules:
    """The rules that follow from the settings."""
    return Rules(
        origins=frozenset(origin.lower() for origin in settings.origins),
        trusted_proxies=settings.trusted_proxies,
        cookie_name=cookie.name_for(settings.public_url),
        https=settings.public_url.startswith("https://"),
        check_handshake=check_handshake,
    )


async def has_session(token: str) -> bool:
    """Does this cookie belong to someone who is signed in?"""
    if not token:
        return False
    return await database().ask(sessions.who, token, clock.machine()) is not None


class Guard:
    """ASGI middleware around everything: routes, websocket and static files."""

    def __init__(self, app: ASGIApp, rules: Rules, ask: Ask = has_session) -> None:
        self.app = app
        self.rules = rules
        self.ask = ask
        told = HEADERS | ({"Strict-Transport-Security": HSTS} if rules.https else {})
        self._worn = [(name.lower().encode(), value.encode()) for name, value in told.items()]
        self._worn_in_a_frame = [pair for pair in self._worn if pair[0] != b"x-frame-options"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            worn = self._worn_in_a_frame if FRAMED.fullmatch(scope["path"]) else self._worn
            await self._http(scope, receive, _dressed(send, worn))
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._stranger(scope) or (
            self.rules.check_handshake and not await self._signed_in(scope)
        )
        if refused:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        seen = self._from(scope)
        await self.app(seen, may_hang_up(seen, receive, send), send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._refusal(scope)
        if answer is None and is_page(scope) and not await self._signed_in(scope):
            answer = _to_sign_in(scope)
        await (answer or self.app)(self._from(scope), receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further."""
        path, headers = scope["path"], Headers(scope=scope)
        if path == "/_upload" or path.startswith("/_upload/"):
            return _refused(HTTPStatus.NOT_FOUND, "There is nothing here.")
        if (
            path not in PROBES
            and asked_host(scope, self.rules.trusted_proxies) not in self.rules.hosts
        ):
            return _refused(HTTPStatus.MISDIRECTED_REQUEST, "This address is not served here.")
        if headers.get("content-encoding", "identity").lower() != "identity":
            return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is.")
        checked = scope["method"] in UNSAFE and not path.startswith(SIGNED_BY_THEMSELVES)
        if checked and self._comes_from_elsewhere(headers):
            return _refused(HTTPStatus.FORBIDDEN, "This was sent from another site.")
        return None

    def _stranger(self, scope: Scope) -> bool:
        host = asked_host(scope, self.rules.trusted_proxies)
        return host not in self.rules.hosts or self._comes_from_elsewhere(Headers(scope=scope))

    def _comes_from_elsewhere(self, headers: Headers) -> bool:
        """Did a page of another site make the browser send this?

        Every browser names the origin here. What sends none is no browser; it carries
        nobody's cookie but its own.
        """
        origin = headers.get("origin")
        if origin is not None:
            return origin.lower() not in self.rules.origins
        return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")

    async def _signed_in(self, scope: Scope) -> bool:
        sent = Headers(scope=scope).getlist("cookie")
        return await self.ask(cookie.read("; ".join(sent), self.rules.cookie_name))

    def _from(self, scope: Scope) -> Scope:
        """The same request, with the client's address in place of a trusted proxy's."""
        peer = scope.get("client")
        address = client_address(scope, self.rules.trusted_proxies)
        return scope if not peer or peer[0] == address else {**scope, "client": (address, 0)}


def is_page(scope: Scope) -> bool:
    """Is this a page of the panel, and not a file or an address that answers for itself?"""
    path: str = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or _is_below(path, OPEN_TO_ALL):
        return False
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return not dot or ending.lower() in ("html", "htm")


def _is_below(path: str, roots: Iterable[str]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _dressed(send: Send, worn: Sequence[tuple[bytes, bytes]]) -> Send:
    """``send`` that adds these headers to an answer, but for those that it has."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = list(message.get("headers", ()))
            names = {name.lower() for name, _ in own}
            message["headers"] = own + [pair for pair in worn if pair[0] not in names]
        await send(message)

    return dressed


def _to_sign_in(scope: Scope) -> Response:
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    address = "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='')}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})


def _refused(status: HTTPStatus, words: str) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store"})
