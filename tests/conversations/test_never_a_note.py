"""A note or a status line cannot enter the outbox: by the database, by type, by any play of verbs.

The same random plays show that the log is numbered without gaps and holds no word anybody wrote.
"""

import inspect
import json
import typing
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from jumper_app.bots.runs import answer_next, pass_back
from jumper_app.channels.contract import (
    OutboundContent,
    OutCards,
    OutContacts,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutTemplate,
    OutText,
    Sent,
)
from jumper_app.conversations import outgoing
from jumper_app.conversations.delivery import accepted, claim, refused
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.replies import reply, retry
from jumper_app.conversations.saying import Beside
from jumper_app.conversations.seen import mark_seen
from jumper_app.conversations.takeover import assign, pause_bot, reopen, resolve
from jumper_app.conversations.undoing import take_back
from jumper_app.errors import Refused, SendFailed
from jumper_app.models import Conversation, Event, Message, MessageKind, Outbox
from tests import make
from tests.house import conversation, delivered, every, in_one_database, one, take
from tests.make import NOON, later

ACCOUNTS = count(1)
SILENT = [MessageKind.NOTE, MessageKind.STATUS, MessageKind.CUSTOMER]


@pytest.fixture
def written(db):
    """A conversation with a message of each kind that no customer may get."""
    db.write(make.account, bot=True)
    ana = db.write(make.agent).id
    take(db, make.inbound())
    key = conversation(db).id
    db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    db.write(add_note, conversation_id=key, agent_id=ana, text="Secret", client_key="1", now=NOON)
    return key


def smuggle(work, key, kind, called):
    message = work.exec(select(Message).where(col(Message.kind) == kind)).first()
    work.add(
        Outbox(
            message_id=message.id,
            message_kind=called,
            conversation_id=key,
            account_id=message.account_id,
            epoch=0,
            outbound={},
            due_at=NOON,
            created_at=NOON,
        )
    )


@pytest.mark.parametrize("called", ["itself", "agent", "bot"])
@pytest.mark.parametrize("kind", SILENT)
def test_the_database_refuses_an_outbox_row_of_any(db, written, kind, called):
    with pytest.raises(IntegrityError):
        db.write(smuggle, written, kind, kind if called == "itself" else called)
    assert every(db, Outbox) == []


def test_a_message_that_is_queued_cannot_become_a_note(db, written):
    ana = one(db, Conversation, id=written).agent_id
    db.write(reply, conversation_id=written, agent_id=ana, text="Hi", client_key="2", now=NOON)
    row = one(db, Outbox)

    def turn(work):
        work.get_one(Message, row.message_id).kind = MessageKind.NOTE

    with pytest.raises(IntegrityError):
        db.write(turn)


def test_only_agents_and_bots_can_speak_by_type():
    hints = typing.get_type_hints(outgoing.Outgoing)
    assert set(typing.get_args(hints["speaker"])) == {"agent", "bot"}
    assert set(typing.get_args(typing.get_args(OutboundContent)[0])) == {
        *(OutText, OutMedia, OutLocation, OutContacts, OutTemplate, OutCards, OutOptIn)
    }


def test_the_outbox_is_filled_in_one_place_and_takes_no_message():
    told = inspect.signature(outgoing.send_later).parameters
    assert [each.annotation for each in told.values()][2] is outgoing.Outgoing
    fields = typing.get_type_hints(outgoing.Outgoing).values()
    assert Message not in fields


class Lost(SendFailed):
    code = "lost"


VERBS = st.sampled_from(
    [
        *("hears", "hears", "bot", "reply", "reply", "note", "note", "note", "pause", "back"),
        *("assign", "unassign", "resolve", "reopen", "send", "fail", "retry", "seen"),
        *("hold", "undo"),
    ]
)


class Play:
    """One conversation and everything that can be done to it."""

    def __init__(self, db) -> None:
        self.db = db
        self.account = db.write(
            make.account, bot=True, external_id=f"{next(ACCOUNTS)}01", parent_id=""
        )
        self.ana = db.write(make.agent, "Ana").id
        self.number = count(1)
        self.do("hears")
        self.key = one(db, Conversation, account_id=self.account.id).id

    def do(self, verb: str) -> None:
        try:
            getattr(self, verb)(next(self.number))
        except Refused:
            return

    def hears(self, number):
        words = ("agent", "2", "canary-customer words")[number % 3]
        said = make.inbound(words, account=self.account.external_id, sent_at=NOON)
        self.db.write(receive_all, [delivered(said)])

    def bot(self, _):
        self.db.write(answer_next, now=later(minutes=1))

    def reply(self, number):
        self._by_ana(reply, text=f"canary-reply {number}", client_key=f"{self.key} {number}")

    def hold(self, number):
        later_on = Beside(hold=timedelta(seconds=10))
        words = {"text": f"canary-reply {number}", "client_key": f"{self.key} {number}"}
        self._by_ana(reply, beside=later_on, **words)

    def undo(self, _):
        for row in every(self.db, Message, conversation_id=self.key, delivery="queued"):
            how = {"message_id": row.id, "agent_id": self.ana, "revision": 0}
            self.db.write(take_back, **how, now=later(minutes=2))

    def note(self, number):
        self._by_ana(add_note, text=f"canary-note {number}", client_key=f"{self.key} {number}")

    def pause(self, _):
        self._by_ana(pause_bot)

    def back(self, _):
        self._by_ana(pass_back)

    def assign(self, _):
        self._by_ana(assign, to_agent_id=self.ana)

    def unassign(self, _):
        self._by_ana(assign, to_agent_id=None)

    def resolve(self, _):
        self._by_ana(resolve)

    def reopen(self, _):
        self._by_ana(reopen)

    def seen(self, _):
        self.db.write(mark_seen, conversation_id=self.key, agent_id=self.ana)

    def send(self, number):
        for each in self.db.write(claim, worker="w", now=later(minutes=2), limit=9):
            self.db.write(accepted, each, Sent(external_id=f"wamid.{self.key}.{number}"), NOON)

    def fail(self, _):
        for each in self.db.write(claim, worker="w", now=later(minutes=2), limit=9):
            self.db.write(refused, each, Lost(), NOON)

    def retry(self, _):
        for row in every(self.db, Message, conversation_id=self.key, delivery="failed"):
            self.db.write(retry, message_id=row.id, agent_id=self.ana, now=later(minutes=3))

    def _by_ana(self, verb, **more):
        self.db.write(
            verb, conversation_id=self.key, agent_id=self.ana, now=later(minutes=2), **more
        )


@pytest.mark.slow
@in_one_database()
@given(verbs=st.lists(VERBS, min_size=5, max_size=20))
def test_no_play_of_verbs_sends_a_note_or_writes_a_word_into_the_log(db, effort, verbs):
    play = Play(db)
    for verb in verbs:
        play.do(verb)
    kinds = {row.id: row.kind for row in every(db, Message, conversation_id=play.key)}
    for row in every(db, Outbox, conversation_id=play.key):
        assert kinds[row.message_id] == row.message_kind in {"agent", "bot"}
        assert "canary-note" not in json.dumps(row.outbound)
    events = every(db, Event, conversation_id=play.key)
    assert sorted(event.number for event in events) == list(range(1, len(events) + 1))
    logged = json.dumps([(event.kind, event.actor, event.data) for event in events])
    assert "canary" not in logged
    effort.note(f"plays of verbs ({db.engine.dialect.name})")
