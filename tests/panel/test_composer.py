"""Sending and drafting, as the browser's composer asks for it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from jumper_app import clock
from jumper_app.conversations import drafts
from jumper_app.db import Database, Work
from jumper_app.models import Agent, Conversation, Message, Outbox
from jumper_app.panel.composer.state import ComposerState
from jumper_app.panel.composer.undoing import UndoState
from jumper_app.panel.inbox.state import InboxState
from jumper_app.panel.thread.state import ThreadState
from jumper_app.people.preferences import prefer
from tests.panel.panels import Panel, hear
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire

KEY = "0123456789abcdef"
OTHER_KEY = "fedcba9876543210"


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there", sent_at=clock.now())


@pytest.fixture
def tab(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database)))


def _ben(database: Database) -> int:
    return hire(database, "Ben")


async def send(
    tab: Tab,
    conversation: Conversation,
    text: str = "Hello Maya",
    *,
    mode: str = "reply",
    key: str = KEY,
    anyway: bool = False,
) -> dict[str, str]:
    """Send, and return what the composer is told about it."""
    await tab.call(
        ComposerState.send,
        conversation=conversation.public_id,
        mode=mode,
        text=text,
        key=key,
        beside={"files": [], "quote": ""},
        anyway=anyway,
    )
    return (await tab.state(ComposerState)).answer


async def keep(tab: Tab, conversation: Conversation, text: str, revision: int, mode: str = "reply"):
    await tab.call(
        ComposerState.keep,
        conversation=conversation.public_id,
        mode=mode,
        text=text,
        revision=revision,
        key=KEY,
    )
    return (await tab.state(ComposerState)).saved["revision"]


def said(database: Database, kind: str = "agent") -> list[str]:
    with database.read() as work:
        return [one.text for one in work.exec(select(Message)) if one.kind == kind]


async def test_a_reply_is_stored_and_the_composer_told(
    tab: Tab, database: Database, maya: Conversation
):
    answer = await send(tab, maya)
    assert (answer["key"], answer["result"], said(database)) == (KEY, "stored", ["Hello Maya"])


async def test_the_same_send_twice_is_one_message(tab: Tab, database: Database, maya: Conversation):
    await send(tab, maya)
    answer = await send(tab, maya)
    assert answer["result"] == "stored"
    assert said(database) == ["Hello Maya"]


async def test_a_note_is_stored_and_not_sent(tab: Tab, database: Database, maya: Conversation):
    await send(tab, maya, "Between us", mode="note")
    with database.read() as work:
        assert work.exec(select(Outbox)).all() == []
    assert said(database, "note") == ["Between us"]


async def test_a_refused_send_says_why_and_stores_nothing(
    tab: Tab, database: Database, maya: Conversation
):
    answer = await send(tab, maya, "   ")
    assert answer["result"] == "refused"
    assert answer["words"]
    assert said(database) == []


async def test_one_second_late_is_refused_with_the_channels_sentence_and_nothing_is_stored(
    tab: Tab, database: Database
):
    late = hear(database, "A day ago", sent_at=clock.now() - timedelta(hours=24, seconds=1))
    answer = await send(tab, late)
    assert (answer["result"], "24 hours" in answer["words"]) == ("refused", True)
    assert said(database) == []
    with database.read() as work:
        assert work.exec(select(Outbox)).all() == []


async def test_writing_in_a_colleagues_conversation_asks_first(
    tab: Tab, browser: Browser, database: Database, maya: Conversation
):
    await send(tab, maya)
    ben = browser.tab(badge(database, hire(database, "Ben")))
    asked = await send(ben, maya, "Me too", key=OTHER_KEY)
    assert (asked["result"], asked["colleague"]) == ("ask", "Ana")
    answer = await send(ben, maya, "Me too", key=OTHER_KEY, anyway=True)
    assert answer["result"] == "stored"
    assert said(database) == ["Hello Maya", "Me too"]


async def test_the_highest_revision_of_a_draft_stands(
    tab: Tab, database: Database, maya: Conversation
):
    await keep(tab, maya, "newer", 5)
    assert await keep(tab, maya, "older", 4) == 5
    assert maya.id
    with database.read() as work:
        assert drafts.load(work, maya.id, 1)["reply"].text == "newer"


async def test_a_draft_goes_to_the_conversation_it_names(
    tab: Tab, browser: Browser, database: Database, maya: Conversation
):
    panel = Panel(tab)
    await panel.open("/")
    await panel.until(lambda: panel.value("loaded"))
    await keep(tab, maya, "for Maya", 1, mode="note")
    assert maya.id
    with database.read() as work:
        found = drafts.load(work, maya.id, 1)
    assert (found["note"].text, found["reply"].text) == ("for Maya", "")
    await panel.close()


async def test_the_composer_opens_with_the_agents_own_draft(
    tab: Tab, browser: Browser, database: Database, maya: Conversation
):
    await keep(tab, maya, "half a sentence", 3)
    for one, text in (
        (tab, "half a sentence"),
        (browser.tab(badge(database, hire(database, "Ben"))), ""),
    ):
        panel = Panel(one)
        await panel.open(f"/c/{maya.public_id}")
        await panel.until(lambda panel=panel: panel.value("phase") == "open")
        assert panel.value("box")["reply"]["text"] == text
        await panel.close()


async def test_a_reload_begins_with_the_draft_as_it_was_saved_last(
    tab: Tab, database: Database, maya: Conversation
):
    panel = Panel(tab)
    await panel.open(f"/c/{maya.public_id}")
    await panel.until(lambda: panel.value("phase") == "open")
    await keep(tab, maya, "half a sentence", 7)
    assert (await tab.state(ComposerState)).box["reply"] == {
        "text": "half a sentence",
        "revision": 7,
        "key": KEY,
    }
    await send(tab, maya)
    assert (await tab.state(ComposerState)).box["reply"]["text"] == ""
    await panel.close()


async def test_a_draft_is_shown_in_the_agents_other_window_and_leaves_it_when_sent(
    tab: Tab, browser: Browser, database: Database, maya: Conversation
):
    other = Panel(browser.tab(tab.session))
    await other.open(f"/c/{maya.public_id}")
    await other.until(lambda: other.value("phase") == "open")
    await keep(tab, maya, "half a sentence", 3)
    await other.until(lambda: other.value("box")["reply"]["text"] == "half a sentence")
    assert other.value("box")["reply"]["key"] == KEY
    await send(tab, maya, "half a sentence")
    await other.until(lambda: other.value("box")["reply"]["text"] == "")
    await other.close()


async def test_a_draft_is_marked_in_the_agents_own_list(
    tab: Tab, browser: Browser, database: Database, maya: Conversation
):
    panels = [
        Panel(one)
        for one in (browser.tab(tab.session), browser.tab(badge(database, _ben(database))))
    ]
    for panel in panels:
        await panel.open("/")
        await panel.until(lambda panel=panel: panel.value("loaded"))
        await panel.tab.call(InboxState.show_tab, tab="requested")
    await keep(tab, maya, "half a sentence", 1)
    mine, bens = panels
    await mine.until(lambda: mine.value("patches"))
    [patch] = mine.value("patches")
    assert [row["draft"] for row in patch["rows"]] == [True]
    assert not bens.value("patches")
    for panel in panels:
        await panel.close()


async def test_a_draft_that_another_window_sent_in_other_words_is_given_back(
    tab: Tab, database: Database, maya: Conversation
):
    await send(tab, maya, "Hello Maya")
    answer = await send(tab, maya, "Hello Maya, how are you?")
    assert answer["result"] == "elsewhere"
    assert "Your text is kept" in answer["words"]
    assert said(database) == ["Hello Maya"]


async def test_an_answer_takes_the_unread_line_away(
    tab: Tab, database: Database, maya: Conversation
):
    panel = Panel(tab)
    await panel.open(f"/c/{maya.public_id}")
    await panel.until(lambda: panel.value("phase") == "open")
    assert panel.value("divider")["words"] == "1 new message"
    await send(tab, maya)
    assert (await tab.state(ThreadState)).divider["id"] == ""
    await panel.close()


async def test_what_is_taken_back_is_a_draft_again_and_its_late_copy_is_told_so(
    tab: Tab, database: Database, maya: Conversation
):
    database.write(prefer, agent_id=1, undo_s="10")
    panel = Panel(tab)
    await panel.open(f"/c/{maya.public_id}")
    await panel.until(lambda: panel.value("phase") == "open")
    await send(tab, maya)
    await panel.until(lambda: "Hello Maya" in panel.texts())
    row = [*panel.value("recent"), *panel.value("tail")][-1]
    assert row["by"] == database.look(Work.get_one, Agent, 1).public_id
    assert datetime.fromisoformat(row["held"]) > clock.now()
    await tab.call(UndoState.take_back, message=row["id"], revision=4)
    await panel.until(lambda: "Hello Maya" not in panel.texts())
    assert panel.value("box")["reply"]["text"] == "Hello Maya"
    assert panel.value("box")["reply"]["revision"] == 5
    undone = panel.value("undone")
    assert (undone["key"], undone["text"]) == (KEY, "Hello Maya")
    assert (await send(tab, maya))["result"] == "undone"
    assert said(database) == []
    await panel.close()
