"""A person takes over at any moment of a running flow: nothing of the bot is claimed after that."""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping

import pytest
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    Credentials,
    Download,
    Identity,
    MediaRef,
    Outbound,
    OutReaction,
    Profile,
    Report,
    Sent,
    Sink,
    Upload,
)
from jumper_app.conversations import takeover
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.log import stored
from jumper_app.conversations.takeover import pause_bot
from jumper_app.db import Database
from jumper_app.live import ConversationChanged
from jumper_app.models import Conversation, Event, Message, Outbox, OutboxState
from jumper_app.work import sending
from jumper_app.work.loop import Background
from tests import make
from tests.house import delivered, every, one, take
from tests.make import NOON

RACES_AT_ONCE = 10


class RecordingDoor:
    """Takes every message after some turns of the loop, and remembers in which order."""

    def __init__(self, dice: random.Random) -> None:
        self.taken: list[str] = []
        self._dice = dice

    async def send(
        self, credentials: Credentials, message: Outbound, uploads: Mapping[str, Upload]
    ):
        for _ in range(self._dice.randrange(5)):
            await asyncio.sleep(0)
        self.taken.append(message.reference)
        return Sent(external_id=f"wamid.{message.reference}")

    async def mark_read(
        self,
        credentials: Credentials,
        recipient: tuple[Identity, ...],
        external_id: str,
        *,
        typing: bool,
    ) -> None:
        return

    async def profile(self, credentials: Credentials, names: tuple[Identity, ...]) -> Profile:
        return Profile()

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        return

    async def download(
        self, credentials: Credentials, media: MediaRef, into: Sink, limit: int
    ) -> Download:
        raise AssertionError("nobody sends files here")

    async def check(self, credentials: Credentials, *, callback: str) -> Report:
        return Report(name="Shop")

    async def subscribe(self, credentials: Credentials) -> None:
        return

    async def aclose(self) -> None:
        return


class Journal:
    """The order in which claims and takeovers were committed.

    Both verbs hold the conversation's lock until their commit, so what they read inside
    their transaction is what stood before them: the conversation's event counter and epoch.
    """

    def __init__(self) -> None:
        self.claimed: list[tuple[int, int, str, int]] = []

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        honest = sending.claim

        def claim(work, **how):
            claims = honest(work, **how)
            for each in claims:
                row = work.get_one(Conversation, each.conversation_id)
                kind = work.get_one(Message, each.message_id).kind
                self.claimed.append((row.id, each.message_id, kind, row.epoch))
            return claims

        monkeypatch.setattr(sending, "claim", claim)


@pytest.fixture
def journal(monkeypatch):
    kept = Journal()
    kept.watch(monkeypatch)
    return kept


@pytest.fixture
def still_clock(monkeypatch):
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON)


