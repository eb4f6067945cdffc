"""The page's handlers, called as a browser calls them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from reflex_base.event.processor import BaseStateEventProcessor

from jumper_app import clock
from jumper_app.db import Database
from jumper_app.panel import access
from jumper_app.simulator import simulator as module
from jumper_app.simulator import whatsapp, words
from jumper_app.simulator.newcomers import NewCustomer, problem
from jumper_app.simulator.page import simulator_page
from jumper_app.simulator.simulator import install
from jumper_app.simulator.state import SimulatorState
from jumper_app.simulator.views.owner import HOLDS
from jumper_app.simulator.world import WorldState
from tests.panel.tabs import Browser, Tab, browsing
from tests.people.crowd import badge, hire, opened
from tests.simulator.stage import HIDDEN, MARIA, Stage, text_body


@pytest.fixture(autouse=True)
def _rates_begin_anew() -> Iterator[None]:
    access._throttle.cache_clear()
    yield
    access._throttle.cache_clear()


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_installed", [])


@pytest.fixture
async def browser(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", lambda *_: asyncio.sleep(0))
    async with browsing() as opened_browser:
        yield opened_browser
    assert not opened_browser.errors


@pytest.fixture
def tab(browser: Browser, database: Database) -> Tab:
    return browser.tab(badge(database, hire(database)))


@pytest.fixture
async def table(tab: Tab, stage: Stage, nothing_installed: None) -> Tab:
    """A page that was opened, with Maria's phone on the left."""
    install(stage.simulator)
    await tab.call(SimulatorState.load)
    await tab.call(SimulatorState.pick, key=MARIA)
    return tab


def by_number(name: str, number: str) -> NewCustomer:
    return NewCustomer(name=name, way="whatsapp:number", number=number)


def by_username(name: str, username: str) -> NewCustomer:
    return NewCustomer(name=name, way="whatsapp:username", username=username)


async def phones(tab: Tab):
    """The page's state, as fresh as a watcher would keep it."""
    await tab.call(SimulatorState.load)
    return await tab.state(SimulatorState)


async def around(tab: Tab):
    await tab.call(SimulatorState.load)
    return await tab.state(WorldState)


def test_the_page_can_be_drawn():
    assert "phone-input" in str(simulator_page().render())


# --- Who may see it


async def test_without_a_simulator_the_page_says_so(tab: Tab, nothing_installed: None):
    await tab.call(SimulatorState.load)
    assert (await tab.state(SimulatorState)).phase == "missing"


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (SimulatorState.pick, {"key": MARIA}),
        (SimulatorState.write, {"slot": 0, "form": {"text": "Hi"}}),
        (WorldState.advance, {"seconds": 60}),
        (WorldState.reset_workspace, {}),
    ],
)
async def test_without_a_simulator_every_verb_is_refused(
    tab: Tab, nothing_installed: None, handler, payload
):
    before = clock.advanced()
    await tab.call(handler, **payload)
    assert "There is no simulator" in tab.said
    assert clock.advanced() == before


async def test_a_page_under_a_foreign_name_is_refused(table: Tab, stage: Stage):
    table.host = "jumper.example.com"
    await table.call(SimulatorState.write, slot=0, form={"text": "Hi"})
    await table.call(SimulatorState.load)
    assert stage.simulator.phone(MARIA).bubbles() == []
    assert (await table.state(SimulatorState)).phase == "missing"


async def test_nobody_holds_a_phone_without_signing_in(browser: Browser, stage: Stage, table: Tab):
    stranger = browser.tab()
    await stranger.call(SimulatorState.pick, key=MARIA)
    await stranger.call(WorldState.hold_back)
    assert (await stranger.state(SimulatorState)).left["key"] == ""
    assert not stage.simulator.postman.holding


# --- Choosing


async def test_customers_are_found_by_name_number_or_username(table: Tab):
    for words_typed, found in (("müLL", [MARIA]), ("151 1234", [MARIA]), ("@sheena", [HIDDEN])):
        await table.call(SimulatorState.look_for, text=words_typed)
        contacts = (await table.state(SimulatorState)).contacts
        assert [one["key"] for one in contacts] == found


async def test_two_phones_lie_beside_each_other(table: Tab):
    await table.call(SimulatorState.activate, slot=1)
    await table.call(SimulatorState.pick, key=HIDDEN)
    state = await table.state(SimulatorState)
    assert (state.left["key"], state.right["key"]) == (MARIA, HIDDEN)


async def test_a_phone_lies_in_one_place_only(table: Tab):
    await table.call(SimulatorState.activate, slot=1)
    await table.call(SimulatorState.pick, key=MARIA)
    state = await table.state(SimulatorState)
    assert (state.right["key"], state.active) == ("", 0)


