"""The channels' pages: what they store, what they say, and what never comes back."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select

from jumper_app.channels.contract import Credentials, Finding, Report, Verdict
from jumper_app.conversations import accounts, standing
from jumper_app.conversations.accounts import AccountView
from jumper_app.db import Database, Work
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount, Role
from jumper_app.panel import access
from jumper_app.panel.settings.channels import asking, connect_state, filling, words
from jumper_app.panel.settings.channels.account_state import ChannelState
from jumper_app.panel.settings.channels.connect_state import FIRST, IDS, PASTE, TEST, ConnectState
from jumper_app.panel.settings.channels.state import ChannelsState
from jumper_app.people import signing_in
from tests import make
from tests.panel.panels import Panel
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire, opened

NUMBER = {
    "name": "Shop",
    "phone_id": "555000111",
    "waba_id": "999",
    "address": "",
    "token": "the-token",
    "app_secret": "the-app-secret",
}
SECRETS = ("the-token", "the-app-secret")
WELL = Report(name="Bells", address="+46 70")
WRONG = Finding(title="App secret", verdict=Verdict.BAD, text="Copy it again.", blocks=True)
MISSING = Finding(
    title="Account's webhooks", verdict=Verdict.BAD, text="Not yet.", can_subscribe=True
)


class Provider:
    """What the provider answers, and what it was asked with."""

    def __init__(self) -> None:
        self.told: Report | SendFailed = WELL
        self.asked: list[Credentials] = []
        self.subscribed: list[str] = []

    async def ask(self, key: str, credentials: Credentials) -> Report:
        self.asked.append(credentials)
        if isinstance(self.told, SendFailed):
            raise self.told
        return self.told

    async def subscribe(self, public_id: str) -> None:
        self.subscribed.append(public_id)
        self.told = WELL


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    monkeypatch.setattr(asking, "ask", made.ask)
    monkeypatch.setattr(asking, "subscribe", made.subscribe)
    return made


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    access._throttle.cache_clear()
    signing_in.throttle.cache_clear()
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def admin(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database, "Ada", Role.ADMIN)))


@pytest.fixture
async def steps(admin: Tab) -> Tab:
    """An admin who is about to connect a number."""
    admin.path = "/settings/channels/connect/whatsapp"
    await admin.call(ConnectState.load)
    return admin


def account_of(database: Database) -> AccountView:
    return database.look(accounts.accounts)[-1]


def stored(database: Database) -> Credentials:
    def read(work: Work) -> Credentials:
        return accounts.credentials(work.exec(select(ChannelAccount)).one())

    return database.look(read)


def sent_to(tab: Tab) -> str:
    """Everything that this browser was ever sent."""
    return json.dumps(tab.deltas, default=str) + tab.said


# --- Connecting -----------------------------------------------------------------------


async def test_the_form_is_the_channels_own_description(steps: Tab):
    state = await steps.state(ConnectState)
    assert [row["name"] for row in state.fields] == [
        *("phone_id", "waba_id", "address", "token", "app_secret")
    ]
    assert state.title == words.STEP_NEEDS


async def test_a_channel_without_needs_and_callback_has_fewer_steps(admin: Tab):
    admin.path = "/settings/channels/connect/webchat"
    await admin.call(ConnectState.load)
    state = await admin.state(ConnectState)
    labels = [row["label"] for row in state.steps]
    assert labels[:2] == [words.STEP_KEY, words.STEP_SNIPPET]
    assert state.step == IDS


async def test_an_address_that_names_no_channel_says_so(admin: Tab):
    admin.path = "/settings/channels/connect/smoke-signals"
    await admin.call(ConnectState.load)
    assert (await admin.state(ConnectState)).missing
    await admin.call(ConnectState.save, form=NUMBER)
    assert "This no longer exists." in admin.said


async def test_a_number_is_stored_once_the_provider_agrees(
    steps: Tab, database: Database, provider: Provider
):
    await steps.call(ConnectState.save, form=NUMBER)
    state = await steps.state(ConnectState)
    assert (state.step, state.failed, state.asking) == (PASTE, "", False)
    assert state.callback == "http://localhost:3000/webhooks/whatsapp"
    assert stored(database).token.get_secret_value() == "the-token"
    assert provider.asked[0].app_secrets[0].get_secret_value() == "the-app-secret"


async def test_the_verify_token_is_made_here_and_shown_while_it_can_be_pasted(
    steps: Tab, database: Database
):
    await steps.call(ConnectState.save, form=NUMBER)
    [shown] = (await steps.state(ConnectState)).shown
    assert shown["value"] == stored(database).verify_token.get_secret_value()
    await steps.call(ConnectState.finish, form={"name": "Shop", "flow": ""})
    assert (await steps.state(ConnectState)).shown == []


async def test_what_was_typed_as_a_secret_never_comes_back(steps: Tab):
    await steps.call(ConnectState.save, form=NUMBER)
    await steps.call(ConnectState.test)
    await steps.call(ConnectState.finish, form={"name": "Shop", "flow": ""})
    await steps.call(ChannelsState.load)
    assert not any(secret in sent_to(steps) for secret in SECRETS)


async def test_what_is_not_the_admins_own_is_not_stored(
    steps: Tab, database: Database, provider: Provider
):
    provider.told = Report(findings=(WRONG, MISSING))
    await steps.call(ConnectState.save, form=NUMBER)
    state = await steps.state(ConnectState)
    assert (state.step, [row["title"] for row in state.findings]) == (0, ["App secret"])
    assert database.look(accounts.accounts) == []


async def test_what_is_only_missing_at_the_provider_does_not_hold_it_up(
    steps: Tab, database: Database, provider: Provider
):
    provider.told = Report(findings=(MISSING,))
    await steps.call(ConnectState.save, form=NUMBER)
    assert (await steps.state(ConnectState)).step == PASTE
    assert account_of(database).name == "Shop"


class Busy(SendFailed):
    retryable = True


async def test_a_provider_that_cannot_be_reached_is_said_and_nothing_is_stored(
    steps: Tab, database: Database, provider: Provider
):
    provider.told = Busy()
    await steps.call(ConnectState.save, form=NUMBER)
    assert (await steps.state(ConnectState)).failed == words.UNREACHED
    assert database.look(accounts.accounts) == []


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"token": ""}, "token", words.REQUIRED),
        ({"phone_id": "+49"}, "phone_id", words.DIGITS_ONLY),
        ({"phone_id": "٣"}, "phone_id", words.DIGITS_ONLY),
        ({"waba_id": "1" * 65}, "waba_id", words.TOO_LONG),
        ({"name": "x" * 121}, "name", words.TOO_LONG),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nobody_is_asked(
    steps: Tab, provider: Provider, wrong: dict[str, str], field: str, sentence: str
):
    await steps.call(ConnectState.save, form={**NUMBER, **wrong})
    assert (await steps.state(ConnectState)).errors == {field: sentence}
    assert provider.asked == []


async def test_a_connected_number_is_never_overwritten_by_a_new_one(steps: Tab, database: Database):
    await steps.call(ConnectState.save, form=NUMBER)
    await steps.call(ConnectState.load)
    await steps.call(ConnectState.save, form={**NUMBER, "token": "another"})
    assert stored(database).token.get_secret_value() == "the-token"
    assert (await steps.state(ConnectState)).errors == {"phone_id": words.CONNECTED_ALREADY}


async def test_an_empty_name_becomes_the_one_that_customers_see(steps: Tab, database: Database):
    await steps.call(ConnectState.save, form={**NUMBER, "name": ""})
    assert (account_of(database).name, account_of(database).address) == ("Bells", "+46 70")


async def test_the_test_says_what_is_missing_and_mends_what_it_can(
    steps: Tab, database: Database, provider: Provider
):
    await steps.call(ConnectState.save, form=NUMBER)
    provider.told = Report(findings=(MISSING,))
    await steps.call(ConnectState.test)
    state = await steps.state(ConnectState)
    assert (state.step, state.works, state.findings[0]["can_subscribe"]) == (TEST, False, True)
    await steps.call(ConnectState.subscribe)
    assert provider.subscribed == [account_of(database).public_id]
    await steps.call(ConnectState.test)
    assert (await steps.state(ConnectState)).works


async def test_who_answers_first_and_the_options_are_kept(steps: Tab, database: Database):
    await steps.call(ConnectState.save, form=NUMBER)
    await steps.call(ConnectState.finish, form={"name": "Bells", "flow": "", "show_outside": "on"})
    view = account_of(database)
    assert (view.name, view.flow, view.options) == ("Bells", "", {"show_outside": True})


async def test_no_step_is_reached_before_its_time(steps: Tab):
    await steps.call(ConnectState.go, step=FIRST)
    assert (await steps.state(ConnectState)).step == 0
    await steps.call(ConnectState.go, step=IDS)
    assert (await steps.state(ConnectState)).step == IDS
    await steps.call(ConnectState.test)
    await steps.call(ConnectState.finish, form={"name": "Shop"})
    assert (await steps.state(ConnectState)).step == IDS


async def test_after_it_is_stored_there_is_no_way_back_to_the_form(steps: Tab):
    await steps.call(ConnectState.save, form=NUMBER)
    await steps.call(ConnectState.go, step=IDS)
    assert (await steps.state(ConnectState)).step == PASTE


# --- Filling in -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sites", "right"),
    [
        ("https://shop.example", True),
        ("https://*.shop.example\nhttp://localhost:8080\n", True),
        ("shop.example", False),
        ("https://shop.example/path", False),
        ("https://a.example\n'self'; script-src *", False),
    ],
)
def test_an_option_of_lines_is_checked_line_by_line(sites: str, right: bool):
    _, faults = filling.options_of(connect_state.CHANNELS["webchat"], {"sites": sites})
    assert ("sites" not in faults) is right


def test_a_value_of_our_own_making_is_never_twice_the_same():
    fields = [each for each in connect_state.CHANNELS["whatsapp"].form if each.made_here]
    made = {filling.made_up(each) for each in fields for _ in range(20)}
    assert len(made) == 20 * len(fields)
    assert min(map(len, made)) >= 32


# --- Looking after one ----------------------------------------------------------------


class Page(Panel):
    """An account's page, as an admin has it open."""

    def shown(self, name: str) -> Any:
        """What was last sent of a var."""
        full = f"{name}_rx_state_"
        sent = [state[full] for delta in self.deltas for state in delta.values() if full in state]
        return sent[-1] if sent else None


