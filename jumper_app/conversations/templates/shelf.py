"""What a provider tells of a business's templates, kept; and when it is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import AccountChange, KnownTemplate, TemplateForm
from jumper_app.conversations.log import stored
from jumper_app.db import Work
from jumper_app.live import TemplatesChanged, TemplatesWanted
from jumper_app.models import ChannelAccount, Template, TemplateSync

SYNC_EVERY = timedelta(hours=1)
"""How often templates are fetched when nothing is heard of them: one call for each hundred.
Meta allows 200 calls an hour. Source: Business Management API > Rate limits, 2026-11-22."""

TRY_AGAIN = timedelta(minutes=5)
"""After a fetch that failed."""

LEASE = timedelta(minutes=3)
"""A fetch that took longer belongs to a worker that died."""


@dataclass(frozen=True)
class Sync:
    """A business whose templates this worker, and no other, is to fetch now.

    Attributes:
        lease: What ``due_at`` was set to; another value says that somebody asked meanwhile.
    """

    id: int
    account_id: int
    channel: str
    business: str
    lease: datetime


def next_syncs(work: Work, *, now: datetime) -> list[Sync]:
    """Take the businesses that are due. New ones are due at once."""
    speakers = _speakers(work)
    rows = work.exec(select(TemplateSync).with_for_update())
    known = {(row.channel, row.business): row for row in rows}
    for key in speakers.keys() - known.keys():
        known[key] = TemplateSync(channel=key[0], business=key[1], due_at=now)
        work.add(known[key])
    work.flush()
    due = sorted(key for key, row in known.items() if row.due_at <= now)
    for key in due:
        known[key].due_at = now + (LEASE if key in speakers else SYNC_EVERY)
    return [_sync(known[key], speakers[key]) for key in due if key in speakers]


def _speakers(work: Work) -> dict[tuple[str, str], int]:
    """An account for each business whose templates can be fetched."""
    rows = work.exec(
        select(ChannelAccount)
        .where(col(ChannelAccount.active).is_(True), col(ChannelAccount.parent_id) != "")
        .order_by(col(ChannelAccount.id).desc())
    )
    return {
        (row.channel, row.parent_id): stored(row.id)
        for row in rows
        if CHANNELS[row.channel].templates is not None
    }


def _sync(row: TemplateSync, account_id: int) -> Sync:
    return Sync(stored(row.id), account_id, row.channel, row.business, row.due_at)


def next_due(work: Work) -> datetime | None:
    """When the next business is due; None when there is none."""
    return work.exec(
        select(TemplateSync.due_at).order_by(col(TemplateSync.due_at)).limit(1)
    ).first()


def ask_again(work: Work, channel: str, business: str, now: datetime) -> None:
    """What we know of these templates may be old: fetch them soon."""
    row = _sync_of(work, channel, business)
    if row is not None:
        row.due_at = now
    work.tell(TemplatesWanted())


def heed_news(work: Work, channel: str, news: AccountChange, now: datetime) -> None:
    """The provider tells something of our side: of templates it is worth asking."""
    rules = CHANNELS[channel].templates
    if rules is not None and news.kind in rules.news:
        ask_again(work, channel, news.account, now)


def _sync_of(work: Work, channel: str, business: str) -> TemplateSync | None:
    return work.exec(
        select(TemplateSync).where(
            col(TemplateSync.channel) == channel, col(TemplateSync.business) == business
        )
    ).first()


def keep(work: Work, sync: Sync, told: Sequence[KnownTemplate], now: datetime) -> None:
    """Keep the whole list. What it does not name any more is marked as gone."""
    rows = work.exec(
        select(Template).where(
            col(Template.channel) == sync.channel, col(Template.business) == sync.business
        )
    )
    here = {(row.name, row.language): row for row in rows}
    named = {(one.name, one.language): one for one in told}
    for key, one in named.items():
        row = here.get(key) or _new(sync, one, now)
        _learn(row, one, now)
        work.add(row)
    for key in here.keys() - named.keys():
        here[key].gone_at = here[key].gone_at or now
    _end(work, sync, now, now + SYNC_EVERY, "")


def _new(sync: Sync, one: KnownTemplate, now: datetime) -> Template:
    return Template(
        channel=sync.channel,
        business=sync.business,
        name=one.name,
        language=one.language,
        form={},
        told_at=now,
        created_at=now,
    )


def _learn(row: Template, one: KnownTemplate, now: datetime) -> None:
    row.external_id, row.category, row.status = one.external_id, one.category, one.status
    row.quality, row.reason = one.quality, one.reason
    row.form = one.form.model_dump(mode="json")
    row.told_at, row.gone_at = now, None


def not_fetched(work: Work, sync: Sync, why: str, now: datetime) -> None:
    """The provider could not be asked; what is known stays. ``why``: for agents."""
    _end(work, sync, None, now + TRY_AGAIN, why[:300])


def _end(
    work: Work, sync: Sync, synced_at: datetime | None, due_at: datetime, failure: str
) -> None:
    row = work.get_one(TemplateSync, sync.id, with_for_update=True)
    row.failure = failure
    row.synced_at = synced_at or row.synced_at
    if row.due_at == sync.lease:
        row.due_at = due_at
    work.tell(TemplatesChanged())


def known(row: Template) -> KnownTemplate:
    """A row as the contract speaks of it."""
    return KnownTemplate(
        external_id=row.external_id,
        name=row.name,
        language=row.language,
        category=row.category,
        status=row.status,
        quality=row.quality,
        reason=row.reason,
        form=TemplateForm.model_validate(row.form),
    )
