"""The watcher of an open panel, through Reflex's own processor."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from jumper_app import clock
from jumper_app.conversations import notes, takeover
from jumper_app.conversations.log import tell_changed
from jumper_app.db import Database, Work
from jumper_app.models import Conversation, Message, Wake
from jumper_app.panel import keeping_up, listener
from jumper_app.panel.address import chosen_in
from jumper_app.panel.inbox.state import InboxState
from jumper_app.panel.watchers import MOST, Watchers
from jumper_app.people import sessions
from tests.panel.panels import Panel, hear
from tests.panel.tabs import Browser
from tests.people.crowd import badge, hire

MOST_BYTES = 3 * 1024


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there")


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
async def panel(
    browser: Browser, database: Database, maya: Conversation, ana: int
) -> AsyncIterator[Panel]:
    """Ana's panel with Maya's conversation open."""
    mine = Panel(browser.tab(badge(database, ana)))
    await mine.open(f"/c/{maya.public_id}")
    await mine.until(lambda: mine.value("phase") == "open")
    yield mine
    await mine.close()


async def test_opening_a_conversation_shows_what_was_said(panel: Panel):
    assert panel.texts() == ["Hi there"]


async def test_a_message_that_comes_is_shown(panel: Panel, database: Database):
    await asyncio.to_thread(hear, database, "And another thing")
    await panel.until(lambda: "And another thing" in panel.texts())


async def test_a_message_that_is_taken_out_of_the_thread_leaves_the_screen(
    panel: Panel, database: Database
):
    await asyncio.to_thread(hear, database, "And another thing")
    await panel.until(lambda: "And another thing" in panel.texts())
    await asyncio.to_thread(_take_out, database, "And another thing")
    await panel.until(lambda: panel.texts() == ["Hi there"])


def _failing_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The database does not answer one read of the watcher's."""
    honest, failures = (
        getattr(listener, name),
        iter([OperationalError("select 1", {}, Exception())]),
    )

    def read(*args: Any, **kwargs: Any) -> Any:
        for failure in failures:
            raise failure
        return honest(*args, **kwargs)

    monkeypatch.setattr(listener, name, read)


async def test_a_panel_that_could_not_read_says_so_and_reads_everything_afresh(
    panel: Panel, database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping_up, "AGAIN_S", 0)
    _failing_once(monkeypatch, "read_some")
    await asyncio.to_thread(hear, database, "Are you there?")
    await panel.until(lambda: "Are you there?" in panel.texts())
    told = [
        values["behind_rx_state_"]
        for delta in panel.deltas
        for values in delta.values()
        if "behind_rx_state_" in values
    ]
    assert told[-2:] == [True, False]
    await asyncio.to_thread(hear, database, "Still there?")
    await panel.until(lambda: "Still there?" in panel.texts())


async def test_a_tab_that_is_chosen_while_the_panel_is_read_stays_chosen(
    browser: Browser,
    database: Database,
    maya: Conversation,
    ana: int,
    monkeypatch: pytest.MonkeyPatch,
):
    honest, reading, chosen = listener.read_everything, threading.Event(), threading.Event()

    def slow(*args: Any) -> Any:
        found = honest(*args)
        reading.set()
        assert chosen.wait(10)
        return found

    monkeypatch.setattr(listener, "read_everything", slow)
    panel = Panel(browser.tab(badge(database, ana)))
    await panel.open("/")
    await asyncio.to_thread(reading.wait, 10)
    await panel.tab.call(InboxState.show_tab, tab="requested")
    chosen.set()
    await panel.until(lambda: panel.value("phase") == "none")
    assert panel.value("tab") == "requested"
    assert [row["id"] for row in panel.value("base")["rows"]] == [maya.public_id]
    await panel.close()


