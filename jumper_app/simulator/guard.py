"""The demo answers the machine it runs on, and pages that came from it. Nobody else."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]


class LoopbackOnly:
    """Wraps an application: 403 for a foreign ``Host`` or ``Origin``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or not."""
        if scope["type"] in ("http", "websocket") and not is_local(scope["headers"]):
            await PlainTextResponse("Only from this machine.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_local(headers: Headers) -> bool:
    """Exactly one loopback ``Host``, and no ``Origin`` other than that very host."""
    hosts = _values(headers, b"host")
    origins = _values(headers, b"origin")
    if len(hosts) != 1 or not is_loopback(hosts[0]):
        return False
    return all(origin in (f"http://{hosts[0]}", f"https://{hosts[0]}") for origin in origins)


def is_loopback(host: str) -> bool:
    """Is this ``name`` or ``name:port`` the machine itself?"""
    try:
        parts = urlsplit(f"//{host}")
        name = parts.hostname or ""
        plain = parts.username is None and parts.path == "" and parts.port != 0
    except ValueError:
        return False
    if not plain or name == "localhost":
        return plain
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]
