"""Messages, timers, claims, takeovers, pass-backs, ends and crashes in any order."""

import pytest
from sqlalchemy import event

from jumper_app.bots import runs
from jumper_app.bots.shelf import publish
from jumper_app.conversations import delivery, takeover
from tests import make
from tests.bots.walks import WALKED, walk
from tests.make import NOON


@pytest.fixture
def agents(db):
    """Nothing here is about power cuts, so SQLite need not wait for the disk."""
    if db.is_sqlite:
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))

    def connected(work):
        make.account(work).flow_id = publish(work, WALKED, NOON).id
        return make.agent(work).id, make.agent(work, "Ben").id

    return db.write(connected)


def seeded(pytestconfig) -> int:
    seed = pytestconfig.getoption("randomly_seed", None)
    return seed if isinstance(seed, int) else 1


@pytest.mark.slow
@pytest.mark.long(weight=4)
def test_no_order_of_things_makes_a_bot_speak_after_a_takeover_lose_a_word_or_take_a_step_twice(
    db, agents, effort, pytestconfig
):
    kind, seed = db.engine.dialect.name, seeded(pytestconfig)
    gate, long = (50, 10_000) if db.is_sqlite else (20, 10_000)
    takeovers = claims = 0
    for number in effort.rounds(f"walks with a bot ({kind})", gate=gate, long=long):
        one = walk(db, agents, seed, number)
        takeovers, claims = takeovers + one.takeovers, claims + one.claims
    assert takeovers > gate // 4, f"hardly anybody took over (seed {seed})"
    assert claims > gate, f"the bot hardly spoke (seed {seed})"
    effort.note(f"takeovers in walks with a bot ({kind})", takeovers)
    effort.note(f"bot's messages claimed in walks with a bot ({kind})", claims)


# --- The measure measures. Which database it is makes no difference here.

on_sqlite = pytest.mark.parametrize("db", ["sqlite_url"], indirect=True, ids=["sqlite"])


def broken(db, agents, wanted: str) -> bool:
    """Is a walk found that complains of this?"""
    for number in range(40):
        try:
            walk(db, agents, 7, number)
        except AssertionError as complaint:
            if wanted in str(complaint):
                return True
    return False


@on_sqlite
def test_without_the_epoch_a_bots_message_after_a_takeover_is_seen(db, agents, monkeypatch):
    """Without silencing as well: it alone drops what waits, before the epoch is asked."""
    honest = delivery._still_wanted

    def blind(work, row, conversation, now):
        row.epoch = conversation.epoch
        return honest(work, row, conversation, now)

    monkeypatch.setattr(delivery, "_still_wanted", blind)
    monkeypatch.setattr(takeover, "silence_bot", lambda *_: ([], 0))
    assert broken(db, agents, "after a takeover")


@on_sqlite
def test_with_the_epoch_alone_the_bot_is_silent_all_the_same(db, agents, monkeypatch):
    """Nobody drops what waits; the claim compares the epoch, and nothing leaves."""

    def pauses_only(work, conversation, now):
        takeover.forget_wakes(work, conversation)
        if (run := takeover.alive_run(work, conversation)) is not None:
            takeover.pause(run, now)
        return [], 0

    monkeypatch.setattr(takeover, "silence_bot", pauses_only)
    assert not broken(db, agents, "")
    honest = delivery._still_wanted

    def blind(work, row, conversation, now):
        row.epoch = conversation.epoch
        return honest(work, row, conversation, now)

    monkeypatch.setattr(delivery, "_still_wanted", blind)
    assert broken(db, agents, "after a takeover")


@on_sqlite
def test_words_that_are_thrown_away_are_seen(db, agents, monkeypatch):
    honest = runs.listen

    def listens_to_half(work, conversation):
        return honest(work, conversation)[:1]

    monkeypatch.setattr(runs, "listen", listens_to_half)
    assert broken(db, agents, "the run stands at")
