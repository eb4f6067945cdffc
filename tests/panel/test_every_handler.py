"""Every handler there is, called by everyone, with everything.

The registry is Reflex's own list of what a websocket may call. Whatever is in it went
through ``access.handler`` or stands in ``REFLEXS_OWN`` with the reason why it is harmless.
"""

import asyncio
import hashlib
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import reflex as rx
import websockets
from pydantic import BaseModel
from reflex.state import EventHandlerSetVar
from reflex_base.event import EventHandler
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from jumper_app.db import Database
from jumper_app.errors import BadInput, NotAllowed
from jumper_app.models import Agent, Role
from jumper_app.panel.access import MARK, Rule
from jumper_app.panel.settings.agents import AgentsState
from jumper_app.people.tokens import digest
from tests.panel.live import HYDRATE, Served, line, serving
from tests.panel.tabs import browsing, full_name
from tests.people.crowd import badge, hire, opened

REFLEXS_OWN = {
    "reflex___state____state.hydrate": "sends a tab what it holds; empty to another session",
    "reflex___state____state.hydrate_and_load": "the same, then the page's own handlers",
    "reflex___state____state.set_is_hydrated": "one flag of one's own tab",
    "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal": (
        "queues the page's own handlers, which are guarded"
    ),
    "reflex___state____state.reflex___state____on_load_internal_state.set_is_hydrated": (
        "one flag of one's own tab"
    ),
    "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal": (
        "writes what a browser keeps itself; CLIENT_STORAGE names all of that"
    ),
    "reflex___state____state.reflex___state____frontend_event_exception_state"
    ".handle_frontend_exception": "writes a line to the log; limited by tabs.on_frontend_error",
}
"""Handlers of the framework, each with the reason why anyone who is signed in may call it."""

CLIENT_STORAGE: set[str] = set()
"""Vars that a browser may set, as ``State.var``. None so far."""

FOR_ADMINS = {
    "AgentsState",
    "ChannelState",
    "ChannelsState",
    "ConnectState",
    "CustomerDataState",
    "PrivacyState",
}
"""States whose every handler is for admins. Handlers of all others are for everyone here."""

WORDS = ("x", "1", "name@example.com", "0" * 32)
"""Texts of which one fits every pattern that an argument asks for."""

WHO = ("admin", "agent", "disabled", "nobody")
KINDS = ("right", "wrong", "extra", "missing")
SIGNED_OUT = "/login?next="


@dataclass(frozen=True)
class Handler:
    """One entry of the registry."""

    name: str
    handler: EventHandler

    @property
    def rule(self) -> Rule | None:
        return getattr(self.handler.fn, MARK, None)


def every_handler() -> list[Handler]:
    """All that a websocket may call, but for the states that other tests declare."""
    return [
        Handler(name, registered.handler)
        for name, registered in sorted(RegistrationContext.get().event_handlers.items())
        if not any(state.__module__.startswith("tests.") for state in registered.states)
    ]


def guarded_handlers() -> list[tuple[str, Rule]]:
    return [(each.name, each.rule) for each in every_handler() if each.rule is not None]


@pytest.fixture(scope="module", autouse=True)
def panel() -> None:
    importlib.import_module("jumper_app.jumper_app")


def test_every_handler_went_through_access_or_is_reflexs_own():
    unguarded = {
        each.name
        for each in every_handler()
        if each.rule is None and not isinstance(each.handler, EventHandlerSetVar)
    }
    assert unguarded == set(REFLEXS_OWN)


def test_the_panel_has_handlers_at_all():
    assert len(guarded_handlers()) > 20


def test_the_settings_of_the_house_are_for_admins():
    asked = {rule.name: rule.role for _, rule in guarded_handlers()}
    wanted = {
        name: Role.ADMIN if name.partition(".")[0] in FOR_ADMINS else Role.AGENT for name in asked
    }
    assert asked == wanted


def test_no_var_has_a_setter_of_its_own():
    setters = {
        each.name
        for each in every_handler()
        if each.rule is None and each.name.rpartition(".")[2].startswith("set_")
    }
    assert setters <= set(REFLEXS_OWN)


def test_a_browser_may_write_only_what_it_keeps_itself():
    found = {
        f"{state.__name__}.{name}"
        for state in panel_states()
        for name in state.base_vars
        if state._is_client_storage(name)
    }
    assert found == CLIENT_STORAGE