@pytest.fixture
def number(database: Database) -> ChannelAccount:
    return database.write(make.account)


@pytest.fixture
async def page(admin: Tab, number: ChannelAccount) -> AsyncIterator[Page]:
    mine = Page(admin)
    await mine.open(f"/settings/channels/{number.public_id}", ChannelState.watch)
    await mine.until(lambda: (mine.shown("account") or {}).get("id"))
    yield mine
    await mine.close()


async def test_the_page_shows_the_account_and_no_secret(page: Page):
    assert page.shown("account")["name"] == "Shop"
    assert page.shown("health")["failed"] == 0
    assert "token-of-the-tests" not in sent_to(page.tab)
    assert make.APP_SECRET not in sent_to(page.tab)
    assert make.VERIFY_TOKEN not in sent_to(page.tab)


async def test_an_account_that_is_not_there_is_said_so(admin: Tab, database: Database):
    mine = Page(admin)
    await mine.open(f"/settings/channels/{'f' * 32}", ChannelState.watch)
    await mine.until(lambda: mine.shown("missing"))
    await mine.ended()


async def test_pausing_is_seen_on_the_page_and_in_every_other(page: Page, database: Database):
    await page.tab.call(ChannelState.pause)
    await page.until(lambda: page.shown("account")["standing"] == "paused")
    assert account_of(database).paused
    await page.tab.call(ChannelState.resume)
    await page.until(lambda: page.shown("account")["standing"] == "good")


