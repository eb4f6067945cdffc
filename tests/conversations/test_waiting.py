"""An account that cannot send for now: what it was to send waits, and leaves once it works."""

import pytest
from pydantic import SecretStr

from jumper_app.channels.contract import Finding, ReceiptState, Report, Sent, Verdict
from jumper_app.channels.meta.failures import (
    NotReached,
    OwnerMustAct,
    PermissionMissing,
    Throttled,
    TokenRefused,
    Undeliverable,
)
from jumper_app.channels.whatsapp import errors
from jumper_app.conversations import accounts, health, standing, waiting
from jumper_app.conversations.customer import card
from jumper_app.conversations.delivery import MAX_ATTEMPTS, accepted, claim, refused
from jumper_app.conversations.reactions import claim_reactions, not_reacted, react
from jumper_app.conversations.replies import reply
from jumper_app.conversations.waiting import PROBE_EVERY
from jumper_app.db import Database
from jumper_app.models import ChannelAccount, Conversation, Message, Outbox, Reaction
from jumper_app.panel.settings.channels import asking
from jumper_app.work.reading import _take
from tests import make
from tests.house import every, one, side_by_side, take
from tests.make import NOON, later

CUSTOMERS = ("1777", "1778", "1779")


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


@pytest.fixture
def account(db):
    return db.write(make.account)


@pytest.fixture
def queue(db, account, ana):
    """Two messages to each of three customers, in turn."""
    take(db, *(make.inbound(sender=make.person(each)) for each in CUSTOMERS))
    threads = [row.id for row in every(db, Conversation)]
    for number in (1, 2):
        for thread in threads:
            say(db, ana, thread, f"{number} to {thread}")
    return threads


def say(db, ana, thread, text, now=NOON):
    words = {"agent_id": ana, "text": text, "client_key": f"key of {text}", "now": now}
    return db.write(reply, conversation_id=thread, **words).message_id


def claims(db, now=NOON, worker="w"):
    return db.write(claim, worker=worker, now=now, limit=32)


def texts(db, claimed):
    return [one(db, Message, id=each.message_id).text for each in claimed]


def ends(db, claimed, failure, now=NOON):
    for each in claimed:
        db.write(refused, each, failure, now)


def goes(db, claimed, now):
    for each in claimed:
        db.write(accepted, each, Sent(external_id=f"wamid.{each.message_id}"), now)


def everything_leaves(db, now) -> list[str]:
    """Send all that may leave; the words in the order in which they left."""
    left = []
    while batch := claims(db, now):
        left += texts(db, batch)
        goes(db, batch, now)
    return left


ALL = [f"{number} to {thread}" for number in (1, 2) for thread in (1, 2, 3)]
AFTER_PROBE = NOON + PROBE_EVERY


@pytest.mark.parametrize("member", [TokenRefused, PermissionMissing, OwnerMustAct])
def test_a_dead_token_fails_nothing_and_lets_nothing_leave(db, queue, ana, member):
    ends(db, claims(db), member(provider_code="190"))
    say(db, ana, queue[0], "3 to 1")
    assert claims(db) == []
    assert {row.state for row in every(db, Outbox)} == {"queued", "retrying"}
    assert {row.delivery for row in every(db, Message, kind="agent")} == {"queued"}


def test_a_channel_that_is_stopped_over_many_attempts_still_fails_nothing(db, queue):
    now = NOON
    for _ in range(MAX_ATTEMPTS + 2):
        ends(db, claims(db, now), TokenRefused(), now)
        now += PROBE_EVERY
    assert {row.state for row in every(db, Outbox)} == {"queued", "retrying"}


def new_token(db, account):
    def save(work):
        row = standing.account_called(work, account.public_id)
        told = accounts.credentials(row).model_copy(update={"token": SecretStr("new")})
        asking._keep(work, account.public_id, told, Report(name="Shop"), NOON)

    db.write(save)


def connected_again(db, _account):
    db.write(make.account)


def tested_well(db, account):
    db.write(health.keep_report, account.public_id, Report(name="Shop"), NOON)


@pytest.mark.parametrize("mended", [new_token, connected_again, tested_well])
def test_once_it_works_again_everything_leaves_in_order(db, queue, account, mended):
    ends(db, claims(db), TokenRefused())
    mended(db, account)
    row = one(db, ChannelAccount)
    assert (row.alarm, row.stopped_at, row.waits_until) == ("", None, None)
    assert everything_leaves(db, NOON) == ALL


