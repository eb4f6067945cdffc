"""What Meta tells of templates is kept whole, marked when it goes, and asked for when due."""

from datetime import timedelta

import pytest

from jumper_app.channels.contract import AccountChange, KnownTemplate, Piece, TemplateForm
from jumper_app.conversations.delivery import claim, refused
from jumper_app.conversations.replies import reply
from jumper_app.conversations.templates import shelf
from jumper_app.conversations.templates.offers import shelf as offered
from jumper_app.conversations.templates.shelf import (
    LEASE,
    SYNC_EVERY,
    TRY_AGAIN,
    ask_again,
    keep,
    next_syncs,
    not_fetched,
)
from jumper_app.db import Database, Work
from jumper_app.errors import SendFailed, SendRefused
from jumper_app.models import ChannelAccount, Template, TemplateSync, TemplateUse
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON, WABA, later

NEWS = (
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
)


def told(name: str = "hello", language: str = "en", **over) -> KnownTemplate:
    form = TemplateForm(body=(Piece(text="Hello "), Piece(text="Maya", gap="1")))
    fields = {"status": "APPROVED", "category": "UTILITY", "form": form}
    return KnownTemplate(name=name, language=language, **{**fields, **over})


@pytest.fixture
def account(db: Database) -> ChannelAccount:
    return db.write(make.account)


def due(db: Database, now=NOON) -> list[shelf.Sync]:
    return db.write(next_syncs, now=now)


def sync(db: Database, *templates: KnownTemplate, now=NOON) -> None:
    [lease] = due(db, now)
    db.write(keep, lease, templates, now)


def test_a_business_that_was_just_connected_is_due_at_once(db, account):
    [first] = due(db)
    assert (first.channel, first.business, first.account_id) == ("whatsapp", WABA, account.id)


def test_who_takes_a_business_has_it_alone_until_the_lease_ends(db, account):
    due(db)
    assert due(db, later(minutes=1)) == []
    assert len(due(db, NOON + LEASE)) == 1


def test_two_numbers_of_one_business_are_asked_once(db, account):
    db.write(make.account, external_id="another number")
    assert [lease.business for lease in due(db)] == [WABA]


def test_a_channel_that_was_removed_is_not_asked(db, account):
    def remove(work: Work) -> None:
        work.get_one(ChannelAccount, account.id).active = False

    due(db)
    db.write(remove)
    assert due(db, later(days=1)) == []
    assert db.look(shelf.next_due) == later(days=1) + SYNC_EVERY


def test_the_list_is_kept_with_every_language_of_a_name(db, account):
    sync(db, told(language="en"), told(language="de"), told("bye"))
    rows = every(db, Template)
    assert [(row.name, row.language, row.business) for row in rows] == [
        ("hello", "en", WABA),
        ("hello", "de", WABA),
        ("bye", "en", WABA),
    ]
    assert shelf.known(rows[0]) == told(language="en")
    assert one(db, TemplateSync).synced_at == NOON


def test_what_is_told_again_changes_the_row_and_makes_no_other(db, account):
    sync(db, told())
    before = one(db, Template)
    changed = told(status="PAUSED", category="MARKETING", quality="RED", reason="INVALID_FORMAT")
    sync(db, changed, now=later(hours=1))
    row = one(db, Template)
    assert (row.id, row.public_id, row.created_at) == (before.id, before.public_id, NOON)
    assert shelf.known(row) == changed
    assert row.told_at == later(hours=1)


def test_what_is_not_told_any_more_is_marked_and_may_come_back(db, account):
    sync(db, told(), told("bye"))
    sync(db, told("bye"), now=later(hours=1))
    sync(db, told("bye"), now=later(hours=2))
    assert one(db, Template, name="hello").gone_at == later(hours=1)
    assert one(db, Template, name="bye").gone_at is None
    sync(db, told(), now=later(hours=3))
    assert one(db, Template, name="hello").gone_at is None


def test_a_business_is_asked_again_after_an_hour(db, account):
    sync(db, told())
    assert due(db, NOON + SYNC_EVERY - timedelta(seconds=1)) == []
    assert len(due(db, NOON + SYNC_EVERY)) == 1