async def race(db: Database, dice: random.Random, customers: int) -> dict[int, tuple[int, int]]:
    """Customers talk to a bot; some moments after it has queued words, an agent takes over.

    Returns:
        For each conversation: the epoch of its takeover, and what the receipt counted.
    """
    ana = stored(db.write(make.agent).id)
    people = [make.person(f"19{dice.randrange(10**8):08}") for _ in range(customers)]
    door = RecordingDoor(dice)
    results: dict[int, tuple[int, int]] = {}

    async def one_customer(person) -> None:
        key = await _talk(db, person, wanted=dice.randrange(1, 6))
        for _ in range(dice.randrange(200)):
            await asyncio.sleep(0)
        told = await db.run(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
        epoch = await db.ask(lambda work: work.get_one(Conversation, key).epoch)
        results[key] = (epoch, told.on_the_way)

    background = Background(db, dict.fromkeys(CHANNELS, door))
    async with background.running():
        await asyncio.gather(*(one_customer(person) for person in people))
    while await background.work_once():
        await background.settle()
    return results


async def _talk(db: Database, person, wanted: int) -> int:
    """Talk to the bot until so many of its messages are stored; the conversation."""
    with db.hub.listening(_is_conversation) as news:
        await db.run(receive_all, [delivered(make.inbound("Hello", sender=person))])
        key = await db.ask(_conversation_of, person.identities[0].value)
        there = 0
        while there < wanted:
            known, there = there, len(await db.ask(_bot_rows, key))
            if there == known:
                await asyncio.wait_for(news.drain(), 30)
            elif there < wanted:
                await db.run(receive_all, [delivered(make.inbound("2", sender=person))])
    return key


def _is_conversation(event: object) -> bool:
    return isinstance(event, ConversationChanged)


def _conversation_of(work, wa_id: str) -> int:
    from jumper_app.models import ContactIdentity

    found = (
        select(Conversation.id)
        .join(ContactIdentity, col(ContactIdentity.contact_id) == col(Conversation.contact_id))
        .where(col(ContactIdentity.value) == wa_id)
    )
    return work.exec(found).one()


def _bot_rows(work, key: int) -> list[int]:
    wanted = select(Outbox.id).where(Outbox.conversation_id == key, Outbox.message_kind == "bot")
    return list(work.exec(wanted))


def play(db: Database, journal: Journal, races: Iterable[int], seed: int) -> tuple[int, int, int]:
    """Race; how many takeovers there were, bot rows that were claimed late, and in all."""
    db.write(make.account, bot=True)
    takeovers = late = claimed = 0
    for number in races:
        dice = random.Random(seed * 1000 + number)
        journal.claimed.clear()
        results = asyncio.run(race(db, dice, RACES_AT_ONCE))
        takeovers += len(results)
        for key, (epoch, on_the_way) in results.items():
            bots = [each for each in journal.claimed if each[0] == key and each[2] == "bot"]
            claimed += len(bots)
            late += len([each for each in bots if each[3] >= epoch])
            assert on_the_way == len(bots) - _accepted_before_takeover(db, key), f"seed {seed}"
            left = every(db, Outbox, conversation_id=key, message_kind="bot")
            assert {row.state for row in left} <= {OutboxState.SENT, OutboxState.DROPPED}
            assert len([row for row in left if row.state == OutboxState.SENT]) == len(bots)
    return takeovers, late, claimed


def _accepted_before_takeover(db: Database, key: int) -> int:
    """How many sends had been accepted by then: the log has all in the order of their commits."""
    kinds = [row.kind for row in sorted(every(db, Event, conversation_id=key), key=_number)]
    return kinds[: kinds.index("bot_paused")].count("send_accepted")


def _number(event: Event) -> int:
    return event.number


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_bot_row_is_claimed_after_a_takeovers_commit(
    db, journal, still_clock, effort, pytestconfig
):
    kind = db.engine.dialect.name
    gate, long = (200, 2000) if db.is_sqlite else (50, 500)
    races = effort.rounds(
        f"races of {RACES_AT_ONCE} takeovers ({kind})",
        gate=gate // RACES_AT_ONCE,
        long=long // RACES_AT_ONCE,
    )
    seed = pytestconfig.getoption("randomly_seed", None) or 1
    seed = seed if isinstance(seed, int) else 1
    takeovers, late, claimed = play(db, journal, races, seed)
    assert late == 0, f"seed {seed}"
    assert claimed > takeovers // 10, "the flow hardly ran: these takeovers prove nothing"
    effort.note(f"takeovers of a running flow ({kind})", takeovers)
    effort.note(f"bot rows claimed before them ({kind})", claimed)


def test_without_the_epoch_and_without_silence_the_race_is_seen(
    db, journal, still_clock, monkeypatch
):
    """The measure measures: with both guards gone, bot rows are claimed after a takeover."""
    from jumper_app.conversations import delivery

    honest: Callable = delivery._still_wanted

    def blind(work, row, conversation, now):
        row.epoch = conversation.epoch
        return honest(work, row, conversation, now)

    monkeypatch.setattr(delivery, "_still_wanted", blind)
    monkeypatch.setattr(takeover, "silence_bot", lambda *_: ([], 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(takeover, "forget_wakes", lambda *_: None)
        late, _ = _play_blindly(db, journal)
    assert late > 0


def _play_blindly(db: Database, journal: Journal) -> tuple[int, int]:
    """As ``play``, without looking at what became of the rows."""
    db.write(make.account, bot=True)
    late = 0
    for seed in range(20):
        journal.claimed.clear()
        results = asyncio.run(race(db, random.Random(seed), RACES_AT_ONCE))
        for key, (epoch, _) in results.items():
            bots = [each for each in journal.claimed if each[0] == key and each[2] == "bot"]
            late += len([each for each in bots if each[3] >= epoch])
        if late:
            break
    return late, 0


@pytest.mark.parametrize("claimed", [0, 1])
def test_the_receipt_counts_what_was_on_its_way(db, journal, claimed):
    from jumper_app.bots.runs import answer_next

    db.write(make.account, bot=True)
    ana = db.write(make.agent).id
    take(db, make.inbound())
    db.write(answer_next, now=NOON)
    for _ in range(claimed):
        db.write(sending.claim, worker="w", now=NOON, limit=1, busy=frozenset())
    key = one(db, Conversation).id
    told = db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    assert told.on_the_way == claimed
    line = every(db, Message, kind="status")[-1]
    assert line.content["on_the_way"] == claimed


def test_what_nobody_answered_counts_as_on_its_way_until_that_is_settled(db):
    from jumper_app.bots.runs import answer_next
    from jumper_app.channels.meta.failures import Unanswered
    from jumper_app.conversations.delivery import refused

    db.write(make.account, bot=True)
    ana = db.write(make.agent).id
    take(db, make.inbound())
    db.write(answer_next, now=NOON)
    (each,) = db.write(sending.claim, worker="w", now=NOON, limit=1, busy=frozenset())
    db.write(refused, each, Unanswered(), NOON)
    key = one(db, Conversation).id
    told = db.write(pause_bot, conversation_id=key, agent_id=ana, now=NOON)
    assert told.on_the_way == 1
    assert every(db, Outbox)[0].state == OutboxState.UNKNOWN
    assert every(db, Message, kind="bot")[0].delivery == "queued"
