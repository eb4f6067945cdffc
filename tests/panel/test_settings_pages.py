"""The settings pages: what they store, whom they refuse, and what never comes back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jumper_app.conversations import takeover
from jumper_app.db import Database
from jumper_app.models import Conversation, Role
from jumper_app.panel import access
from jumper_app.panel.settings import words
from jumper_app.panel.settings.account import AccountState
from jumper_app.panel.settings.agents import AgentsState
from jumper_app.panel.settings.channels.state import ChannelsState
from jumper_app.panel.settings.door import DoorState
from jumper_app.people import signing_in
from tests import make
from tests.panel.panels import hear
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import PASSWORD, badge, hire, opened, seen


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    access._throttle.cache_clear()
    signing_in.throttle.cache_clear()
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def agent(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


@pytest.fixture
def admin(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database, "Ada", Role.ADMIN)))


def sent_to(tab: Tab) -> str:
    """Everything that this browser was ever sent."""
    return json.dumps(tab.deltas, default=str) + tab.said


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (AgentsState.load, {}),
        (
            AgentsState.invite,
            {"form": {"name": "Cy", "email": "cy@example.com", "role": "admin"}},
        ),
    ],
)
async def test_an_agent_who_is_no_admin_is_refused(
    agent: Tab, handler: Any, payload: dict[str, Any]
):
    await agent.call(handler, **payload)
    assert "You may not do that." in agent.said


async def test_the_pages_for_admins_stay_empty_for_an_agent_without_a_word(agent: Tab, admin: Tab):
    for page, state in (("agents", AgentsState), ("channels", ChannelsState)):
        for tab in (agent, admin):
            await tab.call(DoorState.enter, page=page)
            assert (await tab.state(state)).loaded == (tab is admin)
    assert "toast" not in agent.said


# --- Agents ---------------------------------------------------------------------------


async def row_of(tab: Tab, name: str) -> dict[str, Any]:
    state = await tab.state(AgentsState)
    return next(row for row in state.agents if row["name"] == name)


async def test_an_invitation_shows_its_link_until_the_page_is_left(admin: Tab):
    form = {"name": "Cy Doe", "email": "cy@example.com", "role": "agent"}
    await admin.call(AgentsState.invite, form=form)
    state = await admin.state(AgentsState)
    assert state.link.startswith("http://localhost:3000/setup/")
    assert (await row_of(admin, "Cy Doe"))["invited"]
    await admin.call(AgentsState.load)
    assert (await admin.state(AgentsState)).link == ""


@pytest.mark.parametrize("email", ["", "nobody", "ana@example.com"])
async def test_an_address_that_cannot_be_invited_is_said_at_its_field(
    admin: Tab, ana: int, email: str
):
    form = {"name": "Cy", "email": email, "role": "agent"}
    await admin.call(AgentsState.invite, form=form)
    state = await admin.state(AgentsState)
    assert state.errors["email"]
    assert state.link == ""


async def test_a_disabled_agent_is_out_at_once_and_can_be_let_in_again(
    admin: Tab, database: Database, ana: int
):
    token = badge(database, ana)
    await admin.call(AgentsState.load)
    agent = (await row_of(admin, "Ana"))["id"]
    await admin.call(AgentsState.disable, agent=agent)
    assert seen(database, token) is None
    assert not (await row_of(admin, "Ana"))["active"]
    await admin.call(AgentsState.enable, agent=agent)
    assert (await row_of(admin, "Ana"))["active"]


async def test_whom_a_disabled_agent_answered_waits_for_somebody_else(
    admin: Tab, database: Database, ana: int
):
    maya = hear(database, "Hi there")
    database.write(takeover.pause_bot, conversation_id=maya.id or 0, agent_id=ana, now=make.NOON)
    await admin.call(AgentsState.load)
    agent = (await row_of(admin, "Ana"))["id"]
    await admin.call(AgentsState.ask_to_disable, agent=agent)
    assert (await admin.state(AgentsState)).asked == "disable"
    await admin.call(AgentsState.disable, agent=agent)
    now = database.look(lambda work: work.get_one(Conversation, maya.id))
    assert (now.owner, now.agent_id) == ("requested", None)
    assert (await admin.state(AgentsState)).asked == ""


async def test_an_admin_sees_where_someone_is_signed_in_and_ends_it(
    admin: Tab, database: Database, ana: int
):
    tokens = [badge(database, ana), badge(database, ana)]
    await admin.call(AgentsState.load)
    agent = await row_of(admin, "Ana")
    assert agent["seen_at"]
    await admin.call(AgentsState.show_sessions, agent=agent["id"])
    shown = (await admin.state(AgentsState)).sessions
    assert [each["browser"] for each in shown] == ["A browser", "A browser"]
    await admin.call(AgentsState.end_session, name=shown[0]["name"])
    assert sum(seen(database, each) is not None for each in tokens) == 1
    await admin.call(AgentsState.end_all_sessions)
    assert not any(seen(database, each) for each in tokens)
    assert (await admin.state(AgentsState)).sessions == []


async def test_the_last_admin_stays_one(admin: Tab):
    await admin.call(AgentsState.load)
    me = (await row_of(admin, "Ada"))["id"]
    await admin.call(AgentsState.change_role, agent=me, role="agent")
    assert "This is the only admin." in admin.said
    assert (await row_of(admin, "Ada"))["role"] == "admin"


async def test_a_new_password_link_is_made_for_someone_who_signs_in(admin: Tab, ana: int):
    await admin.call(AgentsState.load)
    agent = (await row_of(admin, "Ana"))["id"]
    await admin.call(AgentsState.make_reset_link, agent=agent)
    state = await admin.state(AgentsState)
    assert "/setup/" in state.link
    assert state.link_title == words.link_for("Ana")


async def test_an_unknown_agent_is_no_agent(admin: Tab):
    await admin.call(AgentsState.load)
    await admin.call(AgentsState.disable, agent="f" * 32)
    assert "This no longer exists." in admin.said


# --- One's own account ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "repeat", "field"),
    [
        (PASSWORD, "a fine sentence", "another sentence", "repeat"),
        ("wrong password", "a fine sentence", "a fine sentence", "old"),
        (PASSWORD, "short", "short", "new"),
    ],
)
async def test_a_password_that_is_not_changed_says_why_at_its_field(
    agent: Tab, old: str, new: str, repeat: str, field: str
):
    form = {"old": old, "new": new, "repeat": repeat}
    await agent.call(AccountState.change_password, form=form)
    state = await agent.state(AccountState)
    assert list(state.errors) == [field]
    assert state.changed == 0


async def test_a_new_password_signs_the_other_browsers_out(
    agent: Tab, database: Database, ana: int
):
    other = badge(database, ana)
    form = {"old": PASSWORD, "new": "a fine sentence", "repeat": "a fine sentence"}
    await agent.call(AccountState.change_password, form=form)
    assert words.PASSWORD_CHANGED in agent.said
    assert seen(database, other) is None
    assert seen(database, agent.session) is not None
    assert "a fine sentence" not in sent_to(agent)


async def test_signing_out_everywhere_ends_this_session_too(agent: Tab, database: Database):
    await agent.call(AccountState.sign_out_everywhere)
    assert seen(database, agent.session) is None
    assert "/login" in agent.said


async def test_one_signs_another_browser_of_ones_own_out(agent: Tab, database: Database, ana: int):
    other = badge(database, ana)
    await agent.call(AccountState.load)
    shown = (await agent.state(AccountState)).sessions
    assert [each["mine"] for each in shown].count(True) == 1
    await agent.call(
        AccountState.end_session, name=next(each["name"] for each in shown if not each["mine"])
    )
    assert seen(database, other) is None
    assert seen(database, agent.session) is not None


async def test_a_name_is_changed_or_refused_at_its_field(agent: Tab, database: Database):
    await agent.call(AccountState.rename, form={"name": "  "})
    assert (await agent.state(AccountState)).name_error
    await agent.call(AccountState.rename, form={"name": "Ana N."})
    assert (await agent.state(AccountState)).name_error == ""
    person = seen(database, agent.session)
    assert person
    assert person.name == "Ana N."