def test_a_list_that_could_not_be_fetched_changes_nothing_and_is_tried_soon(db, account):
    sync(db, told())
    [lease] = due(db, later(hours=1))
    db.write(not_fetched, lease, "Meta could not be reached.", later(hours=1))
    row = one(db, TemplateSync)
    assert (row.synced_at, row.failure) == (NOON, "Meta could not be reached.")
    assert one(db, Template).gone_at is None
    assert len(due(db, later(hours=1) + TRY_AGAIN)) == 1
    sync(db, told(), now=later(hours=4))
    assert one(db, TemplateSync).failure == ""


def test_who_asks_while_the_list_is_fetched_is_answered_by_another_fetch(db, account):
    [lease] = due(db)
    db.write(ask_again, "whatsapp", WABA, later(seconds=1))
    db.write(keep, lease, [told()], later(seconds=2))
    assert len(due(db, later(seconds=2))) == 1


@pytest.mark.parametrize("kind", NEWS)
def test_each_of_metas_four_webhooks_about_templates_asks_for_them_again(db, account, kind):
    sync(db, told())
    take(db, AccountChange(account=WABA, kind=kind), now=later(minutes=5))
    assert one(db, TemplateSync).due_at == later(minutes=5)


def test_other_news_of_the_account_asks_for_nothing(db, account):
    sync(db, told())
    take(db, AccountChange(account=WABA, kind="account_update"), now=later(minutes=5))
    assert one(db, TemplateSync).due_at == NOON + SYNC_EVERY


def test_a_send_that_meta_refuses_for_its_template_asks_again(db, account):
    sync(db, told())
    take(db, make.inbound())
    ana = db.write(make.agent).id
    say = {"conversation_id": conversation(db).id, "agent_id": ana, "client_key": "key"}
    db.write(reply, **say, text="Hi", now=later(minutes=5))
    [sending] = db.write(claim, worker="w", now=later(minutes=5), limit=1)

    class Changed(SendFailed):
        templates_changed = True

    db.write(refused, sending, Changed(), later(minutes=6))
    assert one(db, TemplateSync).due_at == later(minutes=6)


# --- What an agent is offered


def offers(db: Database, account: ChannelAccount, agent_id: int = 0, now=NOON):
    return db.look(offered, account, agent_id, now).offers


def test_only_approved_templates_are_offered_and_the_others_say_why_not(db, account):
    strange = told("carousel", form=TemplateForm(unfit="It has a carousel."))
    sync(
        db,
        told(),
        told("rejected", status="REJECTED", reason="SCAM"),
        told("odd", status="SLEEPING"),
        strange,
    )
    shown = {each.template.name: each.why_not for each in offers(db, account)}
    assert shown["hello"] == ""
    assert "rejected" in shown["rejected"]
    assert "scam" in shown["rejected"]
    assert "sleeping" in shown["odd"]
    assert shown["carousel"] == "It has a carousel."
    assert next(iter(offers(db, account))).template.name == "hello"


def test_a_deleted_template_is_listed_for_a_month_and_says_so(db, account):
    sync(db, told(), told("bye"))
    sync(db, told("bye"), now=later(hours=1))
    gone = {each.template.name: each.why_not for each in offers(db, account, now=later(days=2))}
    assert gone["hello"] == "It was deleted."
    assert "hello" not in {one.template.name for one in offers(db, account, now=later(days=40))}


def test_what_an_agent_used_last_comes_first_for_that_agent(db, account):
    sync(db, told("a"), told("b"), told("c"))
    ana, ben = db.write(make.agent).id, db.write(make.agent, "Ben").id

    def use(work: Work) -> None:
        for name, minutes in (("c", 1), ("b", 2)):
            row = next(each for each in every(db, Template) if each.name == name)
            work.add(TemplateUse(agent_id=ana, template_id=row.id, used_at=later(minutes=minutes)))

    db.write(use)
    assert [each.template.name for each in offers(db, account, ana)] == ["b", "c", "a"]
    assert [each.template.name for each in offers(db, account, ben)] == ["a", "b", "c"]


def test_a_channel_without_templates_offers_none(db, account):
    account.channel = "webchat"
    with pytest.raises(SendRefused, match="no templates"):
        offers(db, account)
