"""The Customer List as agents and admins use it, through Reflex's own processor."""

from typing import Any

import pytest

from jumper_app.conversations.listing import Tab as ListTab
from jumper_app.db import Database, Work
from jumper_app.models import Conversation, Owner, Role
from jumper_app.panel import access
from jumper_app.panel.inbox import reading
from jumper_app.panel.inbox.state import InboxState
from tests import make
from tests.panel.listed import belongs_to, conversation
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire, person


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def tab(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


@pytest.fixture
def chief(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database, "Ada", Role.ADMIN)))


def stored(database: Database, *rows: tuple[str, dict[str, Any]]) -> None:
    def store(work: Work) -> None:
        for minutes, (name, over) in enumerate(rows):
            conversation(work, name, make.later(minutes=minutes), **over)

    database.write(store)


async def names(tab: Tab) -> list[str]:
    """What the browser shows: the whole list and the changes since."""
    state = await tab.state(InboxState)
    rows = {one["id"]: one for one in state.base["rows"]}
    for patch in state.patches:
        rows = {key: one for key, one in rows.items() if key not in patch["gone"]}
        rows |= {one["id"]: one for one in patch["rows"]}
    return [one["name"] for one in sorted(rows.values(), key=lambda one: one["key"], reverse=True)]


async def test_each_tab_shows_its_own_conversations(tab: Tab, database: Database, ana: int):
    stored(
        database,
        ("Bo", {}),
        ("Ria", {"owner": Owner.REQUESTED}),
        ("Mia", belongs_to(ana)),
        ("Done", {"owner": Owner.RESOLVED}),
    )
    for name, shown in (("bot", ["Bo"]), ("requested", ["Ria"]), ("active", ["Mia"])):
        await tab.call(InboxState.show_tab, tab=name)
        assert await names(tab) == shown
    assert (await tab.state(InboxState)).counts == {
        "bot": 1,
        "requested": 1,
        "active": 1,
        "all": 4,
    }


async def test_an_agent_who_asks_for_everything_gets_their_own(
    tab: Tab, database: Database, ana: int
):
    stored(database, ("Bo", {}), ("Mia", belongs_to(ana)))
    await tab.call(InboxState.show_tab, tab="all")
    assert await names(tab) == ["Mia"]


async def test_an_admin_sees_one_list_and_filters_it_by_agent(
    chief: Tab, database: Database, ana: int
):
    stored(database, ("Bo", {}), ("Mia", belongs_to(ana)))
    await chief.call(InboxState.show_tab, tab="active")
    assert await names(chief) == ["Mia", "Bo"]
    options = {one["name"]: one["id"] for one in (await chief.state(InboxState)).agents}
    await chief.call(InboxState.filter_by, agent=options["Ana"])
    assert await names(chief) == ["Mia"]
    await chief.call(InboxState.filter_by, agent="everyone")
    assert await names(chief) == ["Mia", "Bo"]


async def test_a_filter_by_nobody_we_know_shows_nothing(chief: Tab, database: Database):
    stored(database, ("Bo", {}))
    await chief.call(InboxState.filter_by, agent="f" * 32)
    assert await names(chief) == []


async def test_an_agent_cannot_filter_by_colleague(tab: Tab, database: Database, ana: int):
    ben = hire(database, "Ben")
    stored(database, ("Mia", belongs_to(ana)), ("Bob", belongs_to(ben)))
    await tab.call(InboxState.filter_by, agent=person(database, ben).public_id)
    assert await names(tab) == ["Mia"]
    assert (await tab.state(InboxState)).agents == []


async def test_show_more_adds_the_page_below_until_there_is_none(tab: Tab, database: Database):
    stored(database, *((f"Customer {number}", {}) for number in range(30)))
    await tab.call(InboxState.show_tab, tab="bot")
    assert len(await names(tab)) == 25
    await tab.call(InboxState.show_more)
    assert await names(tab) == [f"Customer {number}" for number in reversed(range(30))]
    assert not (await tab.state(InboxState)).more


async def test_the_whole_list_is_sent_again_as_long_as_it_was(tab: Tab, database: Database):
    stored(database, *((f"Customer {number}", {}) for number in range(30)))
    await tab.call(InboxState.show_tab, tab="bot")
    await tab.call(InboxState.show_more)
    await tab.call(InboxState.read_again)
    state = await tab.state(InboxState)
    assert len(state.base["rows"]) == 30
    assert state.patches == []


async def test_a_conversation_that_changes_hands_leaves_the_tab(tab: Tab, database: Database):
    stored(database, ("Bo", {}), ("Mo", {}))
    await tab.call(InboxState.show_tab, tab="bot")

    def request(work: Work) -> int:
        row = work.get_one(Conversation, 1)
        row.owner = Owner.REQUESTED
        return 1

    changed = database.write(request)
    await folded(tab, database, changed)
    assert await names(tab) == ["Mo"]
    assert (await tab.state(InboxState)).counts["requested"] == 1


async def test_the_open_conversation_stays_listed_and_says_who_answers_now(
    tab: Tab, database: Database, ana: int
):
    stored(database, ("Bo", {}), ("Mo", {}))
    await tab.call(InboxState.show_tab, tab="bot")
    database.write(lambda work: take(work, 1, ana))
    await folded(tab, database, 1, open_id=1)
    assert await names(tab) == ["Mo", "Bo"]
    state = await tab.state(InboxState)
    assert [(one["name"], one["owner"]) for one in state.patches[-1]["rows"]] == [("Bo", "agent")]
    await tab.call(InboxState.read_again)
    assert await names(tab) == ["Mo", "Bo"]
    await tab.call(InboxState.show_tab, tab="bot")
    assert await names(tab) == ["Mo"]


async def test_an_open_conversation_that_was_never_listed_here_is_not_added(
    tab: Tab, database: Database, ana: int
):
    stored(database, ("Bo", {}), ("Mia", belongs_to(ana)))
    await tab.call(InboxState.show_tab, tab="bot")
    await folded(tab, database, 2, open_id=2)
    assert await names(tab) == ["Bo"]


def take(work: Work, conversation_id: int, agent_id: int) -> None:
    row = work.get_one(Conversation, conversation_id)
    row.owner, row.agent_id = Owner.AGENT, agent_id


async def test_news_that_was_read_for_another_tab_is_left_out(tab: Tab, database: Database):
    stored(database, ("Bo", {}), ("Ria", {"owner": Owner.REQUESTED}))
    await tab.call(InboxState.show_tab, tab="bot")
    await folded(tab, database, 2, choice=reading.Choice(ListTab.REQUESTED))
    assert await names(tab) == ["Bo"]


async def folded(
    tab: Tab,
    database: Database,
    changed: int,
    choice: reading.Choice | None = None,
    open_id: int = 0,
) -> None:
    """Show what became of a conversation, as the watcher does."""
    state = await tab.state(InboxState)
    who = database.look(access.sessions.who, tab.session, access.clock.machine())
    assert who
    chosen = choice or state._choice()
    changes = database.look(reading.read_changes, who, chosen, [changed], make.NOON, open_id)
    state._fold(who, changes)
