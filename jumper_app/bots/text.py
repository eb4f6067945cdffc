"""Words as bots read and write them: compared without case or accents, filled in once."""

import re
import unicodedata
from collections.abc import Mapping

MAX_TEXT = 4096
"""Longest text a bot sends, in characters: WhatsApp's limit for a text message."""

VARIABLE_NAME = r"[a-z_][a-z0-9_.]{0,31}"
VARIABLE = re.compile(r"\{\{\s*(" + VARIABLE_NAME + r")\s*(?:\|([^{}|]{0,64}))?\}\}")
"""``{{name}}`` or ``{{name|fallback}}``."""


def fold(text: str) -> str:
    """The text without case and accents, so that "ÉTÉ" equals "ete"."""
    return _without_accents(_without_accents(text).casefold())


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not _only_dresses(part))


def _only_dresses(part: str) -> bool:
    """Accents, and the selectors that choose between a plain and a coloured sign."""
    return unicodedata.combining(part) != 0 or "\ufe00" <= part <= "\ufe0f"


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation and symbols."""
    spaced = (sign if _is_of_a_word(sign) else " " for sign in fold(text))
    return tuple("".join(spaced).split())


def _is_of_a_word(sign: str) -> bool:
    """Letters, digits, and the vowel signs that Indic scripts write as marks."""
    return sign.isalnum() or unicodedata.category(sign) in ("Mc", "Mn")


def says(text: str, phrase: str) -> bool:
    """Does the text hold the phrase as whole words, one after the other?"""
    spoken, sought = words(text), words(phrase)
    last = len(spoken) - len(sought)
    return bool(sought) and any(spoken[at : at + len(sought)] == sought for at in range(last + 1))


def same(one: str, other: str) -> bool:
    """Do two texts say the same, apart from case, accents and punctuation?

    Texts without any word, such as a single emoji, are compared sign by sign.
    """
    if words(one) or words(other):
        return words(one) == words(other)
    return fold(one).strip() == fold(other).strip()


def fill(template: str, variables: Mapping[str, str], limit: int = MAX_TEXT) -> str:
    """Put values in the place of ``{{variables}}``, once: a value is never read as a template.

    A missing or blank value gives way to the fallback, or to nothing.

    Args:
        limit: The longest result in characters; more is cut off.
    """

    def value(found: re.Match[str]) -> str:
        return variables.get(found[1], "").strip() or (found[2] or "").strip()

    return shorten(VARIABLE.sub(value, template).strip(), limit)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, ending in "…" where something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
