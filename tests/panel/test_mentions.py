"""The bell and its list, as a browser is told of them."""

import pytest

from jumper_app import clock
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.seen import mark_seen
from jumper_app.conversations.takeover import pause_bot
from jumper_app.db import Database
from jumper_app.models import Conversation, Role
from jumper_app.panel.composer.people import rows_of
from jumper_app.panel.mentions.state import MentionsState
from jumper_app.people import agents
from tests import make
from tests.panel.panels import Panel, hear
from tests.panel.tabs import Browser
from tests.people.crowd import badge, hire


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there", sent_at=clock.now())


def note(database: Database, maya: Conversation, by: int, text: str) -> None:
    database.write(
        add_note,
        conversation_id=maya.id or 0,
        agent_id=by,
        text=text,
        client_key=text,
        now=clock.now(),
    )


def bell(panel: Panel) -> int | None:
    """The count on the rail; other rooms of the panel count things as well."""
    found = None
    for delta in panel.deltas:
        for state, values in delta.items():
            if state.endswith("mentions_state"):
                found = values.get("count_rx_state_", found)
    return found


async def test_the_bell_of_an_open_panel_rings_and_falls_silent(
    browser: Browser, database: Database, maya: Conversation
):
    ana, ben = hire(database), hire(database, "Ben")
    panel = Panel(browser.tab(badge(database, ben)))
    await panel.open("/")
    await panel.until(lambda: panel.value("loaded"))
    note(database, maya, ana, "@Ben, please")
    await panel.until(lambda: bell(panel) == 1)
    database.write(mark_seen, conversation_id=maya.id or 0, agent_id=ben)
    await panel.until(lambda: bell(panel) == 0)
    await panel.close()


async def test_the_list_is_kept_true_where_nothing_else_is_watched(
    browser: Browser, database: Database, maya: Conversation
):
    ana, ben = hire(database), hire(database, "Ben")
    note(database, maya, ana, "@Ben, the first")
    panel = Panel(browser.tab(badge(database, ben)))
    await panel.open("/mentions", MentionsState.watch)
    await panel.until(lambda: panel.value("loaded"))
    assert [row["text"] for row in panel.value("rows")] == ["@Ben, the first"]
    note(database, maya, ana, "@Ben, the second")
    await panel.until(lambda: panel.value("count") == 2)
    note(database, maya, ben, "@Ana, here I am")
    database.write(mark_seen, conversation_id=maya.id or 0, agent_id=ben)
    await panel.until(lambda: panel.value("count") == 0)
    assert [(row["by"], row["seen"]) for row in panel.value("rows")] == [("Ana", True)] * 2
    await panel.close()


async def test_the_rail_counts_who_waits_on_every_page(
    browser: Browser, database: Database, maya: Conversation
):
    ana = hire(database)
    panel = Panel(browser.tab(badge(database, ana)))
    await panel.open("/mentions", MentionsState.watch)
    await panel.until(lambda: panel.value("counts"))
    assert panel.value("counts")["requested"] == 1
    now = clock.now()
    database.write(pause_bot, conversation_id=maya.id or 0, agent_id=ana, now=now)
    await panel.until(lambda: panel.value("counts")["requested"] == 0)
    await panel.close()


async def test_whoever_is_shut_out_watches_no_bell(browser: Browser, database: Database):
    robin = make.who(hire(database, "Robin", Role.ADMIN), Role.ADMIN)
    ben = hire(database, "Ben")
    panel = Panel(browser.tab(badge(database, ben)))
    await panel.open("/mentions", MentionsState.watch)
    await panel.until(lambda: panel.value("loaded"))
    database.write(agents.disable, agent_id=ben, by=robin)
    await panel.ended()
    assert "/login?next=" in panel.tab.said


def test_a_note_can_name_who_works_here_but_oneself(database: Database):
    ana = hire(database)
    hire(database, "Ben Osei")
    hire(database, "Kim", active=False)
    [ben] = rows_of(make.who(ana), database.look(agents.colleagues))
    assert (ben["name"], ben["handles"], ben["initials"]) == ("Ben Osei", ["Ben", "Ben Osei"], "BO")
