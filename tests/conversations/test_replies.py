"""An agent's words: once, in time, within the limits, and never over a colleague's head."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jumper_app.channels.contract import MIB, SHOW_OUTSIDE, ReceiptState
from jumper_app.channels.whatsapp.limits import MAX_CAPTION, MAX_TEXT
from jumper_app.conversations.drafts import load, save
from jumper_app.conversations.listing import Tab, entries
from jumper_app.conversations.notes import NOTE_LENGTH, add_note
from jumper_app.conversations.replies import ColleagueAnswers, reply
from jumper_app.conversations.saying import Beside, Enclosed
from jumper_app.conversations.seen import mark_seen
from jumper_app.conversations.takeover import assign, pause_bot, resolve
from jumper_app.errors import BadInput, NotFound, SendRefused, WindowClosed
from jumper_app.models import (
    Attachment,
    Conversation,
    Message,
    MessageKind,
    Outbox,
    Owner,
    ReadDue,
)
from tests import make
from tests.house import conversation, every, lines, one, sends, spoken, take
from tests.make import NOON, later

PAST_THE_WINDOW = timedelta(hours=24)


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


def say(db, key, agent_id, text="Hi", client_key="key-1", now=NOON, **more):
    return db.write(
        reply,
        conversation_id=key,
        agent_id=agent_id,
        text=text,
        client_key=client_key,
        now=now,
        **more,
    )


def test_the_same_key_twice_is_one_reply(db, key, ana):
    first = say(db, key, ana)
    second = say(db, key, ana)
    assert second.repeated
    assert second.message_id == first.message_id
    assert sends(db) == [("agent", "queued")]


def test_the_same_key_twice_is_one_note(db, key, ana):
    for _ in range(2):
        db.write(
            add_note, conversation_id=key, agent_id=ana, text="Kind", client_key="key-1", now=NOON
        )
    assert spoken(db, MessageKind.NOTE) == ["Kind"]


def test_a_reply_takes_over_from_the_bot_in_the_same_step(db, key, ana):
    told = say(db, key, ana)
    row = conversation(db)
    assert (told.took_over, row.owner, row.agent_id) == (True, Owner.AGENT, ana)
    assert lines(db) == ["bot_paused"]
    assert one(db, Outbox).epoch == row.epoch


def test_a_refused_reply_takes_nothing_over(db, key, ana):
    with pytest.raises(SendRefused):
        say(db, key, ana, text="x" * (MAX_TEXT + 1))
    row = conversation(db)
    assert (row.owner, row.epoch, lines(db), sends(db)) == (Owner.BOT, 0, [], [])


def test_a_colleagues_conversation_asks_first(db, key, ana, ben):
    say(db, key, ben)
    with pytest.raises(ColleagueAnswers) as asked:
        say(db, key, ana, client_key="key-2")
    assert asked.value.colleague == "Ben"
    assert conversation(db).agent_id == ben
    told = say(db, key, ana, client_key="key-2", even_if_colleague=True)
    assert told.took_over
    assert conversation(db).agent_id == ana


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        pytest.param(NOON + PAST_THE_WINDOW - timedelta(microseconds=1), True, id="just-in-time"),
        pytest.param(NOON + PAST_THE_WINDOW, False, id="on-the-dot"),
        pytest.param(NOON + timedelta(days=3), False, id="days-later"),
    ],
)
def test_a_reply_after_the_window_is_refused(db, key, ana, now, allowed):
    if allowed:
        say(db, key, ana, now=now)
        assert sends(db) == [("agent", "queued")]
    else:
        with pytest.raises(WindowClosed):
            say(db, key, ana, now=now)
        assert sends(db) == []


def test_a_customer_who_never_wrote_can_not_be_written_to(db, ana):
    db.write(make.account, options={SHOW_OUTSIDE: True})
    take(db, make.echo("Written elsewhere"))
    with pytest.raises(WindowClosed):
        say(db, conversation(db).id, ana)


def refused_as_late(db, key, ana, at):
    """A reply of which the provider says at ``at`` that it came too late."""
    sent = say(db, key, ana, client_key="late")
    ours = one(db, Message, id=sent.message_id)
    late = {"error_code": "131047", "our_reference": ours.public_id}
    take(db, make.receipt("wamid.late", ReceiptState.FAILED, at=at, **late), now=at)


def test_what_the_provider_says_of_its_window_counts_before_our_clock(db, key, ana):
    refused_as_late(db, key, ana, later(minutes=1))
    assert conversation(db).window_shut_at == later(minutes=1)
    assert lines(db)[-1] == "window_refused"
    with pytest.raises(WindowClosed):
        say(db, key, ana, client_key="key-2", now=later(minutes=2))


def test_a_word_after_the_refusal_opens_again(db, key, ana):
    refused_as_late(db, key, ana, later(minutes=1))
    take(db, make.inbound("Still here", sent_at=later(minutes=2)))
    assert conversation(db).window_shut_at is None
    say(db, key, ana, client_key="key-2", now=later(minutes=3))


def test_a_word_in_the_same_second_opens_again_in_whatever_order_they_are_told(db, key, ana):
    refused_as_late(db, key, ana, later(minutes=1))
    take(db, make.inbound("Still here", sent_at=later(minutes=1)))
    assert conversation(db).window_shut_at is None
    say(db, key, ana, client_key="key-2", now=later(minutes=2))
    again = every(db, Message, kind=MessageKind.AGENT)[-1]
    late = {"error_code": "131047", "our_reference": again.public_id}
    take(db, make.receipt("wamid.again", ReceiptState.FAILED, at=later(minutes=1), **late))
    assert conversation(db).window_shut_at is None


def test_a_word_before_the_refusal_does_not_open_again(db, key, ana):
    refused_as_late(db, key, ana, later(minutes=1))
    take(db, make.inbound("Late", sent_at=later(seconds=30)))
    assert conversation(db).window_shut_at is not None


def test_a_refusal_that_is_told_after_a_newer_word_shuts_nothing(db, key, ana):
    take(db, make.inbound("Still here", sent_at=later(minutes=2)))
    refused_as_late(db, key, ana, later(minutes=1))
    assert conversation(db).window_shut_at is None


def picture(db, ana, mime="image/png", size=10):
    def upload(work):
        row = Attachment(uploaded_by_id=ana, mime=mime, size=size, created_at=NOON)
        work.add(row)
        return row

    return db.write(upload)


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)], ids=["all-of-it", "one-more"])
def test_a_text_has_a_limit(db, key, ana, more, fits):
    if fits:
        say(db, key, ana, text="x" * MAX_TEXT)
    else:
        with pytest.raises(SendRefused, match=str(MAX_TEXT)):
            say(db, key, ana, text="x" * (MAX_TEXT + more))
    assert len(sends(db)) == int(fits)


def with_files(*files, **captions):
    return Beside(
        [Enclosed(file.public_id, captions.get(f"c{n}", "")) for n, file in enumerate(files)]
    )


def contents(db):
    """What is queued, in the order in which it leaves: kind and words."""
    said = [row.outbound["content"] for row in every(db, Outbox)]
    return [(one.get("kind", one["type"]), one.get("caption", one.get("text"))) for one in said]


def test_words_that_fit_stand_under_the_first_file(db, key, ana):
    say(db, key, ana, text="x" * MAX_CAPTION, beside=with_files(picture(db, ana)))
    assert contents(db) == [("image", "x" * MAX_CAPTION)]


def test_words_too_long_for_a_caption_go_before_the_file(db, key, ana):
    long = "x" * (MAX_CAPTION + 1)
    say(db, key, ana, text=long, beside=with_files(picture(db, ana)))
    assert contents(db) == [("text", long), ("image", "")]


def test_words_go_before_a_file_that_carries_none(db, key, ana):
    say(db, key, ana, text="Listen", beside=with_files(picture(db, ana, "audio/ogg")))
    assert contents(db) == [("text", "Listen"), ("audio", "")]


def test_several_files_are_several_messages_in_their_order(db, key, ana):
    files = [picture(db, ana, mime) for mime in ("video/mp4", "application/pdf", "image/png")]
    say(db, key, ana, text="All three", beside=with_files(*files, c2="The last"))
    assert contents(db) == [("video", "All three"), ("document", ""), ("image", "The last")]
    of = {row.message_id: row.mime for row in every(db, Attachment)}
    assert [of[row.message_id] for row in every(db, Outbox)] == [file.mime for file in files]


def test_the_same_send_of_several_files_twice_is_one(db, key, ana):
    files = with_files(picture(db, ana), picture(db, ana))
    say(db, key, ana, text="", beside=files)
    assert say(db, key, ana, text="", beside=files).repeated
    assert len(sends(db)) == 2


def test_one_file_that_cannot_go_keeps_all_of_them_here(db, key, ana, ben):
    files = with_files(picture(db, ana), picture(db, ben))
    with pytest.raises(SendRefused):
        say(db, key, ana, beside=files)
    assert (len(sends(db)), len(every(db, Message))) == (0, 1)


def test_a_caption_of_a_later_file_has_a_limit(db, key, ana):
    files = with_files(picture(db, ana), picture(db, ana), c1="x" * (MAX_CAPTION + 1))
    with pytest.raises(SendRefused, match=str(MAX_CAPTION)):
        say(db, key, ana, beside=files)
    assert len(sends(db)) == 0


def test_a_reply_quotes_the_customers_message_and_only_its_first_part_does(db, key, ana):
    heard = one(db, Message, kind="customer")
    files = replace(with_files(picture(db, ana), picture(db, ana)), quotes=heard.public_id)
    say(db, key, ana, text="This one", beside=files)
    assert [row.quotes for row in every(db, Message, kind="agent")] == [heard.external_id, ""]
    assert [row.outbound["quotes"] for row in every(db, Outbox)] == [heard.external_id, ""]


@pytest.mark.parametrize("kind", ["note", "own-unsent", "elsewhere", "nowhere"])
def test_what_the_customer_does_not_have_cannot_be_quoted(db, key, ana, kind):
    quoted = "0" * 32
    if kind == "note":
        told = {"text": "Hm", "client_key": "k", "now": NOON}
        db.write(add_note, conversation_id=key, agent_id=ana, **told)
        quoted = one(db, Message, kind="note").public_id
    if kind == "own-unsent":
        say(db, key, ana, client_key="before")
        quoted = one(db, Message, kind="agent").public_id
    if kind == "elsewhere":
        take(db, make.inbound("Other", sender=make.person("4670000001")))
        quoted = every(db, Message, kind="customer")[-1].public_id
    before = len(sends(db))
    with pytest.raises(SendRefused, match="cannot be quoted"):
        say(db, key, ana, client_key="key-2", beside=Beside(quotes=quoted))
    assert len(sends(db)) == before


def test_more_files_than_a_send_takes_are_refused(db, key, ana):
    with pytest.raises(SendRefused, match="At most 10"):
        say(db, key, ana, beside=with_files(*[picture(db, ana)] * 11))


@pytest.mark.parametrize(
    ("mime", "size", "why"),
    [("image/webp", 10, "type"), ("image/png", 5 * MIB + 1, "5 MB"), ("text/html", 10, "type")],
    ids=["sticker", "too-large", "page"],
)
def test_a_file_that_this_channel_does_not_take_is_refused(db, key, ana, mime, size, why):
    with pytest.raises(SendRefused, match=why):
        say(db, key, ana, beside=with_files(picture(db, ana, mime, size)))


def test_a_file_belongs_to_its_message(db, key, ana):
    sent = say(db, key, ana, text="", beside=with_files(picture(db, ana)))
    assert one(db, Attachment).message_id == sent.message_id


def test_a_file_is_sent_once(db, key, ana):
    files = with_files(picture(db, ana))
    say(db, key, ana, beside=files)
    with pytest.raises(SendRefused):
        say(db, key, ana, beside=files, client_key="key-2")


@pytest.mark.parametrize("text", ["", "   \n", "\x00"], ids=["nothing", "space", "nul"])
def test_nothing_can_not_be_said(db, key, ana, text):
    with pytest.raises(BadInput):
        say(db, key, ana, text=text)


def test_a_conversation_that_is_not_there_can_not_be_answered(db, key, ana):
    with pytest.raises(NotFound):
        say(db, 9999, ana)


def test_a_reply_ends_the_waiting(db, key, ana):
    say(db, key, ana)
    assert conversation(db).waiting_since is None


def test_a_reply_clears_the_draft_for_good(db, key, ana):
    db.write(save, conversation_id=key, agent_id=ana, mode="reply", text="Hi", revision=7)
    say(db, key, ana)
    late = db.write(save, conversation_id=key, agent_id=ana, mode="reply", text="Hi", revision=7)
    assert db.look(load, key, ana)["reply"].text == ""
    assert (late.revision, late.kept) == (8, False)


def test_the_newest_draft_counts_in_whatever_order_they_come(db, key, ana):
    for revision in (1, 3, 2):
        db.write(
            save,
            conversation_id=key,
            agent_id=ana,
            mode="note",
            text=f"Draft {revision}",
            revision=revision,
        )
    assert db.look(load, key, ana)["note"].text == "Draft 3"
    assert db.look(load, key, ana)["reply"].text == ""


def test_nobody_sees_a_colleagues_draft(db, key, ana, ben):
    db.write(save, conversation_id=key, agent_id=ana, mode="reply", text="Mine", revision=1)
    assert db.look(load, key, ben)["reply"].text == ""


def test_a_note_is_never_sent_and_takes_nothing_over(db, key, ana):
    db.write(add_note, conversation_id=key, agent_id=ana, text="Kind", client_key="1", now=NOON)
    assert sends(db) == []
    assert conversation(db).owner == Owner.BOT


def test_a_note_can_be_written_after_the_window(db, key, ana):
    late = later(days=30)
    db.write(add_note, conversation_id=key, agent_id=ana, text="Kind", client_key="1", now=late)
    assert spoken(db, MessageKind.NOTE) == ["Kind"]


def test_a_note_has_a_limit(db, key, ana):
    with pytest.raises(BadInput):
        db.write(
            add_note,
            conversation_id=key,
            agent_id=ana,
            text="x" * (NOTE_LENGTH + 1),
            client_key="1",
            now=NOON,
        )


def unread(db, agent_id):
    who = make.who(agent_id)
    page = db.look(entries, who, Tab.ALL, now=NOON)
    return page.entries[0].unread


def test_unread_is_each_agents_own(db, key, ana, ben):
    take(db, make.inbound("Two", sent_at=later(minutes=1)))
    db.write(mark_seen, conversation_id=key, agent_id=ana)
    assert (unread(db, ana), unread(db, ben)) == (0, 2)


def test_looking_is_not_felt(db, key, ana):
    db.write(mark_seen, conversation_id=key, agent_id=ana)
    assert every_read(db) == []


def every_read(db):
    from sqlmodel import select

    return db.look(lambda work: [row.external_id for row in work.exec(select(ReadDue))])


def test_the_owners_look_is_told_once(db, key, ana):
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    for _ in range(2):
        db.write(mark_seen, conversation_id=key, agent_id=ana)
    assert every_read(db) == [one(db, Message, kind=MessageKind.CUSTOMER).external_id]


def test_a_reply_tells_the_customer_that_we_read(db, key, ana):
    say(db, key, ana)
    assert every_read(db) == [one(db, Message, kind=MessageKind.CUSTOMER).external_id]


def test_a_second_click_on_the_bot_icon_changes_nothing(db, key, ana):
    assert db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON).happened
    assert not db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON).happened
    assert conversation(db).epoch == 1
    assert lines(db) == ["bot_paused"]


def test_assigning_to_nobody_puts_the_customer_in_the_queue(db, key, ana):
    say(db, key, ana)
    db.write(assign, conversation_id=key, to_agent_id=None, agent_id=ana, now=NOON)
    row = conversation(db)
    assert (row.owner, row.agent_id) == (Owner.REQUESTED, None)


def test_an_agent_who_left_can_not_be_assigned(db, key, ana, ben):
    def leave(work):
        from jumper_app.models import Agent

        work.get_one(Agent, ben).active = False

    db.write(leave)
    with pytest.raises(NotFound):
        db.write(assign, conversation_id=key, to_agent_id=ben, agent_id=ana, now=NOON)
    assert conversation(db).owner == Owner.BOT


def test_resolving_twice_is_one_line(db, key, ana):
    for _ in range(2):
        db.write(resolve, conversation_id=key, agent_id=ana, now=NOON)
    assert lines(db) == ["resolved"]
    assert one(db, Conversation).epoch == 1


def test_a_note_and_a_reply_with_the_same_key_are_two_messages(db, key, ana):
    say(db, key, ana, "To the customer", client_key="key-1")
    db.write(add_note, conversation_id=key, agent_id=ana, text="Kind", client_key="key-1", now=NOON)
    assert {"To the customer", "Kind"} <= {message.text for message in every(db, Message)}
