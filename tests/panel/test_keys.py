"""One table of keys: what the sheet shows is what the handlers ask for, and nothing else."""

import re
from collections import Counter

from jumper_app.panel.keys import words
from jumper_app.settings import ROOT

ASSETS = ROOT / "assets"
TABLE = ASSETS / "keys.js"

ELSEWHERE = {"widget", "widget.js", "simulator.js"}
"""Pages of customers, and the demo's phones: no agent works there."""

AS_EVERYWHERE = {
    "composer/emoji.js": "a grid of choices",
    "composer/media.js": "two tabs",
    "composer/menu.js": "a menu",
    "composer/box.js": "Escape lets Tab go on past a box that lacks something",
    "composer/suggestions.js": "a second slash is text",
    "flows.js": "a list of choices",
    "focus.js": "Enter that is held down presses a button once",
    "speaking/menu.js": "a menu",
    "template.js": "Escape leads back one step",
    "template/choose.js": "a list of choices",
    "template/fields.js": "a field with suggestions",
    "thread/find.js": "Escape closes",
    "thread/speaker.js": "Escape hides a tip",
}
"""Who looks at keys without the table, and why: what one knows from every menu and list."""

ASKED = re.compile(r'pressed\(event, "(\w+)"\)|\b(list\w+): \(\) =>')
IN_A_LIST = re.compile(r"\[((?:\"\w+\"(?:, )?)+)\]\.find\(\(each\) => pressed\(event, each\)\)")
LOOKS = re.compile(r"event\.(key|code|keyCode|altKey|ctrlKey|metaKey)\b")
CHORDS = re.compile(r"event\.(code|altKey|ctrlKey|metaKey)\b")


def scripts() -> dict[str, str]:
    """What runs in an agent's browser, by its place in the assets, but for the table."""
    found = {path.relative_to(ASSETS): path.read_text() for path in ASSETS.rglob("*.js")}
    return {
        str(place): text
        for place, text in found.items()
        if place.parts[0] not in ELSEWHERE and ASSETS / place != TABLE
    }


def table() -> dict[str, list[str]]:
    """The rows of the table: the keys by name."""
    rows = re.findall(r"^    (\w+): \[(.+)\],$", TABLE.read_text(), re.MULTILINE)
    return {name: re.findall(r'"([^"]+)"', keys) for name, keys in rows}


def asked() -> Counter[str]:
    """How often a handler asks for a key of that name."""
    found: Counter[str] = Counter()
    for text in scripts().values():
        found.update(next(filter(None, one)) for one in ASKED.findall(text))
        for names in IN_A_LIST.findall(text):
            found.update(re.findall(r"\w+", names))
    return found


def test_whatever_is_in_the_table_is_asked_for_and_the_other_way_round():
    assert len(table()) > 25
    assert set(asked()) == set(table())


def test_every_key_and_every_group_has_its_words():
    groups = re.findall(r"^  (\w+): \{$", TABLE.read_text(), re.MULTILINE)
    assert list(words.KEYS) == list(table())
    assert list(words.GROUPS) == groups


def test_no_handler_looks_at_keys_past_the_table():
    found = scripts()
    assert {place for place in found if LOOKS.search(found[place])} == set(AS_EVERYWHERE)
    assert {place for place in found if CHORDS.search(found[place])} == set()


def test_the_panels_own_code_listens_for_no_keys():
    app = ROOT / "jumper_app" / "panel"
    listening = {
        str(path.relative_to(app))
        for path in app.rglob("*.py")
        if re.search(r"on_key_(down|up)|window_event_listener|accesskey", path.read_text())
    }
    assert listening == set()