async def test_a_test_shows_what_it_found_and_keeps_it(page: Page, provider: Provider):
    provider.told = Report(findings=(MISSING,))
    await page.tab.call(ChannelState.test)
    await page.until(lambda: page.shown("findings"))
    assert page.shown("account")["standing"] == "bad"
    await page.tab.call(ChannelState.subscribe)
    assert provider.subscribed


async def test_new_secrets_are_asked_about_before_they_replace_the_old_ones(
    page: Page, database: Database, provider: Provider
):
    provider.told = Report(findings=(WRONG,))
    await page.tab.call(ChannelState.renew, form={"token": "new", "app_secret": ""})
    assert page.shown("failed") == "App secret: Copy it again."
    assert stored(database).token.get_secret_value() == "token-of-the-tests"
    provider.told = WELL
    await page.tab.call(ChannelState.renew, form={"token": "new", "app_secret": "second"})
    assert stored(database).token.get_secret_value() == "new"
    assert [each.get_secret_value() for each in stored(database).app_secrets] == [
        *("second", make.APP_SECRET)
    ]


async def test_the_old_secret_is_named_and_can_be_forgotten_at_once(page: Page, database: Database):
    await page.tab.call(ChannelState.renew, form={"app_secret": "second"})
    await page.until(lambda: page.shown("old_secret_until"))
    await page.tab.call(ChannelState.forget_old)
    await page.until(lambda: not page.shown("old_secret_until"))
    assert len(stored(database).app_secrets) == 1


