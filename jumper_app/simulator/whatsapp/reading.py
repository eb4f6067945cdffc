"""WhatsApp's JSON of a message → what a screen shows."""

from collections.abc import Mapping
from typing import Any

from jumper_app.simulator import words
from jumper_app.simulator.rows import File, Message
from jumper_app.simulator.screen import Choice, Said
from jumper_app.simulator.store import Store
from jumper_app.simulator.whatsapp import media_rules
from jumper_app.simulator.whatsapp.config import Numbers


def said(message: Message, numbers: Numbers, store: Store) -> Said:
    """What a message says."""
    content: Any = message.content
    place = content if message.type == "location" else {}
    file = store.file(content.get("id", "")) if message.type in media_rules.KINDS else None
    title, detail = _title(message, file)
    return Said(
        kind=message.type,
        text=_words(message, numbers),
        media=file.id if file else "",
        mime=file.mime if file else "",
        latitude=float(place["latitude"]) if place else None,
        longitude=float(place["longitude"]) if place else None,
        choices=choices(message),
        title=title,
        detail=detail,
    )


def _title(message: Message, file: File | None) -> tuple[str, str]:
    """What a file or a card is called, and what stands under that."""
    content: Any = message.content
    match message.type:
        case "document":
            return content.get("filename", ""), words.size(file.size) if file else ""
        case "location":
            return content.get("name", ""), content.get("address", "")
        case "contacts":
            phones = [one["phone"] for card in content for one in card.get("phones", ())]
            return ", ".join(card["name"]["formatted_name"] for card in content), ", ".join(phones)
        case _:
            return "", ""


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
    said = ""
    match message.type:
        case "text":
            said = content["body"]
        case "image" | "video" | "document":
            said = content.get("caption", "")
        case "interactive" if message.from_customer:
            said = content[content["type"]]["title"]
        case "interactive":
            said = content["body"]["text"]
        case "location":
            said = content.get("name", "")
        case "contacts":
            said = ", ".join(card["name"]["formatted_name"] for card in content)
        case "template":
            said = _filled(content, numbers)
    return said


def _filled(content: Mapping[str, Any], numbers: Numbers) -> str:
    """A template's body with its placeholders filled in."""
    known = numbers.template(content["name"], content["language"]["code"])
    text = known.body if known else ""
    for component in content.get("components", []):
        if component["type"].lower() == "body":
            for place, parameter in enumerate(component["parameters"], 1):
                text = text.replace(f"{{{{{place}}}}}", parameter.get("text", ""))
    return text
