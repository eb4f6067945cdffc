"""Where a request came from and which address it was sent to; whose word is believed."""

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

Network = IPv4Network | IPv6Network

FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded")
"""Any of these says that a proxy stands in between."""


def client_address(scope: Scope, trusted_proxies: Collection[Network]) -> str:
    """The network address of whoever sent this.

    ``X-Forwarded-For`` is read from its right end, and only as far as each hop that
    wrote it is trusted; whatever stands left of that anyone could have written.
    """
    peer = (scope.get("client") or ("", 0))[0]
    if not _is_one_of(peer, trusted_proxies):
        return peer
    hops = [hop.strip() for hop in Headers(scope=scope).get("x-forwarded-for", "").split(",")]
    while _is_one_of(peer, trusted_proxies) and hops and hops[-1]:
        peer = hops.pop()
    return peer


def asked_host(scope: Scope, trusted_proxies: Collection[Network]) -> str:
    """The host and port the browser asked for, in lower case."""
    headers = Headers(scope=scope)
    peer = (scope.get("client") or ("", 0))[0]
    told = headers.get("x-forwarded-host") if _is_one_of(peer, trusted_proxies) else None
    return (told or headers.get("host", "")).strip().lower()


def is_loopback(address: str) -> bool:
    """Is this an address of this very machine?"""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def came_through_a_proxy(scope: Scope) -> bool:
    """Does anything say that a proxy handed this on?"""
    headers = Headers(scope=scope)
    return any(name in headers for name in FORWARDED)


def hosts_of(origins: Collection[str]) -> frozenset[str]:
    """What a Host header may say so that it names one of these origins."""
    hosts: set[str] = set()
    for origin in origins:
        parts = urlsplit(origin.lower())
        hosts.add(parts.netloc)
        default = 443 if parts.scheme == "https" else 80
        if parts.port in (None, default):
            bare = parts.netloc.removesuffix(f":{default}")
            hosts.update((bare, f"{bare}:{default}"))
    return frozenset(hosts)


def _is_one_of(address: str, networks: Collection[Network]) -> bool:
    try:
        return any(ip_address(address) in network for network in networks)
    except ValueError:
        return False
