"""An account's health as it is drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from jumper_app.conversations.health import Health, Lag, Told

from . import words
from .rows import FindingRow, finding_row


class HealthRow(TypedDict, total=False):
    """The figures of one account. Times are ISO, empty for never."""

    heard_at: str
    lag: str
    failed: int
    unknown: int
    waiting: int
    quality: str
    token_until: str
    checked_at: str
    stopped_at: str


def health_row(health: Health) -> HealthRow:
    """The figures, as the page shows them."""
    report = health.report
    return HealthRow(
        heard_at=iso(health.heard_at),
        lag=lag_in_words(health.lag),
        failed=health.failed,
        unknown=health.unknown,
        waiting=health.waiting,
        quality=words.quality(report.quality) if report else "",
        token_until=iso(report.token_expires_at) if report else "",
        checked_at=iso(health.checked_at),
        stopped_at=iso(health.stopped_at),
    )


def told_rows(news: Sequence[Told]) -> list[FindingRow]:
    """The provider's news."""
    return [finding_row(each.finding, iso(each.at)) for each in news]


def lag_in_words(lag: Lag | None) -> str:
    """``0.4 s, at most 1.2 s for 19 of 20``; empty when nobody wrote."""
    if lag is None:
        return ""
    return words.lag(seconds(lag.median_s), seconds(lag.slow_s))


def seconds(amount: float) -> str:
    """``0.4 s``, ``12 s``, ``5 min``, ``3 h``."""
    if amount < 10:
        return f"{amount:.1f} s"
    if amount < 120:
        return f"{amount:.0f} s"
    return f"{amount / 60:.0f} min" if amount < 7200 else f"{amount / 3600:.0f} h"


def iso(at: datetime | None) -> str:
    """A time for the browser; empty for none."""
    return at.isoformat() if at else ""
