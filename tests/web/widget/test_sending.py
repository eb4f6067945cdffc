"""What becomes of an answer when the worker dies on the way: it comes once, or never."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.webchat import WEBCHAT
from jumper_app.conversations import replies
from jumper_app.conversations.delivery import CLAIM_LEASE, claim
from jumper_app.conversations.overdue import declare_unknown
from jumper_app.models import Message, MessageKind
from tests.house import one, sends
from tests.web.widget.stage import Shop


@pytest.fixture
def with_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claim and call are two steps, as they are for a message with a file."""
    monkeypatch.setitem(CHANNELS, WEBCHAT.key, replace(WEBCHAT, reads_our_store=False))


async def queue_a_reply(shop: Shop, text: str, *, ago: timedelta = timedelta(0)) -> None:
    await shop.db.run(
        replies.reply,
        conversation_id=shop.conversation().id or 0,
        agent_id=shop.ana,
        text=text,
        client_key="the-reply-of-the-tests",
        now=clock.now() - ago,
    )


async def test_words_are_sent_in_the_commit_that_claims_them(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    await queue_a_reply(shop, "Hi")
    assert [
        claimed.has_arrived
        for claimed in shop.db.write(claim, worker="main", now=clock.now(), limit=9)
    ] == [True]
    assert sends(shop.db) == [("agent", "sent")]
    assert shop.db.write(claim, worker="main", now=clock.now(), limit=9) == []
    line = await vera.listen()
    assert (await line.next()).texts == ["Hello", "Hi"]
    await line.cut()


@pytest.mark.usefixtures("with_a_call")
async def test_a_claim_that_outlived_its_worker_is_sent_once(shop: Shop, monkeypatch):
    vera = shop.visitor()
    await vera.write("Hello")
    await queue_a_reply(shop, "Hi")
    assert shop.db.write(claim, worker="main", now=clock.now(), limit=9)
    line = await vera.listen()
    assert (await line.next()).texts == ["Hello"]
    monkeypatch.setattr(clock, "_advanced", CLAIM_LEASE)
    shop.db.write(declare_unknown, now=clock.now())
    await shop.works()
    assert (await line.hears("Hi")).texts == ["Hi"]
    assert sends(shop.db) == [("agent", "sent")]
    await line.cut()


@pytest.mark.usefixtures("with_a_call")
async def test_a_claim_of_another_worker_is_sent_after_its_lease(shop: Shop):
    await shop.visitor().write("Hello")
    await queue_a_reply(shop, "Hi", ago=CLAIM_LEASE)
    shop.db.write(claim, worker="another", now=clock.now() - CLAIM_LEASE, limit=9)
    shop.db.write(declare_unknown, now=clock.now())
    await shop.works()
    assert one(shop.db, Message, kind=MessageKind.AGENT).delivery == "sent"


@pytest.mark.usefixtures("with_a_call")
async def test_a_bot_message_claimed_by_a_worker_that_died_never_comes_after_a_takeover(
    shop_with_a_bot: Shop, monkeypatch
):
    shop, vera = shop_with_a_bot, shop_with_a_bot.visitor()
    await vera.write("Hello")
    await shop.bot_thinks()
    assert shop.db.write(claim, worker="main", now=clock.now(), limit=9)
    await shop.ana_takes_over()
    monkeypatch.setattr(clock, "_advanced", CLAIM_LEASE)
    shop.db.write(declare_unknown, now=clock.now())
    await shop.works()
    line = await vera.listen()
    assert (await line.next()).texts == ["Hello"]
    assert {state for _, state in sends(shop.db)} == {"dropped"}
    await line.cut()


async def test_what_waits_to_be_sent_is_not_shown(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    await queue_a_reply(shop, "Hi")
    line = await vera.listen()
    assert (await line.next()).texts == ["Hello"]
    await line.cut()
