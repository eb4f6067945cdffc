"""What Meta documents about files, places and contact cards in a send, as pure functions.

Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-22.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jumper_app.simulator.whatsapp.checks import Body, need, only, text
from jumper_app.simulator.whatsapp.errors import WhatsAppError

MAX_CAPTION = 1024
LATITUDES, LONGITUDES = 90.0, 180.0
NAME_PARTS = {"first_name", "last_name", "middle_name", "suffix", "prefix"}
CARD_KEYS = {"addresses", "birthday", "emails", "name", "org", "phones", "urls"}
LISTS: Mapping[str, tuple[str, set[str]]] = {
    "phones": ("phone", {"phone", "type", "wa_id"}),
    "emails": ("email", {"email", "type"}),
    "urls": ("url", {"url", "type"}),
}
"""Of a card: what each entry must have, and what it may have."""


def media(kind: str, *, caption: bool, named: bool = False) -> Callable[[Any], None]:
    """The check of a file of that kind: by id or link, with what else it may carry."""
    allowed = (
        {"id", "link"} | ({"caption"} if caption else set()) | ({"filename"} if named else set())
    )

    def check(content: Any) -> None:
        _an_object(content, kind)
        only(content, allowed, kind)
        if ("id" in content) == ("link" in content):
            raise WhatsAppError(100, f"Param {kind} must have exactly one of 'id' and 'link'.")
        need(content, "id" if "id" in content else "link", str)
        text(content, "caption", MAX_CAPTION, missing=True)
        text(content, "filename", MAX_CAPTION, missing=True)

    return check


def location(content: Any) -> None:
    """A place: its degrees, as numbers or in words, on the earth."""
    _an_object(content, "location")
    only(content, {"latitude", "longitude", "name", "address"}, "location")
    _degrees(content, "latitude", LATITUDES)
    _degrees(content, "longitude", LONGITUDES)
    for key in ("name", "address"):
        text(content, key, MAX_CAPTION, missing=True)


def _degrees(content: Body, key: str, most: float) -> None:
    if key not in content:
        raise WhatsAppError(131008, f"Parameter '{key}' is missing.")
    try:
        value = float(content[key])
    except (TypeError, ValueError):
        raise WhatsAppError(131009, f"Parameter '{key}' is not a number.") from None
    if not -most <= value <= most:
        raise WhatsAppError(131009, f"Parameter '{key}' is outside of the earth.")


def contacts(content: Any) -> None:
    """Cards: each with its whole name and at least one part of it."""
    if not isinstance(content, list) or not content:
        raise WhatsAppError(131009, "Param contacts must be a list with at least one contact.")
    for card in content:
        _an_object(card, "contacts")
        _card(card)


def _card(card: Body) -> None:
    only(card, CARD_KEYS, "contacts")
    name = need(card, "name", dict)
    only(name, NAME_PARTS | {"formatted_name"}, "name")
    text(name, "formatted_name", MAX_CAPTION)
    if not any(name.get(part) for part in NAME_PARTS):
        raise WhatsAppError(131009, "A name needs one of its parts besides formatted_name.")
    for key, (required, allowed) in LISTS.items():
        for entry in need(card, key, list) if key in card else ():
            _an_object(entry, key)
            only(entry, allowed, key)
            text(entry, required, MAX_CAPTION)
    if "org" in card:
        only(need(card, "org", dict), {"company", "department", "title"}, "org")


def _an_object(value: Any, param: str) -> None:
    if not isinstance(value, dict):
        raise WhatsAppError(100, f"Param '{param}' has the wrong type.")