def panel_states() -> list[type[rx.State]]:
    states = RegistrationContext.get().base_states.values()
    return [state for state in states if state.__module__.startswith("jumper_app.")]  # type: ignore[misc]


async def test_setvar_and_update_vars_change_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", lambda *_: asyncio.sleep(0))
    update = next(name for name in REFLEXS_OWN if name.endswith("update_vars_internal"))
    with opened(sqlite_url):
        async with browsing() as browser:
            tab = browser.tab()
            for state in panel_states():
                for name in state.base_vars:
                    with pytest.raises(AttributeError, match="no attribute 'set_"):
                        await tab.send(
                            f"{state.get_full_name()}.setvar", {"var_name": name, "value": "canary"}
                        )
                    full = f"{state.get_full_name()}.{name}_rx_state_"
                    await tab.send(update, {"vars": {full: "canary"}})
    assert "canary" not in str(tab.deltas)


@dataclass(frozen=True)
class Crowd:
    """Sessions of everyone, and the servers they call.

    Attributes:
        guarded: The server as it is.
        open: The same without its handshake guard.
        sessions: A fresh session for each person and kind of arguments, so that no rate
            is used up.
    """

    guarded: Served
    open: Served
    sessions: dict[tuple[str, str], str]
    database: Database

    def kept(self) -> str:
        """A digest of all that is stored, but for who was seen when."""
        digest = hashlib.sha256()
        with self.database.read() as work:
            for table in SQLModel.metadata.sorted_tables:
                if table.name != "sign_in_session":
                    rows = work.connection().execute(table.select()).all()
                    digest.update(f"{table.name}{rows}".encode())
        return digest.hexdigest()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Crowd]:
    folder = tmp_path_factory.mktemp("everyone")
    copyfile(migrated_sqlite, folder / "jumper.db")
    url = f"sqlite:///{folder / 'jumper.db'}"
    with (
        opened(url) as database,
        serving(url, folder, entry="jumper_app.jumper_app:app") as guarded,
        serving(url, folder, entry="tests.panel.open_door:application") as open_,
    ):
        yield Crowd(guarded, open_, people(database), database)


def people(database: Database) -> dict[tuple[str, str], str]:
    ids = {
        "admin": hire(database, "Admin", Role.ADMIN),
        "agent": hire(database, "Agent"),
        "disabled": hire(database, "Disabled"),
    }
    sessions = {
        (name, kind): badge(database, agent_id) for name, agent_id in ids.items() for kind in KINDS
    }
    with database.transaction() as work:
        disabled = work.get(Agent, ids["disabled"])
        assert disabled is not None
        disabled.active = False
    return sessions | {("nobody", kind): "" for kind in KINDS}


@pytest.mark.parametrize("who", ["disabled", "nobody"])
async def test_without_a_session_no_socket_opens(crowd: Crowd, who: str):
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with line(crowd.guarded, crowd.sessions[who, "right"]):
            pass
    assert refused.value.response.status_code == 403


async def test_another_sites_page_opens_no_socket(crowd: Crowd):
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with line(
            crowd.guarded, crowd.sessions["admin", "right"], origin="https://evil.example"
        ):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("who", ["disabled", "nobody"])
@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_gets_anything_done_even_with_the_door_open(crowd: Crowd, who: str, kind: str):
    before = crowd.kept()
    async with line(crowd.open, crowd.sessions[who, kind]) as socket:
        for name, rule in guarded_handlers():
            await socket.until(SIGNED_OUT, name, payload(rule, kind))
    assert crowd.kept() == before


async def test_an_agent_does_nothing_that_admins_do(crowd: Crowd):
    before = crowd.kept()
    admins = [(name, rule) for name, rule in guarded_handlers() if rule.role is Role.ADMIN]
    assert admins
    for kind in KINDS:
        async with line(crowd.guarded, crowd.sessions["agent", kind]) as socket:
            for name, rule in admins:
                said = await socket.refusal(name, payload(rule, kind))
                assert NotAllowed.for_agent in said, (name, kind)
    assert crowd.kept() == before


@pytest.mark.parametrize("who", ["admin", "agent"])
@pytest.mark.parametrize("kind", ["wrong", "extra", "missing"])
async def test_wrong_arguments_get_nothing_done(crowd: Crowd, who: str, kind: str):
    before = crowd.kept()
    async with line(crowd.guarded, crowd.sessions[who, kind]) as socket:
        for name, rule in guarded_handlers():
            given = payload(rule, kind)
            if may(who, rule) and given != payload(rule, "right"):
                assert BadInput.for_agent in await socket.refusal(name, given), name
    assert crowd.kept() == before


