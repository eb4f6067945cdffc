"""Reading JSON that a stranger wrote: every question has an answer, nothing raises."""

import hashlib
import math
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import orjson
from pydantic import JsonValue

Object = dict[str, JsonValue]

DEEPEST = 60
"""Levels of nesting that are kept; no provider comes near it, and databases stay calm."""
WIDEST_NUMBER = 64
"""Bits of a whole number that is kept."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MS = 10**14
"""Milliseconds that a time may have at all: some year after 5000."""
EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
"""Before the first of our channels existed: such a time is an error of the sender."""
CLOCK_DRIFT = timedelta(days=1)
"""How far ahead of us a provider's clock may be."""


def clean(value: Any) -> JsonValue:
    """The same JSON without what a database refuses.

    NUL characters and lone surrogates leave the strings, numbers that no column
    holds and values nested too deeply become None.
    """
    return value if _is_harmless(value) else _cleaned(value, DEEPEST)


def _is_harmless(value: Any) -> bool:
    """Would nothing of it change? Seen at a glance by writing it down; doubt is a no.

    The writer refuses lone surrogates and wide numbers, and writes null for those without end.
    """
    try:
        written = orjson.dumps(value)
    except TypeError:
        return False
    levels = written.count(b"{") + written.count(b"[")
    return levels <= DEEPEST and b"\\u0000" not in written and b"null" not in written


def _cleaned(value: Any, depth: int) -> JsonValue:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict) and depth:
        pairs = cast("dict[Any, Any]", value).items()
        return {clean_text(str(key)): _cleaned(each, depth - 1) for key, each in pairs}
    if isinstance(value, list) and depth:
        return [_cleaned(each, depth - 1) for each in cast("list[Any]", value)]
    if isinstance(value, bool | int | float):
        return value if is_plain(value) else None
    return None


def is_plain(value: float) -> bool:
    """Can a column hold this number?"""
    return value.bit_length() <= WIDEST_NUMBER if isinstance(value, int) else math.isfinite(value)


def clean_text(value: str) -> str:
    """``value`` without NUL characters and lone surrogates."""
    if value.isascii():
        return value.replace("\x00", "") if "\x00" in value else value
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def obj(value: JsonValue) -> Object:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: JsonValue) -> list[JsonValue]:
    """``value`` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: JsonValue, longest: int = 0) -> str:
    """``value`` if it is text or a number, as text; cut after ``longest`` characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:longest] if longest else str(value)


def whole(value: JsonValue) -> int | None:
    """``value`` if it is a whole number or the digits of one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value.strip()
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    return value if isinstance(value, int) else None


def number(value: JsonValue) -> float | None:
    """``value`` if it is a finite number or written like one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def moment(value: JsonValue, received_at: datetime) -> datetime:
    """Unix seconds as an aware UTC time; ``received_at`` when they cannot be true."""
    seconds = whole(value)
    latest = received_at + CLOCK_DRIFT
    if seconds is None or not EARLIEST.timestamp() <= seconds <= latest.timestamp():
        return received_at
    return datetime.fromtimestamp(seconds, UTC)


def moment_ms(value: JsonValue, received_at: datetime) -> datetime:
    """Unix milliseconds as an aware UTC time; ``received_at`` when they cannot be true."""
    return told_ms(value, received_at) or received_at


def told_ms(value: JsonValue, received_at: datetime) -> datetime | None:
    """Unix milliseconds as an aware UTC time; None when they cannot be true at ``received_at``."""
    milliseconds = whole(value)
    if milliseconds is None or not 0 <= milliseconds < LATEST_MS:
        return None
    at = EPOCH + timedelta(milliseconds=milliseconds)
    return at if EARLIEST <= at <= received_at + CLOCK_DRIFT else None


def parsed(value: str) -> JsonValue:
    """JSON that came inside a string; None when it is none."""
    try:
        return clean(orjson.loads(value))
    except ValueError:
        return None


def digest(value: JsonValue) -> str:
    """A stable name for something that has no id of its own: 32 hex digits."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
