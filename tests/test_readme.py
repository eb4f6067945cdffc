"""What the README shows can be pasted."""

import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.webchat import WEBCHAT
from jumper_app.channels.webchat.passport import read
from jumper_app.settings import ROOT

README = (ROOT / "README.md").read_text()
IDENTITY_SECRET = "a secret of the README's reader"


def block(language: str, holds: str) -> str:
    """The block of this language that holds these words."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return next(one for one in blocks if holds in one)


def test_the_passport_that_it_makes_is_accepted():
    made: dict[str, Any] = {}
    exec(block("python", "passport"), made)
    signed = made["passport"]("42", "Vera Lind", IDENTITY_SECRET)
    user = read(signed, [SecretStr(IDENTITY_SECRET)], clock.machine())
    assert (user.id, user.name) == ("42", "Vera Lind")


def test_the_line_for_a_site_is_the_one_that_the_settings_show():
    line = WEBCHAT.setup.snippet.format(url="https://chat.example.com", key="shop")
    assert line in block("html", "widget.js")


def test_every_picture_is_there():
    pictures = re.findall(r"assets/readme/[\w.-]+", README)
    assert pictures
    assert [one for one in pictures if not Path(ROOT, one).is_file()] == []


def test_every_test_that_it_names_is_there():
    named = re.findall(r"`(tests/[\w/.-]+)`", README)
    assert len(named) >= 4
    assert [one for one in named if not Path(ROOT, one).exists()] == []
