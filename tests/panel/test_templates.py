"""The template picker's server side: what it is told, what it sends, who may ask."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app.channels.contract import KnownTemplate, Piece, TemplateForm
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.db import Database
from jumper_app.models import (
    ChannelAccount,
    Contact,
    Conversation,
    Message,
    Outbox,
    Template,
    TemplateSync,
)
from jumper_app.panel.templates.state import TemplateState
from jumper_app.web.templates import Templates
from tests.panel.panels import Panel, hear
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire

KEY = "0123456789abcdef"
HELLO = TemplateForm(body=(Piece(text="Hello "), Piece(text="Maya", gap="1")))


@pytest.fixture
def maya(database: Database) -> Conversation:
    """A customer whose window closed a day ago, and a business with two templates."""
    found = hear(database, "Hi there", sent_at=clock.now() - timedelta(days=2))
    told = [
        KnownTemplate(name="hello", language="en", status="APPROVED", form=HELLO),
        KnownTemplate(name="sale", language="en", status="REJECTED", reason="SCAM", form=HELLO),
    ]
    [sync] = database.write(next_syncs, now=clock.now())
    database.write(keep, sync, told, clock.now())
    return found


@pytest.fixture
def session(database: Database) -> str:
    return badge(database, hire(database))


@pytest.fixture
def tab(browser: Browser, session: str) -> Tab:
    return browser.tab(session)


def template(database: Database, name: str = "hello") -> str:
    with database.read() as work:
        return work.exec(select(Template).where(Template.name == name)).one().public_id


def hello(database: Database, text: str = "Maya", name: str = "hello") -> dict[str, Any]:
    texts = [{"key": "body:1", "text": text}]
    return {"template": template(database, name), "texts": texts, "file": "", "place": None}


async def send(tab: Tab, database: Database, conversation: Conversation, **over: Any) -> Any:
    given: dict[str, Any] = {
        "conversation": conversation.public_id,
        "filled": hello(database),
        "key": KEY,
        "anyway": False,
    }
    await tab.call(TemplateState.send, **{**given, **over})
    return (await tab.state(TemplateState)).answer


def sent(database: Database) -> list[str]:
    with database.read() as work:
        return [one.text for one in work.exec(select(Message)) if one.kind == "agent"]


async def test_a_template_is_stored_though_the_window_is_closed(tab, database, maya):
    answer = await send(tab, database, maya)
    assert (answer["key"], answer["result"], sent(database)) == (KEY, "stored", ["Hello Maya"])


async def test_the_same_key_twice_is_one_message(tab, database, maya):
    await send(tab, database, maya)
    assert (await send(tab, database, maya))["result"] == "stored"
    assert sent(database) == ["Hello Maya"]


async def test_a_value_that_is_not_taken_is_named_by_its_gap(tab, database, maya):
    answer = await send(tab, database, maya, filled=hello(database, "a\nb"))
    assert answer["result"] == "refused"
    assert set(answer["problems"]) == {"body:1"}
    with database.read() as work:
        assert work.exec(select(Outbox)).all() == []


async def test_one_that_is_not_approved_is_refused_with_the_reason(tab, database, maya):
    answer = await send(tab, database, maya, filled=hello(database, name="sale"))
    assert (answer["result"], "scam" in answer["words"]) == ("refused", True)
    assert sent(database) == []


async def test_a_colleagues_conversation_asks_first(tab, browser, database, maya):
    await send(tab, database, maya)
    ben = browser.tab(badge(database, hire(database, "Ben")))
    asked = await send(ben, database, maya, key=KEY[::-1])
    assert (asked["result"], asked["colleague"]) == ("ask", "Ana")
    assert (await send(ben, database, maya, key=KEY[::-1], anyway=True))["result"] == "stored"


# --- Somebody new


async def look_up(tab: Tab, database: Database, number: str, key: str = KEY) -> Any:
    account = one_account(database)
    await tab.call(TemplateState.look_up, account=account, number=number, key=key)
    return (await tab.state(TemplateState)).looked


def one_account(database: Database) -> str:
    with database.read() as work:
        return work.exec(select(ChannelAccount)).one().public_id


async def test_a_number_is_told_apart_as_new_known_or_none(tab, database, maya):
    new = await look_up(tab, database, "+49 151 12345678")
    assert (new["result"], new["number"]) == ("new", "+4915112345678")
    known = await look_up(tab, database, "+1 650-555-1234")
    assert known["result"] == "known"
    none = await look_up(tab, database, "call me")
    assert (none["result"], "country code" in none["words"]) == ("refused", True)


async def test_a_conversation_is_begun_once_however_often_it_is_handed_in(tab, database, maya):
    beginning = {
        "account": one_account(database),
        "number": "+49 151 12345678",
        "name": "Vera",
        "consented": True,
    }
    for _ in range(2):
        given = {"beginning": beginning, "filled": hello(database, "Vera"), "key": KEY}
        await tab.call(TemplateState.begin, **given)
        assert (await tab.state(TemplateState)).answer["result"] == "stored"
    assert sent(database) == ["Hello Vera"]
    with database.read() as work:
        vera = work.exec(select(Contact).where(Contact.name == "Vera")).one()
        assert vera.consent_at is not None


async def test_without_consent_nothing_begins(tab, database, maya):
    beginning = {
        "account": one_account(database),
        "number": "+49 151 12345678",
        "name": "Vera",
        "consented": False,
    }
    await tab.call(TemplateState.begin, beginning=beginning, filled=hello(database), key=KEY)
    answer = (await tab.state(TemplateState)).answer
    assert (answer["result"], "consent" in answer["words"]) == ("refused", True)
    assert sent(database) == []


async def test_whoever_refreshes_makes_the_provider_be_asked(tab, database, maya):
    await tab.call(TemplateState.refresh, conversation=maya.public_id, account="")
    with database.read() as work:
        assert work.exec(select(TemplateSync)).one().due_at <= clock.now()


async def test_an_open_panel_hears_that_templates_were_fetched(tab, database, maya):
    panel = Panel(tab)
    await panel.open("/")
    await panel.until(lambda: panel.value("loaded"))
    before = (await tab.state(TemplateState)).version
    [sync] = database.write(next_syncs, now=clock.now() + timedelta(hours=2))
    database.write(keep, sync, [], clock.now())
    await panel.until(lambda: panel.value("version") == before + 1)
    await panel.close()


# --- What the picker reads


async def told(database: Database, session: str, path: str) -> httpx.Response:
    app = Starlette(routes=Templates(database).routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        cookies = {"cookie": f"jumper={session}"} if session else {}
        return await client.get(f"/api/templates/{path}", headers=cookies)


async def test_the_picker_reads_everything_of_a_conversations_business(database, session, maya):
    answer = await told(database, session, f"conversation/{maya.public_id}")
    body = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert body["known"] == {"name": "Maya Ramirez", "phone": "+16505551234", "agent": "Ana"}
    assert body["rules"]["header"] == 60
    names = [(one["name"], bool(one["why_not"])) for one in body["templates"]]
    assert names == [("hello", False), ("sale", True)]
    assert body["templates"][0]["gaps"] == [{"key": "body:1", "name": "1", "example": "Maya"}]


async def test_nobody_reads_it_without_a_session(database, session, maya):
    for path in (f"conversation/{maya.public_id}", "accounts", "account/x"):
        assert (await told(database, "", path)).status_code == 404


@pytest.mark.parametrize("path", ["conversation/nobody", "account/nobody"])
async def test_what_is_not_there_is_not_found(database, session, maya, path):
    assert (await told(database, session, path)).status_code == 404


async def test_a_channel_without_templates_says_so(database, session, maya):
    def move(work):
        work.exec(select(ChannelAccount)).one().channel = "webchat"

    database.write(move)
    answer = await told(database, session, f"conversation/{maya.public_id}")
    assert (answer.status_code, "no templates" in answer.json()["error"]) == (422, True)
