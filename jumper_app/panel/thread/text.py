"""A customer's words, made safe to draw: cleaned, and cut at their links.

What comes out is plain text and addresses; nothing here or later is ever HTML.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NotRequired, TypedDict
from urllib.parse import urlsplit

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Control characters but tab and line feed: they draw nothing and can hide things."""

_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, even past the end of the message."""

_LINK = re.compile(
    r"https?://[^\s<>\"\u202a-\u202e\u2066-\u2069]+"
    r"|mailto:[^\s<>\"]+@[^\s<>\"]+"
    r"|tel:\+?[\d().\-]{3,}"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Piece(TypedDict):
    """A stretch of text. ``href`` is there when it is a link."""

    text: str
    href: NotRequired[str]
    named: NotRequired[bool]
    """A colleague's name in a note."""


def clean(text: str) -> str:
    """Take out what cannot be seen, and marks that would turn what stands around it."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _TURNING.sub("", _UNSEEN.sub("", unified))


def pieces(text: str) -> list[Piece]:
    """Cut ``text`` at its links: http, https, mailto, tel and plain e-mail addresses only."""
    cleaned = clean(text)
    found: list[Piece] = []
    end = 0
    for match in _LINK.finditer(cleaned):
        shown = _without_tail(match.group())
        href = _address(shown)
        if not href:
            continue
        if match.start() > end:
            found.append({"text": cleaned[end : match.start()]})
        found.append({"text": shown, "href": href})
        end = match.start() + len(shown)
    if end < len(cleaned):
        found.append({"text": cleaned[end:]})
    return found


def with_names(found: list[Piece], names: Iterable[str]) -> list[Piece]:
    """The same pieces, cut again where a colleague is named (``@Ana``)."""
    longest_first = sorted((clean(name) for name in names), key=len, reverse=True)
    if not longest_first:
        return found
    named = re.compile("|".join(re.escape(name) + r"(?!\w)" for name in longest_first))
    return [part for piece in found for part in _cut(piece, named)]


def _cut(piece: Piece, named: re.Pattern[str]) -> Iterator[Piece]:
    if "href" in piece:
        yield piece
        return
    text, end = piece["text"], 0
    for match in named.finditer(text):
        if match.start() > end:
            yield {"text": text[end : match.start()]}
        yield {"text": match.group(), "named": True}
        end = match.end()
    if end < len(text):
        yield {"text": text[end:]}


def _without_tail(link: str) -> str:
    """Leave the punctuation of the sentence outside the link."""
    while link:
        last = link[-1]
        if last in ".,;:!?'\"*_" or (
            last in _CLOSING and link.count(last) > link.count(_CLOSING[last])
        ):
            link = link[:-1]
        else:
            break
    return link


def _address(link: str) -> str:
    """Where a link leads, or empty when it pretends to lead elsewhere or nowhere."""
    scheme = link.split(":", 1)[0].lower()
    if scheme in ("mailto", "tel"):
        return link
    if scheme not in ("http", "https"):
        return f"mailto:{link}"
    return safe_web_address(link)


def safe_web_address(link: str) -> str:
    """A web address as given, or empty if it is not http(s) or hides its host behind ``@``."""
    try:
        parts = urlsplit(link)
        host, user = parts.hostname, parts.username
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and host and user is None else ""
