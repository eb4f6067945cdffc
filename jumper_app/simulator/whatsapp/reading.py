"""WhatsApp's JSON of a message → what a screen shows."""

from collections.abc import Mapping
from typing import Any

from jumper_app.simulator.rows import Message
from jumper_app.simulator.screen import Choice, Said
from jumper_app.simulator.store import Store
from jumper_app.simulator.whatsapp.config import Numbers


def said(message: Message, numbers: Numbers, store: Store) -> Said:
    """What a message says."""
    content: Any = message.content
    place = content if message.type == "location" else {}
    media = store.media(content.get("id", "")) if message.type in ("image", "audio") else None
    return Said(
        kind=message.type,
        text=_words(message, numbers),
        media=media.id if media else "",
        mime=media.mime if media else "",
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        choices=choices(message),
    )


def choices(message: Message) -> tuple[Choice, ...]:
    """What can be tapped on a message from the business."""
    if message.type != "interactive" or message.from_customer:
        return ()
    action = message.content["action"]
    if message.content["type"] == "button":
        return tuple(Choice(**button["reply"]) for button in action["buttons"])
    rows = [row for section in action["sections"] for row in section["rows"]]
    return tuple(Choice(row["id"], row["title"], row.get("description", "")) for row in rows)


def _words(message: Message, numbers: Numbers) -> str:
    content: Any = message.content
    words = ""
    match message.type:
        case "text":
            words = content["body"]
        case "image":
            words = content.get("caption", "")
        case "interactive" if message.from_customer:
            words = content[content["type"]]["title"]
        case "interactive":
            words = content["body"]["text"]
        case "location":
            words = content.get("name", "")
        case "contacts":
            words = ", ".join(card["name"]["formatted_name"] for card in content)
        case "template":
            words = _filled(content, numbers)
    return words


def _filled(content: Mapping[str, Any], numbers: Numbers) -> str:
    """A template's body with its placeholders filled in."""
    known = numbers.template(content["name"], content["language"]["code"])
    text = known.body if known else ""
    for component in content.get("components", []):
        if component["type"].lower() == "body":
            for place, parameter in enumerate(component["parameters"], 1):
                text = text.replace(f"{{{{{place}}}}}", parameter.get("text", ""))
    return text
