"""What a phone shows: messages as bubbles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jumper_app.simulator.rows import Message


@dataclass(frozen=True)
class Choice:
    """A button or list row on the screen."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Said:
    """What a message says. ``kind``: how it is drawn; ``media``: id of the file.

    ``title`` and ``detail``: what a file, a place or a card is called, and what stands under it.
    Of a template: ``header`` and ``footer``; ``above``, the kind of what stands on top of it;
    ``links``, the buttons that lead somewhere, by where.
    """

    kind: str
    text: str = ""
    media: str = ""
    mime: str = ""
    latitude: float | None = None
    longitude: float | None = None
    choices: tuple[Choice, ...] = ()
    title: str = ""
    detail: str = ""
    header: str = ""
    footer: str = ""
    above: str = ""
    links: tuple[Choice, ...] = ()


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
    title: str = ""
    detail: str = ""
    header: str = ""
    footer: str = ""
    above: str = ""
    links: tuple[Choice, ...] = ()


def bubbles(messages: list[Message], said: Callable[[Message], Said]) -> list[Bubble]:
    """The chat, oldest first; what has not arrived is not in it."""
    reactions = _reactions(messages)
    seen = [one for one in messages if one.type != "reaction" and has_arrived(one)]
    return [_bubble(one, said(one), reactions.get(one.id, {})) for one in seen]


def has_arrived(message: Message) -> bool:
    """Is it on the phone?"""
    return message.from_customer or message.state in ("delivered", "read")


def _bubble(message: Message, said: Said, reactions: Mapping[bool, str]) -> Bubble:
    return Bubble(
        id=message.id,
        mine=message.from_customer,
        type=said.kind,
        text=said.text,
        at=message.at,
        state=message.state,
        media=said.media,
        mime=said.mime,
        latitude=said.latitude,
        longitude=said.longitude,
        choices=said.choices,
        quotes=message.quotes,
        reactions=tuple(emoji for emoji in reactions.values() if emoji),
        my_reaction=reactions.get(True, ""),
        title=said.title,
        detail=said.detail,
        header=said.header,
        footer=said.footer,
        above=said.above,
        links=said.links,
    )


def _reactions(messages: list[Message]) -> dict[str, dict[bool, str]]:
    """The latest emoji of each side, by message."""
    found: dict[str, dict[bool, str]] = {}
    for message in messages:
        if message.type == "reaction":
            target = found.setdefault(message.content["message_id"], {})
            target[message.from_customer] = message.content["emoji"]
    return found
