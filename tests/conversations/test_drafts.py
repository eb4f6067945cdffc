"""What is typed and not sent: kept once, sent once, and nobody else's business."""

import pytest

from jumper_app.channels.whatsapp.limits import MAX_CAPTION
from jumper_app.conversations.drafts import Kept, Saved, SentElsewhere, clear_draft, load, save
from jumper_app.conversations.listing import Tab, entries
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.replies import reply
from jumper_app.conversations.saying import Beside, Enclosed
from jumper_app.live import DraftChanged
from jumper_app.models import Attachment, Message, MessageKind, Outbox, Role
from tests import make
from tests.house import conversation, every, side_by_side, spoken, take
from tests.make import NOON, later

DRAFT = "d" * 32


@pytest.fixture
def ana(db):
    return db.write(make.agent, "Ana").id


@pytest.fixture
def ben(db):
    return db.write(make.agent, "Ben").id


@pytest.fixture
def key(db):
    """A conversation in which the customer wrote at noon."""
    db.write(make.account)
    take(db, make.inbound("Hello"))
    return conversation(db).id


def keep(db, key, agent_id, text, revision, mode="reply", draft=DRAFT):
    return db.write(
        save,
        conversation_id=key,
        agent_id=agent_id,
        mode=mode,
        text=text,
        revision=revision,
        key=draft,
    )


def say(db, key, agent_id, text, draft=DRAFT, **more):
    return db.write(
        reply,
        conversation_id=key,
        agent_id=agent_id,
        text=text,
        client_key=draft,
        now=NOON,
        **more,
    )


def test_a_draft_is_kept_with_its_key(db, key, ana):
    assert keep(db, key, ana, "Half a sen", 3) == Kept(3, kept=True)
    assert db.look(load, key, ana)["reply"] == Saved("Half a sen", 3, DRAFT)


def test_an_empty_draft_has_no_key(db, key, ana):
    keep(db, key, ana, "Half", 1)
    keep(db, key, ana, "", 2)
    assert db.look(load, key, ana)["reply"] == Saved("", 2, "")


def test_the_same_save_twice_is_kept_and_other_words_of_that_revision_are_not(db, key, ana):
    keep(db, key, ana, "Here", 3)
    assert keep(db, key, ana, "Here", 3) == Kept(3, kept=True)
    assert keep(db, key, ana, "There", 3) == Kept(3, kept=False)
    assert keep(db, key, ana, "There", 2) == Kept(3, kept=False)
    assert db.look(load, key, ana)["reply"].text == "Here"


def test_other_windows_of_the_agent_are_told_and_the_list_when_a_draft_comes_or_goes(db, key, ana):
    with db.transaction() as work:
        for text, revision in (("H", 1), ("Ha", 2), ("", 3), ("H", 4)):
            save(
                work,
                conversation_id=key,
                agent_id=ana,
                mode="note",
                text=text,
                revision=revision,
            )
        clear_draft(work, key, ana, "note")
        told = list(work.told)
    assert told == [DraftChanged(key, ana, listed) for listed in (True, False, True, True, True)]


def test_the_list_marks_ones_own_drafts(db, key, ana, ben):
    keep(db, key, ana, "Half a sen", 1, mode="note")
    for agent, marked in ((ana, True), (ben, False)):
        who = make.who(agent, Role.ADMIN)
        [entry] = db.look(entries, who, Tab.ALL, now=NOON).entries
        assert entry.draft is marked
    keep(db, key, ana, "", 2, mode="note")
    [entry] = db.look(entries, make.who(ana), Tab.ALL, now=NOON).entries
    assert not entry.draft


def test_one_draft_in_two_windows_is_sent_once(db, key, ana):
    came = side_by_side(*(lambda: say(db, key, ana, "Good morning") for _ in range(4)))
    assert sorted(one.repeated for one in came) == [False, True, True, True]
    assert len(every(db, Outbox)) == 1


def test_a_draft_that_went_on_in_another_window_is_given_back(db, key, ana):
    say(db, key, ana, "Good morning")
    with pytest.raises(SentElsewhere):
        say(db, key, ana, "Good morning, Maya")
    assert spoken(db, MessageKind.AGENT) == ["Good morning"]


def test_blanks_around_a_text_make_no_other_words(db, key, ana):
    say(db, key, ana, " Good morning\n")
    assert say(db, key, ana, " Good morning\n").repeated


def test_a_note_in_two_windows_is_stored_once_and_other_words_are_given_back(db, key, ana):
    def note(text):
        return db.write(
            add_note,
            conversation_id=key,
            agent_id=ana,
            text=text,
            client_key=DRAFT,
            now=later(minutes=1),
        )

    assert note("Call back") == note("Call back")
    with pytest.raises(SentElsewhere):
        note("Call back today")
    assert [row.text for row in every(db, Message, kind=MessageKind.NOTE)] == ["Call back"]


def test_an_answer_that_was_lost_comes_again_with_its_files(db, key, ana):
    def upload(work):
        row = Attachment(uploaded_by_id=ana, mime="image/png", size=10, created_at=NOON)
        work.add(row)
        work.flush()
        return row.public_id

    words = "x" * (MAX_CAPTION + 1)
    beside = Beside([Enclosed(db.write(upload), "A view"), Enclosed(db.write(upload))])
    first = say(db, key, ana, words, beside=beside)
    assert len(every(db, Outbox)) == 3
    assert say(db, key, ana, words, beside=beside).message_id == first.message_id
    assert say(db, key, ana, "", beside=beside).repeated
    with pytest.raises(SentElsewhere):
        say(db, key, ana, "Other words", beside=beside)
    assert len(every(db, Outbox)) == 3
