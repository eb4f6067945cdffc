"""Small questions that every rule asks of a body."""

from collections.abc import Mapping
from typing import Any

from jumper_app.simulator.whatsapp.errors import WhatsAppError

Body = Mapping[str, Any]


def need(body: Body, key: str, kind: type) -> Any:
    """The value under ``key``, which must be there and of that kind."""
    if key not in body:
        raise WhatsAppError(131008, f"Parameter '{key}' is missing.")
    if not isinstance(body[key], kind):
        raise WhatsAppError(100, f"Param '{key}' has the wrong type.")
    return body[key]


def text(body: Body, key: str, longest: int, *, missing: bool = False) -> None:
    """``key`` must hold 1 to ``longest`` characters; ``missing``: or not be there."""
    if missing and not body.get(key):
        return
    value = need(body, key, str)
    if not value.strip():
        raise WhatsAppError(100, f"Param '{key}' must not be empty.")
    if len(value) > longest:
        raise WhatsAppError(100, f"Param '{key}' must be at most {longest} characters long.")


def only(body: Body, allowed: set[str], param: str) -> None:
    """Graph refuses keys that it does not know."""
    for key in body:
        if key not in allowed:
            raise WhatsAppError(100, f'Unexpected key "{key}" on param "{param}".')


def distinct(values: list[str], what: str) -> None:
    """Buttons and rows may not repeat each other."""
    if len(set(values)) != len(values):
        raise WhatsAppError(131009, f"Duplicated {what}.")
