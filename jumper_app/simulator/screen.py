"""What a phone shows: messages as bubbles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jumper_app.simulator.config import Config
from jumper_app.simulator.rows import Message
from jumper_app.simulator.store import Store


@dataclass(frozen=True)
class Choice:
    """A button or list row on the screen."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Bubble:
    """A message as the phone shows it.

    Attributes:
        mine: Written by the customer.
        state: Of the customer's own: sent, delivered (the app has it), read.
        media: Id of the file, empty for none.
        reactions: Emoji of the customer and of the business.
        my_reaction: The customer's own emoji, if any.
    """

    id: str
    mine: bool
    type: str
    text: str
    at: datetime
    state: str
    media: str = ""
    mime: str = ""
    latitude: float | None = None
    longitude: float | None = None
    choices: tuple[Choice, ...] = ()
    quotes: str = ""
    reactions: tuple[str, ...] = ()
    my_reaction: str = ""


def bubbles(messages: list[Message], config: Config, store: Store) -> list[Bubble]:
    """The chat, oldest first; what has not arrived is not in it."""
    reactions = _reactions(messages)
    seen = [one for one in messages if one.type != "reaction" and has_arrived(one)]
    return [_bubble(one, reactions.get(one.id, {}), config, store) for one in seen]


def has_arrived(message: Message) -> bool:
    """Is it on the phone?"""
    return message.from_customer or message.state in ("delivered", "read")


def choices(message: Message) -> tuple[Choice, ...]:
    """What can be tapped on a message from the business."""
    if message.type != "interactive" or message.from_customer:
        return ()
    action = message.content["action"]
    if message.content["type"] == "button":
        return tuple(Choice(**button["reply"]) for button in action["buttons"])
    rows = [row for section in action["sections"] for row in section["rows"]]
    return tuple(Choice(row["id"], row["title"], row.get("description", "")) for row in rows)


def _bubble(
    message: Message, reactions: Mapping[bool, str], config: Config, store: Store
) -> Bubble:
    content: Any = message.content
    place = content if message.type == "location" else {}
    media = store.media(content.get("id", "")) if message.type in ("image", "audio") else None
    return Bubble(
        id=message.id,
        mine=message.from_customer,
        type=message.type,
        text=_words(message, config),
        at=message.at,
        state=message.state,
        media=media.id if media else "",
        mime=media.mime if media else "",
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        choices=choices(message),
        quotes=message.quotes,
        reactions=tuple(emoji for emoji in reactions.values() if emoji),
        my_reaction=reactions.get(True, ""),
    )


def _words(message: Message, config: Config) -> str:
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
            words = _filled(content, config)
    return words


def _filled(content: Mapping[str, Any], config: Config) -> str:
    """A template's body with its placeholders filled in."""
    known = config.template(content["name"], content["language"]["code"])
    text = known.body if known else ""
    for component in content.get("components", []):
        if component["type"].lower() == "body":
            for place, parameter in enumerate(component["parameters"], 1):
                text = text.replace(f"{{{{{place}}}}}", parameter.get("text", ""))
    return text


def _reactions(messages: list[Message]) -> dict[str, dict[bool, str]]:
    """The latest emoji of each side, by message."""
    found: dict[str, dict[bool, str]] = {}
    for message in messages:
        if message.type == "reaction":
            target = found.setdefault(message.content["message_id"], {})
            target[message.from_customer] = message.content["emoji"]
    return found
