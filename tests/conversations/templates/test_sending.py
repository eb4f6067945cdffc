"""A template is sent like a reply, at any time, and only if the provider lets it go."""

from datetime import timedelta

import pytest
from sqlmodel import select

from jumper_app.channels.contract import KnownTemplate, Outbound, Piece, TemplateForm
from jumper_app.conversations.drafts import load, save
from jumper_app.conversations.replies import ColleagueAnswers, reply
from jumper_app.conversations.templates.filling import Values, ValuesRefused
from jumper_app.conversations.templates.offers import TemplateNotSendable
from jumper_app.conversations.templates.sending import Filled, send_template
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.db import Database
from jumper_app.errors import NotFound, SendRefused, WindowClosed
from jumper_app.models import Message, Outbox, Template, TemplateUse
from tests import make
from tests.house import conversation, every, lines, one, sends, take
from tests.make import NOON, later

LATE = NOON + timedelta(hours=24, seconds=1)
HELLO = TemplateForm(body=(Piece(text="Hello "), Piece(text="Maya", gap="1")), footer="Bye")


@pytest.fixture
def ana(db: Database) -> int:
    return db.write(make.agent, "Ana").id or 0


@pytest.fixture
def key(db: Database) -> int:
    """A conversation in which the customer wrote at noon, and templates of every state."""
    db.write(make.account, bot=True)
    states = ("APPROVED", "PAUSED", "REJECTED", "PENDING", "DISABLED", "SLEEPING")
    told = [
        KnownTemplate(name=state.lower(), language="en", status=state, form=HELLO)
        for state in states
    ]
    [sync] = db.write(next_syncs, now=NOON)
    db.write(keep, sync, told, NOON)
    take(db, make.inbound("Hello"))
    return conversation(db).id or 0


def send(db, key, agent, name="approved", value="Maya", client_key="key", now=LATE, **more):
    row = one(db, Template, name=name)
    filled = Filled(row.public_id, Values({"body:1": value}))
    return db.write(
        send_template,
        conversation_id=key,
        agent_id=agent,
        filled=filled,
        client_key=client_key,
        now=now,
        **more,
    )


def test_it_goes_when_free_words_may_not_and_is_kept_as_the_customer_reads_it(db, key, ana):
    say = {"conversation_id": key, "agent_id": ana, "client_key": "words", "now": LATE}
    with pytest.raises(WindowClosed):
        db.write(reply, **say, text="Free words")
    send(db, key, ana)
    message = one(db, Message, kind="agent")
    assert message.text == "Hello Maya\nBye"
    assert message.content["shown"]["body"] == "Hello Maya"
    content = Outbound.model_validate(one(db, Outbox).outbound).content
    assert (content.type, content.words) == ("template", "Hello Maya\nBye")


def test_it_takes_the_conversation_over_like_any_reply(db, key, ana):
    done = send(db, key, ana)
    assert done.took_over
    assert (conversation(db).owner, conversation(db).agent_id) == ("agent", ana)
    assert lines(db) == ["bot_paused"]


def test_the_same_key_twice_is_one_message(db, key, ana):
    first, second = send(db, key, ana), send(db, key, ana)
    assert (second.repeated, second.message_id) == (True, first.message_id)
    assert len(sends(db)) == 1


def test_the_draft_stays(db, key, ana):
    db.write(save, conversation_id=key, agent_id=ana, mode="reply", text="I was about", revision=1)
    send(db, key, ana)
    assert db.look(load, key, ana)["reply"].text == "I was about"


def test_a_colleagues_conversation_asks_first(db, key, ana):
    ben = db.write(make.agent, "Ben").id
    send(db, key, ben)
    with pytest.raises(ColleagueAnswers):
        send(db, key, ana, client_key="other")
    assert send(db, key, ana, client_key="other", even_if_colleague=True).took_over


@pytest.mark.parametrize("name", ["paused", "rejected", "pending", "disabled", "sleeping"])
def test_only_an_approved_one_can_be_sent(db, key, ana, name):
    with pytest.raises(TemplateNotSendable, match="cannot be sent") as refused:
        send(db, key, ana, name=name)
    assert refused.value.code == "template_not_sendable"
    assert sends(db) == []


def test_what_was_deleted_since_it_was_chosen_cannot_be_sent(db, key, ana):
    [sync] = db.write(next_syncs, now=later(hours=1))
    db.write(keep, sync, [], later(hours=1))
    with pytest.raises(TemplateNotSendable, match="deleted"):
        send(db, key, ana)


@pytest.mark.parametrize("value", ["", "  ", "a\nb", "a\tb", "a    b", "x" * 1100])
def test_a_value_that_meta_does_not_take_stores_nothing_and_takes_nothing_over(db, key, ana, value):
    with pytest.raises(ValuesRefused):
        send(db, key, ana, value=value)
    assert (sends(db), lines(db), conversation(db).owner) == ([], [], "bot")


def test_another_businesss_template_is_none_of_ours(db, key, ana):
    db.write(make.account, external_id="other", parent_id="other business")

    def give_away(work):
        work.exec(select(Template).where(Template.name == "approved")).one().business = "other"

    db.write(give_away)
    with pytest.raises(NotFound):
        send(db, key, ana)


def test_a_channel_without_templates_refuses_by_name(db, key, ana):
    def move(work):
        from jumper_app.models import ChannelAccount

        work.exec(select(ChannelAccount)).one().channel = "webchat"

    db.write(move)
    with pytest.raises(SendRefused, match="no templates"):
        send(db, key, ana)


def test_what_was_sent_is_remembered_for_its_agent(db, key, ana):
    send(db, key, ana)
    send(db, key, ana, client_key="again", now=LATE + timedelta(minutes=1))
    [use] = every(db, TemplateUse)
    assert (use.agent_id, use.used_at) == (ana, LATE + timedelta(minutes=1))
