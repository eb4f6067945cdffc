"""Who is named in a note, who hears of it, and who never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.conversations.mentions import (
    Handle,
    handles,
    mentions_in,
    mentions_of,
    see_mentions,
    unseen,
)
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.seen import mark_seen
from jumper_app.live import Mentioned
from jumper_app.models import Agent, Mention, Message, MessageKind, Outbox
from tests import make
from tests.house import conversation, every, one, take
from tests.make import NOON

ANA, BEN, BEA, TWIN = 1, 2, 3, 4
HERE = handles([(ANA, "Ana Novak"), (BEN, "Ben Osei"), (BEA, "Ben"), (TWIN, "Ana Novak")])


# --- Pure


def test_a_first_name_is_enough_while_nobody_else_has_it():
    assert handles([(ANA, "Ana Novak"), (BEN, "Ben Osei")]) == [
        Handle("Ana Novak", (ANA,)),
        Handle("Ben Osei", (BEN,)),
        Handle("Ana", (ANA,)),
        Handle("Ben", (BEN,)),
    ]


def test_of_two_with_one_first_name_each_has_their_whole_name():
    assert handles([(ANA, "Ana Novak"), (BEN, "ana Osei")]) == [
        Handle("Ana Novak", (ANA,)),
        Handle("ana Osei", (BEN,)),
    ]


def test_two_of_the_very_same_name_are_named_together():
    assert [one.agent_ids for one in mentions_in("@Ana Novak", HERE)] == [(ANA, TWIN)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Ben Osei, can you?", [(BEN,)]),
        ("(@ben osei)", [(BEN,)]),
        ("ask @Ben\n@Ana", [(BEA,), (ANA, TWIN)]),
        ("@Ben Oseilo", [(BEA,)]),
        ("@Benjamin", []),
        ("mail ben@Ben", []),
        ("@ Ben", []),
        ("@@Ben", [(BEA,)]),
        ("@", []),
        ("", []),
    ],
)
def test_a_name_is_found_where_it_stands_alone(text: str, who: list[tuple[int, ...]]):
    assert [found.agent_ids for found in mentions_in(text, HERE)] == who


@given(st.text("@ABaen novaks.\n_1", max_size=40), st.lists(st.text("Aan Be", max_size=8)))
def test_whatever_is_found_stands_in_the_text_after_an_at(text: str, names: list[str]):
    known = handles(enumerate(names, 1))
    assert all(one.text in text for one in mentions_in(text, known))
    assert all(one.text.startswith("@") for one in mentions_in(text, known))


# --- In a conversation


@pytest.fixture
def people(db):
    """Ana, Ben and Kim, who has left."""

    def hire(work):
        rows = [make.agent(work, name) for name in ("Ana", "Ben", "Kim")]
        for row in rows:
            row.password_hash = "x"
        rows[2].active = False
        return tuple(row.id for row in rows)

    return db.write(hire)


@pytest.fixture
def key(db):
    db.write(make.account)
    take(db, make.inbound("Hello"))
    return conversation(db).id


def note(db, key, agent_id, text, client_key="key-1"):
    return db.write(
        add_note,
        conversation_id=key,
        agent_id=agent_id,
        text=text,
        client_key=client_key,
        now=NOON,
    )


def test_who_is_named_is_told_once_and_the_author_never(db, key, people):
    ana, ben, _ = people
    with db.transaction() as work:
        for _twice in range(2):
            add_note(
                work,
                conversation_id=key,
                agent_id=ana,
                text="@Ben @ben and I, @Ana",
                client_key="key-1",
                now=NOON,
            )
        assert work.told.count(Mentioned(ben)) == 1
        assert Mentioned(ana) not in work.told
    assert (db.look(unseen, ben), db.look(unseen, ana)) == (1, 0)
    assert [(row.agent_id, row.seen) for row in every(db, Mention)] == [(ben, False)]


def test_who_has_left_or_never_came_is_named_in_vain(db, key, people):
    ana, *_ = people
    db.write(make.agent, "Invited")
    note(db, key, ana, "@Kim @Invited")
    assert every(db, Mention) == []
    assert one(db, Message, kind=MessageKind.NOTE).content is None


def test_the_list_says_who_where_and_what(db, key, people):
    ana, ben, _ = people
    note(db, key, ana, "@Ben, batch 118?")
    [entry] = db.look(mentions_of, make.who(ben))
    assert (entry.by, entry.customer, entry.text, entry.seen) == (
        "Ana",
        "Maya Ramirez",
        "@Ben, batch 118?",
        False,
    )
    assert entry.conversation == conversation(db).public_id
    assert db.look(mentions_of, make.who(ana)) == []


def test_looking_at_the_conversation_quiets_the_bell(db, key, people):
    ana, ben, _ = people
    note(db, key, ana, "@Ben")
    db.write(mark_seen, conversation_id=key, agent_id=ana)
    assert db.look(unseen, ben) == 1
    with db.transaction() as work:
        see_mentions(work, conversation_id=key, agent_id=ben)
        assert work.told == [Mentioned(ben)]
    assert db.look(unseen, ben) == 0
    with db.transaction() as work:
        see_mentions(work, conversation_id=key, agent_id=ben)
        assert work.told == []


def test_a_note_with_a_mention_reaches_no_channel(db, key, people):
    ana, _, _ = people
    note(db, key, ana, "@Ben, she is angry")
    assert every(db, Outbox) == []


def test_a_customer_who_writes_a_name_names_nobody(db, key, people):
    take(db, make.inbound("@Ben @Ana help"))
    assert every(db, Mention) == []


def test_a_name_of_signs_that_patterns_know_is_a_name(db, key, people):
    ana, ben, _ = people

    def rename(work):
        work.get_one(Agent, ben).name = "B.* (Ops) {{agent.email}}"

    db.write(rename)
    note(db, key, ana, "@B.* (Ops) {{agent.email}}: look")
    assert db.look(unseen, ben) == 1
