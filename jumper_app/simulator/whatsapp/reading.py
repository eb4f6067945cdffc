"""WhatsApp's JSON of a message → what a screen shows."""

from typing import Any

from jumper_app.simulator import words
from jumper_app.simulator.rows import File, Message
from jumper_app.simulator.screen import Choice, Said
from jumper_app.simulator.store import Store
from jumper_app.simulator.whatsapp import media_rules
from jumper_app.simulator.whatsapp.filled import Filled, filled
from jumper_app.simulator.whatsapp.templates import Templates


def said(message: Message, templates: Templates, store: Store) -> Said:
    """What a message says."""
    if message.type == "template":
        return _template(message, templates, store)
    content: Any = message.content
    place = content if message.type == "location" else {}
    file = store.file(content.get("id", "")) if message.type in media_rules.KINDS else None
    title, detail = _title(message, file)
    return Said(
        kind=message.type,
        text=_words(message),
        media=file.id if file else "",
        mime=file.mime if file else "",
        latitude=float(place["latitude"]) if place else None,
        longitude=float(place["longitude"]) if place else None,
        choices=choices(message, templates),
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


def _template(message: Message, templates: Templates, store: Store) -> Said:
    shown = _shown(message, templates)
    file = store.file(shown.media) if shown.media else None
    place = shown.place or {}
    links = [one for one in shown.buttons if one.kind != "QUICK_REPLY"]
    above = "location" if place else file.mime.partition("/")[0] if file else ""
    return Said(
        kind="template",
        text=shown.body,
        media=file.id if file else "",
        mime=file.mime if file else "",
        latitude=float(place["latitude"]) if place else None,
        longitude=float(place["longitude"]) if place else None,
        choices=choices(message, templates),
        title=place.get("name", "") or (file.filename if file else ""),
        detail=place.get("address", ""),
        header=shown.header,
        footer=shown.footer,
        above=above if above in ("", "location", "image", "video") else "document",
        links=tuple(Choice(one.target, one.title) for one in links),
    )


def _shown(message: Message, templates: Templates) -> Filled:
    """The template as it was filled; nothing when Meta no longer knows it."""
    content: Any = message.content
    template = templates.ever(content["name"], content["language"]["code"])
    return filled(template, content) if template else Filled()


def choices(message: Message, templates: Templates) -> tuple[Choice, ...]:
    """What can be tapped on a message from the business."""
    if message.type == "template":
        buttons = _shown(message, templates).buttons
        return tuple(Choice(one.target, one.title) for one in buttons if one.kind == "QUICK_REPLY")
    if message.type != "interactive" or message.from_customer:
        return ()
    action = message.content["action"]
    if message.content["type"] == "button":
        return tuple(Choice(**button["reply"]) for button in action["buttons"])
    rows = [row for section in action["sections"] for row in section["rows"]]
    return tuple(Choice(row["id"], row["title"], row.get("description", "")) for row in rows)


def _words(message: Message) -> str:
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
        case "button":
            said = content["text"]
    return said
