"""Hostile files: refused, or made into something harmless, at little cost."""

import json
import subprocess
import sys

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import SHOWN, landing, path_of, prepare
from jumper_app.errors import BadInput
from jumper_app.settings import ROOT
from tests.hostile_files import HIT, bombs, hostile

HOSTILE = hostile()

MOST_BYTES = 100 * 1024 * 1024
MOST_CPU_S = 1.0
"""Of processor time, which a busy machine does not stretch."""


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_hostile_file_is_refused_or_loses_what_made_it_so(channel):
    let_through = {}
    for case, (name, content) in HOSTILE.items():
        with landing() as came, landing() as anew:
            came.write(content)
            try:
                kept = prepare(CHANNELS[channel], came, name, anew)
            except BadInput:
                continue
        stored = path_of(kept.public_id).read_bytes()
        let_through[case] = kept.mime
        if kept.mime in SHOWN:
            assert HIT.encode() not in stored
            assert b"PK\x05\x06" not in stored
    assert {case.removeprefix("two things: ") for case in let_through} <= {
        *("script.gif", "page.gif", "comment.jpg", "page.jpg", "archive.jpg", "text.png"),
        *("page.png", "page.webp"),  # made anew from their pixels
        "script.pdf",  # a download: what runs in it does not run in a browser of ours
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forgets a process's peak")
def test_no_bomb_takes_much_memory_or_time(tmp_path):
    for name, content in bombs():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "tests.conversations.attachments.costs", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    costs = json.loads(told)
    print("\n".join(f"{one['cpu_s']:.2f} s {one['bytes'] / 1e6:4.0f} MB {one}" for one in costs))
    assert len(costs) == len(list(tmp_path.iterdir()))
    assert [one for one in costs if one["bytes"] >= MOST_BYTES] == []
    assert [one for one in costs if one["cpu_s"] >= MOST_CPU_S] == []
