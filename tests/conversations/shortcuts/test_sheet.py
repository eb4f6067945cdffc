"""Shortcuts as a file and back: nothing lost, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jumper_app.conversations.shortcuts import sheet
from jumper_app.conversations.shortcuts.importing import Line, exported, look_at, take_in
from jumper_app.conversations.shortcuts.sheet import Row, armed, disarmed, read, written
from jumper_app.db import Database
from jumper_app.errors import BadInput
from jumper_app.models import Role
from tests.house import in_one_database
from tests.make import NOON

from .keepers import keep, offered, someone

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
CELL = st.one_of(
    st.text(STORABLE, max_size=40),
    st.text(alphabet="'=+-@\t\r\n＝＋－＠\",;a ", max_size=8),
)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=6))
def test_what_is_written_is_read_back_as_it_was(cells):
    rows = [Row(0, *one) for one in cells if any(cell.strip() for cell in one)]
    back = read(written(rows).encode())
    assert [(r.code, r.title, r.body, r.scope) for r in back] == [
        (r.code, r.title, r.body, r.scope) for r in rows
    ]


@given(CELL)
def test_no_cell_begins_as_a_formula(cell: str):
    file = written([Row(0, cell, cell, cell, cell)])
    for line in list(csv.reader(io.StringIO(file, newline="")))[1:]:
        assert not any(shown.startswith(FORMULA_SIGNS) for shown in line)
    assert armed(disarmed(cell)) == cell


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_each_sign_of_a_formula_is_disarmed(sign: str):
    assert disarmed(f"{sign}1+1") == f"'{sign}1+1"
    assert disarmed(f"'{sign}1+1") == f"''{sign}1+1"


def test_an_apostrophe_before_anything_else_is_a_letter():
    assert (disarmed("'Tis"), armed("'Tis")) == ("'Tis", "'Tis")


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with-its-mark"])
def test_files_of_any_spreadsheet_are_read(separator: str, mark: bytes):
    lines = [["body", "code"], ["Guten Tag", "hallo"]]
    file = "\r\n".join(separator.join(line) for line in lines).encode()
    assert [(row.line, row.code, row.body) for row in read(mark + file)] == [
        (2, "hallo", "Guten Tag")
    ]


def test_lines_are_counted_as_an_editor_counts_them():
    file = b'code,body\na,"one\ntwo"\n\nb,x\n'
    assert [(row.code, row.line) for row in read(file)] == [("a", 2), ("b", 5)]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "“code” is missing"),
        (b"code,title\n", "“body” is missing"),
        (b"code,body,colour\n", "no column “colour”"),
        (b"code,body,code\n", "“code” is there twice"),
        (b'code,body\na,"open', "Line 2: a quotation mark"),
        (b"code,body\na,\xff\n", "not UTF-8"),
        (b"code,body\na,\x00\n", "not a CSV file"),
    ],
)
def test_a_file_that_is_no_table_is_refused(file: bytes, said: str):
    with pytest.raises(BadInput, match=said):
        read(file)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet, "MOST_LINES", 2)
    with pytest.raises(BadInput, match="can hold 2 shortcuts"):
        read(b"code,body\na,x\nb,x\nc,x\n")
    monkeypatch.setattr(sheet, "MOST_BYTES", 4)
    with pytest.raises(BadInput, match="too large"):
        read(b"code,body\n")


# --- Into the workspace


def table(*lines: str) -> list[Row]:
    return read("\n".join(("code,title,body,scope", *lines)).encode())


def said(lines: Sequence[Line]) -> list[tuple[int, str]]:
    return [(line.line, line.outcome) for line in lines]


def test_a_dry_run_says_what_each_line_would_do_and_does_nothing(db: Database):
    ana = someone(db)
    keep(db, ana, "same", "Same")
    keep(db, ana, "old", "Old")
    rows = table(
        "same,,Same,", "old,,New,", "new,,New,personal", "?,,x,", "new,,again,", "x,,{{y}},"
    )
    lines = db.look(look_at, rows, ana)
    assert said(lines) == [
        (2, "unchanged"),
        (3, "update"),
        (4, "create"),
        (5, "error"),
        (6, "error"),
        (7, "error"),
    ]
    assert lines[4].problem == "/new stands in line 4 already."
    assert "There is no variable “y”" in lines[5].problem
    assert offered(db, ana) == {"old": "Old", "same": "Same"}


def test_one_wrong_line_and_nothing_is_imported(db: Database):
    ana = someone(db)
    with pytest.raises(BadInput, match="Line 3"):
        db.write(take_in, table("a,,x,", "?,,x,"), ana, NOON)
    assert offered(db, ana) == {}


def test_all_of_a_good_file_is_imported(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    keep(db, robin, "old", "Old", shared=True)
    lines = db.write(
        take_in, table("old,,New,everyone", "a,A title,x,Everyone", "b,,x,personal"), robin, NOON
    )
    assert said(lines) == [(2, "update"), (3, "create"), (4, "create")]
    assert offered(db, ana) == {"a": "x", "old": "New"}
    assert offered(db, robin) == {"a": "x", "b": "x", "old": "New"}


def test_without_a_scope_an_admins_are_everyones_and_an_agents_their_own(db: Database):
    robin, ana, ben = someone(db, "Robin", Role.ADMIN), someone(db), someone(db, "Ben")
    db.write(take_in, read(b"code,body\na,x\n"), robin, NOON)
    db.write(take_in, read(b"code,body\nb,x\n"), ana, NOON)
    assert offered(db, ben) == {"a": "x"}


def test_an_agent_imports_nothing_of_everyones(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    keep(db, robin, "a", "x", shared=True)
    rows = table("a,,x,everyone", "a,,other,everyone", "b,,x,everyone", "c,,x,teams")
    assert said(db.look(look_at, rows, ana)) == [
        (2, "unchanged"),
        (3, "error"),
        (4, "error"),
        (5, "error"),
    ]


def test_a_line_with_more_cells_than_columns_is_named(db: Database):
    [line] = db.look(look_at, table("a,,x,personal,what"), someone(db))
    assert (line.line, line.outcome) == (2, "error")
    assert "more cells" in line.problem


def test_what_is_exported_and_imported_again_changes_nothing(db: Database):
    robin, ana = someone(db, "Robin", Role.ADMIN), someone(db)
    keep(db, robin, "sum", "=1+1", title="-title", shared=True)
    keep(db, ana, "sum", '\'=1+1\n\n“quoted”, "twice"; ümläut 😀')
    keep(db, ana, "ask", "On {{ask:Delivery date}}, {{customer.first_name|there}}")
    for who in (robin, ana):
        file = db.look(exported, who)
        lines = db.write(take_in, read(b"\xef\xbb\xbf" + file.encode()), who, NOON)
        assert {line.outcome for line in lines} == {"unchanged"}


BODY = st.text(STORABLE, min_size=1, max_size=80).filter(
    lambda text: "{{" not in text and text.strip()
)


@given(st.lists(st.tuples(st.text(STORABLE, max_size=80), BODY), min_size=1, max_size=8))
@settings(in_one_database())
def test_any_workspace_survives_the_way_through_a_file(db: Database, kept):
    ana = someone(db)
    for number, (title, body) in enumerate(kept):
        keep(db, ana, f"s{number}", body, title=title[:40])
    file = db.look(exported, ana).encode()
    ben = someone(db, "Ben")
    db.write(take_in, read(file), ben, NOON)
    assert db.look(exported, ben).encode() == file


def test_others_own_are_in_nobodys_export(db: Database):
    ana, robin = someone(db), someone(db, "Robin", Role.ADMIN)
    keep(db, ana, "secret", "Ana's own")
    assert "Ana's own" not in db.look(exported, robin)


def test_a_long_file_is_imported_whole(db: Database):
    robin = someone(db, "Robin", Role.ADMIN)
    rows = [Row(n + 2, f"s{n}", "", "Hello", "everyone") for n in range(500)]
    db.write(take_in, rows, robin, NOON)
    assert len(offered(db, robin)) == 500
