"""Accounts that cannot send for now. What is theirs waits in the outbox and fails nothing.

Two kinds: the provider asked us to slow down, and after a while all goes on by itself; or
somebody has to act (a token is dead), and until then one message at a time is tried now and
then. Both stand in the account's row, so every worker knows and a restart forgets nothing.
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import NotFound, SendFailed
from jumper_app.live import SettingsChanged, WorkWaiting
from jumper_app.models import ChannelAccount

PROBE_EVERY = timedelta(minutes=5)
"""How often one message of a stopped account is tried, should nobody tell us that it works."""


def waiting_accounts(now: datetime):
    """The ids of the accounts whose messages must wait at ``now``, for a query."""
    return select(ChannelAccount.id).where(col(ChannelAccount.waits_until) > now)


def unwell_accounts(now: datetime):
    """Those and the stopped ones: nothing but messages is tried through them."""
    waits = col(ChannelAccount.waits_until) > now
    return select(ChannelAccount.id).where(waits | col(ChannelAccount.stopped_at).is_not(None))


def may_send(work: Work, account_id: int, now: datetime) -> bool:
    """May this message be claimed? Of a stopped account one may, and then none for a while."""
    account = work.get_one(ChannelAccount, account_id)
    if account.stopped_at is not None:
        account = locked_account(work, account_id)
    if account.waits_until is not None and account.waits_until > now:
        return False
    if account.stopped_at is not None:
        account.waits_until = now + PROBE_EVERY
        work.flush()
    return True


def locked_account(work: Work, account_id: int) -> ChannelAccount:
    """The account as it stands behind its lock."""
    work.flush()
    return work.get_one(ChannelAccount, account_id, with_for_update=True, populate_existing=True)


def slow_down(work: Work, account_id: int, until: datetime) -> None:
    """Let nothing leave before ``until``, and then everything."""
    account = locked_account(work, account_id)
    account.waits_until = max(until, account.waits_until or until)


def stop(work: Work, account_id: int, failure: SendFailed, now: datetime) -> None:
    """Let nothing leave until it works again: somebody has to act."""
    account = locked_account(work, account_id)
    account.stopped_at = account.stopped_at or now
    account.stopped_because = failure.for_agent[:300]
    account.waits_until = now + PROBE_EVERY
    raise_alarm(work, account, failure)


def raise_alarm(work: Work, account: ChannelAccount, failure: SendFailed) -> None:
    """Tell whoever looks after the account what to do."""
    code = f" ({failure.provider_code})" if failure.provider_code else ""
    told = failure.to_admin[: 300 - len(code)] + code
    if told != account.alarm or failure.switches_off:
        account.alarm, account.alarm_stays = told, bool(failure.switches_off)
        work.tell(SettingsChanged())


def has_sent(work: Work, account_id: int) -> None:
    """The provider took a message: whatever stopped the account is over."""
    account = work.get_one(ChannelAccount, account_id)
    if account.stopped_at is None and (not account.alarm or account.alarm_stays):
        return
    account = locked_account(work, account_id)
    if account.stopped_at is not None or not account.alarm_stays:
        works_again(work, account)


def works_again(work: Work, account: ChannelAccount) -> None:
    """All is well: what waited leaves now. A mere throttle goes on."""
    if account.stopped_at is not None:
        account.waits_until = None
    account.stopped_at, account.stopped_because = None, ""
    account.alarm, account.alarm_stays = "", False
    work.tell(SettingsChanged(), WorkWaiting())


def try_one(work: Work, account: ChannelAccount, now: datetime) -> None:
    """Let one message of a stopped account be tried at once."""
    if account.stopped_at is not None:
        account.waits_until = now
        work.tell(WorkWaiting())


def try_now(work: Work, public_id: str, now: datetime) -> None:
    """An admin wants to know whether it works."""
    try_one(work, account_called(work, public_id), now)


def try_the_next(work: Work, account_id: int, failure: SendFailed, now: datetime) -> None:
    """A message was refused for its own sake: so the account is heard, and the next may try."""
    if not failure.retryable and not failure.alarming:
        account = work.get_one(ChannelAccount, account_id)
        if account.stopped_at is not None:
            try_one(work, locked_account(work, account_id), now)


def account_called(work: Work, public_id: str, *, to_change: bool = True) -> ChannelAccount:
    """The account behind a public id, locked if it is to be changed. Raises NotFound."""
    query = select(ChannelAccount).where(col(ChannelAccount.public_id) == public_id)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = work.exec(query).first()
    if row is None:
        raise NotFound("This channel no longer exists.")
    return row
