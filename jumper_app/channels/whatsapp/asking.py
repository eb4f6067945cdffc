"""Words with something to tap: buttons, a list, or numbered lines. Pure.

Source: WhatsApp > Send messages, and Meta's OpenAPI file v23.0, read 2026-11-22.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from jumper_app.channels.contract import Choice, OutText
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest

from .limits import (
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_INTERACTIVE_TEXT,
    MAX_ROW_TITLE,
    MAX_ROWS,
    MAX_TEXT,
)

LIST_BUTTON = "Choose"
"""What the customer taps to open a list; at most 20 characters."""


def spoken(content: OutText) -> Object:
    """Words: with buttons, with a list, or plain."""
    choices = content.choices
    if not choices:
        return plain(content.text)
    if fit(content, MAX_BUTTONS, MAX_BUTTON_TITLE):
        return interactive("button", content.text, buttons(choices))
    if fit(content, MAX_ROWS, MAX_ROW_TITLE):
        return interactive("list", content.text, rows(choices))
    return plain(numbered(content))


def plain(words: str) -> Object:
    """A text, with a preview if it has a link."""
    if len(words) > MAX_TEXT:
        raise BadRequest(detail=f"A text has at most {MAX_TEXT} characters.")
    has_link = "https://" in words or "http://" in words
    return {"type": "text", "text": {"body": words, "preview_url": has_link}}


def fit(content: OutText, most: int, longest: int) -> bool:
    """Can the choices be tapped? They must be few, short, distinct and without stray spaces."""
    titles, ids = titles_of(content.choices), [choice.id for choice in content.choices]
    return (
        len(titles) <= most
        and len(content.text) <= MAX_INTERACTIVE_TEXT
        and all(0 < len(title) <= longest for title in titles)
        and all(each == each.strip() for each in ids)
        and len(set(titles)) == len(set(ids)) == len(titles)
    )


def interactive(kind: str, words: str, action: Object, header: Object | None = None) -> Object:
    """A text with something to tap, under a header if there is one."""
    shown: Object = {"type": kind, "body": {"text": words}, "action": action}
    if header:
        shown["header"] = header
    return {"type": "interactive", "interactive": shown}


def buttons(choices: Sequence[Choice]) -> Object:
    """Up to three buttons under the text."""
    return {
        "buttons": [
            {"type": "reply", "reply": {"id": choice.id, "title": choice.title.strip()}}
            for choice in choices
        ]
    }


def rows(choices: Sequence[Choice]) -> Object:
    """A list that opens at a tap."""
    listed: list[JsonValue] = [
        {"id": choice.id, "title": choice.title.strip()} for choice in choices
    ]
    return {"button": LIST_BUTTON, "sections": [{"rows": listed}]}


def numbered(content: OutText) -> str:
    """The choices as lines to answer by number."""
    lines = (f"{place}. {title}" for place, title in enumerate(titles_of(content.choices), 1))
    return "\n".join((content.text, "", *lines))


def titles_of(choices: Sequence[Choice]) -> list[str]:
    """What the customer reads."""
    return [choice.title.strip() for choice in choices]
