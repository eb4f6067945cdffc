"""Accounts that are paused, resumed, removed and given new secrets."""

from datetime import timedelta

import pytest
from pydantic import SecretStr

from jumper_app import clock
from jumper_app.bots.runs import answer_next
from jumper_app.channels.contract import Credentials
from jumper_app.conversations import accounts, standing
from jumper_app.conversations.customer import card
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.log import stored
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.replies import reply, retry
from jumper_app.conversations.standing import NOT_LEFT, ChannelPaused, ChannelRemoved
from jumper_app.db import Database, Work
from jumper_app.errors import BadInput, NotFound
from jumper_app.models import ChannelAccount, Message, Wake
from jumper_app.web.keys import read_keys
from jumper_app.work.reading import _take
from tests import make
from tests.house import conversation, every, one, sends, spoken, take
from tests.make import NOON, later


@pytest.fixture
def ana(db: Database) -> int:
    return stored(db.write(make.agent, "Ana").id)


@pytest.fixture
def account(db: Database) -> ChannelAccount:
    return db.write(make.account)


def say(db: Database, ana: int, text: str = "Hi", key: str = "key-1") -> None:
    thread = stored(conversation(db).id)
    db.write(
        reply, conversation_id=thread, agent_id=ana, text=text, client_key=key, now=later(minutes=1)
    )


def may_leave(db: Database) -> int:
    return len(db.write(claim, worker="w", now=later(minutes=2), limit=10))


def test_nothing_leaves_a_paused_account_until_it_is_resumed(db, account, ana):
    take(db, make.inbound())
    say(db, ana)
    db.write(standing.pause, account.public_id)
    assert may_leave(db) == 0
    db.write(standing.resume, account.public_id)
    assert may_leave(db) == 1


def test_what_comes_in_is_stored_while_an_account_is_paused(db, account):
    db.write(standing.pause, account.public_id)
    assert take(db, make.inbound("Still here")).stored == 1
    assert spoken(db) == ["Still here"]
    assert account.external_id in {
        name for _, names in db.look(read_keys, "whatsapp").secrets for name in names
    }


def test_another_account_goes_on_while_one_is_paused(db, account, ana):
    db.write(make.account, external_id="222", parent_id="999")
    db.write(standing.pause, account.public_id)
    take(db, make.inbound(account="222"))
    say(db, ana)
    assert may_leave(db) == 1


def test_the_bot_answers_what_waited_once_the_account_is_resumed(db):
    account = db.write(make.account, bot=True)
    db.write(standing.pause, account.public_id)
    take(db, make.inbound())
    assert not db.write(answer_next, now=later(minutes=1))
    assert len(every(db, Wake)) == 1
    db.write(standing.resume, account.public_id)
    assert db.write(answer_next, now=later(minutes=1))
    assert sends(db)


def test_nobody_is_told_that_they_were_read_while_the_account_is_paused(db, account, ana):
    take(db, make.inbound())
    say(db, ana)
    db.write(standing.pause, account.public_id)
    assert db.write(_take, now=NOON) == []
    db.write(standing.resume, account.public_id)
    assert len(db.write(_take, now=NOON)) == 1


def test_an_agent_who_writes_meanwhile_is_told_why_not(db, account, ana):
    take(db, make.inbound())
    db.write(standing.pause, account.public_id)
    with pytest.raises(ChannelPaused):
        say(db, ana)
    shown = db.look(card, conversation(db).id, later(minutes=1))
    assert shown.window_closed == ChannelPaused.for_agent
    assert shown.permission == "closed"


def test_a_removed_account_forgets_its_secrets_and_keeps_its_history(db, account, ana):
    take(db, make.inbound("Remember me"))
    say(db, ana, "Of course")
    assert db.write(standing.remove, account.public_id, later(minutes=1)) == 1
    row = one(db, ChannelAccount)
    assert (row.sealed, row.active) == (b"", False)
    with pytest.raises(BadInput):
        accounts.credentials(row)
    assert spoken(db) == ["Remember me", "Of course"]
    assert db.look(card, conversation(db).id, NOON).window_closed == ChannelRemoved.for_agent


def test_what_waited_when_an_account_was_removed_has_failed_and_says_so(db, account, ana):
    take(db, make.inbound())
    say(db, ana)
    db.write(standing.remove, account.public_id, later(minutes=1))
    assert sends(db) == [("agent", "failed")]
    message = one(db, Message, kind="agent")
    assert (message.delivery, message.failure) == ("failed", NOT_LEFT)
    with pytest.raises(ChannelRemoved):
        db.write(retry, message_id=message.id, agent_id=ana, now=later(minutes=2))


