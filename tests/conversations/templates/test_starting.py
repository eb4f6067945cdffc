"""The first word is ours: to a number, with consent, and nobody becomes two contacts by it."""

import pytest

from jumper_app.channels.contract import (
    Identity,
    IdentityKind,
    KnownTemplate,
    Person,
    ReceiptState,
    Sent,
)
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.recognising import recognise
from jumper_app.conversations.templates.filling import Values, ValuesRefused
from jumper_app.conversations.templates.offers import TemplateNotSendable
from jumper_app.conversations.templates.sending import Filled
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.conversations.templates.starting import Beginning, begin, find_existing
from jumper_app.db import Database
from jumper_app.errors import BadInput, NotFound
from jumper_app.models import (
    ChannelAccount,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    Outbox,
    Template,
)
from tests import make
from tests.conversations.templates.test_sending import HELLO
from tests.house import conversation, every, lines, one, sends, take
from tests.make import NOON, later

NUMBER = "+52 55 1234 5678"
DIALLED, REACHED = "525512345678", "5215512345678"
BSUID = "MX.4711"


@pytest.fixture
def ana(db: Database) -> int:
    return db.write(make.agent, "Ana").id or 0


@pytest.fixture
def account(db: Database) -> ChannelAccount:
    found = db.write(make.account, bot=True)
    told = [
        KnownTemplate(name=state.lower(), language="en", status=state, form=HELLO)
        for state in ("APPROVED", "PAUSED")
    ]
    [sync] = db.write(next_syncs, now=NOON)
    db.write(keep, sync, told, NOON)
    return found


def start(db, account, ana, number=NUMBER, client_key="key", name="approved", **over):
    beginning = Beginning(
        account.public_id,
        number,
        over.get("called", "Maya"),
        consented=over.get("consented", True),
    )
    row = one(db, Template, name=name)
    return db.write(
        begin,
        beginning=beginning,
        agent_id=ana,
        filled=Filled(row.public_id, Values({"body:1": over.get("value", "Maya")})),
        client_key=client_key,
        now=over.get("now", NOON),
    )


def leave(db, *identities: Identity, now=NOON) -> None:
    """What waits leaves; the provider answers with these names."""
    for one_claim in db.write(claim, worker="w", now=now, limit=9):
        db.write(accepted, one_claim, Sent(external_id="wamid.1", identities=identities), now)


def wa_id(value: str) -> Identity:
    return Identity(kind=IdentityKind.WA_ID, value=value)


def bsuid(value: str = BSUID) -> Identity:
    return Identity(kind=IdentityKind.BSUID, value=value)


def test_it_is_the_agents_conversation_with_the_consent_noted_and_the_template_queued(
    db, account, ana
):
    begun = start(db, account, ana)
    row, contact = conversation(db), one(db, Contact)
    assert (begun.conversation, begun.existed) == (row.public_id, False)
    assert (row.owner, row.agent_id) == ("agent", ana)
    assert (contact.name, contact.phone, contact.consent_at) == ("Maya", f"+{DIALLED}", NOON)
    assert sends(db) == [("agent", "queued")]
    assert lines(db) == ["begun"]
    assert one(db, Outbox).outbound["recipient"] == [{"kind": "wa_id", "value": DIALLED}]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+52 (55) 1234-5678", "+525512345678"),
        ("0052 55 12345678", None),
        ("650 253 0000", "+16502530000"),
        ("+1 650 253 0000", "+16502530000"),
        ("12", None),
        ("", None),
        ("call me", None),
        ("+999 123", None),
    ],
)
def test_a_number_is_read_as_people_write_it(db, account, written, number):
    beginning = Beginning(account.public_id, written, "", consented=False)
    if number is None:
        with pytest.raises(BadInput, match="country code"):
            db.look(find_existing, beginning)
    else:
        assert db.look(find_existing, beginning).number == number


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"consented": False}, BadInput),
        ({"called": "  "}, BadInput),
        ({"number": "12"}, BadInput),
        ({"value": ""}, ValuesRefused),
        ({"name": "paused"}, TemplateNotSendable),
    ],
)
def test_what_is_not_complete_makes_nobody_and_sends_nothing(db, account, ana, over, error):
    with pytest.raises(error):
        start(db, account, ana, **over)
    assert (every(db, Contact), every(db, Conversation), sends(db)) == ([], [], [])


def test_a_number_that_we_know_leads_to_its_conversation_and_gets_nothing(db, account, ana):
    take(db, make.inbound(sender=make.person(REACHED)))
    there = conversation(db).public_id
    looked = db.look(find_existing, Beginning(account.public_id, NUMBER, "", consented=False))
    assert looked.conversation == there
    begun = start(db, account, ana)
    assert (begun.conversation, begun.existed) == (there, True)
    assert (len(every(db, Contact)), sends(db)) == (1, [])


def test_the_same_key_twice_begins_once(db, account, ana):
    first, second = start(db, account, ana), start(db, account, ana)
    assert (first, len(sends(db))) == (second, 1)


def test_a_channel_that_was_removed_begins_nothing(db, account, ana):
    db.write(lambda work: setattr(work.get_one(ChannelAccount, account.id), "active", False))
    with pytest.raises(NotFound):
        start(db, account, ana)


# --- When they answer, they are the same person


def test_who_answers_under_the_id_that_metas_answer_named_is_no_second_contact(db, account, ana):
    start(db, account, ana)
    leave(db, wa_id(REACHED))
    take(db, make.inbound("Yes?", sender=make.person(REACHED, bsuid=BSUID, name="Maya R.")))
    assert len(every(db, Contact)) == 1
    assert [row.text for row in every(db, Message) if row.kind == "customer"] == ["Yes?"]
    assert conversation(db).last_heard_at == NOON


def test_who_hides_their_number_is_known_by_what_the_receipt_named(db, account, ana):
    start(db, account, ana)
    leave(db, wa_id(DIALLED))
    told = make.receipt("wamid.1", ReceiptState.SENT, recipient=(bsuid(),))
    take(db, told)
    hidden = Person(identities=(bsuid(),), name="Maya R.", username="maya.r")
    take(db, make.inbound("It's me", sender=hidden))
    contact = one(db, Contact)
    assert (contact.username, contact.phone) == ("maya.r", f"+{DIALLED}")
    assert conversation(db).heard == 1


def test_a_number_of_somebody_known_by_another_name_joins_the_two(db, account, ana):
    hidden = Person(identities=(bsuid(),), name="Maya R.", username="maya.r")
    take(db, make.inbound("Hello", sender=hidden))
    old = conversation(db)
    start(db, account, ana, now=later(minutes=1))
    leave(db, wa_id(REACHED), now=later(minutes=1))
    told = make.receipt("wamid.1", ReceiptState.DELIVERED, recipient=(bsuid(),))
    take(db, told, now=later(minutes=2))
    row = conversation(db)
    assert row.id == old.id
    texts = {each.text for each in every(db, Message, conversation_id=row.id) if each.text}
    assert texts == {"Hello", "Hello Maya\nBye"}
    assert one(db, Message, kind="agent").delivery == "delivered"
    assert len(every(db, Contact, merged_into_id=None)) == 1


def test_who_has_written_is_known_by_their_own_words_not_by_receipts(db, account, ana):
    take(db, make.inbound(sender=make.person(REACHED)))
    found = conversation(db)
    db.write(lambda work: recognise(work, work.get_one(Conversation, found.id), [bsuid()], NOON))
    assert [row.value for row in every(db, ContactIdentity)] == [REACHED]
