"""One customer is erased: nothing of them stays, nothing of anyone else goes."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlmodel import SQLModel, col, select

from jumper_app.channels.contract import (
    Media,
    MediaRef,
    ReceiptState,
    Text,
    Watermark,
)
from jumper_app.conversations import listing
from jumper_app.conversations.attachments import path_of
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.drafts import save
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.log import stored
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.privacy import erased
from jumper_app.conversations.privacy.deleting import unlink
from jumper_app.conversations.privacy.erasing import (
    OF_A_CONTACT,
    OF_A_CONVERSATION,
    NameDiffers,
    StillSending,
    erase,
)
from jumper_app.conversations.replies import reply
from jumper_app.db import Database, Work
from jumper_app.errors import NotFound
from jumper_app.models import (
    AccountNews,
    Attachment,
    ChannelAccount,
    Contact,
    Conversation,
    ErasedMessage,
    Event,
    ParkedItem,
    Run,
    RunStatus,
    WebhookDelivery,
)
from tests import make
from tests.channels.payloads import ours
from tests.house import delivered, every, one, spoken, take
from tests.make import NOON, later

MAYA, BEN = "16505551234", "16505559999"
SECRET_WORDS = ("marmalade", "Ramirez", MAYA, "wamid.secret", "umbrella", "lighthouse", "quince")


@pytest.fixture
def account(db: Database) -> ChannelAccount:
    return db.write(make.account, bot=True)


@pytest.fixture
def ana(db: Database) -> int:
    return stored(db.write(make.agent, "Ana").id)


def dump(db: Database) -> str:
    """Everything that the database holds, as text."""

    def read(work: Work) -> str:
        rows: list[Any] = []
        for table in SQLModel.metadata.sorted_tables:
            rows += work.connection().execute(table.select()).all()
        return "\n".join(map(str, rows))

    return db.look(read)


def the_conversation(db: Database, name: str) -> int:
    def read(work: Work) -> int:
        found = (
            select(Conversation.id)
            .join(Contact, col(Contact.id) == col(Conversation.contact_id))
            .where(col(Contact.name).startswith(name), col(Conversation.merged_into_id).is_(None))
        )
        return stored(work.exec(found).one())

    return db.look(read)


def erase_maya(db: Database, ana: int) -> Any:
    key = the_conversation(db, "Maya")
    erased_now = db.write(
        erase, conversation_id=key, typed="Maya Ramirez", agent_id=ana, now=later(hours=1)
    )
    unlink(erased_now.files)
    return erased_now


@pytest.fixture
def story(db: Database, account: ChannelAccount, ana: int) -> int:
    """Maya and Ben wrote; of Maya there is something in every table that can hold it."""
    secret = make.inbound("I like marmalade", external_id="wamid.secret1")
    photo = make.inbound(
        external_id="wamid.secret2",
        sent_at=later(seconds=1),
        content=Media(kind="image", media=MediaRef(provider_id="9"), caption="umbrella"),
    )
    raw = orjson.dumps({"from": MAYA, "text": "marmalade"})
    db.write(receive_all, [delivered(secret, photo, body=raw)])
    take(db, make.inbound("Ben here", sender=make.person(BEN, name="Ben")))
    key = the_conversation(db, "Maya")
    db.write(
        reply,
        conversation_id=key,
        agent_id=ana,
        text="quince",
        client_key="k",
        now=later(minutes=1),
    )
    db.write(
        add_note, conversation_id=key, agent_id=ana, text="lighthouse", client_key="n", now=NOON
    )
    db.write(save, conversation_id=key, agent_id=ana, mode="reply", text="umbrella", revision=1)
    take(
        db,
        make.receipt("wamid.secret5", ReceiptState.READ),
        make.amendment("edit", "wamid.secret1", content=Text(text="more marmalade")),
        make.amendment("reaction", "wamid.secret1", emoji="👍"),
        make.echo("umbrella", external_id="wamid.secret5"),
        Watermark(
            account=account.external_id,
            person=make.person(),
            state=ReceiptState.READ,
            up_to=later(minutes=2),
        ),
    )
    db.write(_leave_traces, account, key)
    return key


def _leave_traces(work: Work, account: ChannelAccount, key: int) -> None:
    delivery = work.exec(select(WebhookDelivery)).first()
    assert delivery is not None
    mine = {"delivery_id": stored(delivery.id), "account": account.external_id}
    work.add(ParkedItem(**mine, position=50, kind="odd", raw={"wa_id": MAYA, "t": "marmalade"}))
    work.add(ParkedItem(**mine, position=51, kind="odd", raw={"wa_id": BEN}))
    work.add(AccountNews(**mine, position=52, kind="user_preferences", raw={"wa_id": MAYA}))
    run = work.exec(select(Run).where(Run.conversation_id == key)).first()
    version = run.flow_version_id if run else 1
    work.add(
        Run(
            conversation_id=key,
            flow_version_id=version,
            status=RunStatus.COMPLETED,
            state={"variables": {"fruit": "quince"}},
            created_at=NOON,
            updated_at=NOON,
        )
    )
    photo = work.exec(select(Attachment)).one()
    photo.state = "ready"
    path_of(photo.public_id).parent.mkdir(parents=True, exist_ok=True)
    path_of(photo.public_id).write_bytes(b"picture")


def test_nothing_that_they_said_or_that_names_them_stays(db, story, ana):
    before = dump(db)
    assert all(word in before for word in SECRET_WORDS)
    [photo] = every(db, Attachment)
    erase_maya(db, ana)
    after = dump(db)
    assert [word for word in SECRET_WORDS if word in after] == []
    assert not path_of(photo.public_id).exists()


def test_sqlite_keeps_no_bytes_of_them_in_its_files(db, story, ana):
    if not db.is_sqlite:
        pytest.skip("Postgres clears its pages by its own vacuum")
    file = Path(db.url.removeprefix("sqlite:///"))
    assert b"marmalade" in b"".join(each.read_bytes() for each in file.parent.glob("jumper.db*"))
    erase_maya(db, ana)
    db.leave_no_trace()
    left = b"".join(each.read_bytes() for each in file.parent.glob("jumper.db*"))
    assert [word for word in SECRET_WORDS if word.encode() in left] == []


def test_nothing_of_anyone_else_goes(db, story, ana):
    erase_maya(db, ana)
    assert spoken(db) == ["Ben here"]
    assert [each.raw for each in every(db, ParkedItem)] == [{"wa_id": BEN}]
    assert BEN in dump(db)


def test_the_log_stays_and_its_numbers_have_no_gaps(db, story, ana):
    before = [(row.number, row.kind) for row in every(db, Event, conversation_id=story)]
    erase_maya(db, ana)
    after = [(row.number, row.kind) for row in every(db, Event, conversation_id=story)]
    assert after[: len(before)] == before
    assert [number for number, _ in after] == list(range(1, len(after) + 1))
    assert after[-1][1] == "erased"


def test_nobody_sees_or_opens_the_conversation_any_more(db, story, ana):
    public_id = db.look(lambda work: work.get_one(Conversation, story).public_id)
    erase_maya(db, ana)
    who = make.who(ana)
    page = db.look(listing.entries, who, listing.Tab.ALL, now=later(hours=1))
    assert [each.contact_name for each in page.entries] == ["Ben"]
    assert db.look(listing.counts, who)[listing.Tab.ALL] == 1
    assert db.look(listing.find, public_id) is None
    with pytest.raises(NotFound):
        db.write(reply, conversation_id=story, agent_id=ana, text="x", client_key="z", now=NOON)


def test_a_later_message_of_the_same_person_begins_anew(db, story, ana):
    erase_maya(db, ana)
    take(db, make.inbound("Hello again", sent_at=later(hours=2)), now=later(hours=2))
    fresh = the_conversation(db, "Maya")
    assert fresh != story
    assert spoken(db) == ["Ben here", "Hello again"]


def test_what_was_erased_does_not_come_back_when_its_provider_repeats_it(db, story, ana):
    erase_maya(db, ana)
    again = [
        make.inbound("I like marmalade", external_id="wamid.secret1"),
        make.echo("umbrella", external_id="wamid.secret5"),
        make.amendment("edit", "wamid.secret1", content=Text(text="more marmalade")),
    ]
    raw = orjson.dumps({"from": MAYA, "again": "marmalade"})
    db.write(receive_all, [delivered(*again, body=raw)])
    assert spoken(db) == ["Ben here"]
    assert "marmalade" not in dump(db)
    assert len(every(db, Contact)) == 2


def test_a_batch_keeps_what_is_not_about_them(db, story, ana):
    erase_maya(db, ana)
    news = make.inbound("Ben again", sender=make.person(BEN, name="Ben"), sent_at=later(hours=1))
    old = make.inbound("I like marmalade", external_id="wamid.secret1")
    db.write(receive_all, [delivered(old, news, body=b"marmalade and Ben")])
    assert spoken(db) == ["Ben here", "Ben again"]
    assert "marmalade" not in dump(db)


def test_the_very_same_delivery_again_is_still_known(db, story, ana):
    erase_maya(db, ana)
    raw = orjson.dumps({"from": MAYA, "text": "marmalade"})
    ben = make.inbound("Ben once more", sender=make.person(BEN, name="Ben"))
    assert db.write(receive_all, [delivered(ben, body=raw)]).repeated == 1


def test_digests_are_forgotten_when_nobody_repeats_anything_any_more(db, story, ana):
    erase_maya(db, ana)
    assert every(db, ErasedMessage)
    db.write(erased.forget_digests, later(days=89))
    assert every(db, ErasedMessage)
    db.write(erased.forget_digests, later(days=91))
    assert not every(db, ErasedMessage)


def test_who_proved_to_be_the_same_person_is_erased_with_them(db, account, ana):
    twin = make.person("", bsuid="US.42", name="Maya Ramirez")
    take(db, make.inbound("By number"), make.inbound("By user id marmalade", sender=twin))
    both = make.person(MAYA, bsuid="US.42", name="Maya Ramirez")
    take(db, make.inbound("Both", sender=both, sent_at=later(minutes=1)))
    erase_maya(db, ana)
    assert [word for word in (*SECRET_WORDS, "US.42") if word in dump(db)] == []


def test_another_name_erases_nobody(db, story, ana):
    with pytest.raises(NameDiffers):
        db.write(erase, conversation_id=story, typed="maya", agent_id=ana, now=NOON)
    assert "marmalade" in dump(db)


def test_nobody_is_erased_while_something_is_being_sent_to_them(db, story, ana):
    assert db.write(claim, worker="w", now=later(minutes=2), limit=5)
    with pytest.raises(StillSending):
        erase_maya(db, ana)


def test_the_same_person_is_not_erased_twice(db, story, ana):
    erase_maya(db, ana)
    with pytest.raises(NotFound):
        db.write(erase, conversation_id=story, typed="Customer", agent_id=ana, now=NOON)


def test_a_real_body_is_emptied_once_its_customer_is_erased(db, account, ana):
    body = ours("text")
    raw = orjson.dumps(body)
    db.write(receive_all, [make.delivery(body, raw)])
    contact = one(db, Contact)
    key = one(db, Conversation).id
    name = contact.name or contact.phone
    db.write(erase, conversation_id=key, typed=name, agent_id=ana, now=NOON)
    assert [row.body for row in every(db, WebhookDelivery)] == [b""]


def test_every_table_that_points_at_a_customer_is_thought_of():
    """A new table that hangs on a message, a conversation or a contact fails here first."""
    erased_tables = {table.__tablename__ for table in (*OF_A_CONVERSATION, *OF_A_CONTACT)}
    with_messages = {"message", "attachment", "outbox", "wake", "reaction", "mention"}
    emptied = {"conversation", "contact"}
    kept = {"event", "discount_code"}
    """A code stays given, to a contact of whom nothing is left."""
    pointing = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"message", "conversation", "contact"}
    }
    assert pointing == {str(name) for name in erased_tables} | with_messages | emptied | kept