def test_nothing_can_be_sent_through_a_removed_account_but_a_note_can_be_written(db, account, ana):
    take(db, make.inbound())
    db.write(standing.remove, account.public_id, NOON)
    with pytest.raises(ChannelRemoved):
        say(db, ana)
    thread = conversation(db).id
    db.write(add_note, conversation_id=thread, agent_id=ana, text="Gone", client_key="n", now=NOON)
    assert "Gone" in spoken(db)


def test_nobody_can_speak_for_a_removed_account(db, account):
    db.write(standing.remove, account.public_id, NOON)
    keys = db.look(read_keys, "whatsapp")
    assert (keys.secrets, keys.verify_tokens) == ((), ())


def test_connecting_a_removed_account_again_goes_on_with_its_history(db, account, ana):
    take(db, make.inbound("Before"))
    db.write(standing.remove, account.public_id, NOON)
    again = db.write(make.account)
    assert again.id == account.id
    take(db, make.inbound("After", sent_at=later(minutes=1)))
    assert spoken(db) == ["Before", "After"]
    say(db, ana)
    assert may_leave(db) == 1


@pytest.mark.parametrize("verb", [standing.pause, standing.resume])
def test_an_unknown_account_is_not_found(db, verb):
    with pytest.raises(NotFound):
        db.write(verb, "f" * 32)


# --- Secrets --------------------------------------------------------------------------------


def renew(db: Database, secret: str, after: timedelta = timedelta()) -> ChannelAccount:
    """Save a new app secret, so long after noon."""

    def change(work: Work) -> ChannelAccount:
        account = accounts.find(work, "whatsapp", make.PHONE_NUMBER_ID)
        assert account
        told: Credentials = accounts.credentials(account)
        told = told.model_copy(update={"app_secrets": (SecretStr(secret),)})
        accounts.keep_secrets(account, told, NOON + after)
        return account

    return db.write(change)


def secrets_at(db: Database, monkeypatch: pytest.MonkeyPatch, after: timedelta) -> list[str]:
    """The secrets that are accepted so long after noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON + after)
    return [secret.get_secret_value() for secret, _ in db.look(read_keys, "whatsapp").secrets]


HOURS_23, HOURS_24 = timedelta(hours=23), timedelta(hours=24)


def test_the_old_app_secret_is_accepted_for_a_day_beside_the_new_one(db, account, monkeypatch):
    renew(db, "second")
    assert secrets_at(db, monkeypatch, HOURS_23) == ["second", make.APP_SECRET]
    assert secrets_at(db, monkeypatch, HOURS_24) == ["second"]


def test_the_same_secret_once_more_changes_nothing(db, account, monkeypatch):
    renew(db, "second")
    renew(db, "second", HOURS_23)
    assert secrets_at(db, monkeypatch, HOURS_24) == ["second"]


def test_of_three_secrets_the_first_is_forgotten_at_once(db, account, monkeypatch):
    renew(db, "second")
    renew(db, "third", HOURS_23)
    assert secrets_at(db, monkeypatch, HOURS_24) == ["third", "second"]


def test_an_old_secret_is_forgotten_for_good_when_its_day_is_over(db, account, monkeypatch):
    renew(db, "second")
    assert db.write(accounts.forget_old_secrets, NOON + HOURS_23) == 0
    assert db.write(accounts.forget_old_secrets, NOON + HOURS_24) == 1
    assert secrets_at(db, monkeypatch, timedelta()) == ["second"]
    assert one(db, ChannelAccount).secret_changed_at is None


def test_an_old_secret_can_be_forgotten_at_once(db, account, monkeypatch):
    renew(db, "second")

    def forget(work: Work) -> int:
        row = standing.account_called(work, account.public_id)
        return accounts.forget_old_secrets(work, NOON, account=row)

    assert db.write(forget) == 1
    assert secrets_at(db, monkeypatch, timedelta()) == ["second"]


def test_an_account_whose_secrets_cannot_be_opened_is_simply_connected_again(db, account):
    def spoil(work: Work) -> None:
        standing.account_called(work, account.public_id).sealed = b"sealed with another key"

    db.write(spoil)
    db.write(make.account)
    opened = accounts.credentials(one(db, ChannelAccount))
    assert opened.app_secrets == (SecretStr(make.APP_SECRET),)
