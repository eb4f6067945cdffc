"""Nothing gets past ``access.handler`` but who, what and as often as it says."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from enum import StrEnum
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest
import reflex as rx
from pydantic import BaseModel, Field
from reflex_base.event.context import EventContext
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext

from jumper_app.db import Database
from jumper_app.errors import BadInput, JumperError, NotFound
from jumper_app.models import Role
from jumper_app.panel import access, tabs
from jumper_app.panel.access import MARK, Who, handler
from jumper_app.panel.arguments import MAX_TEXT, Form, model_for, read
from jumper_app.people import agents, sessions
from tests.panel.tabs import Browser, Tab, browsing, full_name
from tests.people.crowd import Machine, badge, hire, opened, person, seen


class Colour(StrEnum):
    RED = "red"


class Contact(Form):
    name: Annotated[str, Field(max_length=5)]
    age: int = 0
    note: str = ""
    shade: Colour = Colour.RED


CALLS: list[tuple[Any, ...]] = []


class Desk(rx.State):
    """A state of this test, as authors of the panel write them."""

    greeting: str = ""
    _secret: str = ""

    @handler()
    async def greet(self, who: Who, name: str, loud: bool = False):
        """Take what a browser hands in."""
        CALLS.append((who.name, name, loud))
        self.greeting = f"{who.name} greets {name}"

    @handler(role=Role.ADMIN)
    async def rule(self, who: Who):
        """For admins."""
        CALLS.append((who.name,))

    @handler(rate="2/minute")
    async def seldom(self, who: Who):
        """Not often."""
        CALLS.append((who.name,))

    @handler()
    async def refuse(self, who: Who):
        """Say why not."""
        raise NotFound

    @handler()
    async def break_down(self, who: Who, text: str):
        """Fail as nobody foresaw."""
        raise RuntimeError(text)

    @handler()
    async def count(self, who: Who, upto: int) -> AsyncIterator[None]:
        """Answer step by step."""
        for number in range(upto):
            self.greeting = f"{who.name} counts {number}"
            yield

    @handler()
    async def count_and_fail(self, who: Who) -> AsyncIterator[None]:
        """Fail between two steps."""
        self.greeting = "one"
        yield
        raise NotFound

    @handler(background=True, supersedes=True)
    async def watch(self, who: Who):
        """Run beside other events."""
        CALLS.append((who.name,))
        async with self:
            self.greeting = f"{who.name} watches"

    @handler(background=True)
    async def stream(self, who: Who, words: list[str]) -> AsyncIterator[None]:
        """Run beside other events, step by step."""
        for word in words:
            async with self:
                self.greeting = word
            yield

    @handler()
    async def keep(self, who: Who, contact: Contact, colour: Colour, tab: Literal["a", "b"]):
        """Take every kind of argument."""
        CALLS.append((contact.name, contact.age, colour, tab))

    @handler()
    async def remember(self, who: Who, text: str):
        """Fill the tab."""
        self.greeting, self._secret = text, text


class Mixed(rx.State, mixin=True):
    @handler()
    async def wave(self, who: Who):
        """Wave."""


class Waving(Mixed, rx.State):
    """Has its handler from a mixin."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    CALLS.clear()
    access._throttle.cache_clear()
    tabs._throttle.cache_clear()
    yield
    access._throttle.cache_clear()
    tabs._throttle.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stopped = Machine()
    monkeypatch.setattr("jumper_app.clock.machine", stopped)
    return stopped


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as mine:
        yield mine


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def tab(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


async def test_an_agent_is_let_through_and_named(tab: Tab):
    await tab.call(Desk.greet, name="Maya")
    assert CALLS == [("Ana", "Maya", False)]
    assert (await tab.state(Desk)).greeting == "Ana greets Maya"
    assert not tab.events


@pytest.mark.parametrize("session", ["", "made up"])
async def test_nobody_is_shown_the_way_to_sign_in(browser: Browser, ana: int, session: str):
    tab = browser.tab(session)
    await tab.call(Desk.greet, name="Maya")
    assert not CALLS
    assert "You are signed out" in tab.said
    assert "/login?next=" in tab.said


async def test_a_session_that_ended_lets_nobody_act_on_an_open_socket(tab: Tab, database: Database):
    await tab.call(Desk.greet, name="Maya")
    await database.run(sessions.sign_out, tab.session)
    await tab.call(Desk.greet, name="Maya")
    assert len(CALLS) == 1


async def test_a_disabled_agent_is_refused_at_the_next_event(
    tab: Tab, database: Database, ana: int
):
    boss = person(database, hire(database, "Boss", Role.ADMIN))
    await tab.call(Desk.greet, name="Maya")
    await database.run(agents.disable, agent_id=ana, by=boss)
    await tab.call(Desk.greet, name="Maya")
    assert len(CALLS) == 1


async def test_a_role_is_looked_up_at_every_event(tab: Tab, database: Database, ana: int):
    boss = person(database, hire(database, "Boss", Role.ADMIN))
    await tab.call(Desk.rule)
    assert not CALLS
    assert "You may not do that." in tab.said
    await database.run(agents.change_role, agent_id=ana, role=Role.ADMIN, by=boss)
    await tab.call(Desk.rule)
    assert CALLS == [("Ana",)]


async def test_an_admin_may_what_an_agent_may(browser: Browser, database: Database):
    tab = browser.tab(badge(database, hire(database, "Boss", Role.ADMIN)))
    await tab.call(Desk.rule)
    await tab.call(Desk.greet, name="x")
    assert len(CALLS) == 2


WRONG = {
    "missing": {},
    "wrong type": {"name": 5},
    "null": {"name": None},
    "operator": {"name": {"$ne": None}},
    "list": {"name": ["Maya"]},
    "extra": {"name": "Maya", "as_bot": True},
    "who": {"name": "Maya", "who": {"role": "admin"}},
    "self": {"name": "Maya", "self": "x"},
    "hidden": {"name": "Maya", "_hidden": "x"},
    "number for a bool": {"name": "Maya", "loud": 1},
    "word for a bool": {"name": "Maya", "loud": "yes"},
    "too long": {"name": "a" * (MAX_TEXT + 1)},
    "nul": {"name": "a\0b"},
    "half a sign": {"name": "\ud800"},
}


@pytest.mark.parametrize("payload", WRONG.values(), ids=WRONG.keys())
async def test_wrong_arguments_are_refused_and_nothing_runs(
    tab: Tab, payload: Any, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        await tab.send(full_name(Desk.greet), payload)
    assert not CALLS
    assert "This could not be understood." in tab.said
    assert "bad_input" in caplog.text


async def test_a_wrong_argument_is_not_logged(tab: Tab, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        await tab.call(Desk.greet, name={"canary": "hush hush"})
        await tab.call(Desk.count, upto="hush hush")
    assert "hush" not in caplog.text


@pytest.mark.parametrize(
    "upto",
    [True, 1.5, "3", 2**63, -(2**63) - 1, None, 10**400],
    ids=["bool", "fraction", "text", "too-big", "too-small", "null", "huge"],
)
async def test_a_whole_number_is_a_number_that_fits_a_column(tab: Tab, upto: Any):
    await tab.call(Desk.count, upto=upto)
    assert (await tab.state(Desk)).greeting == ""
    assert "This could not be understood." in tab.said


async def test_every_declared_kind_of_argument_arrives(tab: Tab):
    contact = {"name": "Maya", "age": 3, "note": "a" * MAX_TEXT, "shade": "red"}
    await tab.call(Desk.keep, contact=contact, colour="red", tab="b")
    assert CALLS == [("Maya", 3, Colour.RED, "b")]


@pytest.mark.parametrize(
    "change",
    [
        {"contact": {"name": "Maya", "id": 1}},
        {"contact": {"name": "Maya", "age": "3"}},
        {"contact": {"name": "too long"}},
        {"contact": "Maya"},
        {"contact": {"name": "Maya", "note": "a" * (MAX_TEXT + 1)}},
        {"contact": {"name": "Maya", "age": 2**63}},
        {"contact": {"name": "Maya", "shade": "blue"}},
        {"colour": "blue"},
        {"tab": "c"},
    ],
    ids=[
        "extra-field",
        "text-for-number",
        "long-field",
        "no-form",
        "endless",
        "too-big",
        "no-shade",
        "no-member",
        "no-choice",
    ],
)
async def test_a_form_is_as_strict_as_an_argument(tab: Tab, change: dict[str, Any]):
    right = {"contact": {"name": "Maya", "age": 3}, "colour": "red", "tab": "b"}
    await tab.call(Desk.keep, **{**right, **change})
    assert not CALLS


async def test_a_submitted_form_arrives_as_reflex_wraps_it(tab: Tab):
    wrapped = {"__reflex_form_data__": [["name", "Maya"]]}
    await tab.call(Desk.keep, contact=wrapped, colour="red", tab="a")
    assert CALLS == [("Maya", 0, Colour.RED, "a")]


async def test_a_rate_holds_for_one_session(
    tab: Tab, browser: Browser, database: Database, machine: Machine
):
    ben = browser.tab(badge(database, hire(database, "Ben")))
    tab.session = badge(database, seen_id(database, "Ana"))
    for _ in range(4):
        await tab.call(Desk.seldom)
    assert len(CALLS) == 2
    assert "That was very fast." in tab.said
    await ben.call(Desk.seldom)
    assert len(CALLS) == 3
    machine.wait(minutes=1)
    await tab.call(Desk.seldom)
    assert len(CALLS) == 4


def seen_id(database: Database, name: str) -> int:
    return next(each.id for each in database.look(agents.colleagues) if each.name == name)


async def test_a_refusal_becomes_a_toast_with_its_words(tab: Tab):
    await tab.call(Desk.refuse)
    assert "This no longer exists." in tab.said
    assert 'testId: "toast"' in tab.said


async def test_an_unforeseen_error_is_logged_without_its_words(
    tab: Tab, caplog: pytest.LogCaptureFixture
):
    await tab.call(Desk.break_down, text="hush hush")
    assert JumperError.for_agent in tab.said
    assert "Desk.break_down failed: RuntimeError" in caplog.text
    assert "in break_down" in caplog.text
    assert "hush" not in caplog.text + tab.said


async def test_a_handler_may_answer_step_by_step(tab: Tab):
    await tab.call(Desk.count, upto=3)
    said = [str(delta) for delta in tab.deltas if "counts" in str(delta)]
    assert len(said) == 3


async def test_an_error_between_two_steps_keeps_the_first(tab: Tab):
    await tab.call(Desk.count_and_fail)
    assert (await tab.state(Desk)).greeting == "one"
    assert "This no longer exists." in tab.said


@pytest.mark.parametrize("session", ["", "made up"])
@pytest.mark.parametrize(
    ("verb", "payload"),
    [(Desk.watch, {}), (Desk.count, {"upto": 2}), (Desk.stream, {"words": ["a"]})],
    ids=["background", "steps", "background-steps"],
)
async def test_nobody_gets_into_any_kind_of_handler(
    browser: Browser, ana: int, verb: Any, payload: dict[str, Any], session: str
):
    tab = browser.tab(session)
    await tab.call(verb, **payload)
    assert not CALLS
    assert (await tab.state(Desk)).greeting == ""
    assert "You are signed out" in tab.said


async def test_a_background_handler_knows_who_and_may_write(tab: Tab):
    await tab.call(Desk.watch)
    assert (await tab.state(Desk)).greeting == "Ana watches"
    await tab.call(Desk.stream, words=["one", "two"])
    assert (await tab.state(Desk)).greeting == "two"


@pytest.mark.parametrize(
    ("sent", "counts"),
    [
        pytest.param({"headers": {}}, "", id="a-socket-without-a-cookie"),
        pytest.param({"headers": {"cookie": "jumper=mine"}}, "mine", id="a-socket-with-its-own"),
        pytest.param({}, "the tab's", id="an-event-from-the-server-itself"),
    ],
)
async def test_the_cookie_of_the_socket_counts_not_the_one_the_tab_saw_last(
    browser: Browser, sent: dict[str, Any], counts: str
):
    headers = SimpleNamespace(cookie="jumper=the tab's")
    state: Any = SimpleNamespace(router=SimpleNamespace(headers=headers))
    root = browser.processor._root_context
    assert root is not None
    before = EventContext.set(root.fork(token="a-tab", router_data=sent))
    try:
        assert access.session_token(state) == counts
    finally:
        EventContext.reset(before)


async def test_use_is_written_down_once_a_minute(tab: Tab, database: Database, machine: Machine):
    tab.session = badge(database, seen_id(database, "Ana"))
    began = machine()
    machine.wait(seconds=30)
    await tab.call(Desk.greet, name="x")
    assert seen_at(database, tab) == began
    machine.wait(seconds=30)
    await tab.call(Desk.greet, name="x")
    assert seen_at(database, tab) == machine()


def seen_at(database: Database, tab: Tab) -> Any:
    found = seen(database, tab.session)
    assert found is not None
    return found.seen_at


def test_reflex_sees_the_arguments_without_who_and_without_types():
    assert list(Desk.greet.get_parameters()) == ["self", "name", "loud"]
    assert Desk.greet._get_type_hints() == {}
    spec = Desk.greet("Maya")
    assert [str(name) for name, _ in spec.args] == ["name"]


def test_reflex_knows_what_runs_in_the_background():
    assert Desk.watch.is_background
    assert Desk.watch.supersedes
    assert not Desk.greet.is_background


def test_the_mark_says_what_is_asked_for():
    rule = getattr(Desk.rule.fn, MARK)
    assert (rule.role, list(rule.arguments.model_fields)) == (Role.ADMIN, [])


def test_a_mixins_handlers_stay_guarded():
    name = full_name(Waving.wave)
    assert hasattr(RegistrationContext.get().event_handlers[name].handler.fn, MARK)


async def untyped(self, who: Who, text): ...
async def anything(self, who: Who, text: Any): ...
async def bare_dict(self, who: Who, form: dict): ...
async def typed_dict(self, who: Who, form: dict[str, str]): ...
async def bare_list(self, who: Who, texts: list): ...
async def any_list(self, who: Who, texts: list[Any]): ...
async def hidden(self, who: Who, _as_bot: bool = False): ...
async def catch_all(self, who: Who, **rest: str): ...
async def star(self, who: Who, *rest: str): ...
async def raw_bytes(self, who: Who, text: bytes): ...
async def no_who(self, text: str): ...


Few = Annotated[dict[str, Annotated[str, Field(max_length=5)]], Field(max_length=2)]


async def filled(self, who: Who, form: Few): ...


@pytest.mark.parametrize(
    "form", [{"a": "toolong"}, {"a": 1}, {"a": "x", "b": "x", "c": "x"}, {"k" * 5000: "x"}, []]
)
def test_a_dict_that_says_how_much_it_holds_holds_no_more(form: Any):
    model = model_for(filled)
    assert read(model, (), {"form": {"a": "x"}}) == {"form": {"a": "x"}}
    with pytest.raises(BadInput):
        read(model, (), {"form": form})


class Loose(BaseModel):
    name: str


async def loose_form(self, who: Who, form: Loose): ...


class LooseInside(Form):
    rest: dict[str, str]


async def loose_inside(self, who: Who, form: LooseInside): ...


@pytest.mark.parametrize(
    "method",
    [
        untyped,
        anything,
        bare_dict,
        typed_dict,
        bare_list,
        any_list,
        hidden,
        catch_all,
        star,
        raw_bytes,
        no_who,
        loose_form,
        loose_inside,
    ],
)
def test_a_loose_signature_does_not_even_import(method: Any):
    with pytest.raises(TypeError):
        model_for(method)


def test_a_blocking_handler_does_not_even_import():
    with pytest.raises(TypeError, match="async"):

        @handler()
        def slow(self, who: Who): ...


def test_a_length_of_ones_own_replaces_the_usual_one():
    async def write(self, who: Who, text: Annotated[str, Field(max_length=9000)]): ...

    model = model_for(write)
    assert read(model, (), {"text": "a" * 9000}) == {"text": "a" * 9000}


@pytest.fixture
async def guarded(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    """A browser behind ``OneTabOneSession``, with Reflex's own hydration."""
    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", lambda *_: asyncio.sleep(0))
    middleware = tabs.OneTabOneSession()

    async def preprocess(state: Any, event: Any) -> Any:
        return await middleware.preprocess(None, state, event)  # type: ignore[arg-type]

    async with browsing(SimpleNamespace(_preprocess=preprocess)) as opened_browser:
        yield opened_browser


HYDRATE = "reflex___state____state.hydrate"


async def test_a_tab_shows_its_own_session_what_it_holds(guarded: Browser, database, ana: int):
    tab = guarded.tab(badge(database, ana))
    await tab.call(Desk.remember, text="canary")
    tab.deltas.clear()
    await tab.send(HYDRATE)
    assert "canary" in str(tab.deltas)


async def test_the_next_person_at_a_tab_finds_it_empty(guarded: Browser, database, ana: int):
    tab = guarded.tab(badge(database, ana))
    await tab.call(Desk.remember, text="canary")
    tab.deltas.clear()
    tab.session = badge(database, hire(database, "Ben"))
    await tab.send(HYDRATE)
    assert tab.deltas
    assert "canary" not in str(tab.deltas)
    assert (await tab.state(Desk))._secret == ""


@pytest.mark.parametrize("session", ["", "made up"])
async def test_nobody_finds_anything_in_anyones_tab(
    guarded: Browser, database, ana: int, session: str
):
    tab = guarded.tab(badge(database, ana))
    await tab.call(Desk.remember, text="canary")
    tab.deltas.clear()
    tab.session = session
    await tab.send(HYDRATE)
    assert "canary" not in str(tab.deltas)
    assert "/login?next=" in tab.said


async def test_nobody_reaches_reflexs_own_handlers(guarded: Browser, database, ana: int):
    for name, registered in RegistrationContext.get().event_handlers.items():
        if not hasattr(registered.handler.fn, MARK):
            tab = guarded.tab()
            await tab.send(name, {"anything": 1})
            assert "/login?next=" in tab.said
            assert not guarded.errors


async def test_browsers_errors_are_one_line_each_and_not_many(
    guarded: Browser, database, ana: int, caplog: pytest.LogCaptureFixture
):
    context = guarded.processor._root_context
    assert context is not None
    token = EventContext.set(context.fork(token="a-tab"))
    try:
        for _ in range(300):
            tabs.on_frontend_error(Exception("broken\nERROR: forged" + "x" * 5000))
    finally:
        EventContext.reset(token)
    lines = [record for record in caplog.records if "a browser reports" in record.getMessage()]
    assert len(lines) == 5
    assert all("\n" not in line.getMessage() for line in lines)
    assert all(len(line.getMessage()) < 600 for line in lines)
