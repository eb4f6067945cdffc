"""Cards side by side, or one text with buttons. Pure.

Source: Messenger Platform > Templates > Generic, Button, read 2026-11-22.
"""

from pydantic import JsonValue

from jumper_app.channels.contract import Card, OutCards, OutText
from jumper_app.channels.loose import Object

from .limits import (
    MAX_BUTTON_TEXT,
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_CARD_TEXT,
    MAX_CARDS,
)
from .tapping import fit, postbacks, spoken

OPEN = "Open"
"""What stands on a link that has no words of its own."""


def cards(said: OutCards) -> Object:
    """As many as Messenger shows, each in its form; what does not fit becomes words."""
    if len(said.cards) == 1 and not said.cards[0].picture:
        return with_buttons(said.cards[0])
    if len(said.cards) <= MAX_CARDS and all(map(is_element, said.cards)):
        return template({"template_type": "generic", "elements": [*map(element, said.cards)]})
    return in_words(*said.cards)


def with_buttons(card: Card) -> Object:
    """One card without a picture: its words over its buttons."""
    text, buttons = words_on(card), buttons_of(card)
    says_it = 0 < len(text.strip()) <= len(text) <= MAX_BUTTON_TEXT
    if not buttons or not says_it or not buttons_fit(card):
        return in_words(card)
    return template({"template_type": "button", "text": text, "buttons": buttons})


def element(card: Card) -> JsonValue:
    """One card among others."""
    told: Object = {"title": card.title}
    if card.subtitle.strip():
        told["subtitle"] = card.subtitle
    if buttons := buttons_of(card):
        told["buttons"] = buttons
    return told


def is_element(card: Card) -> bool:
    """Does it fit among others? A bare title is no element."""
    says_more = bool(card.title.strip() and (card.subtitle.strip() or card.link or card.choices))
    short = max(len(card.title), len(card.subtitle)) <= MAX_CARD_TEXT
    return says_more and short and buttons_fit(card)


def buttons_of(card: Card) -> list[JsonValue]:
    """Where it leads, then what can be tapped."""
    link: JsonValue = {
        "type": "web_url",
        "url": card.link,
        "title": card.link_title.strip() or OPEN,
    }
    return [*([link] if card.link else []), *postbacks(card.choices)]


def buttons_fit(card: Card) -> bool:
    """Are they few and short enough?"""
    most = MAX_BUTTONS - bool(card.link)
    return fit(card.choices, most, MAX_BUTTON_TITLE) and len(card.link_title) <= MAX_BUTTON_TITLE


def in_words(*several: Card) -> Object:
    """What fits in no form: words, with all choices to tap."""
    text = "\n\n".join("\n".join(filter(None, (words_on(one), one.link))) for one in several)
    choices = tuple(choice for one in several for choice in one.choices)
    return spoken(OutText(text=text, choices=choices))


def words_on(card: Card) -> str:
    """What is read on a card."""
    return "\n".join(filter(None, (card.title, card.subtitle)))


def template(payload: Object) -> Object:
    """A message in one of Messenger's forms."""
    return {"attachment": {"type": "template", "payload": payload}}