async def test_a_panel_whose_first_read_fails_opens_all_the_same(
    browser: Browser,
    database: Database,
    maya: Conversation,
    ana: int,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(keeping_up, "AGAIN_S", 0)
    _failing_once(monkeypatch, "read_everything")
    mine = Panel(browser.tab(badge(database, ana)))
    await mine.open(f"/c/{maya.public_id}")
    await mine.until(lambda: mine.value("phase") == "open")
    assert mine.texts() == ["Hi there"]
    await mine.close()


def _take_out(database: Database, text: str) -> None:
    def remove(work: Work) -> None:
        row = work.exec(select(Message).where(Message.text == text)).one()
        conversation = work.get_one(Conversation, row.conversation_id)
        work.exec(delete(Wake).where(col(Wake.message_id) == row.id))
        work.delete(row)
        conversation.version += 1
        tell_changed(work, conversation, [row.id or 0])

    database.write(remove)


async def test_a_message_of_another_conversation_changes_the_list_only(
    panel: Panel, database: Database
):
    before = panel.texts()
    await asyncio.to_thread(_write_as_somebody_else, database)
    await panel.until(lambda: panel.value("counts")["bot"] + panel.value("counts")["requested"] > 1)
    assert panel.texts() == before


async def test_two_agents_see_the_same_message(
    panel: Panel, browser: Browser, database: Database, maya: Conversation
):
    other = Panel(browser.tab(badge(database, hire(database, "Ben"))))
    await other.open(f"/c/{maya.public_id}")
    await other.until(lambda: other.value("phase") == "open")
    await asyncio.to_thread(hear, database, "For both")
    for one in (panel, other):
        await one.until(lambda one=one: "For both" in one.texts())
    await other.close()


async def test_a_takeover_is_seen_in_the_band(
    panel: Panel, database: Database, maya: Conversation, ana: int
):
    await asyncio.to_thread(
        database.write,
        takeover.pause_bot,
        conversation_id=maya.id or 0,
        agent_id=ana,
        now=clock.now(),
    )
    await panel.until(lambda: panel.value("mine") is True)
    assert panel.value("owner") == "agent"


async def test_an_address_that_leads_nowhere_says_so(
    browser: Browser, database: Database, ana: int
):
    lost = Panel(browser.tab(badge(database, ana)))
    await lost.open("/c/" + "0" * 32)
    await lost.until(lambda: lost.value("phase") == "missing")
    await lost.close()


async def test_a_closed_tab_leaves_no_watcher_behind(panel: Panel, database: Database):
    assert (len(listener.watchers), len(database.hub)) == (1, 1)
    await panel.close()
    assert (len(listener.watchers), len(database.hub)) == (0, 0)


async def test_going_to_another_page_leaves_one_watcher(
    panel: Panel, database: Database, maya: Conversation
):
    for _ in range(5):
        await panel.open("/")
        await panel.open(f"/c/{maya.public_id}")
    await asyncio.to_thread(hear, database, "Still here")
    await panel.until(lambda: "Still here" in panel.texts())
    await panel.ended(but_the_last=True)
    assert len(database.hub) == 1


async def test_a_revoked_session_hears_nothing_more_and_is_sent_to_sign_in(
    panel: Panel, database: Database
):
    await asyncio.to_thread(database.write, sessions.sign_out, panel.tab.session)
    await panel.ended()
    assert len(database.hub) == 0
    await asyncio.to_thread(hear, database, "A secret")
    assert "/login" in panel.tab.said
    assert "A secret" not in str(list(panel.deltas))


async def test_a_watcher_that_missed_news_reads_everything(panel: Panel, database: Database):
    [ear] = database.hub._listeners
    await asyncio.to_thread(hear, database, "While it was busy")
    ear._waiting.clear()
    ear.missed = True
    ear._woken.set()
    await panel.until(lambda: "While it was busy" in panel.texts())


async def test_a_new_message_costs_at_most_three_kilobytes(panel: Panel, database: Database):
    costs: list[int] = []
    for number in range(12):
        panel.deltas.clear()
        text = f"Message number {number}, about as long as messages are."
        await asyncio.to_thread(hear, database, text)
        await panel.until(lambda text=text: text in panel.texts())
        costs.append(len(json.dumps(panel.deltas[0], separators=(",", ":"))))
    assert sorted(costs)[len(costs) // 2] <= MOST_BYTES


async def test_a_note_reaches_colleagues_by_the_same_road(
    panel: Panel, database: Database, maya: Conversation
):
    ben = hire(database, "Ben")
    await asyncio.to_thread(
        database.write,
        notes.add_note,
        conversation_id=maya.id or 0,
        agent_id=ben,
        text="Between us",
        client_key="k" * 16,
        now=clock.now(),
    )
    await panel.until(lambda: "Between us" in panel.texts())


async def test_one_session_has_a_limited_number_of_watchers():
    crowd = Watchers()

    async def watch() -> None:
        with crowd.one_more(1):
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(watch()) for _ in range(MOST + 3)]
    await asyncio.wait(tasks[:3], timeout=5)
    assert all(task.cancelled() for task in tasks[:3])
    assert len(crowd) == MOST
    for task in tasks:
        task.cancel()


@pytest.mark.parametrize(
    ("path", "chosen"),
    [("/", ""), ("/c/abc", "abc"), ("/c/abc/", "abc"), ("/settings/channels", ""), ("/c", "")],
)
def test_the_address_names_the_conversation(path: str, chosen: str):
    assert chosen_in(path) == chosen


def _write_as_somebody_else(database: Database) -> None:
    from tests import make

    hear(database, "I am new", sender=make.person("4915112345", name="Jonas"))
