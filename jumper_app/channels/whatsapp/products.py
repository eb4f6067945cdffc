"""Product cards on a channel that has none: a picture with buttons, or words and links. Pure."""

from collections.abc import Mapping

from jumper_app.channels.contract import Card, OutCards, OutText
from jumper_app.channels.loose import Object

from .asking import buttons, fit, interactive, spoken
from .limits import MAX_BUTTON_TITLE, MAX_BUTTONS, MAX_CAPTION


def cards(content: OutCards, media_ids: Mapping[str, str]) -> Object:
    """One card keeps its picture; several become one text with every choice."""
    if len(content.cards) == 1:
        return _one(content.cards[0], media_ids)
    return spoken(
        OutText(
            text="\n\n".join(map(words_on, content.cards)),
            choices=tuple(choice for card in content.cards for choice in card.choices),
        )
    )


def words_on(card: Card) -> str:
    """Everything on a card that can be read."""
    return "\n".join(filter(None, (card.title, card.subtitle, card.link)))


def _one(card: Card, media_ids: Mapping[str, str]) -> Object:
    asked = OutText(text=words_on(card), choices=card.choices)
    picture: Object = {"id": media_ids[card.picture]} if card.picture else {}
    if picture and card.choices and fit(asked, MAX_BUTTONS, MAX_BUTTON_TITLE):
        header: Object = {"type": "image", "image": picture}
        return interactive("button", asked.text, buttons(card.choices), header)
    if picture and not card.choices and len(asked.text) <= MAX_CAPTION:
        return {"type": "image", "image": picture | {"caption": asked.text}}
    return spoken(asked)