async def test_a_new_customer_writes_at_once(table: Tab, stage: Stage):
    form = {
        "name": "Bia",
        "way": "whatsapp:number",
        "number": "+55 (11) 98765-4321",
        "username": "",
    }
    await table.call(SimulatorState.add, form=form)
    await table.call(SimulatorState.write, slot=0, form={"text": "Oi"})
    await stage.settled()
    assert stage.app.changes()[0]["contacts"][0]["wa_id"] == "5511987654321"
    assert stage.app.changes()[0]["contacts"][0]["user_id"].startswith("BR.")


async def test_who_hides_the_number_is_known_by_username_alone(table: Tab, stage: Stage):
    form = {"name": "Fox", "way": "whatsapp:username", "username": "@red.fox", "number": ""}
    await table.call(SimulatorState.add, form=form)
    await table.call(SimulatorState.write, slot=0, form={"text": "Hey"})
    await stage.settled()
    contact = stage.app.changes()[0]["contacts"][0]
    assert ("wa_id" in contact, contact["profile"]["username"]) == (False, "@red.fox")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (by_number(" ", "4915112345679"), words.NEEDS_NAME),
        (by_number("A", "0151"), words.NEEDS_NUMBER),
        (by_number("A", f"+{MARIA}"), words.TAKEN_NUMBER),
        (by_username("A", "x y"), words.NEEDS_USERNAME),
        (by_username("A", "@sheena"), words.TAKEN_USERNAME),
        (by_number("A", "4915112345679"), ""),
    ],
)
def test_a_new_customer_needs_a_name_and_a_way_to_be_reached(stage: Stage, form, sentence):
    assert problem(form, stage.simulator) == sentence


# --- Holding a phone


async def test_what_is_typed_arrives_at_the_app_and_gets_its_second_tick(table: Tab, stage: Stage):
    await table.call(SimulatorState.write, slot=0, form={"text": "Hello\nthere "})
    await stage.settled()
    assert stage.app.messages()[0]["text"]["body"] == "Hello\nthere"
    assert [one["state"] for one in (await phones(table)).left["bubbles"]] == ["delivered"]


async def test_an_empty_message_is_not_sent(table: Tab, stage: Stage):
    await table.call(SimulatorState.write, slot=0, form={"text": " \n"})
    assert stage.simulator.phone(MARIA).bubbles() == []
    assert not table.events


async def test_everything_that_lies_ready_can_be_sent(table: Tab, stage: Stage):
    for what in whatsapp.ROOM.samples:
        await table.call(SimulatorState.send, slot=0, what=what)
    bubbles = (await phones(table)).left["bubbles"]
    kinds = [one["kind"] for one in bubbles]
    assert kinds == ["image", "location", "audio", "contacts"]
    assert bubbles[0]["src"].startswith("/simulator/api/media/")


async def test_a_chosen_message_is_quoted_once(table: Tab, stage: Stage):
    first = stage.heard()
    await table.call(SimulatorState.quote, slot=0, message=first)
    assert (await table.state(SimulatorState)).left["quote"] == "Hi"
    for text in ("About that", "And another thing"):
        await table.call(SimulatorState.write, slot=0, form={"text": text})
    assert [one["quote"] for one in (await phones(table)).left["bubbles"]] == ["", "Hi", ""]


async def test_a_button_of_the_bot_can_be_tapped(table: Tab, stage: Stage):
    stage.heard()
    reply = {"type": "reply", "reply": {"id": "yes", "title": "Yes"}}
    content = {"type": "button", "body": {"text": "Well?"}, "action": {"buttons": [reply]}}
    body = text_body() | {"type": "interactive", "interactive": content}
    del body["text"]
    await stage.send(body)
    asked = (await phones(table)).left["bubbles"][-1]
    await table.call(SimulatorState.tap, slot=0, message=asked["id"], choice="yes")
    await stage.settled()
    assert stage.app.messages()[-1]["interactive"]["button_reply"]["title"] == "Yes"


async def test_a_reaction_is_given_and_taken_back(table: Tab, stage: Stage):
    message = stage.heard()
    for emoji in ("👍", ""):
        await table.call(SimulatorState.react, slot=0, message=message, emoji=emoji)
        bubble = (await phones(table)).left["bubbles"][0]
        assert (bubble["reactions"], bubble["my_reaction"]) == (emoji, emoji)


async def test_how_a_phone_is_held_decides_how_far_a_message_comes(table: Tab, stage: Stage):
    stage.heard()
    for how, _icon in HOLDS:
        await table.call(SimulatorState.hold, slot=0, how=how)
        await stage.text(f"To a phone {how}")
    await stage.settled()
    texts = [one["text"] for one in (await phones(table)).left["bubbles"] if not one["mine"]]
    assert texts == ["To a phone offline", "To a phone pocket", "To a phone open"]
    assert {one["status"] for one in stage.app.statuses()} == {"sent", "delivered", "read"}