@pytest.mark.parametrize("role", list(Role))
async def test_right_arguments_are_let_through(crowd: Crowd, role: Role):
    for number, (name, rule) in enumerate(guarded_handlers()):
        if may(role, rule):
            session = badge(crowd.database, hire(crowd.database, f"{role}{number}", role))
            async with line(crowd.guarded, session) as socket:
                said = await socket.ask(name, payload(rule, "right"))
            assert BadInput.for_agent not in said, name
            assert NotAllowed.for_agent not in said, name


@pytest.mark.parametrize("end", ["disabled by an admin", "one session ended", "all sessions ended"])
async def test_an_open_socket_is_closed_when_its_session_ends(crowd: Crowd, end: str):
    boss = hire(crowd.database, f"Boss {end}", Role.ADMIN)
    other = hire(crowd.database, f"Other {end}")
    session = badge(crowd.database, other)
    public_id = crowd.database.look(lambda work: work.get_one(Agent, other).public_id)
    async with (
        line(crowd.guarded, badge(crowd.database, boss)) as admin,
        line(crowd.guarded, session) as ended,
        line(crowd.guarded, badge(crowd.database, boss)) as bystander,
    ):
        await ended.ask(HYDRATE, {})
        await admin.ask(full_name(AgentsState.load), {})
        await admin.ask(full_name(AgentsState.show_sessions), {"agent": public_id})
        if end == "disabled by an admin":
            await admin.ask(full_name(AgentsState.disable), {"agent": public_id})
        elif end == "one session ended":
            name = {"name": digest(session)[:16]}
            await admin.ask(full_name(AgentsState.end_session), name)
        else:
            await admin.ask(full_name(AgentsState.end_all_sessions), {})
        said = await ended.last_words()
        assert SIGNED_OUT in said[-1]
        await bystander.ask(HYDRATE, {})
    with pytest.raises(websockets.InvalidStatus):
        async with line(crowd.guarded, session):
            pass


@pytest.mark.parametrize("who", WHO)
async def test_reflexs_own_handlers_take_junk_and_do_no_harm(crowd: Crowd, who: str):
    before = crowd.kept()
    own = [each.name for each in every_handler() if each.rule is None]
    async with line(crowd.open, crowd.sessions[who, "extra"]) as socket:
        for name in own:
            for junk in ({}, {"vars": {"x.y": 1}}, {"value": {"$ne": None}}, {"var_name": "x"}):
                await socket.send(name, junk)
        said = await socket.ask(HYDRATE, {})
    assert (SIGNED_OUT in said) is (who in ("disabled", "nobody"))
    assert crowd.kept() == before


def may(who: str, rule: Rule) -> bool:
    return who == Role.ADMIN or rule.role is Role.AGENT


def payload(rule: Rule, kind: str) -> dict[str, Any]:
    """Arguments of a kind. Where a handler takes none, wrong and missing are right."""
    schema = rule.arguments.model_json_schema()
    right = sample(schema, schema.get("$defs", {}))
    match kind:
        case "wrong":
            return {name: {"$ne": None} for name in right}
        case "extra":
            return {**right, "as_admin": True}
        case "missing":
            return dict(list(right.items())[1:])
    return right


def sample(schema: dict[str, Any], shared: dict[str, Any]) -> Any:  # noqa: PLR0911 (one per type)
    """Some value that a JSON schema allows."""
    if "$ref" in schema:
        return sample(shared[schema["$ref"].rpartition("/")[2]], shared)
    if options := schema.get("anyOf"):
        return sample(options[0], shared)
    if choices := schema.get("enum") or ([schema["const"]] if "const" in schema else None):
        return choices[0]
    match schema["type"]:
        case "object":
            needed = schema.get("required", [])
            return {name: sample(schema["properties"][name], shared) for name in needed}
        case "array":
            return [sample(schema["items"], shared)] * schema.get("minItems", 0)
        case "string":
            fitting = (text for text in WORDS if re.search(schema.get("pattern", ""), text))
            return next(fitting) * max(1, schema.get("minLength", 1))
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
    return {"boolean": True, "null": None}[schema["type"]]


def test_samples_fit_their_own_models():
    for name, rule in guarded_handlers():
        assert isinstance(rule.arguments.model_validate(payload(rule, "right")), BaseModel), name
