"""How an account is doing: what came in, what did not go out, what its provider says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Finding, Report, Verdict
from jumper_app.db import Work
from jumper_app.live import SettingsChanged
from jumper_app.models import (
    AccountNews,
    ChannelAccount,
    Delivery,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
)

from .standing import account_called
from .waiting import try_one, works_again

LOOKED_BACK = timedelta(hours=24)
"""Failed and unknown sends are counted over this time."""

SAMPLE = 200
"""Customers' messages that the lag is taken from, the latest."""

NEWS_KEPT = 500
"""Pieces of news that are looked through, the latest."""

PROBLEMS = frozenset({Verdict.WARNING, Verdict.BAD})


@dataclass(frozen=True)
class Lag:
    """Seconds from the provider's time of a message until it was stored here."""

    median_s: float
    slow_s: float
    """19 of 20 messages came faster than this."""


@dataclass(frozen=True)
class Told:
    """A piece of news that somebody should act on."""

    finding: Finding
    at: datetime | None


@dataclass(frozen=True)
class Health:
    """One account at a moment.

    Attributes:
        heard_at: When the provider last posted anything; None: never.
        lag: None while no customer has written within the last day.
        failed, unknown: Messages of the last day that did not arrive, or perhaps did not.
        waiting: Messages that are queued.
        alarm: What an admin has to see to; empty for nothing.
        stopped_at: Since when nothing leaves because of it; None: all leaves.
        report: What the provider said when last asked; None: never asked.
    """

    heard_at: datetime | None
    lag: Lag | None
    failed: int
    unknown: int
    waiting: int
    alarm: str
    stopped_at: datetime | None
    report: Report | None
    checked_at: datetime | None
    news: tuple[Told, ...]


def health(work: Work, public_id: str, now: datetime) -> Health:
    """Read how an account is doing. Raises NotFound."""
    account = account_called(work, public_id, to_change=False)
    return Health(
        heard_at=account.heard_at,
        lag=_lag(work, account, now),
        failed=_count(work, account, Delivery.FAILED, now),
        unknown=_count(work, account, Delivery.UNKNOWN, now),
        waiting=_waiting(work, account),
        alarm=account.alarm,
        stopped_at=account.stopped_at,
        report=Report.model_validate(account.report) if account.report else None,
        checked_at=account.checked_at,
        news=tuple(news(work, account)),
    )


def keep_report(work: Work, public_id: str, report: Report, now: datetime) -> None:
    """Keep what the provider said. Where all is well, an earlier alarm is over."""
    account = account_called(work, public_id)
    account.report, account.checked_at = report.model_dump(mode="json"), now
    if report.works:
        works_again(work, account)
    elif not any(each.blocks for each in report.findings):
        try_one(work, account, now)
    account.address = account.address or report.address
    work.tell(SettingsChanged())


def news(work: Work, account: ChannelAccount) -> Iterable[Told]:
    """Of each matter the latest news, if somebody should act on it; the latest first."""
    names = {account.external_id, account.parent_id} - {""}
    rows = work.exec(
        select(AccountNews)
        .where(col(AccountNews.account).in_(names))
        .order_by(col(AccountNews.id).desc())
        .limit(NEWS_KEPT)
    )
    explain = CHANNELS[account.channel].news
    latest: dict[str, Told] = {}
    for row in rows:
        if found := explain(row.kind, row.raw):
            latest.setdefault(found.title, Told(found, row.at))
    return [each for each in latest.values() if each.finding.verdict in PROBLEMS]


def _lag(work: Work, account: ChannelAccount, now: datetime) -> Lag | None:
    """What was written before we were connected came late, and is not counted."""
    rows = work.exec(
        select(Message.at, Message.stored_at)
        .where(col(Message.account_id) == account.id, col(Message.kind) == MessageKind.CUSTOMER)
        .order_by(col(Message.id).desc())
        .limit(SAMPLE)
    )
    took = sorted(
        max((stored - at).total_seconds(), 0.0)
        for at, stored in rows
        if stored > now - LOOKED_BACK and at >= account.created_at
    )
    if not took:
        return None
    return Lag(median_s=took[len(took) // 2], slow_s=took[min(len(took) - 1, len(took) * 19 // 20)])


def _count(work: Work, account: ChannelAccount, delivery: Delivery, now: datetime) -> int:
    return work.exec(
        select(func.count())
        .select_from(Message)
        .where(
            col(Message.account_id) == account.id,
            col(Message.delivery) == delivery,
            col(Message.stored_at) > now - LOOKED_BACK,
        )
    ).one()


def _waiting(work: Work, account: ChannelAccount) -> int:
    return work.exec(
        select(func.count())
        .select_from(Outbox)
        .where(
            col(Outbox.account_id) == account.id,
            col(Outbox.state).in_((OutboxState.QUEUED, OutboxState.RETRYING)),
        )
    ).one()