async def test_the_business_is_shown_typing_until_it_writes(table: Tab, stage: Stage):
    message = stage.heard()
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message}
    await stage.send(read | {"typing_indicator": {"type": "text"}})
    state = await phones(table)
    assert (state.left["typing"], state.left["bubbles"][0]["state"]) == (True, "read")
    assert 0 < state._until_something_ends(stage.simulator) <= 25
    await stage.text()
    assert not (await phones(table)).left["typing"]


# --- The world


async def test_the_clock_is_moved_by_a_button_or_by_what_is_typed(table: Tab, day: timedelta):
    before = clock.advanced()
    await table.call(WorldState.advance, seconds=3600)
    await table.call(WorldState.advance_by, form={"amount": "1,5", "unit": "days"})
    assert clock.advanced() - before == timedelta(hours=1) + 1.5 * day
    assert (await around(table)).ahead.endswith("ahead")


@pytest.mark.parametrize("amount", ["", "-1", "soon", "1e9", "99999999"])
async def test_the_clock_takes_no_other_words(table: Tab, amount: str):
    before = clock.advanced()
    await table.call(WorldState.advance_by, form={"amount": amount, "unit": "days"})
    assert clock.advanced() == before
    assert words.NOT_A_STEP in table.said


async def test_held_webhooks_are_counted_and_let_go(table: Tab, stage: Stage):
    await table.call(WorldState.hold_back)
    stage.heard()
    stage.heard()
    state = await around(table)
    assert (state.holding, state.waiting, state.taken) == (True, 2, 0)
    await table.call(WorldState.release, how="as one")
    await stage.settled()
    state = await around(table)
    assert (state.holding, state.waiting, state.taken) == (False, 0, 1)
    assert len(stage.app.messages()) == 2


async def test_the_last_webhook_goes_out_again(table: Tab, stage: Stage):
    stage.heard()
    await stage.settled()
    await table.call(WorldState.repeat)
    await stage.settled()
    first, second = stage.app.received
    assert first[0] == second[0]


async def test_a_planned_error_strikes_the_next_send_and_stands_in_the_ledger(
    table: Tab, stage: Stage
):
    stage.heard()
    form = {"kind": "error", "code": "131056", "times": "1"}
    await table.call(WorldState.plan, form=form)
    assert (await around(table)).script == [
        {"what": "Refused with an error · 131056", "times": "1 ×"}
    ]
    assert (await stage.text()).status_code == 400
    await stage.text("Once more")
    state = await around(table)
    assert [(one["text"], one["tone"]) for one in state.ledger] == [
        ("Once more", "green"),
        ("Hello", "red"),
    ]
    assert state.ledger[0]["to"] == "María Müller"
    assert state.script == []


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "earthquake", "code": "131000", "times": "1"},
        {"kind": "error", "code": "1234", "times": "1"},
        {"kind": "error", "code": "131000", "times": "7"},
        {"kind": "error", "code": "131000", "times": "1", "number": "x"},
    ],
)
async def test_no_other_misfortune_can_be_planned(table: Tab, stage: Stage, form):
    await table.call(WorldState.plan, form=form)
    assert stage.simulator.faults.left() == []


@pytest.mark.parametrize("kind", [kind for _, group in words.HAPPENINGS for kind, _ in group])
async def test_every_misfortune_on_offer_can_be_planned_and_cleared(
    table: Tab, stage: Stage, kind: str
):
    form = {"kind": kind, "code": str(words.FIRST_CODE), "times": "0"}
    await table.call(WorldState.plan, form=form)
    assert [fault.kind for fault, _ in stage.simulator.faults.left()] == [kind]
    await table.call(WorldState.clear)
    assert stage.simulator.faults.left() == []


async def test_a_reset_does_what_the_app_has_set(table: Tab, stage: Stage):
    done = []
    await table.call(WorldState.reset_workspace)
    assert not (await around(table)).can_reset

    async def seed_anew() -> None:
        done.append(True)

    stage.simulator.on_reset = seed_anew
    assert (await around(table)).can_reset
    await table.call(WorldState.reset_workspace)
    assert done == [True]
    assert "/simulator" in table.said


# --- The watcher


async def test_what_happens_elsewhere_is_shown_without_asking(table: Tab, stage: Stage):
    table.deltas = Deltas()
    watching = asyncio.create_task(table.call(SimulatorState.watch))
    stage.heard()
    async with asyncio.timeout(10):
        while "Hi" not in str(await table.deltas.news.get()):
            pass
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


class Deltas(list):
    """What a tab is sent, for somebody who waits for it."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[object] = asyncio.Queue()

    def append(self, delta: object) -> None:
        self.news.put_nowait(delta)


async def test_what_has_not_changed_is_not_sent_again(table: Tab):
    sent = len(table.deltas)
    await table.call(SimulatorState.load)
    assert "left" not in str(table.deltas[sent:])
