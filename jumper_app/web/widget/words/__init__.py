"""The widget's sentences, in the languages of visitors.

What the business itself says, its greeting for instance, comes from its options.
"""

from dataclasses import dataclass

from . import ar, de, en, es, fr, he, pt


@dataclass(frozen=True)
class Language:
    """A language and its sentences by name. ``tag``: as in HTML's ``lang``."""

    tag: str
    words: dict[str, str]
    direction: str = "ltr"


ENGLISH = Language("en", en.WORDS)

LANGUAGES = {
    one.tag: one
    for one in (
        ENGLISH,
        Language("de", de.WORDS),
        Language("es", es.WORDS),
        Language("fr", fr.WORDS),
        Language("pt", pt.WORDS),
        Language("ar", ar.WORDS, "rtl"),
        Language("he", he.WORDS, "rtl"),
    )
}


def chosen(told: str) -> Language:
    """The first that we speak of a header like ``de-AT, de;q=0.9, en;q=0.5``; else English."""
    for part in told[:200].lower().split(","):
        tag = part.partition(";")[0].strip().partition("-")[0]
        if tag in LANGUAGES:
            return LANGUAGES[tag]
    return ENGLISH
