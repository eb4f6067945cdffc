"""The open conversation's handlers, through Reflex's own processor."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from jumper_app import clock
from jumper_app.conversations import replies
from jumper_app.db import Database, Work
from jumper_app.models import Conversation, Delivery, Message, Outbox, OutboxState, ReadMark
from jumper_app.panel.ownership.state import OwnershipState
from jumper_app.panel.thread.state import ThreadState
from tests.panel.panels import Panel, hear
from tests.panel.tabs import Browser
from tests.people.crowd import badge, hire


@pytest.fixture
def maya(database: Database) -> Conversation:
    """A conversation of 120 messages, the last one just now."""
    for number in range(119):
        hear(database, f"Number {number}", sent_at=clock.now() - timedelta(minutes=200 - number))
    return hear(database, "The last", sent_at=clock.now())


@pytest.fixture
def ana(database: Database) -> int:
    return hire(database)


@pytest.fixture
async def panel(
    browser: Browser, database: Database, maya: Conversation, ana: int
) -> AsyncIterator[Panel]:
    mine = Panel(browser.tab(badge(database, ana)))
    await mine.open(f"/c/{maya.public_id}")
    await mine.until(lambda: mine.value("phase") == "open")
    yield mine
    await mine.close()


async def test_a_conversation_opens_with_its_last_fifty_messages(panel: Panel):
    assert (len(panel.texts()), panel.texts()[-1]) == (50, "The last")


async def test_load_previous_adds_fifty_until_the_beginning(panel: Panel):
    await panel.tab.call(ThreadState.load_previous)
    thread = await panel.tab.state(ThreadState)
    assert (len(panel.texts()), thread.more) == (100, True)
    await panel.tab.call(ThreadState.load_previous)
    assert (len(panel.texts()), thread.more) == (120, False)
    assert panel.texts()[0] == "Number 0"


async def test_the_address_of_a_message_opens_around_it_and_takes_the_reader_there(
    panel: Panel, database: Database, maya: Conversation
):
    early = public_id_of(database, "Number 30")
    await panel.open(f"/c/{maya.public_id}?m={early}")
    await panel.until(lambda: panel.texts()[0] == "Number 5")
    assert (panel.texts()[-1], panel.value("newer")) == ("Number 55", True)
    assert panel.value("target") == {"kind": "message", "id": early, "turn": 1}


async def test_a_reader_is_taken_to_the_message_of_the_address_once(
    panel: Panel, database: Database, maya: Conversation
):
    linked = f"/c/{maya.public_id}?m={public_id_of(database, 'Number 30')}"
    await panel.open(linked)
    await panel.until(lambda: panel.value("newer"))
    await panel.tab.call(ThreadState.to_latest)
    assert panel.value("target")["kind"] == "latest"
    panel.deltas.clear()
    await panel.open(linked)
    await panel.until(lambda: panel.value("history"))
    assert (panel.texts()[-1], panel.value("target")) == ("The last", None)


async def test_an_address_of_no_message_opens_the_end(panel: Panel, maya: Conversation):
    await panel.open(f"/c/{maya.public_id}?m=nothing")
    await panel.until(lambda: panel.texts()[-1] == "The last")
    assert panel.value("target") is None or panel.value("target")["turn"] == 0


async def test_a_gap_leaves_the_reader_in_the_same_stretch(
    panel: Panel, database: Database, maya: Conversation
):
    await panel.tab.call(ThreadState.to_beginning)
    await panel.tab.call(ThreadState.load_next)
    assert (panel.texts()[0], panel.texts()[-1]) == ("Number 0", "Number 99")
    panel.deltas.clear()
    await panel.open(f"/c/{maya.public_id}")
    await panel.until(lambda: panel.value("history"))
    assert (panel.texts()[0], panel.texts()[-1]) == ("Number 0", "Number 99")


async def test_pages_below_lead_back_to_the_end(panel: Panel):
    await panel.tab.call(ThreadState.to_beginning)
    for _ in range(2):
        await panel.tab.call(ThreadState.load_next)
    assert (panel.texts()[-1], panel.value("newer")) == ("The last", False)


async def test_what_arrives_while_one_reads_old_messages_is_counted(
    panel: Panel, database: Database
):
    await panel.tab.call(ThreadState.to_beginning)
    await asyncio.to_thread(hear, database, "Are you there?", sent_at=clock.now())
    await panel.until(lambda: panel.value("waiting") == 1)
    assert panel.texts()[-1] == "Number 49"
    await panel.tab.call(ThreadState.to_latest)
    assert (panel.texts()[-1], panel.value("waiting")) == ("Are you there?", 0)


async def test_a_message_that_is_not_loaded_is_gone_to(panel: Panel, database: Database):
    early = public_id_of(database, "Number 2")
    await panel.tab.call(ThreadState.go_to, message=early)
    assert panel.texts()[0] == "Number 0"
    assert panel.value("target")["id"] == early


async def test_a_message_of_another_conversation_is_not_gone_to(panel: Panel, database: Database):
    other = await asyncio.to_thread(_other_conversations_failure, database)
    before = panel.texts()
    await panel.tab.call(ThreadState.go_to, message=other)
    assert panel.texts() == before


async def test_opening_marks_nothing_as_read_by_itself(panel: Panel, database: Database):
    with database.read() as work:
        assert work.exec(select(ReadMark)).all() == []


async def test_seeing_the_last_message_marks_it_read_for_this_agent_only(
    panel: Panel, database: Database, maya: Conversation, ana: int
):
    await panel.tab.call(ThreadState.seen, conversation=maya.public_id)
    with database.read() as work:
        [mark] = work.exec(select(ReadMark)).all()
    assert (mark.agent_id, mark.heard) == (ana, 120)


async def test_seeing_another_conversation_marks_nothing(panel: Panel, database: Database):
    await panel.tab.call(ThreadState.seen, conversation="0" * 32)
    with database.read() as work:
        assert work.exec(select(ReadMark)).all() == []


async def test_a_failed_message_is_queued_again(
    panel: Panel, database: Database, maya: Conversation, ana: int
):
    failed = await asyncio.to_thread(database.write, _failed_reply, maya, ana)
    await panel.until(lambda: "Hello Maya" in panel.texts())
    await panel.tab.call(ThreadState.retry, message=failed)
    with database.read() as work:
        message = work.exec(select(Message).where(Message.public_id == failed)).one()
    assert message.delivery == Delivery.QUEUED


async def test_a_message_that_is_not_on_the_screen_cannot_be_sent_again(
    panel: Panel, database: Database
):
    other = await asyncio.to_thread(_other_conversations_failure, database)
    await panel.tab.call(ThreadState.retry, message=other)
    with database.read() as work:
        message = work.exec(select(Message).where(Message.public_id == other)).one()
    assert message.delivery == Delivery.FAILED


async def test_the_bot_icon_hands_the_conversation_to_the_agent(panel: Panel, maya: Conversation):
    await panel.tab.call(OwnershipState.pause, conversation=maya.public_id)
    await panel.until(lambda: panel.value("mine"))
    assert panel.value("speaker") == "You are answering"


async def test_a_resolved_conversation_can_be_reopened(panel: Panel, maya: Conversation):
    await panel.tab.call(OwnershipState.resolve, conversation=maya.public_id)
    await panel.until(lambda: panel.value("owner") == "resolved")
    await panel.tab.call(OwnershipState.reopen, conversation=maya.public_id)
    await panel.until(lambda: panel.value("owner") == "agent")


async def test_a_conversation_is_assigned_to_nobody_or_somebody(
    panel: Panel, database: Database, maya: Conversation
):
    me = panel.value("me")
    await panel.tab.call(OwnershipState.assign, conversation=maya.public_id, to=me)
    await panel.until(lambda: panel.value("owner") == "agent")
    await panel.tab.call(OwnershipState.assign, conversation=maya.public_id, to="")
    await panel.until(lambda: panel.value("owner") == "requested")


def public_id_of(database: Database, text: str) -> str:
    with database.read() as work:
        return work.exec(select(Message.public_id).where(Message.text == text)).one()


def _failed_reply(work: Work, conversation: Conversation, agent_id: int) -> str:
    assert conversation.id
    sent = replies.reply(
        work,
        conversation_id=conversation.id,
        agent_id=agent_id,
        text="Hello Maya",
        client_key="k" * 16,
        even_if_colleague=True,
        now=clock.now(),
    )
    message = work.get_one(Message, sent.message_id)
    message.delivery, message.failure = Delivery.FAILED, "Not on WhatsApp."
    row = work.exec(select(Outbox).where(Outbox.message_id == message.id)).one()
    row.state = OutboxState.FAILED
    return message.public_id


def _other_conversations_failure(database: Database) -> str:
    from tests import make

    jonas = hear(
        database, "I am new", sender=make.person("4915112345", name="Jonas"), sent_at=clock.now()
    )
    return database.write(_failed_reply, jonas, hire(database, "Ben"))
