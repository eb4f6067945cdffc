"""Words with something to tap: quick replies, buttons, or numbered lines. Pure.

Source: Messenger Platform > Quick replies, Templates > Button, read 2026-11-22.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from jumper_app.channels.contract import Choice, OutText
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest

from .limits import MAX_PAYLOAD, MAX_QUICK_REPLIES, MAX_QUICK_REPLY_TITLE, MAX_TEXT


def spoken(said: OutText) -> Object:
    """Words: with quick replies, with numbered lines, or plain."""
    if not said.choices:
        return plain(said.text)
    if fit(said.choices, MAX_QUICK_REPLIES, MAX_QUICK_REPLY_TITLE):
        return {**plain(said.text), "quick_replies": quick_replies(said.choices)}
    return plain(numbered(said))


def plain(text: str) -> Object:
    """A text. Meta calls a blank one empty: error 100, subcode 2018034."""
    if not text.strip():
        raise BadRequest(detail="A message says something.")
    if len(text) > MAX_TEXT:
        raise BadRequest(detail=f"A text has at most {MAX_TEXT} characters.")
    return {"text": text}


def fit(choices: Sequence[Choice], most: int, longest: int) -> bool:
    """Can the choices be tapped? They must be few, short and distinct."""
    titles, ids = titles_of(choices), [choice.id for choice in choices]
    return (
        len(titles) <= most
        and all(0 < len(title) <= longest for title in titles)
        and all(each.strip() and len(each) <= MAX_PAYLOAD for each in ids)
        and len(set(titles)) == len(set(ids)) == len(titles)
    )


def quick_replies(choices: Sequence[Choice]) -> list[JsonValue]:
    """Answers that stand above the keyboard until one is tapped."""
    return [
        {"content_type": "text", "title": choice.title.strip(), "payload": choice.id}
        for choice in choices
    ]


def postbacks(choices: Sequence[Choice]) -> list[JsonValue]:
    """Buttons that stay under a message."""
    return [
        {"type": "postback", "title": choice.title.strip(), "payload": choice.id}
        for choice in choices
    ]


def numbered(said: OutText) -> str:
    """The choices as lines to answer by number."""
    lines = (f"{place}. {title}" for place, title in enumerate(titles_of(said.choices), 1))
    return "\n".join((said.text, "", *lines))


def titles_of(choices: Sequence[Choice]) -> list[str]:
    """What the customer reads."""
    return [choice.title.strip() for choice in choices]
