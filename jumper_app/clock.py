"""The only reader of the time.

Everything that asks "when" asks here, so that a demo or a test can age a reply
window with one call. Stored times are never rewritten.
"""

from datetime import UTC, datetime, timedelta

_advanced = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC, with microseconds."""
    return datetime.now(UTC) + _advanced


def advanced() -> timedelta:
    """How far the demo clock stands ahead of the machine's."""
    return _advanced


def advance(by: timedelta) -> None:
    """Move the demo clock forward. Raises ValueError for a step backwards."""
    if by < timedelta(0):
        raise ValueError("the clock only moves forward")
    set_advanced(_advanced + by)


def set_advanced(by: timedelta) -> None:
    """Put the demo clock ``by`` ahead of the machine's; used at start and by tests."""
    global _advanced
    _advanced = by


def machine() -> datetime:
    """The machine's own time: for sign-ins, one-time links and rates.

    The demo clock ages reply windows; nobody is signed out by it.
    """
    return datetime.now(UTC)
