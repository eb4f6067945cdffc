"""Undo send: a reply waits, leaves once and in its place, or was never said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from jumper_app.channels.contract import ReceiptState
from jumper_app.conversations.delivery import claim
from jumper_app.conversations.drafts import load, save
from jumper_app.conversations.holds import TakenBackBefore
from jumper_app.conversations.listing import entry
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.replies import reply
from jumper_app.conversations.saying import NOTHING, Beside, Enclosed
from jumper_app.conversations.takeover import assign, pause_bot, resolve
from jumper_app.conversations.undoing import TooLate, take_back
from jumper_app.errors import NotFound
from jumper_app.models import Attachment, Conversation, Message, MessageKind, Outbox, Owner
from tests import make
from tests.house import conversation, every, lines, one, sends, side_by_side, spoken, take
from tests.make import NOON, later

FIVE = timedelta(seconds=5)
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def ana(db):
    return db.write(make.agent, "Ana").id


@pytest.fixture
def ben(db):
    return db.write(make.agent, "Ben").id


@pytest.fixture
def key(db):
    """A conversation in which the customer wrote at noon."""
    db.write(make.account, bot=True)
    take(db, make.inbound("Hello"))
    return conversation(db).id


def say(db, key, agent_id, text="Hi", client_key="key-1", now=NOON, hold=FIVE, **more):
    """Reply, and be told the first message's key."""
    beside = replace(more.pop("beside", NOTHING), hold=hold)
    return db.write(
        reply,
        conversation_id=key,
        agent_id=agent_id,
        text=text,
        client_key=client_key,
        now=now,
        beside=beside,
        **more,
    ).message_id


def undo(db, message, agent_id, now=NOON + timedelta(seconds=1), revision=0):
    return db.write(take_back, message_id=message, agent_id=agent_id, revision=revision, now=now)


def leaving(db, now):
    """The words that a worker would send at this moment."""
    claims = db.write(claim, worker="w", now=now, limit=10)
    return [one_.outbound.content.words for one_ in claims]


def a_file(db, agent_id, name, mime="image/jpeg"):
    def put(work):
        file = Attachment(
            uploaded_by_id=agent_id, mime=mime, filename=name, size=9, created_at=NOON
        )
        work.add(file)
        work.flush()
        return file.public_id

    return db.write(put)


# --- It waits


@pytest.mark.parametrize(
    ("after", "leaves"),
    [
        pytest.param(timedelta(0), [], id="at-once"),
        pytest.param(FIVE - A_MOMENT, [], id="just-before"),
        pytest.param(FIVE, ["Hi"], id="on-the-dot"),
        pytest.param(timedelta(hours=3), ["Hi"], id="after-a-long-night"),
    ],
)
def test_a_held_reply_leaves_at_its_moment_and_not_before(db, key, ana, after, leaves):
    say(db, key, ana)
    assert leaving(db, NOON + after) == leaves


def test_it_leaves_once(db, key, ana):
    say(db, key, ana)
    assert leaving(db, NOON + FIVE) == ["Hi"]
    assert leaving(db, NOON + FIVE * 2) == []


def test_without_a_hold_nothing_waits(db, key, ana):
    message = say(db, key, ana, hold=timedelta(0))
    assert one(db, Message, id=message).held_until is None
    assert leaving(db, NOON) == ["Hi"]


def test_a_note_does_not_wait_and_is_no_reply_to_take_back(db, key, ana):
    note = db.write(
        add_note, conversation_id=key, agent_id=ana, text="Kind", client_key="n", now=NOON
    )
    assert one(db, Message, id=note).held_until is None
    with pytest.raises(NotFound):
        undo(db, note, ana)
    assert spoken(db, MessageKind.NOTE) == ["Kind"]


@pytest.mark.parametrize(
    ("left", "holds"),
    [
        pytest.param(FIVE + timedelta(seconds=2), True, id="just-enough"),
        pytest.param(FIVE + timedelta(seconds=1), False, id="too-little"),
    ],
)
def test_in_a_windows_last_seconds_nothing_is_held(db, key, ana, left, holds):
    now = later(hours=24) - left
    say(db, key, ana, now=now)
    assert (leaving(db, now) == []) is holds


def test_a_window_that_shuts_meanwhile_is_seen_at_the_claim(db, key, ana):
    message = say(db, key, ana)
    take(db, make.receipt("wamid.late", ReceiptState.FAILED, error_code="131047"))
    db.write(_shut, key)
    assert leaving(db, NOON + FIVE) == []
    found = one(db, Message, id=message)
    assert found.delivery == "failed"
    assert found.failure.startswith("WhatsApp allows replies for 24 hours")


def _shut(work, key):
    work.get_one(Conversation, key).window_shut_at = NOON


# --- Others speak


def test_what_the_same_agent_says_next_waits_its_own_time(db, key, ana):
    say(db, key, ana, "One", "key-1")
    say(db, key, ana, "Two", "key-2", now=NOON + timedelta(seconds=2))
    assert leaving(db, NOON + FIVE) == ["One"]


def test_a_colleague_who_speaks_ends_the_wait_and_the_order_stays(db, key, ana, ben):
    first = say(db, key, ana, "One", "key-1")
    say(db, key, ben, "Two", "key-2", hold=timedelta(0), even_if_colleague=True)
    assert leaving(db, NOON) == ["One"]
    with pytest.raises(TooLate):
        undo(db, first, ana)