async def test_nothing_written_replaces_nothing(page: Page, provider: Provider):
    await page.tab.call(ChannelState.renew, form={"token": " "})
    assert page.shown("failed") == words.NOTHING_WRITTEN
    assert provider.asked == []


async def test_a_new_verify_token_is_shown_once(page: Page, database: Database):
    await page.tab.call(ChannelState.make_anew, name="verify_token")
    [shown] = page.shown("shown")
    assert shown["value"] == stored(database).verify_token.get_secret_value()
    await page.open(f"/settings/channels/{account_of(database).public_id}", ChannelState.watch)
    await page.until(lambda: page.shown("shown") == [])


@pytest.mark.parametrize("name", ["token", "phone_id", "nothing"])
async def test_only_what_is_ours_to_make_can_be_made_anew(
    page: Page, database: Database, name: str
):
    before = stored(database)
    await page.tab.call(ChannelState.make_anew, name=name)
    assert stored(database) == before


async def test_settings_are_kept_or_refused_at_their_field(page: Page, database: Database):
    await page.tab.call(ChannelState.save, form={"name": " ", "flow": ""})
    assert page.shown("errors") == {"name": words.REQUIRED}
    await page.tab.call(ChannelState.save, form={"name": "Bells", "flow": "", "show_outside": "on"})
    assert (account_of(database).name, account_of(database).options["show_outside"]) == (
        *("Bells", True),
    )
    await page.tab.call(ChannelState.save, form={"name": "Bells", "flow": ""})
    assert account_of(database).options["show_outside"] is False


async def test_removing_wants_the_name_typed(page: Page, database: Database):
    await page.tab.call(ChannelState.ask_to_remove)
    await page.tab.call(ChannelState.remove, form={"typed": "shop"})
    assert page.shown("errors") == {"typed": words.NAME_DIFFERS}
    assert account_of(database).active
    await page.tab.call(ChannelState.remove, form={"typed": "Shop"})
    assert not account_of(database).active
    assert "/settings/channels" in page.tab.said


async def test_a_removed_account_is_listed_apart(admin: Tab, database: Database):
    number = database.write(make.account)
    database.write(standing.remove, number.public_id, make.NOON)
    await admin.call(ChannelsState.load)
    state = await admin.state(ChannelsState)
    assert (state.accounts, [row["name"] for row in state.removed]) == ([], ["Shop"])


async def test_a_page_that_is_open_when_its_admin_becomes_an_agent_ends(
    page: Page, database: Database
):
    def demote(work: Work) -> None:
        from jumper_app.models import Agent

        work.exec(select(Agent).where(Agent.name == "Ada")).one().role = Role.AGENT

    database.write(demote)
    database.hub.tell([connect_change()])
    await page.ended()


def connect_change() -> Any:
    from jumper_app.live import SettingsChanged

    return SettingsChanged()


def test_a_listed_account_holds_no_secret(database: Database):
    database.write(make.account)
    shown = str(database.look(accounts.accounts))
    assert "token-of-the-tests" not in shown
    assert make.APP_SECRET not in shown


ADMINS_ONLY: list[tuple[Any, dict[str, Any]]] = [
    (ChannelsState.load, {}),
    (ConnectState.save, {"form": NUMBER}),
    (ConnectState.test, {}),
    (ChannelState.pause, {}),
    (ChannelState.remove, {"form": {"typed": "Shop"}}),
]


@pytest.mark.parametrize(("handler", "payload"), ADMINS_ONLY)
async def test_an_agent_who_is_no_admin_is_refused(
    browser: Browser,
    database: Database,
    number: ChannelAccount,
    handler: Callable[..., Any],
    payload: dict[str, Any],
):
    agent = browser.tab(badge(database, hire(database)))
    await agent.call(handler, **payload)
    assert "You may not do that." in agent.said
    assert account_of(database).active
