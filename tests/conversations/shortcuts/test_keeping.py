"""Who may keep which shortcuts, and who sees them."""

import pytest

from jumper_app.conversations.shortcuts import keeping, reading
from jumper_app.conversations.shortcuts.rules import WrongFields
from jumper_app.db import Database
from jumper_app.errors import BadInput, NotAllowed, NotFound
from jumper_app.models import Role, Shortcut
from tests.house import every, side_by_side
from tests.make import NOON, later

from .keepers import edit, keep, offered, someone


def test_ones_own_stands_in_the_place_of_everyones(db: Database):
    robin, ana, ben = someone(db, "Robin", Role.ADMIN), someone(db), someone(db, "Ben")
    keep(db, robin, "rep", "for all", shared=True)
    keep(db, robin, "bye", "Bye", shared=True)
    keep(db, ana, "rep", "Ana's")
    assert offered(db, ana) == {"bye": "Bye", "rep": "Ana's"}
    assert offered(db, ben) == {"bye": "Bye", "rep": "for all"}


def test_everyones_are_the_admins_to_keep(db: Database):
    ana, robin = someone(db), someone(db, "Robin", Role.ADMIN)
    with pytest.raises(NotAllowed):
        keep(db, ana, shared=True)
    key = keep(db, robin, shared=True)
    with pytest.raises(NotAllowed):
        db.write(keeping.change, public_id=key, edit=edit("hello", "mine now"), by=ana, now=NOON)
    with pytest.raises(NotAllowed):
        db.write(keeping.archive, public_id=key, by=ana, now=NOON)
    with pytest.raises(NotAllowed):
        db.write(keeping.restore, public_id=key, by=ana)
    assert offered(db, ana) == {"hello": "Hello!"}


