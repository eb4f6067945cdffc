"""A customer who wants no more advertising gets none, whoever asks for it and however late."""

import pytest

from jumper_app.channels.contract import KnownTemplate, Piece, ReceiptState, Sent, TemplateForm
from jumper_app.channels.meta.failures import HeldBack
from jumper_app.channels.whatsapp.errors import MarketingStopped
from jumper_app.conversations.customer import card
from jumper_app.conversations.delivery import accepted, claim, refused
from jumper_app.conversations.replies import reply, retry
from jumper_app.conversations.templates.filling import Values
from jumper_app.conversations.templates.offers import shelf
from jumper_app.conversations.templates.sending import Filled, send_template
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.conversations.unwanted import NO_MARKETING
from jumper_app.errors import SendRefused
from jumper_app.models import Message, OptInRow, Template
from tests import make
from tests.house import conversation, every, lines, one, take
from tests.make import NOON, later

FORM = TemplateForm(body=(Piece(text="Hello"),))


@pytest.fixture
def account(db):
    return db.write(make.account)


@pytest.fixture
def ana(db):
    return db.write(make.agent).id


@pytest.fixture
def key(db, account):
    """A customer's conversation, and a template of each category."""
    told = [
        KnownTemplate(name=name, language="en", status="APPROVED", category=name, form=FORM)
        for name in ("MARKETING", "UTILITY")
    ]
    [sync] = db.write(next_syncs, now=NOON)
    db.write(keep, sync, told, NOON)
    take(db, make.inbound())
    return conversation(db).id


def send(db, key, ana, name="MARKETING", client_key="key", now=NOON):
    filled = Filled(one(db, Template, name=name).public_id, Values({}))
    who = {"conversation_id": key, "agent_id": ana, "client_key": client_key}
    return db.write(send_template, filled=filled, now=now, **who).message_id


def leave(db, now=NOON):
    return db.write(claim, worker="w", now=now, limit=9)


def stop(db, at=NOON, state="stopped"):
    who = make.opt_in(
        state, account=make.PHONE_NUMBER_ID, person=make.person(), at=at, kind="marketing", title=""
    )
    take(db, who)


def test_meta_tells_it_when_it_refuses(db, key, ana):
    send(db, key, ana)
    (each,) = leave(db)
    db.write(refused, each, MarketingStopped(), NOON)
    assert db.look(card, key, NOON).marketing_stopped_at == NOON
    assert lines(db)[-1] == "opt_in_stopped"


def test_meta_tells_it_later_and_more_than_once(db, key, ana):
    send(db, key, ana)
    (each,) = leave(db)
    db.write(accepted, each, Sent(external_id="wamid.1"), NOON)
    news = make.receipt("wamid.1", ReceiptState.FAILED, error_code="131050", at=later(minutes=1))
    take(db, news)
    take(db, news.model_copy(update={"at": later(seconds=1)}))
    assert db.look(card, key, NOON).marketing_stopped_at == later(minutes=1)
    assert lines(db).count("opt_in_stopped") == 1


def test_the_customer_says_so_and_takes_it_back(db, key):
    assert db.look(card, key, NOON).marketing_stopped_at is None
    stop(db)
    assert db.look(card, key, NOON).marketing_stopped_at == NOON
    stop(db, later(hours=1), state="accepted")
    assert db.look(card, key, NOON).marketing_stopped_at is None


def test_an_old_refusal_does_not_undo_what_the_customer_said_since(db, key, ana):
    send(db, key, ana)
    (each,) = leave(db)
    db.write(accepted, each, Sent(external_id="wamid.1"), NOON)
    stop(db, later(hours=1), state="accepted")
    take(db, make.receipt("wamid.1", ReceiptState.FAILED, error_code="131050", at=NOON))
    assert db.look(card, key, NOON).marketing_stopped_at is None
    assert "opt_in_stopped" not in lines(db)


def test_what_meta_held_back_for_another_reason_is_no_wish_of_the_customer(db, key, ana):
    send(db, key, ana)
    (each,) = leave(db)
    db.write(refused, each, HeldBack(), NOON)
    assert every(db, OptInRow) == []


def test_advertising_is_refused_before_anything_is_stored(db, key, ana, account):
    stop(db)
    with pytest.raises(SendRefused, match="no more advertising"):
        send(db, key, ana)
    assert every(db, Message, kind="agent") == []
    offers = db.look(shelf, account, ana, NOON, unwanted=NO_MARKETING).offers
    assert {each.template.name: each.why_not for each in offers} == {
        "MARKETING": NO_MARKETING,
        "UTILITY": "",
    }


def test_everything_else_still_goes(db, key, ana):
    stop(db)
    send(db, key, ana, "UTILITY")
    db.write(reply, conversation_id=key, agent_id=ana, text="Hi", client_key="k", now=NOON)
    assert len(leave(db)) == 1


def test_what_was_queued_before_is_refused_at_its_claim_and_at_a_retry(db, key, ana):
    message_id = send(db, key, ana)
    stop(db)
    assert leave(db) == []
    message = one(db, Message, id=message_id)
    assert (message.delivery, message.failure) == ("failed", NO_MARKETING)
    with pytest.raises(SendRefused, match="no more advertising"):
        db.write(retry, message_id=message_id, agent_id=ana, now=NOON)


def test_when_two_prove_to_be_one_their_wish_stays(db, key):
    both = make.person("1888", bsuid="US.1")
    take(db, make.inbound(sender=make.person("", bsuid="US.1")))
    take(db, make.inbound(sender=make.person("1888")))
    twin = make.opt_in(
        "stopped", account=make.PHONE_NUMBER_ID, person=make.person("1888"), kind="marketing"
    )
    take(db, twin)
    take(db, make.inbound(sender=both))
    shown = db.look(card, _of(db, "US.1"), NOON)
    assert shown.marketing_stopped_at == twin.at


def _of(db, value):
    from jumper_app.models import ContactIdentity, Conversation

    contact = one(db, ContactIdentity, value=value).contact_id
    return one(db, Conversation, contact_id=contact).id