@pytest.mark.parametrize("act", ["assign", "resolve", "pause"])
def test_whatever_becomes_of_the_conversation_it_leaves_once(db, key, ana, ben, act):
    say(db, key, ana)
    at = NOON + timedelta(seconds=1)
    if act == "assign":
        db.write(assign, conversation_id=key, to_agent_id=ben, agent_id=ben, now=at)
    elif act == "resolve":
        db.write(resolve, conversation_id=key, agent_id=ana, now=at)
    else:
        db.write(pause_bot, conversation_id=key, agent_id=ben, now=at)
    assert leaving(db, NOON + FIVE) == ["Hi"]


# --- Taken back


def test_what_is_taken_back_was_never_said(db, key, ana):
    message = say(db, key, ana)
    done = undo(db, message, ana)
    assert (done.text, done.key) == ("Hi", "key-1")
    assert (spoken(db), sends(db)) == (["Hello"], [])
    assert leaving(db, NOON + FIVE) == []
    assert db.look(load, key, ana)["reply"].text == "Hi"


def test_the_customer_waits_again_and_stands_in_the_list_as_before(db, key, ana):
    before = conversation(db)
    undo(db, say(db, key, ana), ana)
    after = conversation(db)
    assert (after.waiting_since, after.preview) == (before.waiting_since, "Hello")
    assert after.last_activity_at == before.last_activity_at
    assert after.owner == Owner.AGENT
    assert lines(db) == ["bot_paused"]
    assert db.look(entry, make.who(ana), key, NOON).preview == "Hello"


def test_after_a_resolve_nobody_waits(db, key, ana):
    message = say(db, key, ana)
    db.write(resolve, conversation_id=key, agent_id=ana, now=NOON)
    undo(db, message, ana)
    assert conversation(db).waiting_since is None


def test_words_stand_before_what_was_written_since_under_a_key_of_their_own(db, key, ana):
    message = say(db, key, ana)
    db.write(
        save,
        conversation_id=key,
        agent_id=ana,
        mode="reply",
        text="And",
        revision=8,
        key="another",
    )
    done = undo(db, message, ana, revision=11)
    draft = db.look(load, key, ana)["reply"]
    assert (draft.text, draft.revision) == ("Hi\nAnd", 12) == (done.draft, done.revision)
    assert draft.key not in {"", "key-1", "another"}


def test_a_late_copy_of_it_is_not_sent(db, key, ana):
    undo(db, say(db, key, ana), ana)
    with pytest.raises(TakenBackBefore):
        say(db, key, ana)
    assert sends(db) == []


def test_the_words_can_be_sent_again_under_the_drafts_key(db, key, ana):
    done = undo(db, say(db, key, ana), ana)
    say(db, key, ana, done.draft, done.draft_key, hold=timedelta(0))
    assert spoken(db) == ["Hello", "Hi"]


def test_a_reply_of_many_parts_is_taken_back_whole_or_not_at_all(db, key, ana):
    files = [a_file(db, ana, "a.jpg"), a_file(db, ana, "b.jpg")]
    beside = Beside([Enclosed(files[0]), Enclosed(files[1], "The back")])
    say(db, key, ana, "Both sides", beside=beside)
    assert len(every(db, Outbox)) == 2
    other = every(db, Message, kind=MessageKind.AGENT)[-1].id
    done = undo(db, other, ana)
    assert (done.text, spoken(db)) == ("Both sides", ["Hello"])
    told = [(each.file.public_id, each.kind, each.caption) for each in done.files]
    assert told == [(files[0], "image", ""), (files[1], "image", "The back")]
    say(db, key, ana, "Both sides", done.draft_key, beside=beside, hold=timedelta(0))
    assert leaving(db, NOON) == ["Both sides"]


def test_of_parts_none_is_taken_back_when_one_has_left(db, key, ana):
    beside = Beside([Enclosed(a_file(db, ana, "a.jpg")), Enclosed(a_file(db, ana, "b.jpg"))])
    message = say(db, key, ana, "Both", beside=beside)
    assert leaving(db, NOON + FIVE) == ["Both"]
    for part in every(db, Message, kind=MessageKind.AGENT):
        with pytest.raises(TooLate):
            undo(db, part.id, ana, now=NOON + FIVE - A_MOMENT)
    assert one(db, Message, id=message).text == "Both"


@pytest.mark.parametrize(
    ("now", "late"),
    [
        pytest.param(NOON + FIVE - A_MOMENT, False, id="just-in-time"),
        pytest.param(NOON + FIVE, True, id="on-the-dot"),
    ],
)
def test_undo_ends_where_leaving_begins(db, key, ana, now, late):
    message = say(db, key, ana)
    if late:
        with pytest.raises(TooLate):
            undo(db, message, ana, now=now)
    else:
        undo(db, message, ana, now=now)
    assert (sends(db) == []) is not late


def test_nobody_else_takes_it_back(db, key, ana, ben):
    message = say(db, key, ana)
    with pytest.raises(NotFound):
        undo(db, message, ben)
    assert leaving(db, NOON + FIVE) == ["Hi"]


def test_twice_gives_the_words_back_once(db, key, ana):
    message = say(db, key, ana)
    undo(db, message, ana)
    with pytest.raises(NotFound):
        undo(db, message, ana)
    assert db.look(load, key, ana)["reply"].text == "Hi"


def test_undo_and_the_claim_at_the_same_moment_are_never_both(db, key, ana):
    for turn in range(6):
        at = later(minutes=turn)
        message = say(db, key, ana, f"Turn {turn}", f"key-{turn}", now=at)
        taken, left = side_by_side(
            lambda: undo(db, message, ana, now=at + FIVE - A_MOMENT),  # noqa: B023
            lambda: leaving(db, at + FIVE),  # noqa: B023
        )
        was_taken = not isinstance(taken, Exception)
        assert was_taken != bool(left), (taken, left)
        db.write(_settle)


def _settle(work):
    for row in work.exec(select(Outbox)):
        row.state = "sent"
