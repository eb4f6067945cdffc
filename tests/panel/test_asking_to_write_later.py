"""The request to be allowed to write later: where it can be made, and what becomes of it."""

from typing import Any

import pytest

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import OPT_IN_FORM, OPT_INS, Outbound
from jumper_app.channels.messenger.outbound import body_of
from jumper_app.conversations.inbound import receive
from jumper_app.conversations.optins import take_opt_in
from jumper_app.db import Database, Work
from jumper_app.models import ChannelAccount, Conversation, Message, Outbox
from jumper_app.panel import words
from jumper_app.panel.composer.enclosing import menu_rows
from jumper_app.panel.enclosing.state import EnclosingState
from jumper_app.panel.thread.reading import open_conversation
from tests import make
from tests.channels.messenger_schema import complaints
from tests.house import every, lines, one
from tests.panel.tabs import Browser, Tab
from tests.people.crowd import badge, hire


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
def tab(browser: Browser, database: Database, ana: int) -> Tab:
    return browser.tab(badge(database, ana))


def a_fan(database: Database, **options: Any) -> Conversation:
    """Somebody writes to a page of which an admin has set these options."""

    def verb(work: Work) -> None:
        page = make.page(work, options=options)
        said = make.inbound(account=make.PAGE_ID, sender=make.fan(), sent_at=clock.now())
        receive(work, page, said, clock.now())

    database.write(verb)
    return one(database, Conversation)


async def ask(tab: Tab, fan: Conversation, title: str) -> EnclosingState:
    await tab.call(EnclosingState.begin, conversation=fan.public_id, item="optin")
    await tab.call(EnclosingState.preview_request, title=title)
    await tab.call(EnclosingState.send_request, form={"title": title})
    return await tab.state(EnclosingState)


async def test_it_is_asked_for_and_a_line_says_who_asked(tab, database, ana):
    fan = a_fan(database, **{OPT_INS: True})
    assert (await ask(tab, fan, "  When the tent is back ")).item == ""
    content = Outbound.model_validate(one(database, Outbox).outbound).content
    assert (content.type, content.words) == ("optin", "When the tent is back")
    assert "opt_in_requested" in lines(database)
    line = every(database, Message, kind="status")[-1]
    drawn = words._STATUS[line.content["event"]](line.content)
    assert drawn == ("Opt-in requested by Ana", "When the tent is back")


@pytest.mark.parametrize(
    ("form", "button", "template"),
    [
        ("recurring", "Get messages", "notification_messages"),
        ("one_time", "Notify me", "one_time_notif_req"),
    ],
)
async def test_every_form_of_it_serves_and_is_right_by_the_schema(
    tab, database, form, button, template
):
    fan = a_fan(database, **{OPT_INS: True, OPT_IN_FORM: form})
    state = await ask(tab, fan, "Offers")
    assert state.request["button"] == button
    body = body_of(Outbound.model_validate(one(database, Outbox).outbound), {})
    assert complaints(body) == []
    payload: Any = body["message"]["attachment"]["payload"]  # pyright: ignore[reportIndexIssue, reportArgumentType, reportCallIssue, reportOptionalSubscript]
    assert (payload["template_type"], payload["title"]) == (template, "Offers")


async def test_yes_and_no_are_lines_as_well(tab, database):
    fan = a_fan(database, **{OPT_INS: True})
    await ask(tab, fan, "Offers")
    for state in ("accepted", "stopped"):
        database.write(_answer, make.opt_in(state, at=clock.now()))
    assert [line for line in lines(database) if line.startswith("opt_in")] == [
        "opt_in_requested",
        "opt_in_accepted",
        "opt_in_stopped",
    ]


def _answer(work: Work, answer: Any) -> None:
    take_opt_in(work, work.get_one(ChannelAccount, 1), answer, clock.now())


@pytest.mark.parametrize(
    ("title", "fault"), [("  ", "Say what"), ("x" * 66, "1 too many"), ("😀" * 66, "1 too many")]
)
async def test_what_is_wrong_with_the_words_is_said_beside_them(tab, database, title, fault):
    fan = a_fan(database, **{OPT_INS: True})
    state = await ask(tab, fan, title)
    assert fault in state.errors["title"]
    assert (state.item, every(database, Outbox)) == ("optin", [])


async def test_sixty_five_characters_of_any_kind_are_taken(tab, database):
    fan = a_fan(database, **{OPT_INS: True})
    state = await ask(tab, fan, "😀" * 65)
    assert (state.item, state.errors) == ("", {})


async def test_on_a_page_where_it_is_off_the_agent_reads_why_and_nothing_leaves(tab, database, ana):
    fan = a_fan(database)
    card = database.look(open_conversation, make.who(ana), fan.public_id, clock.now()).card
    off = {row["item"]: row["off"] for row in menu_rows(CHANNELS[card.channel], card.not_here)}
    assert list(off) == ["optin", "picture"]
    assert "Meta has ended it" in off["optin"]
    assert off["picture"] == ""
    state = await ask(tab, fan, "Offers")
    assert state.problem == off["optin"]
    assert every(database, Outbox) == []
    assert "opt_in_requested" not in lines(database)
