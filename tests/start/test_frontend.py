import fcntl
import os
from pathlib import Path

import pytest

from jumper_app.start import frontend

BUILT = """var e={EVENT:`ws://backend.invalid/_event`,PING:"http://backend.invalid/ping"};"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project that counts as built from what is there now."""
    for name in ("rxconfig.py", "jumper_app/a.py", "assets/b.js", "reflex.lock/bun.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("as built")
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "MADE_OF", tmp_path / "made-of")
    frontend.remember(frontend.sources())
    return tmp_path


def test_a_front_end_made_of_what_is_here_is_fresh(house: Path):
    assert frontend.is_fresh()


def test_a_front_end_that_was_never_built_is_not_fresh(house: Path):
    (house / "made-of").unlink()
    assert not frontend.is_fresh()


@pytest.mark.parametrize(
    "name", ["rxconfig.py", "jumper_app/a.py", "assets/b.js", "reflex.lock/bun.lock"]
)
def test_any_changed_ingredient_makes_it_stale(house: Path, name: str):
    (house / name).write_text("changed")
    assert not frontend.is_fresh()


@pytest.mark.parametrize("name", ["jumper_app/new.py", "assets/new.svg"])
def test_a_new_ingredient_makes_it_stale(house: Path, name: str):
    (house / name).write_text("new")
    assert not frontend.is_fresh()


def test_another_version_of_a_tool_makes_it_stale(house: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(frontend, "version", lambda _tool: "99")
    assert not frontend.is_fresh()


def test_what_the_build_writes_itself_does_not_make_it_stale(house: Path):
    before = frontend.sources()
    (house / "reflex.lock/bun.lock").write_text("resolved anew")
    frontend.remember(before)
    assert frontend.is_fresh()


def test_a_source_changed_during_the_build_makes_it_stale(house: Path):
    before = frontend.sources()
    (house / "jumper_app/a.py").write_text("changed while the build ran")
    frontend.remember(before)
    assert not frontend.is_fresh()


def test_the_built_scripts_speak_to_the_origin_of_their_page(tmp_path: Path):
    script = tmp_path / "assets" / "env.js"
    script.parent.mkdir()
    script.write_text(BUILT)
    frontend.SameOrigin().post_build(static_dir=tmp_path)
    assert script.read_text() == (
        'var e={EVENT:(location.origin.replace("http","ws")+"/_event"),'
        'PING:(location.origin.replace("http","http")+"/ping")};'
    )


def test_scripts_that_do_not_name_the_server_fail_the_build(tmp_path: Path):
    with pytest.raises(frontend.BuildFailed):
        frontend.SameOrigin().post_build(static_dir=tmp_path)


def test_two_who_start_at_once_do_not_build_both(house: Path):
    other = os.open(house, os.O_RDONLY)
    with frontend.by_one_alone(), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
