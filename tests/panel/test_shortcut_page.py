"""``/settings/shortcuts``: what an agent and an admin can do there, and what they are told."""

from typing import Any

import pytest

from jumper_app.conversations.shortcuts.keeping import SHARED_FOR_ADMINS
from jumper_app.db import Database
from jumper_app.models import Role, Shortcut
from jumper_app.panel.settings.shortcuts import ShortcutPageState
from tests.house import every
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire

HELLO = {"code": "hello", "title": "Greeting", "body": "Hello!", "scope": "personal"}


@pytest.fixture
async def ana(browser: Browser, database: Database) -> Tab:
    return await sitting(browser, database, "Ana", Role.AGENT)


@pytest.fixture
async def robin(browser: Browser, database: Database) -> Tab:
    return await sitting(browser, database, "Robin", Role.ADMIN)


async def sitting(browser: Browser, database: Database, name: str, role: Role) -> Tab:
    tab = browser.tab(badge(database, hire(database, name, role)))
    await tab.call(ShortcutPageState.load)
    return tab


async def page(tab: Tab) -> Any:
    return await tab.state(ShortcutPageState)


async def save(tab: Tab, **form: str) -> dict[str, str]:
    """Write a new shortcut and save it; what is wrong with it, by field."""
    await tab.call(ShortcutPageState.begin)
    await tab.call(ShortcutPageState.save, form={**HELLO, **form})
    return (await page(tab)).errors


async def codes(tab: Tab) -> list[str]:
    await tab.call(ShortcutPageState.load)
    return [row["code"] for row in (await page(tab)).rows]


async def test_what_is_saved_stands_in_the_table_and_the_panel_closes(ana: Tab):
    assert await save(ana) == {}
    state = await page(ana)
    assert not state.open
    assert [(row["code"], row["editor"], row["personal"]) for row in state.rows] == [
        ("hello", "Ana", True)
    ]


async def test_what_is_wrong_is_said_at_its_field_and_the_panel_stays(ana: Tab):
    errors = await save(ana, code="Hell o", body="{{customer.frist_name}}")
    assert errors.keys() == {"code", "body"}
    assert "Did you mean {{customer.first_name}}" in errors["body"]
    assert (await page(ana)).open
    await save(ana)
    assert await save(ana) == {"code": "You have /hello already."}


async def test_an_agent_saves_nothing_for_everyone(ana: Tab, database: Database):
    await save(ana, scope="shared")
    assert SHARED_FOR_ADMINS in ana.said
    assert every(database, Shortcut) == []


async def test_an_agent_sees_everyones_and_may_copy_them(robin: Tab, ana: Tab):
    await save(robin, scope="shared")
    await ana.call(ShortcutPageState.load)
    [row] = (await page(ana)).rows
    assert not row["mine"]
    await ana.call(ShortcutPageState.edit, shortcut=row["id"])
    assert not (await page(ana)).opened["mine"]
    await ana.call(ShortcutPageState.save, form={**HELLO, "body": "Mine now"})
    assert SHARED_FOR_ADMINS in ana.said
    await ana.call(ShortcutPageState.duplicate, shortcut=row["id"])
    opened = (await page(ana)).opened
    assert (opened["code"], opened["scope"], opened["mine"]) == ("hello", "personal", True)


async def test_others_own_are_nowhere(robin: Tab, ana: Tab, database: Database):
    await save(ana)
    [secret] = every(database, Shortcut)
    assert await codes(robin) == []
    for handler in (ShortcutPageState.edit, ShortcutPageState.duplicate, ShortcutPageState.archive):
        await robin.call(handler, shortcut=secret.public_id)
    assert robin.said.count("This shortcut no longer exists.") == 3
    assert not (await page(robin)).open
    assert len(every(database, Shortcut)) == 1


async def test_what_is_archived_can_be_taken_back(ana: Tab):
    await save(ana)
    [row] = (await page(ana)).rows
    await ana.call(ShortcutPageState.archive, shortcut=row["id"])
    state = await page(ana)
    assert (state.rows, state.archived["words"]) == ([], "/hello is archived.")
    await ana.call(ShortcutPageState.undo)
    assert [row["code"] for row in (await page(ana)).rows] == ["hello"]
    await ana.call(ShortcutPageState.undo)
    assert (await page(ana)).archived["id"] == ""


async def test_an_earlier_version_is_brought_back_into_the_panel(ana: Tab):
    await save(ana, body="The first")
    [row] = (await page(ana)).rows
    await ana.call(ShortcutPageState.edit, shortcut=row["id"])
    await ana.call(ShortcutPageState.save, form={**HELLO, "body": "The second"})
    await ana.call(ShortcutPageState.edit, shortcut=row["id"])
    assert [one["body"] for one in (await page(ana)).versions] == ["The first"]
    await ana.call(ShortcutPageState.bring_back, revision=1)
    assert (await page(ana)).opened["body"] == "The first"
    [row] = (await page(ana)).rows
    assert row["body"] == "The second"


async def test_the_table_is_searched_and_shown_page_by_page(ana: Tab, monkeypatch):
    monkeypatch.setattr("jumper_app.panel.settings.shortcuts.PAGE", 2)
    for code in ("one", "two", "three"):
        await save(ana, code=code)
    await ana.call(ShortcutPageState.search, text="")
    state = await page(ana)
    assert (len(state.rows), state.total) == (2, 3)
    await ana.call(ShortcutPageState.show_more)
    assert len((await page(ana)).rows) == 3
    await ana.call(ShortcutPageState.search, text="/T")
    assert [row["code"] for row in (await page(ana)).rows] == ["three", "two"]
    await ana.call(ShortcutPageState.show_scope, scope="shared")
    assert (await page(ana)).rows == []
