"""The browser's half of the list: what it adds up is what a fresh list would be."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, sync_playwright

from jumper_app.panel.inbox.rows import Row
from jumper_app.panel.inbox.shown import Patch, Shown, kept
from tests.chromium import FLAGS
from tests.panel.test_inbox_rows import row

pytestmark = pytest.mark.browser

SCRIPT, CLOCK = Path("assets/live.js"), Path("assets/clock.js")
REACT = "data:text/javascript," + ";".join(
    f"export const {name} = () => [0, () => {{}}]"
    for name in (
        "createElement",
        "useCallback",
        "useEffect",
        "useLayoutEffect",
        "useRef",
        "useState",
        "useSyncExternalStore",
    )
)


@pytest.fixture(scope="module")
def page(chromium_path: str) -> Iterator[Page]:
    """A page that has loaded the very script that the panel loads."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        opened = browser.new_page()
        opened.evaluate(
            """async source => {
                const address = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
                window.live = await import(address);
            }""",
            _standing_alone(SCRIPT).replace('"./clock.js"', repr(_as_address(CLOCK))),
        )
        yield opened
        browser.close()


def _standing_alone(script: Path) -> str:
    return script.read_text().replace('from "react"', f"from {REACT!r}")


def _as_address(script: Path) -> str:
    return "data:text/javascript," + quote(_standing_alone(script))


def added_up(page: Page, base: Any, *steps: list[Patch]) -> list[Row]:
    """What the browser shows after it was sent ``steps`` one after another."""
    return page.evaluate(
        """([base, steps]) => {
            let rows = window.live.foldRows(base, []);
            for (const patches of steps) rows = window.live.foldRows(base, patches);
            return rows;
        }""",
        [base, list(steps)],
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_browser_shows_what_a_fresh_list_would_be(page: Page, seed: int):
    dice = random.Random(seed)
    shown = Shown()
    truth = dict(row(number) for number in range(1, 8))
    base = shown.start(truth.items(), more=False)
    patches: list[Patch] = []
    sent: list[list[Patch]] = []
    for step in range(30):
        number = dice.randrange(1, 12)
        gone = [number] if dice.random() < 0.3 else []
        new = {} if gone else dict([_moved(number, step)])
        patch = shown.change(new.items(), gone)
        truth = {key: one for key, one in {**truth, **new}.items() if key not in gone}
        if patch:
            patches = kept(patches, patch)
            sent.append(patches)
    assert added_up(page, base, *_some_missed(dice, sent)) == _sorted(truth)


def _moved(number: int, step: int) -> tuple[int, Row]:
    """A row that something happened to: it stands elsewhere in the list now."""
    moved = row(number, preview=f"step {step}", version=step)[1]
    moved["key"] = f"{2000 + step}-{number}"
    return number, moved


def _some_missed(dice: random.Random, sent: list[list[Patch]]) -> list[list[Patch]]:
    """Two deltas in a row may be drawn as one; the last one always is drawn."""
    drawn: list[list[Patch]] = []
    skipped = 0
    for patches in sent[:-1]:
        skipped = skipped + 1 if skipped < 2 and dice.random() < 0.4 else 0
        if not skipped:
            drawn.append(patches)
    return [*drawn, sent[-1]]


def _sorted(rows: dict[int, Row]) -> list[Row]:
    return sorted(rows.values(), key=lambda one: one["key"], reverse=True)


def test_a_row_that_did_not_change_stays_the_same_object(page: Page):
    shown = Shown()
    base = shown.start([row(1), row(2)], more=False)
    patch = shown.change([row(2, preview="News")], ())
    same = page.evaluate(
        """([base, patch]) => {
            const before = window.live.foldRows(base, []).find(row => row.id === base.rows[0].id);
            const after = window.live.foldRows(base, [patch]);
            return after.includes(before) && after.some(row => row.preview === "News");
        }""",
        [base, patch],
    )
    assert same


def test_a_missing_change_is_not_skipped_silently(page: Page):
    shown = Shown()
    base = shown.start([row(1)], more=False)
    shown.change([row(2)], ())
    late = shown.change([row(3)], ())
    assert late
    assert added_up(page, base, [late]) == [row(1)[1]]
