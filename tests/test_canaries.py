"""A secret that is left behind is found, whatever it was left in."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import canaries, make


@pytest.fixture(autouse=True)
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left on purpose here is not told at the end of the session."""
    monkeypatch.setattr(canaries, "found", set[str]())
    monkeypatch.setattr(canaries, "PLAIN", dict(canaries.PLAIN))


def a_server(folder: Path, log: str = "Serving on") -> Path:
    (folder / "data").mkdir()
    (folder / "server.log").write_text(log)
    return folder / "server.log"


def test_a_clean_server_has_nothing(tmp_path: Path):
    canaries.look_through(a_server(tmp_path))
    assert canaries.found == set()


def test_it_is_found_in_a_log(tmp_path: Path):
    log = a_server(tmp_path, f"refused: {make.APP_SECRET}\n")
    canaries.look_through(log)
    assert canaries.found == {f"{log} holds the app secret of the tests"}


def test_it_is_found_in_a_database_and_in_a_file_of_state(tmp_path: Path):
    log = a_server(tmp_path)
    database, state = tmp_path / "data" / "jumper.db", tmp_path / "data" / "state.pkl"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE t (c TEXT)")
        connection.execute("INSERT INTO t VALUES (?)", (make.APP_SECRET,))
    canaries.add("a session of somebody", "a session")
    state.write_bytes(b"\x80\x04 a session of somebody \x94")
    canaries.look_through(log)
    database.unlink()
    assert canaries.found == {
        f"{database} holds the app secret of the tests",
        f"{state} holds a session",
    }


def test_the_secret_itself_is_not_told(tmp_path: Path):
    canaries.look_through(a_server(tmp_path, make.APP_SECRET))
    assert make.APP_SECRET not in "".join(canaries.found)
