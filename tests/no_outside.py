"""Keeps the tests on this machine: a connection to anywhere else fails at once, by name."""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any


class OutsideNetwork(AssertionError):
    """A test tried to reach another machine."""


def guard() -> None:
    """Refuse every name and address that is not this machine's, for this whole process."""
    socket.socket.connect = _guarded(socket.socket.connect)
    socket.socket.connect_ex = _guarded(socket.socket.connect_ex)
    look_up = socket.getaddrinfo

    def look_up_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        _require_here(host)
        return look_up(host, *args, **kwargs)

    socket.getaddrinfo = look_up_here


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connect_here(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _require_here(address[0])
        return connect(self, address)

    return connect_here


def _require_here(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return
    try:
        address = ip_address(name)
        address = getattr(address, "ipv4_mapped", None) or address
        is_here = address.is_loopback or address.is_unspecified
    except ValueError:
        is_here = False
    if not is_here:
        raise OutsideNetwork(f"a test tried to reach {name}")
