"""What a visitor's page shows of a message.

A visitor's own holds ``text``, and ``media`` if it is a file on the stand-in's shelf; one of
the business is a bubble as the feed tells it, with ``media`` once its file was fetched.
"""

from typing import Any

from jumper_app.simulator import words
from jumper_app.simulator.rows import Message
from jumper_app.simulator.screen import Choice, Said
from jumper_app.simulator.store import Store


def kind_of(bubble: dict[str, Any]) -> str:
    """How a bubble of the feed is drawn."""
    if bubble["place"]:
        return "location"
    return bubble["files"][0]["kind"] if bubble["files"] else "text"


def said(message: Message, store: Store) -> Said:
    """What a message says."""
    content = message.content
    place = content.get("place") or {}
    file = store.file(content.get("media", ""))
    is_document = message.type == "document"
    return Said(
        kind=message.type,
        text=content.get("text", "") or _cards(content),
        media=file.id if file else "",
        mime=file.mime if file else "",
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        choices=choices(message),
        title=place.get("name", "") or (file.filename if file and is_document else ""),
        detail=place.get("address", "") or (words.size(file.size) if file and is_document else ""),
    )


def choices(message: Message) -> tuple[Choice, ...]:
    """What can be tapped on a message of the business."""
    if message.from_customer:
        return ()
    cards = message.content.get("cards", ())
    offered = [*message.content.get("choices", ())]
    offered += [one for card in cards for one in card["choices"]]
    return tuple(Choice(one["id"], one["title"]) for one in offered)


def _cards(content: dict[str, Any]) -> str:
    return "\n".join(card["title"] for card in content.get("cards", ()))
