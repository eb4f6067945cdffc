"""Places and contacts, as the browser's dialogs hand them in."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from jumper_app import clock
from jumper_app.conversations import takeover
from jumper_app.conversations.drafts import load, save
from jumper_app.db import Database
from jumper_app.models import Conversation, Message, Outbox
from jumper_app.panel.enclosing.state import CardForm, EnclosingState, PlaceForm
from tests.panel.panels import hear
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire


@pytest.fixture
def maya(database: Database) -> Conversation:
    return hear(database, "Hi there", sent_at=clock.now())


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def tab(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


PLACE = {"pasted": "", "latitude": "52,5", "longitude": "13.4", "name": "Shop", "address": ""}
CARD = {"name": "Rosa", "phone": "+49 30 901820", "email": "", "organisation": ""}


async def begin(tab: Tab, conversation: Conversation, item: str) -> EnclosingState:
    await tab.call(EnclosingState.begin, conversation=conversation.public_id, item=item)
    return await tab.state(EnclosingState)


async def send(tab: Tab, form: dict[str, Any], **over: str) -> EnclosingState:
    verb = EnclosingState.send_place if "latitude" in form else EnclosingState.send_card
    await tab.call(verb, form={**form, **over})
    return await tab.state(EnclosingState)


def queued(database: Database) -> list[dict[str, Any]]:
    with database.read() as work:
        return [row.outbound["content"] for row in work.exec(select(Outbox))]


async def test_a_place_is_sent_and_its_dialog_closes(tab, database, maya):
    assert (await begin(tab, maya, "location")).item == "location"
    assert (await send(tab, PLACE)).item == ""
    [content] = queued(database)
    assert (content["type"], content["latitude"], content["longitude"]) == ("location", 52.5, 13.4)


async def test_a_contact_is_sent_in_the_form_that_can_be_dialled_anywhere(tab, database, maya):
    await begin(tab, maya, "contact")
    assert (await send(tab, CARD)).item == ""
    [content] = queued(database)
    assert content["cards"][0]["phones"] == ["+4930901820"]


@pytest.mark.parametrize(
    ("form", "over", "fields"),
    [
        (PLACE, {"latitude": "91"}, {"latitude"}),
        (PLACE, {"latitude": "", "longitude": "east"}, {"latitude", "longitude"}),
        (CARD, {"name": ""}, {"name"}),
        (CARD, {"phone": "030 901820", "email": "rosa"}, {"phone", "email"}),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_sent(
    tab, database, maya, form, over, fields
):
    await begin(tab, maya, "location" if form is PLACE else "contact")
    state = await send(tab, form, **over)
    assert state.errors.keys() == fields
    assert (state.item != "", queued(database)) == (True, [])


async def test_the_same_dialog_sent_twice_is_one_message(tab, database, maya):
    await begin(tab, maya, "location")
    await send(tab, PLACE)
    await send(tab, PLACE)
    assert len(queued(database)) == 1
    await begin(tab, maya, "location")
    await send(tab, PLACE)
    assert len(queued(database)) == 2


async def test_a_colleagues_customer_is_asked_about_first(tab, database, maya):
    ben = hire(database, "Ben")
    database.write(takeover.assign, conversation_id=maya.id, agent_id=ben, to_agent_id=ben,
                   now=clock.now())  # fmt: skip
    await begin(tab, maya, "contact")
    state = await send(tab, CARD)
    assert (state.item, "Ben is answering" in state.asked) == ("contact", True)
    assert queued(database) == []
    assert (await send(tab, CARD)).item == ""
    assert len(queued(database)) == 1


async def test_a_closed_window_is_said_in_the_dialog(tab, database):
    old = hear(database, "Long ago", sent_at=clock.now() - timedelta(days=2))
    await begin(tab, old, "location")
    state = await send(tab, PLACE)
    assert "24 hours" in state.problem
    assert (state.item, queued(database)) == ("location", [])


async def test_a_draft_outlives_a_place(tab, database, maya, ana):
    database.write(save, conversation_id=maya.id, agent_id=ana, mode="reply", text="Half",
                   revision=1)  # fmt: skip
    await begin(tab, maya, "location")
    await send(tab, PLACE)
    assert database.look(load, maya.id, ana)["reply"].text == "Half"


async def test_a_pasted_link_fills_in_the_place(tab, maya):
    await begin(tab, maya, "location")
    await tab.call(EnclosingState.read_link, pasted="https://maps.google.com/?ll=52.5,13.4")
    state = await tab.state(EnclosingState)
    assert (state.place["latitude"], state.place["longitude"]) == ("52.5", "13.4")
    await tab.call(EnclosingState.read_link, pasted="https://maps.app.goo.gl/abc")
    state = await tab.state(EnclosingState)
    assert "long address" in state.errors["pasted"]
    assert state.place["latitude"] == "52.5"


async def test_a_place_without_a_dialog_goes_nowhere(tab, database, maya):
    await send(tab, PLACE)
    with database.read() as work:
        assert len(work.exec(select(Message)).all()) == 1


def test_the_forms_are_strict():
    for form in (PlaceForm, CardForm):
        assert form.model_config.get("extra") == "forbid"
