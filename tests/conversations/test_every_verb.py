"""No play of every verb there is brings a note, a status line or a stopped bot to a channel."""

import ast
import asyncio
import random
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, select

import jumper_app
from jumper_app.channels import CHANNELS
from jumper_app.conversations import delivery, reactions, takeover
from jumper_app.models import Message
from tests.conversations import play as plays
from tests.conversations.play import VERBS, Play
from tests.conversations.staging import Stage

SENT_AS = {
    "words": "text",
    "picture": "image",
    "film": "video",
    "sound": "audio",
    "file": "document",
    "location": "location",
    "contact": "contacts",
    "opt_in": "optin",
    "quote": "text",
    "template": "template",
    "beginning": "template",
    "reaction": "reaction",
}
"""What each verb that sends brings to the adapter where the channel has it."""

HAS = {
    "whatsapp": set(SENT_AS) - {"opt_in"},
    "messenger": {"words", "picture", "opt_in", "reaction"},
    "webchat": {"words", "picture", "film", "sound", "file", "location"},
}
"""``product.md`` 31, 32 and the issue's own list for web chat; sounds go as files."""


@pytest.fixture
def stage(db, monkeypatch):
    """Nothing here is about power cuts, so SQLite need not wait for the disk."""
    if db.is_sqlite:
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    with asyncio.Runner() as loop:
        stage = Stage(db, loop)
        monkeypatch.setattr("jumper_app.clock.now", stage.clock)
        monkeypatch.setattr("jumper_app.work.sending.claim", stage.adapter.claim)
        yield stage
        stage.answer(lambda new: new)


def seeded(pytestconfig) -> int:
    seed = pytestconfig.getoption("randomly_seed", None)
    return seed if isinstance(seed, int) else 1


def play(stage: Stage, seed: int, number: int) -> Play:
    """One random play, from the customer's first word to an empty queue."""
    dice = random.Random(seed * 100_000 + number)
    one = Play(stage, list(CHANNELS)[number % len(CHANNELS)], dice)
    for verb in dice.choices(VERBS, k=dice.randrange(8, 30)):
        one.do(verb)
    one.end()
    return one


@pytest.mark.slow
@pytest.mark.long(weight=4)
def test_no_play_brings_a_note_a_line_or_a_stopped_bot_to_a_channel(
    db, stage, effort, pytestconfig
):
    kind, seed = db.engine.dialect.name, seeded(pytestconfig)
    gate, long = (30, 10_000) if db.is_sqlite else (10, 1_000)
    takeovers = 0
    for number in effort.rounds(f"plays of every verb ({kind})", gate=gate, long=long):
        takeovers += play(stage, seed, number).takeovers
    assert takeovers > gate // 3, "nobody took over: these plays prove nothing"
    effort.note(f"takeovers in them ({kind})", takeovers)
    effort.note(f"things that reached an adapter in them ({kind})", len(stage.adapter.reached))


# --- The measure measures. Which database it is makes no difference here.

on_sqlite = pytest.mark.parametrize("db", ["sqlite_url"], indirect=True, ids=["sqlite"])


@on_sqlite
@pytest.mark.parametrize("channel", CHANNELS)
def test_each_verb_that_sends_reaches_the_adapter_where_the_channel_has_it(stage, channel):
    sent = set()
    stage.agents = stage.agents[:1]
    for verb, kind in SENT_AS.items():
        one = Play(stage, channel, random.Random(verb))
        for prelude in ("words", "leave", "accept"):
            one.do(prelude)
        before = len(stage.adapter.reached)
        for _ in range(6):
            one.do(verb)
            one.do("leave")
            one.do("accept")
        if kind in {thing.kind for thing in stage.adapter.reached[before:]}:
            sent.add(verb)
    assert sent == HAS[channel]


def test_every_verb_is_played():
    named = {name for name, made in vars(Play).items() if callable(made) and name[0] != "_"}
    assert set(VERBS) == named - {"do", "end"}


def test_the_outbox_and_the_reactions_are_filled_only_by_verbs_that_are_played():
    callers = {"send_later": set(), "Reaction": set(), "Outbox": set()}
    for path in Path(jumper_app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in callers:
                callers[node.func.id].add(path.stem)  # pyright: ignore[reportAttributeAccessIssue]
    assert callers == {
        "send_later": {"replies", "saying"},
        "Reaction": {"reactions"},
        "Outbox": {"outgoing"},
    }


def broken(stage: Stage, wanted: str) -> bool:
    """Is a play found that complains of this?"""
    for number in range(60):
        try:
            play(stage, 7, number)
        except AssertionError as complaint:
            return wanted in str(complaint)
    return False


@on_sqlite
def test_a_takeover_that_does_not_stop_the_bot_is_seen(stage, monkeypatch):
    honest = delivery._still_wanted

    def blind(work, row, conversation, now):
        row.epoch = conversation.epoch
        return honest(work, row, conversation, now)

    monkeypatch.setattr(delivery, "_still_wanted", blind)
    monkeypatch.setattr(takeover, "silence_bot", lambda *_: ([], 0))
    assert broken(stage, "a bot's message after a takeover")


@on_sqlite
def test_a_note_that_goes_out_as_a_reply_is_seen(stage, monkeypatch):
    monkeypatch.setattr(plays, "add_note", plays.reply)
    assert broken(stage, "the words of a note")


@on_sqlite
def test_a_reaction_to_words_of_ours_is_seen(stage, monkeypatch):
    def any_message(work, conversation, public_id):
        return work.exec(select(Message).where(col(Message.public_id) == public_id)).one()

    monkeypatch.setattr(reactions, "_message", any_message)
    monkeypatch.setattr(Play, "_any_of", lambda play, *_: honest(play, "agent"))
    one = Play(stage, "whatsapp", random.Random(1))
    for verb in ("words", "leave", "accept", "reaction"):
        one.do(verb)
    with pytest.raises(AssertionError, match="a reaction to our own"):
        one.do("leave")


honest = Play._any_of
