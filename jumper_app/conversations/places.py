"""A place out of what an agent pastes: a map's link, coordinates. Pure; nobody is asked.

Forms: Google's Maps URLs and the addresses its pages show; Apple's Map Links; OpenStreetMap's
permanent links; ``geo:`` of RFC 5870; Bing's and Waze's links; plain degrees. Read 2026-11-22.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote_plus, urlsplit

from jumper_app.errors import BadInput

LONGEST = 4000
"""Characters that are read."""

NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,20})?)"
PAIR = re.compile(rf"{NUMBER}\s*[,;~]\s*{NUMBER}")
PLAIN = re.compile(rf"{NUMBER}°?\s*([NS]?)\s*[,;\s]\s*{NUMBER}°?\s*([EW]?)", re.IGNORECASE)
SEXAGESIMAL = re.compile(
    r"(\d{1,2})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d{1,9})?)[\"″]\s*([NS])[,\s]+"
    r"(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d{1,9})?)[\"″]\s*([EW])",
    re.IGNORECASE,
)
PINNED = re.compile(rf"!3d{NUMBER}!4d{NUMBER}")
"""The place itself in an address of Google's; what follows ``@`` is only the map's middle."""
MIDDLE = re.compile(rf"/@{NUMBER},{NUMBER}")
PATH_PAIR = re.compile(rf"/(?:maps/)?(?:search|place|dir|loc)/(?:[^/]*/)?{NUMBER},\s*{NUMBER}")
MAP_FRAGMENT = re.compile(rf"map=\d{{1,2}}(?:\.\d+)?/{NUMBER}/{NUMBER}")
NAMED = re.compile(r"/place/([^/@]+)")

PARAMETERS = ("coordinate", "ll", "query", "q", "destination", "daddr", "center", "cp", "to")
"""Where links keep a pair of degrees, the surest first."""

SHORT_HOSTS = frozenset({"goo.gl", "maps.app.goo.gl", "g.co", "osm.org", "maps.apple", "binged.it"})

SHORT = "A short link does not say where it leads. Open it and paste the long address."
NOTHING = "There is no place in this. Paste a link from Google, Apple or OpenStreetMap."
OFF_EARTH = "That is not a place on the earth."


@dataclass(frozen=True)
class Place:
    """Degrees in WGS 84, and a name if the link has one."""

    latitude: float
    longitude: float
    name: str = ""


def read_place(pasted: str) -> Place:
    """The place in a link or in coordinates. Raises BadInput with a sentence that helps."""
    text = pasted.strip()[:LONGEST]
    if "://" not in text and not text.lower().startswith("geo:"):
        return _on_earth(_in_words(text))
    if text.lower().startswith("geo:"):
        return _on_earth(_pair(text[4:]))
    try:
        parts = urlsplit(text)
        found = next(_in_link(text), None)
    except ValueError as error:
        raise BadInput(NOTHING) from error
    if found is None and (parts.hostname or "") in SHORT_HOSTS:
        raise BadInput(SHORT)
    return _on_earth(found)


def degrees(written: str, most: float) -> float | None:
    """A number of degrees as people write it, with a point or a comma; None if it is none."""
    plain = written.strip().replace(",", ".").replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,20})?", plain):
        return None
    value = float(plain)
    return value if -most <= value <= most else None


def _in_words(text: str) -> Place | None:
    if found := SEXAGESIMAL.fullmatch(text):
        return Place(_decimal(*found.groups()[:4]), _decimal(*found.groups()[4:]))
    if found := PLAIN.fullmatch(text):
        latitude, south, longitude, west = found.groups()
        return Place(
            float(latitude) * (-1 if south.upper() == "S" else 1),
            float(longitude) * (-1 if west.upper() == "W" else 1),
        )
    return None


def _decimal(whole: str, minutes: str, seconds: str, side: str) -> float:
    value = int(whole) + int(minutes) / 60 + float(seconds) / 3600
    return round(-value if side.upper() in {"S", "W"} else value, 7)


def _pair(text: str) -> Place | None:
    found = PAIR.match(text.strip())
    return Place(float(found[1]), float(found[2])) if found else None


def _in_link(link: str) -> Iterator[Place]:
    """Every place that a link names, the surest first."""
    parts = urlsplit(link)
    asked = parse_qs(parts.query, max_num_fields=100)
    name = _name(unquote_plus(parts.path), asked)
    for pattern in (PINNED, PATH_PAIR):
        if found := pattern.search(unquote_plus(link)):
            yield Place(float(found[1]), float(found[2]), name)
    if "mlat" in asked and "mlon" in asked:
        pinned = _pair(f"{asked['mlat'][0]},{asked['mlon'][0]}")
        yield from [pinned] if pinned else []
    for parameter in PARAMETERS:
        if pinned := _pair(asked.get(parameter, [""])[0].removeprefix("loc:")):
            yield Place(pinned.latitude, pinned.longitude, name)
    for pattern, where in ((MIDDLE, unquote_plus(parts.path)), (MAP_FRAGMENT, parts.fragment)):
        if found := pattern.search(where):
            yield Place(float(found[1]), float(found[2]), name)


def _name(path: str, asked: dict[str, list[str]]) -> str:
    told = asked.get("name") or asked.get("q") or [""]
    named = NAMED.search(path)
    name = named[1] if named else told[0]
    return "" if PAIR.match(name.strip()) else name.strip()[:200]


def _on_earth(place: Place | None) -> Place:
    if place is None:
        raise BadInput(NOTHING)
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise BadInput(OFF_EARTH)
    return place
