"""What must not be in any committed file."""

import re
from pathlib import Path

import pytest

from jumper_app.settings import ROOT
from tests.tracked import tracked

ADDRESS = re.compile(rb"\w+://|--(extra-)?index-url|--find-links|\bregistry\b|\bresolved\b")

MACHINE_PATH = re.compile(
    rb"(?<![\w.~$}>*-])/(root|work|Users/[\w.-]+|home/[a-z][\w.-]*|tmp/[\w.-]+)(/|(?=[\"'`\s]|$))",
    re.MULTILINE,
)

LOCKS = ("*.lock", "reflex.lock/*", "requirements*", "package*.json")


def lines_with(pattern: re.Pattern[bytes], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found.group().decode(errors='replace')}"
        for path in paths
        if b"\0" not in (content := path.read_bytes())
        for found in pattern.finditer(content)
    ]


def test_there_are_lock_files_to_look_at():
    names = {path.name for path in tracked(*LOCKS)}
    assert names >= {"requirements.lock", "requirements-test.lock", "requirements-uv.lock"}


def test_no_lock_or_requirements_file_carries_an_address():
    assert lines_with(ADDRESS, tracked(*LOCKS)) == []


def test_no_file_carries_an_absolute_path_of_a_machine():
    here = Path(__file__)
    assert lines_with(MACHINE_PATH, [path for path in tracked() if path != here]) == []


@pytest.mark.parametrize("line", [b"-i https://x/simple", b'"resolved": "x"', b"--index-url x"])
def test_an_address_would_be_seen(line: bytes):
    assert ADDRESS.search(line)


@pytest.mark.parametrize(
    "line", [b"open('/root/x')", b"cd /work/main", b"/Users/ana/x", b'"/home/ben"', b"= /tmp/w/v"]
)
def test_a_path_of_a_machine_would_be_seen(line: bytes):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", [b"/home", b"a/root/b", b"https://x/work/", b"./work/loop.py"])
def test_other_paths_are_left_alone(line: bytes):
    assert not MACHINE_PATH.search(line)