def test_it_is_tried_now_and_then_by_one_message_and_goes_on_when_that_is_accepted(db, queue):
    ends(db, claims(db), TokenRefused())
    assert claims(db, later(seconds=PROBE_EVERY.total_seconds() - 1)) == []
    (probe,) = claims(db, AFTER_PROBE)
    assert claims(db, AFTER_PROBE) == []
    goes(db, [probe], AFTER_PROBE)
    left = texts(db, [probe]) + everything_leaves(db, AFTER_PROBE)
    for thread in queue:
        assert [each for each in left if each.endswith(f"to {thread}")] == [
            f"{number} to {thread}" for number in (1, 2)
        ]
    assert one(db, ChannelAccount).alarm == ""


def test_an_admin_has_it_tried_at_once_and_still_by_one_message(db, queue, account):
    ends(db, claims(db), TokenRefused())
    db.write(waiting.try_now, account.public_id, later(seconds=1))
    (probe,) = claims(db, later(seconds=1))
    ends(db, [probe], TokenRefused(), later(seconds=1))
    assert claims(db, later(seconds=2)) == []


def test_a_test_that_finds_the_token_good_and_something_else_bad_has_it_tried(db, queue, account):
    ends(db, claims(db), TokenRefused())
    deaf = Finding(title="Callback address", verdict=Verdict.BAD, text="Paste it.")
    db.write(health.keep_report, account.public_id, Report(findings=(deaf,)), NOON)
    assert one(db, ChannelAccount).alarm
    assert len(claims(db)) == 1


def test_a_test_that_finds_the_token_bad_changes_nothing(db, queue, account):
    ends(db, claims(db), TokenRefused())
    bad = Finding(title="Token", verdict=Verdict.BAD, text="It expired.", blocks=True)
    db.write(health.keep_report, account.public_id, Report(findings=(bad,)), NOON)
    assert claims(db) == []


def test_a_message_refused_for_its_own_sake_leaves_the_next_one_to_try(db, queue):
    ends(db, claims(db), TokenRefused())
    ends(db, claims(db, AFTER_PROBE), Undeliverable(), AFTER_PROBE)
    assert len(claims(db, AFTER_PROBE)) == 1


def test_one_that_did_not_reach_the_provider_proves_nothing(db, queue):
    ends(db, claims(db), TokenRefused())
    ends(db, claims(db, AFTER_PROBE), NotReached(), AFTER_PROBE)
    assert claims(db, AFTER_PROBE) == []


def test_of_two_workers_one_tries(db, queue):
    ends(db, claims(db), TokenRefused())
    workers = [Database(db.url) for _ in range(2)]
    taken = side_by_side(*[lambda each=each: claims(each, AFTER_PROBE) for each in workers])
    assert sum(map(len, taken)) == 1
    for each in workers:
        each.close()


def test_it_still_waits_after_a_restart(db, queue):
    ends(db, claims(db), TokenRefused())
    again = Database(db.url)
    assert claims(again, worker="after the restart") == []
    again.close()


def test_what_is_too_late_by_then_is_refused_with_its_sentence(db, queue, account):
    ends(db, claims(db), TokenRefused())
    tested_well(db, account)
    for _ in (1, 2):
        assert claims(db, later(hours=24)) == []
    for row in every(db, Message, kind="agent"):
        assert (row.delivery, "24 hours" in row.failure) == ("failed", True)


def test_another_account_goes_on(db, queue, ana):
    ends(db, claims(db), TokenRefused())
    db.write(make.account, external_id="222", parent_id="999")
    take(db, make.inbound(account="222"))
    say(db, ana, max(row.id for row in every(db, Conversation)), "elsewhere")
    assert texts(db, db.write(claim, worker="w", now=NOON, limit=1)) == ["elsewhere"]


def test_agents_read_why_and_that_it_waits(db, queue):
    assert db.look(card, queue[0], NOON).waits == ""
    ends(db, claims(db)[:1], TokenRefused())
    shown = db.look(card, queue[1], NOON)
    assert shown.waits.startswith(TokenRefused.for_agent)
    assert "waits here" in shown.waits
    assert shown.permission == "free"
    assert one(db, Message, text="1 to 1").failure.startswith(TokenRefused.for_agent)


