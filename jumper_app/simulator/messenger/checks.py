"""Small questions that every rule asks of a body."""

from collections.abc import Mapping
from typing import Any

from jumper_app.simulator.messenger.errors import MessengerError

Body = Mapping[str, Any]


def need(body: Body, key: str, kind: type) -> Any:
    """The value under ``key``, which must be there and of that kind."""
    if not isinstance(body.get(key), kind):
        raise MessengerError(100, f"Param {key} is required and must be a {kind.__name__}")
    return body[key]


def text(body: Body, key: str, longest: int, *, missing: bool = False) -> None:
    """``key`` must hold 1 to ``longest`` characters; ``missing``: or not be there."""
    if missing and key not in body:
        return
    value = need(body, key, str)
    if not value.strip() or len(value) > longest:
        raise MessengerError(100, f"Length of param {key} must be between 1 and {longest}")


def only(body: Body, allowed: set[str], param: str) -> None:
    """Graph refuses keys that it does not know."""
    for key in body:
        if key not in allowed:
            raise MessengerError(100, f'Invalid keys "{key}" were found in param "{param}"')


def count(values: list[Any], most: int, param: str) -> None:
    """There must be one at least, and not too many."""
    if not 1 <= len(values) <= most:
        raise MessengerError(100, f"Param {param} must have between 1 and {most} elements")
