"""How an account is doing, in figures and in the provider's words."""

from typing import Any

import pytest

from jumper_app.channels.contract import AccountChange, Finding, Report, Verdict
from jumper_app.conversations.health import health, keep_report
from jumper_app.conversations.replies import reply
from jumper_app.db import Database, Work
from jumper_app.models import ChannelAccount, Delivery, Message, MessageKind
from tests import make
from tests.house import conversation, one, take
from tests.make import NOON, later


@pytest.fixture
def account(db: Database) -> ChannelAccount:
    return db.write(make.account)


def news(kind: str, **raw: Any) -> AccountChange:
    return AccountChange(account=make.WABA, kind=kind, at=NOON, raw=raw)


def template(event: str, name: str = "hello") -> AccountChange:
    return news(
        "message_template_status_update",
        event=event,
        message_template_name=name,
        message_template_language="en_US",
    )


def test_a_new_account_has_nothing_to_tell(db, account):
    told = db.look(health, account.public_id, NOON)
    assert (told.heard_at, told.lag, told.report, told.news) == (None, None, None, ())
    assert (told.failed, told.unknown, told.waiting) == (0, 0, 0)


def test_the_last_delivery_is_noted_every_few_seconds(db, account):
    for moment, noted in ((NOON, 0), (later(seconds=9), 0), (later(seconds=10), 10)):
        take(db, make.inbound(), now=moment)
        assert db.look(health, account.public_id, NOON).heard_at == later(seconds=noted)


def test_the_lag_is_taken_from_what_was_written_since_it_was_connected(db, account):
    take(db, make.inbound(sent_at=later(hours=-30)), now=later(seconds=1))
    for seconds in (1, 2, 9):
        take(db, make.inbound(sent_at=NOON), now=later(seconds=seconds))
    lag = db.look(health, account.public_id, later(minutes=1)).lag
    assert lag
    assert (lag.median_s, lag.slow_s) == (2, 9)
    assert db.look(health, account.public_id, later(days=2)).lag is None


def test_failed_unknown_and_waiting_messages_are_counted_for_a_day(db, account):
    take(db, make.inbound())
    ana = db.write(make.agent, "Ana").id
    thread = conversation(db).id
    for number in range(3):
        key = f"key-{number}"
        db.write(reply, conversation_id=thread, agent_id=ana, text="Hi", client_key=key, now=NOON)

    def fail(work: Work) -> None:
        from sqlmodel import select

        sent = work.exec(select(Message).where(Message.kind == MessageKind.AGENT)).all()
        sent[0].delivery, sent[1].delivery = Delivery.FAILED, Delivery.UNKNOWN

    db.write(fail)
    told = db.look(health, account.public_id, later(hours=1))
    assert (told.failed, told.unknown, told.waiting) == (1, 1, 3)
    assert db.look(health, account.public_id, later(days=2)).failed == 0


def test_of_each_matter_only_the_latest_news_counts(db, account):
    take(db, template("PAUSED"), template("REJECTED", "sale"))
    take(db, template("APPROVED"))
    told = db.look(health, account.public_id, NOON).news
    assert [each.finding.title for each in told] == ["Template sale (en_US)"]


def test_news_of_another_account_is_not_shown(db, account):
    take(db, AccountChange(account="777", kind="account_update", raw={"event": "ACCOUNT_DELETED"}))
    assert db.look(health, account.public_id, NOON).news == ()


def test_what_the_provider_said_is_kept_and_an_alarm_is_over_when_all_is_well(db, account):
    bad = Finding(title="Token", verdict=Verdict.BAD, text="It expired.")

    def alarm(work: Work) -> None:
        work.get_one(ChannelAccount, account.id).alarm = "Meta has paused it."

    db.write(alarm)
    db.write(keep_report, account.public_id, Report(findings=(bad,)), NOON)
    told = db.look(health, account.public_id, NOON)
    assert told.report
    assert (told.report.works, told.checked_at, bool(told.alarm)) == (False, NOON, True)
    db.write(keep_report, account.public_id, Report(name="Shop"), NOON)
    assert one(db, ChannelAccount).alarm == ""
