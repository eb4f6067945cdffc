"""The privacy pages: counting first, handing out, and erasing whom one means."""

from collections.abc import Iterator

import pytest

from jumper_app import clock
from jumper_app.conversations.privacy import retention
from jumper_app.db import Database
from jumper_app.models import Contact, Conversation, Message, Role
from jumper_app.panel import access
from jumper_app.panel.settings.privacy import words
from jumper_app.panel.settings.privacy.customer_state import CustomerDataState
from jumper_app.panel.settings.privacy.state import PrivacyState
from tests import make
from tests.house import every
from tests.panel.panels import hear
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire, opened


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    access._throttle.cache_clear()
    monkeypatch.setattr(clock, "now", lambda: make.later(days=400))
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def admin(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database, "Ada", Role.ADMIN)))


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there")


def name_of(database: Database, conversation: Conversation) -> str:
    contact = database.look(lambda work: work.get_one(Contact, conversation.contact_id))
    return contact.name


async def test_a_choice_is_counted_before_it_is_kept(
    admin: Tab, database: Database, maya: Conversation
):
    await admin.call(PrivacyState.load)
    await admin.call(PrivacyState.keep, form={"months": "12"})
    await admin.call(PrivacyState.choose, months="12")
    state = await admin.state(PrivacyState)
    assert "would be deleted" in state.counted
    assert database.look(retention.months_kept) == 0
    await admin.call(PrivacyState.keep, form={"months": "12"})
    assert database.look(retention.months_kept) == 12
    assert every(database, Message)


async def test_for_ever_needs_no_counting(admin: Tab, database: Database):
    database.write(retention.keep_for, 12)
    await admin.call(PrivacyState.load)
    assert (await admin.state(PrivacyState)).months == "12"
    await admin.call(PrivacyState.keep, form={"months": "0"})
    assert database.look(retention.months_kept) == 0


async def test_nothing_older_is_said_so(admin: Tab, maya: Conversation):
    await admin.call(PrivacyState.load)
    await admin.call(PrivacyState.choose, months="36")
    assert (await admin.state(PrivacyState)).counted == words.NOTHING_OLDER


@pytest.mark.parametrize(
    ("asked", "found"),
    [("may", 1), ("650555", 1), ("+1 650 555", 1), ("m", 0), ("%", 0), ("__", 0)],
)
async def test_a_customer_is_found_by_name_or_number(
    admin: Tab, maya: Conversation, asked: str, found: int
):
    await admin.call(PrivacyState.search, form={"words": asked})
    state = await admin.state(PrivacyState)
    assert (len(state.customers), state.searched) == (found, True)


async def test_a_customers_page_says_how_much_is_kept(
    admin: Tab, database: Database, maya: Conversation
):
    admin.path = f"/settings/privacy/{maya.public_id}"
    await admin.call(CustomerDataState.load)
    state = await admin.state(CustomerDataState)
    assert state.customer["name"] == name_of(database, maya)
    assert (state.messages, state.files) == (len(every(database, Message)), "0")


async def test_erasing_wants_the_name_typed(admin: Tab, database: Database, maya: Conversation):
    admin.path = f"/settings/privacy/{maya.public_id}"
    await admin.call(CustomerDataState.load)
    await admin.call(CustomerDataState.ask)
    await admin.call(CustomerDataState.erase, form={"typed": "somebody"})
    assert (await admin.state(CustomerDataState)).error == words.NAME_DIFFERS
    assert every(database, Message)
    name = name_of(database, maya)
    await admin.call(CustomerDataState.erase, form={"typed": name})
    assert every(database, Message) == []
    assert words.erased(name) in admin.said
    await admin.call(CustomerDataState.load)
    assert (await admin.state(CustomerDataState)).missing


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (0, "For ever"),
        (1, "For 1 month"),
        (6, "For 6 months"),
        (12, "For 1 year"),
        (60, "For 5 years"),
    ],
)
def test_a_period_is_said_as_people_say_it(months: int, said: str):
    assert words.period(months) == said


def test_what_would_go_is_said_in_numbers():
    assert words.found(1, 0, "", "3 Mar 2025") == (
        "1 message is older than 3 Mar 2025 and would be deleted."
    )
    assert words.found(2314, 120, "45 MB", "3 Mar 2025") == (
        "2,314 messages and 120 files (45 MB) are older than 3 Mar 2025 and would be deleted."
    )
