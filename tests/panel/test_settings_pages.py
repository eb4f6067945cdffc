"""The settings pages: what they store, whom they refuse, and what never comes back."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from reflex_base.event.processor import BaseStateEventProcessor
from sqlmodel import select

from jumper_app.channels.contract import Credentials
from jumper_app.conversations import accounts
from jumper_app.db import Database, Work
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount, Role
from jumper_app.panel import access
from jumper_app.panel.settings import connecting, words
from jumper_app.panel.settings.account import AccountState
from jumper_app.panel.settings.agents import AgentsState
from jumper_app.panel.settings.channels import ChannelsState
from jumper_app.panel.settings.door import DoorState
from jumper_app.people import signing_in
from tests import make
from tests.panel.tabs import Browser, Tab, browsing
from tests.people.crowd import PASSWORD, badge, hire, opened, seen

NUMBER = {
    "name": "Shop",
    "address": "+49 30 1234567",
    "phone_id": "555000111",
    "waba_id": "999",
    "token": "the-token",
    "app_secret": "the-app-secret",
    "verify_token": "the-verify-token",
    "flow": "",
}
SECRETS = ("the-token", "the-app-secret", "the-verify-token")


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    access._throttle.cache_clear()
    signing_in.throttle.cache_clear()
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
async def browser(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", lambda *_: asyncio.sleep(0))
    async with browsing() as opened_browser:
        yield opened_browser
    assert not opened_browser.errors


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def agent(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


@pytest.fixture
def admin(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database, "Ada", Role.ADMIN)))


def stored(database: Database) -> Credentials:
    def read(work: Work) -> Credentials:
        return accounts.credentials(work.exec(select(ChannelAccount)).one())

    return database.look(read)


def sent_to(tab: Tab) -> str:
    """Everything that this browser was ever sent."""
    return json.dumps(tab.deltas, default=str) + tab.said


# --- Channels -------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def meta_knows_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(_credentials: Credentials) -> str:
        return "Shop"

    monkeypatch.setattr(connecting, "ask_provider", answer)


async def test_a_number_is_connected_and_its_secrets_never_come_back(
    admin: Tab, database: Database
):
    await admin.call(ChannelsState.connect, form=NUMBER)
    assert stored(database).token.get_secret_value() == "the-token"
    assert "Shop is connected." in admin.said
    await admin.call(ChannelsState.load)
    state = await admin.state(ChannelsState)
    await admin.call(ChannelsState.change, account=state.accounts[0]["id"])
    assert (await admin.state(ChannelsState)).form["phone_id"] == "555000111"
    assert not any(secret in sent_to(admin) for secret in SECRETS)


async def change_the_number(admin: Tab) -> None:
    await admin.call(ChannelsState.load)
    state = await admin.state(ChannelsState)
    await admin.call(ChannelsState.change, account=state.accounts[0]["id"])


async def test_a_connected_number_is_never_overwritten_by_a_new_one(admin: Tab, database: Database):
    await admin.call(ChannelsState.connect, form=NUMBER)
    await admin.call(ChannelsState.connect, form={**NUMBER, "name": "Other", "token": "wrong"})
    assert stored(database).token.get_secret_value() == "the-token"
    assert "phone_id" in (await admin.state(ChannelsState)).errors


async def test_what_meta_refuses_is_not_stored(
    admin: Tab, database: Database, monkeypatch: pytest.MonkeyPatch
):
    async def refuse(_credentials: Credentials) -> str:
        raise SendFailed("The token is not valid any more.")

    monkeypatch.setattr(connecting, "ask_provider", refuse)
    await admin.call(ChannelsState.connect, form=NUMBER)
    state = await admin.state(ChannelsState)
    assert (state.failed, state.accounts) == ("The token is not valid any more.", [])


async def test_empty_secrets_keep_the_stored_ones(admin: Tab, database: Database):
    await admin.call(ChannelsState.connect, form=NUMBER)
    kept = {**NUMBER, "name": "New", "token": "", "app_secret": "", "verify_token": ""}
    await change_the_number(admin)
    await admin.call(ChannelsState.connect, form=kept)
    assert stored(database).token.get_secret_value() == "the-token"
    assert stored(database).verify_token.get_secret_value() == "the-verify-token"
    assert [row["name"] for row in (await admin.state(ChannelsState)).accounts] == ["New"]


async def test_a_new_app_secret_stands_before_the_old_one(admin: Tab, database: Database):
    await admin.call(ChannelsState.connect, form=NUMBER)
    for secret in ("second", "third", "third"):
        await change_the_number(admin)
        await admin.call(ChannelsState.connect, form={**NUMBER, "app_secret": secret})
    assert stored(database).app_secrets == (SecretStr("third"), SecretStr("second"))


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": " "}, "name", words.REQUIRED),
        ({"token": ""}, "token", words.REQUIRED),
        ({"phone_id": "+49"}, "phone_id", words.DIGITS_ONLY),
        ({"waba_id": "1" * 65}, "waba_id", words.TOO_LONG),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    admin: Tab, database: Database, wrong: dict[str, str], field: str, sentence: str
):
    await admin.call(ChannelsState.connect, form={**NUMBER, **wrong})
    assert (await admin.state(ChannelsState)).errors == {field: sentence}
    assert database.look(accounts.accounts) == []


async def test_a_connection_is_tested_without_storing_it(
    admin: Tab, database: Database, monkeypatch: pytest.MonkeyPatch
):
    async def answer(credentials: Credentials) -> str:
        assert credentials.token.get_secret_value() == "the-token"
        return "Shop (+49 30 1234567)"

    monkeypatch.setattr(connecting, "ask_provider", answer)
    await admin.call(ChannelsState.test, form=NUMBER)
    state = await admin.state(ChannelsState)
    assert state.worked == words.connection_works("Shop (+49 30 1234567)")
    assert not state.asking
    assert database.look(accounts.accounts) == []


class Busy(SendFailed):
    retryable = True


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (SendFailed("The token is not valid any more."), "The token is not valid any more."),
        (Busy(), words.META_SILENT),
    ],
)
async def test_a_failed_test_says_why(
    admin: Tab, monkeypatch: pytest.MonkeyPatch, failure: SendFailed, sentence: str
):
    async def fail(credentials: Credentials) -> str:
        raise failure

    monkeypatch.setattr(connecting, "ask_provider", fail)
    await admin.call(ChannelsState.test, form=NUMBER)
    state = await admin.state(ChannelsState)
    assert (state.failed, state.worked, state.asking) == (sentence, "", False)


async def test_the_callback_address_is_the_one_that_meta_must_call(admin: Tab):
    await admin.call(ChannelsState.load)
    state = await admin.state(ChannelsState)
    assert state.callback == "http://localhost:3000/webhooks/whatsapp"


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (ChannelsState.load, {}),
        (ChannelsState.connect, {"form": NUMBER}),
        (ChannelsState.test, {"form": NUMBER}),
        (AgentsState.load, {}),
        (
            AgentsState.invite,
            {"form": {"name": "Cy", "email": "cy@example.com", "role": "admin"}},
        ),
    ],
)
async def test_an_agent_who_is_no_admin_is_refused(
    agent: Tab, database: Database, handler: Any, payload: dict[str, Any]
):
    await agent.call(handler, **payload)
    assert "You may not do that." in agent.said
    assert database.look(accounts.accounts) == []


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


async def test_a_name_is_changed_or_refused_at_its_field(agent: Tab, database: Database):
    await agent.call(AccountState.rename, form={"name": "  "})
    assert (await agent.state(AccountState)).name_error
    await agent.call(AccountState.rename, form={"name": "Ana N."})
    assert (await agent.state(AccountState)).name_error == ""
    person = seen(database, agent.session)
    assert person
    assert person.name == "Ana N."


def test_a_connected_number_is_listed_without_any_secret(database: Database):
    database.write(make.account)
    shown = str(database.look(accounts.accounts))
    assert "token-of-the-tests" not in shown
    assert make.APP_SECRET not in shown
