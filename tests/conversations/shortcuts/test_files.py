"""Files that go with shortcuts: who may take which, and how long they stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import (
    check_room,
    forget_unsent,
    landing,
    path_of,
    prepare_for_any,
    room,
    shelf,
    sweep_strays,
)
from jumper_app.conversations.shortcuts import files, keeping, reading
from jumper_app.conversations.shortcuts.importing import exported, look_at, take_in
from jumper_app.conversations.shortcuts.keeping import Edit
from jumper_app.conversations.shortcuts.rules import WrongFields, checked
from jumper_app.conversations.shortcuts.sheet import read
from jumper_app.db import Database
from jumper_app.errors import BadInput, NotAllowed, NotFound
from jumper_app.models import Role, Shortcut, ShortcutFile
from jumper_app.people.sessions import Who
from tests import files as real
from tests.house import every
from tests.make import NOON, later

from .keepers import keep, someone


@pytest.fixture(autouse=True)
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shelf of this test's own."""
    for module in (shelf, room):
        monkeypatch.setattr(module, "folder", lambda: tmp_path / "media")
    return tmp_path / "media"


def hand_in(db: Database, by: Who, name: str = "Price list.pdf", content: bytes = b"") -> str:
    """A file that waits for its shortcut; returns its public id."""
    with landing() as came, landing() as anew:
        came.write(content or real.pdf())
        prepared = prepare_for_any(CHANNELS.values(), came, name, anew)
    return db.write(files.keep_waiting, prepared, by=by, now=NOON).public_id


def save(db: Database, by: Who, names: list[str], key: str = "", **how: object) -> str:
    """Save a shortcut with exactly these files; returns its public id."""
    content = checked(str(how.get("code", "price")), "", "Here it is.")
    edit = Edit(content, bool(how.get("shared")), tuple(names))
    if key:
        return db.write(keeping.change, public_id=key, edit=edit, by=by, now=NOON).public_id
    return db.write(keeping.create, edit=edit, by=by, now=NOON).public_id


def enclosed(db: Database, who: Who, key: str) -> list[str]:
    return [one.name for one in db.look(reading.entry, who, key).files]


def test_a_shortcut_has_its_files_in_their_order_and_loses_those_that_are_taken_off(db: Database):
    ana = someone(db)
    one, two = hand_in(db, ana, "One.pdf"), hand_in(db, ana, "Two.pdf")
    key = save(db, ana, [two, one, two])
    assert enclosed(db, ana, key) == ["Two.pdf", "One.pdf"]
    [offered] = db.look(reading.offered, ana)
    assert [(one.name, one.mime) for one in offered.files] == [
        ("Two.pdf", "application/pdf"),
        ("One.pdf", "application/pdf"),
    ]
    save(db, ana, [one], key)
    assert enclosed(db, ana, key) == ["One.pdf"]
    assert [row.public_id for row in every(db, ShortcutFile)] == [one]
    with pytest.raises(WrongFields) as wrong:
        save(db, ana, [one, two], key)
    assert wrong.value.errors == {"files": files.GONE}


def test_a_change_of_files_alone_tells_every_open_composer_and_makes_no_version(db: Database):
    ana = someone(db)
    key = save(db, ana, [])
    before = db.look(reading.version, ana)
    save(db, ana, [], key)
    assert db.look(reading.version, ana) == before
    save(db, ana, [hand_in(db, ana)], key)
    assert db.look(reading.version, ana) != before
    assert len(db.look(reading.versions, ana, key)) == 1


def test_words_that_are_saved_without_a_word_of_files_leave_them(db: Database):
    ana = someone(db)
    key = save(db, ana, [hand_in(db, ana)])
    edit = Edit(checked("price", "", "Other words"), shared=False)
    db.write(keeping.change, public_id=key, edit=edit, by=ana, now=NOON)
    assert enclosed(db, ana, key) == ["Price list.pdf"]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_reaches_the_file_of_anothers_own_shortcut(db: Database, role: Role):
    ana, other = someone(db), someone(db, "Other", role)
    waiting, used = hand_in(db, ana), hand_in(db, ana)
    save(db, ana, [used])
    for name in (waiting, used, "0" * 32):
        with pytest.raises(NotFound):
            db.look(files.visible_file, name, other)
        with pytest.raises(WrongFields):
            save(db, other, [name])
    assert db.look(files.visible_file, used, ana).filename == "Price list.pdf"
    assert [row.added_by_id for row in every(db, ShortcutFile)] == [ana.id, ana.id]


def test_everyone_uses_the_files_of_everyones_and_only_admins_change_them(db: Database):
    ana, robin = someone(db), someone(db, "Robin", Role.ADMIN)
    name = hand_in(db, robin)
    key = save(db, robin, [name], shared=True)
    assert db.look(files.visible_file, name, ana).public_id == name
    with pytest.raises(NotAllowed):
        save(db, ana, [], key, shared=True)
    with pytest.raises(WrongFields):  # a file is of one shortcut
        save(db, ana, [name], code="mine")
    assert enclosed(db, ana, key) == ["Price list.pdf"]