@pytest.mark.parametrize("role", list(Role))
def test_of_others_own_nobody_learns_anything(db: Database, role: Role):
    ana, other = someone(db), someone(db, "Other", role)
    key = keep(db, ana)
    assert offered(db, other) == {}
    assert db.look(reading.entries, other) == []
    before = db.look(reading.version, other)
    acts = (
        lambda: db.write(keeping.change, public_id=key, edit=edit(), by=other, now=NOON),
        lambda: db.write(keeping.duplicate, public_id=key, by=other, now=NOON),
        lambda: db.write(keeping.archive, public_id=key, by=other, now=NOON),
        lambda: db.write(keeping.restore, public_id=key, by=other),
        lambda: db.write(keeping.note_use, public_id=key, by=other, channel="whatsapp", now=NOON),
        lambda: db.look(reading.entry, other, key),
        lambda: db.look(reading.versions, other, key),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    keep(db, other, "hello", "mine")
    db.write(keeping.change, public_id=key, edit=edit("hello", "new"), by=ana, now=NOON)
    assert before == "0.0"
    assert db.look(reading.version, other).startswith("0.")


def test_a_code_is_taken_once_in_each_scope(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    keep(db, robin, shared=True)
    keep(db, ana)
    with pytest.raises(WrongFields) as wrong:
        keep(db, someone(db, "Kim", Role.ADMIN), "HELLO", shared=True)
    assert wrong.value.errors == {"code": "/hello is taken by a shortcut that Robin made."}
    with pytest.raises(WrongFields) as wrong:
        keep(db, ana)
    assert wrong.value.errors == {"code": "You have /hello already."}
    key = keep(db, ana, "other")
    with pytest.raises(WrongFields):
        db.write(keeping.change, public_id=key, edit=edit(), by=ana, now=NOON)


def test_two_who_take_one_code_at_the_same_moment_get_one(db: Database):
    robin = someone(db, "Robin", Role.ADMIN)
    came = side_by_side(*(lambda: keep(db, robin, shared=True) for _ in range(4)))
    assert sum(isinstance(one, WrongFields) for one in came) == 3
    assert len(every(db, Shortcut)) == 1


def test_an_edit_is_remembered_with_what_was_before(db: Database):
    ana = someone(db)
    key = keep(db, ana, "hello", "one")
    db.write(keeping.change, public_id=key, edit=edit("hi", "two"), by=ana, now=later(hours=1))
    db.write(keeping.change, public_id=key, edit=edit("hi", "two"), by=ana, now=later(hours=2))
    assert offered(db, ana) == {"hi": "two"}
    said = db.look(reading.versions, ana, key)
    assert [(one.revision, one.code, one.body) for one in said] == [
        (2, "hi", "two"),
        (1, "hello", "one"),
    ]


def test_an_admin_shares_what_was_personal(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    key = keep(db, robin)
    before = db.look(reading.version, ana)
    db.write(keeping.change, public_id=key, edit=edit(shared=True), by=robin, now=NOON)
    assert offered(db, ana) == {"hello": "Hello!"}
    assert db.look(reading.version, ana) != before


def test_what_is_archived_frees_its_code_and_comes_back_if_it_is_free(db: Database):
    ana = someone(db)
    key = keep(db, ana)
    db.write(keeping.archive, public_id=key, by=ana, now=NOON)
    assert offered(db, ana) == {}
    db.write(keeping.restore, public_id=key, by=ana)
    assert offered(db, ana) == {"hello": "Hello!"}
    db.write(keeping.archive, public_id=key, by=ana, now=NOON)
    keep(db, ana, "hello", "another")
    with pytest.raises(WrongFields):
        db.write(keeping.restore, public_id=key, by=ana)
    assert offered(db, ana) == {"hello": "another"}


def test_a_copy_is_ones_own_unless_an_admin_copies_everyones(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    key = keep(db, robin, shared=True)
    db.write(keeping.duplicate, public_id=key, by=robin, now=NOON)
    db.write(keeping.duplicate, public_id=key, by=ana, now=NOON)
    db.write(keeping.duplicate, public_id=key, by=ana, now=NOON)
    rows = [(row.agent_id, row.code) for row in every(db, Shortcut)]
    assert rows == [(None, "hello"), (None, "hello-2"), (ana.id, "hello"), (ana.id, "hello-2")]


def test_uses_are_counted_for_all_and_remembered_for_each(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    key = keep(db, robin, shared=True)
    for by, minute in ((ana, 1), (robin, 2), (ana, 3)):
        db.write(
            keeping.note_use, public_id=key, by=by, channel="whatsapp", now=later(minutes=minute)
        )
    [mine] = db.look(reading.offered, ana)
    assert (mine.uses, mine.used) == (3, {"whatsapp": later(minutes=3)})
    [entry] = db.look(reading.entries, ana)
    assert (entry.uses, entry.last_used_at) == (3, later(minutes=3))


def test_a_use_alone_does_not_send_the_list_again(db: Database):
    ana = someone(db)
    key = keep(db, ana)
    before = db.look(reading.version, ana)
    db.write(keeping.note_use, public_id=key, by=ana, channel="whatsapp", now=NOON)
    assert db.look(reading.version, ana) == before


def test_every_other_change_gives_the_list_another_name(db: Database):
    ana = someone(db)
    names = [db.look(reading.version, ana)]
    key = keep(db, ana)
    names.append(db.look(reading.version, ana))
    db.write(keeping.change, public_id=key, edit=edit("hi"), by=ana, now=NOON)
    names.append(db.look(reading.version, ana))
    db.write(keeping.archive, public_id=key, by=ana, now=NOON)
    names.append(db.look(reading.version, ana))
    db.write(keeping.restore, public_id=key, by=ana)
    names.append(db.look(reading.version, ana))
    assert len(set(names)) == len(names)


def test_the_table_is_searched_without_case_and_accents(db: Database):
    ana = someone(db)
    keep(db, ana, "retour", "Votre échange est prêt", title="Échange")
    keep(db, ana, "hello", "Hello!")
    found = [one.code for one in db.look(reading.entries, ana, "echange PRET")]
    assert found == ["retour"]
    assert [one.code for one in db.look(reading.entries, ana, "/he")] == ["hello"]
    assert db.look(reading.entries, ana, "", "shared") == []


def test_there_is_an_end_to_how_many_can_be_kept(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    ana = someone(db)
    keep(db, ana)
    with pytest.raises(BadInput):
        keep(db, ana, "another")