def test_an_admin_reads_what_to_do(db, queue, account):
    ends(db, claims(db)[:1], TokenRefused(provider_code="190"))
    told = db.look(health.health, account.public_id, NOON)
    assert told.alarm == f"{TokenRefused.for_admin} (190)"
    assert told.stopped_at == NOON


# --- Too fast -------------------------------------------------------------------------------


def test_a_throttle_lets_the_account_wait_as_long_as_it_was_told_and_raises_no_alarm(db, queue):
    ends(db, claims(db)[:1], Throttled(retry_after_s=1200))
    row = one(db, ChannelAccount)
    assert (row.alarm, row.stopped_at, row.waits_until) == ("", None, later(seconds=1200))
    assert claims(db, later(seconds=1199)) == []
    assert db.look(card, queue[0], NOON).waits == ""


def test_after_a_throttle_everything_goes_on_by_itself_and_in_order(db, queue):
    ends(db, claims(db), Throttled())
    assert everything_leaves(db, later(seconds=1)) == []
    assert everything_leaves(db, later(seconds=2)) == ALL


def test_a_throttle_never_fails_a_message_whose_window_is_open(db, queue):
    now = NOON
    for _ in range(MAX_ATTEMPTS + 2):
        ends(db, claims(db, now), Throttled(), now)
        now = max(one(db, ChannelAccount).waits_until, now)
    assert {row.delivery for row in every(db, Message, kind="agent")} == {"queued"}


def test_what_was_accepted_meanwhile_does_not_end_a_throttle(db, queue):
    one_, *others = claims(db)
    ends(db, [one_], Throttled(retry_after_s=60))
    goes(db, others, NOON)
    assert claims(db, later(seconds=59)) == []


# --- The alarm ------------------------------------------------------------------------------


@pytest.fixture
def sent(db, account, ana):
    take(db, make.inbound())
    say(db, ana, 1, "Hi")
    (each,) = claims(db)
    return each


def failed_later(db, code, at=NOON, now=NOON):
    name = one(db, Message, kind="agent").external_id or "wamid.1"
    take(db, make.receipt(name, ReceiptState.FAILED, error_code=code, at=at), now=now)


def test_what_fails_later_raises_the_alarm_as_well(db, sent):
    goes(db, [sent], NOON)
    failed_later(db, "131042")
    assert one(db, ChannelAccount).alarm == f"{errors.PaymentMissing.for_admin} (131042)"
    assert one(db, ChannelAccount).stopped_at is None


def test_news_that_comes_before_the_answer_raises_it_too(db, sent):
    failed_later(db, "131042")
    db.write(accepted, sent, Sent(external_id="wamid.1"), NOON)
    assert "131042" in one(db, ChannelAccount).alarm


def test_news_of_long_ago_says_nothing_of_the_account(db, sent):
    goes(db, [sent], NOON)
    failed_later(db, "131042", at=NOON, now=later(hours=2))
    assert one(db, ChannelAccount).alarm == ""


def test_an_accepted_send_ends_the_alarm(db, sent, ana):
    goes(db, [sent], NOON)
    failed_later(db, "131042")
    say(db, ana, 1, "Again")
    goes(db, claims(db), NOON)
    assert one(db, ChannelAccount).alarm == ""


def test_a_template_that_cannot_be_paid_for_holds_up_no_answer(db, queue):
    ends(db, claims(db)[:1], errors.PaymentMissing())
    assert one(db, Message, text="1 to 1").delivery == "failed"
    assert claims(db)


# --- Beside messages ------------------------------------------------------------------------


def test_reactions_and_read_marks_wait_with_the_account(db, queue, account, ana):
    about = one(db, Message, kind="customer", conversation_id=queue[0]).public_id
    thumb = {"message": about, "agent_id": ana, "emoji": "👍", "now": NOON}
    db.write(react, conversation_id=queue[0], **thumb)
    (each,) = db.write(claim_reactions, now=NOON, limit=9)
    db.write(not_reacted, each, TokenRefused(), NOON)
    assert one(db, Reaction).state == "retrying"
    assert one(db, ChannelAccount).stopped_at == NOON
    assert db.write(claim_reactions, now=AFTER_PROBE, limit=9) == []
    assert db.write(_take, now=AFTER_PROBE) == []
    tested_well(db, account)
    assert len(db.write(claim_reactions, now=NOON, limit=9)) == 1
    assert len(db.write(_take, now=NOON)) == 3