def test_a_copy_has_the_files_and_outlives_the_original(db: Database):
    ana, robin = someone(db), someone(db, "Robin", Role.ADMIN)
    key = save(db, robin, [hand_in(db, robin, "A.pdf"), hand_in(db, robin, "B.pdf")], shared=True)
    copy = db.write(keeping.duplicate, public_id=key, by=ana, now=NOON).public_id
    assert enclosed(db, ana, copy) == ["A.pdf", "B.pdf"]
    save(db, robin, [], key, shared=True)
    db.look(sweep_strays, now=_in_two_hours())
    assert enclosed(db, ana, copy) == ["A.pdf", "B.pdf"]
    assert all(path_of(row.kept_as).is_file() for row in every(db, ShortcutFile))


def test_an_archived_shortcut_keeps_its_files_for_whoever_takes_it_back(db: Database):
    ana = someone(db)
    key = save(db, ana, [hand_in(db, ana)])
    db.write(keeping.archive, public_id=key, by=ana, now=NOON)
    db.write(forget_unsent, now=later(days=30))
    db.look(sweep_strays, now=_in_two_hours())
    assert db.look(reading.offered, ana) == []
    db.write(keeping.restore, public_id=key, by=ana)
    assert enclosed(db, ana, key) == ["Price list.pdf"]
    assert path_of(every(db, ShortcutFile)[0].kept_as).is_file()


def test_what_was_never_saved_and_what_was_taken_off_is_swept_away(db: Database, media: Path):
    ana = someone(db)
    key = save(db, ana, [hand_in(db, ana), hand_in(db, ana)])
    hand_in(db, ana)
    save(db, ana, [], key)
    db.write(forget_unsent, now=later(hours=23))
    db.look(sweep_strays, now=_in_two_hours())
    assert len(_on_disk(media)) == 1
    db.write(forget_unsent, now=later(hours=24))
    db.look(sweep_strays, now=_in_two_hours())
    assert (every(db, ShortcutFile), _on_disk(media)) == ([], [])


def test_files_of_shortcuts_count_as_what_an_agent_may_keep_here(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    ana, ben = someone(db), someone(db, "Ben")
    monkeypatch.setattr(room, "MOST_UNSENT", 1)
    hand_in(db, ana)
    with pytest.raises(BadInput, match="Too many files wait"):
        db.look(check_room, agent_id=ana.id, size=1, now=NOON)
    db.look(check_room, agent_id=ben.id, size=1, now=NOON)
    monkeypatch.setattr(room, "MOST_UNSENT", 50)
    monkeypatch.setattr(room, "MOST_A_DAY", 2)
    with pytest.raises(BadInput, match="uploaded a lot today"):
        db.look(check_room, agent_id=ana.id, size=1, now=NOON)


def test_there_is_an_end_to_the_files_of_one_shortcut(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    ana = someone(db)
    monkeypatch.setattr(files, "MOST_FILES", 1)
    with pytest.raises(WrongFields) as wrong:
        save(db, ana, [hand_in(db, ana), hand_in(db, ana)])
    assert wrong.value.errors == {"files": files.MANY}
    assert every(db, Shortcut) == []


def test_a_picture_is_made_anew_and_a_stranger_is_refused(db: Database):
    ana = someone(db)
    name = hand_in(db, ana, "Shop.png", real.picture("PNG") + b"<script>")
    row = db.look(files.visible_file, name, ana)
    assert (row.mime, row.filename) == ("image/png", "Shop.png")
    assert b"<script>" not in path_of(row.kept_as).read_bytes()
    for called, content in (("a.png", b"<svg/>"), ("a.pdf.exe", real.pdf()), ("a.pdf", b"")):
        with pytest.raises(BadInput):
            hand_in(db, ana, called, content or b" ")
    assert len(every(db, ShortcutFile)) == 1


# --- In a table


def test_a_table_names_the_files_and_changes_none(db: Database):
    robin = someone(db, "Robin", Role.ADMIN)
    key = save(db, robin, [hand_in(db, robin, "A, b.pdf"), hand_in(db, robin, "C.pdf")])
    table = db.look(exported, robin)
    assert table.splitlines()[1].endswith('"personal","A, b.pdf|C.pdf"')
    [line] = db.write(take_in, read(table.encode()), robin, NOON)
    assert (line.outcome, line.note) == ("unchanged", "")
    assert db.look(exported, robin) == table
    words = table.replace("Here it is.", "There it was.").replace("C.pdf", "")
    db.write(take_in, read(words.encode()), robin, NOON)
    assert enclosed(db, robin, key) == ["A, b.pdf", "C.pdf"]


def test_a_dry_run_says_which_files_are_not_carried(db: Database):
    ana = someone(db)
    save(db, ana, [hand_in(db, ana, "Here.pdf")])
    rows = read(
        b"code,body,attachments\n"
        b"price,Here it is.,Here.pdf\n"
        b"price-2,x,Here.pdf | There.pdf\n"
        b"plain,x,\n"
    )
    assert [(one.outcome, one.note) for one in db.look(look_at, rows, ana)] == [
        ("unchanged", ""),
        ("create", "A table carries no files. Attach by hand: Here.pdf, There.pdf."),
        ("create", ""),
    ]


def test_a_shortcut_without_files_says_nothing_of_them(db: Database):
    ana = someone(db)
    keep(db, ana)
    assert db.look(exported, ana).splitlines()[1].endswith('"personal",""')
    assert db.look(reading.entries, ana)[0].files == ()


def _in_two_hours():
    """By the machine's clock, which says how old the bytes are."""
    return clock.machine() + timedelta(hours=2)


def _on_disk(folder: Path) -> list[str]:
    return [name for _, _, names in os.walk(folder) for name in names]
