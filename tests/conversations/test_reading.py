"""Lists and threads: pages are whole, counts are true, and what is told folds to what is there."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from jumper_app.conversations.customer import card
from jumper_app.conversations.history import before, changed_since, latest, lines
from jumper_app.conversations.listing import Tab, belongs, counts, entries, entries_by_id
from jumper_app.conversations.messages import receive
from jumper_app.live import ConversationChanged
from jumper_app.models import Conversation, Message, Role
from tests import make
from tests.conversations.test_never_a_note import VERBS, Play
from tests.house import conversation, every, in_one_database, take
from tests.make import NOON, later

NUMBERS = count(1)
TIMES = st.lists(st.integers(0, 4), min_size=0, max_size=40)
"""Minutes after noon; few different ones, so that many are equal."""


def hear_all(work, account, items):
    for item in items:
        receive(work, account, item, NOON)


@in_one_database()
@given(times=TIMES, size=st.integers(1, 7))
def test_pages_of_a_thread_are_whole_and_in_order_with_equal_times(db, times, size):
    account = db.write(make.account, external_id=f"{next(NUMBERS)}02", parent_id="")
    items = [make.inbound(str(n), sent_at=later(minutes=at)) for n, at in enumerate([0, *times])]
    db.write(hear_all, account, items)
    (row,) = every(db, Conversation, account_id=account.id)
    page = db.look(latest, row.id, size)
    shown = list(page.lines)
    while page.more:
        page = db.look(before, row.id, shown[0].message.id, size)
        assert page.lines
        shown = [*page.lines, *shown]
    wanted = sorted(items, key=lambda item: (item.sent_at, item.external_id))
    assert [line.message.external_id for line in shown] == [item.external_id for item in wanted]


def people(work, owners):
    """A conversation for each (owner, minute); agents are 0 and 1."""
    agents = [make.agent(work), make.agent(work)]
    account = make.account(work, external_id=f"{next(NUMBERS)}03", parent_id="")
    for number, (owner, minute) in enumerate(owners):
        sender = make.person(f"{number + 1}")
        said = make.inbound(sender=sender, sent_at=later(minutes=minute))
        receive(work, account, said, NOON)
        row = work.exec(
            select(Conversation)
            .where(Conversation.account_id == account.id)
            .order_by(col(Conversation.id).desc())
        ).first()
        row.owner = "agent" if owner in {0, 1} else owner
        row.agent_id = agents[owner].id if owner in {0, 1} else None
    return [agent.id for agent in agents]


OWNERS = st.lists(
    st.tuples(st.sampled_from(["bot", "requested", "resolved", 0, 1]), st.integers(0, 3)),
    max_size=25,
)


@in_one_database()
@given(owners=OWNERS, size=st.integers(1, 6))
def test_tabs_are_whole_and_their_counts_are_true(db, owners, size):
    def empty(work):
        for row in work.exec(
            select(Conversation).where(col(Conversation.merged_into_id).is_(None))
        ):
            row.merged_into_id = row.id

    db.write(empty)
    ana, _ = db.write(people, owners)
    for who in (make.who(ana), make.who(ana, Role.ADMIN)):
        told = db.look(counts, who)
        for tab in Tab:
            shown = pages(db, who, tab, size)
            wanted = sorted(
                (
                    row
                    for row in every(db, Conversation, merged_into_id=None)
                    if mine(row, tab, ana)
                ),
                key=lambda row: (row.last_activity_at, row.id),
                reverse=True,
            )
            assert [each.id for each in shown] == [row.id for row in wanted]
            assert all(belongs(each, who, tab) for each in shown)
            if tab in told:
                assert told[tab] == len(wanted)


def pages(db, who, tab, size):
    shown, place = [], None
    while True:
        page = db.look(entries, who, tab, now=NOON, before=place, limit=size)
        shown += page.entries
        if not page.more:
            return shown
        place = (shown[-1].last_activity_at, shown[-1].id)


def mine(row, tab, ana):
    return {
        Tab.BOT: row.owner == "bot",
        Tab.REQUESTED: row.owner == "requested",
        Tab.ACTIVE: row.agent_id == ana,
        Tab.ALL: True,
    }[tab]


class Watcher:
    """A screen that was opened once and only reads what it is told of."""

    def __init__(self, db, key, who):
        self.db, self.key, self.who = db, key, who
        self.thread = {line.message.id: drawn(line) for line in db.look(latest, key, 1000).lines}
        self.row = db.look(entries_by_id, who, [key], NOON)
        self.told = []
        db.hub.tell = self.told.extend

    def fold(self):
        for event in self.told:
            if isinstance(event, ConversationChanged) and event.conversation_id == self.key:
                for line in self.db.look(lines, self.key, event.message_ids):
                    self.thread[line.message.id] = drawn(line)
                if event.listed:
                    self.row = self.db.look(entries_by_id, self.who, [self.key], NOON)
        self.told.clear()


def drawn(line):
    return line.message.model_dump(), line.author, line.files, line.quoted


@pytest.mark.slow
@in_one_database()
@given(verbs=st.lists(VERBS, min_size=5, max_size=15))
def test_a_screen_that_folds_what_it_is_told_shows_what_is_there(db, effort, verbs):
    play = Play(db)
    watcher = Watcher(db, play.key, make.who(play.ana))
    for verb in verbs:
        play.do(verb)
    watcher.fold()
    fresh = {line.message.id: drawn(line) for line in db.look(latest, play.key, 1000).lines}
    assert watcher.thread == fresh
    (now,) = db.look(entries_by_id, watcher.who, [play.key], NOON)
    if "seen" not in verbs:
        assert watcher.row == [now]
    effort.note(f"folds compared ({db.engine.dialect.name})")


def test_reading_on_after_a_gap_brings_what_was_stored_meanwhile(db):
    db.write(make.account)
    take(db, make.inbound("One"))
    last = every(db, Message)[-1].id
    take(db, make.inbound("Three", sent_at=later(minutes=2)))
    take(db, make.inbound("Two", sent_at=later(minutes=1)))
    missed = db.look(changed_since, conversation(db).id, last)
    assert [line.message.text for line in missed] == ["Two", "Three"]


def test_a_threads_lines_are_not_read_through_another_thread(db):
    db.write(make.account)
    take(db, make.inbound("Mine"), make.inbound("Other", sender=make.person("1777")))
    first, second = every(db, Conversation)
    other = every(db, Message, conversation_id=second.id)[0].id
    assert db.look(lines, first.id, [other]) == []


def test_a_quoted_message_comes_with_the_answer(db):
    db.write(make.account)
    take(db, make.inbound("Which?", external_id="wamid.q"))
    take(db, make.inbound("This", quotes="wamid.q", sent_at=later(minutes=1)))
    assert db.look(latest, conversation(db).id).lines[-1].quoted.text == "Which?"


def test_the_card_tells_how_long_a_person_may_answer(db):
    db.write(make.account)
    take(db, make.inbound())
    shown = db.look(card, conversation(db).id, NOON)
    assert shown.closes_at == NOON + timedelta(hours=24)
    assert (shown.name, shown.phone) == ("Maya Ramirez", "+16505551234")
    assert shown.identities == (("wa_id", "16505551234"),)
