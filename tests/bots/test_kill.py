"""``kill -9`` inside every boundary of a bot's step: no step is lost, none is taken twice."""

import multiprocessing
import signal
from datetime import timedelta
from itertools import product

import pytest

from jumper_app.bots.boundaries import Boundary
from jumper_app.bots.definition import Ask, Discount, End, Flow, Option, Say, Wait
from jumper_app.bots.discounts import import_codes, make_pool
from jumper_app.bots.shelf import publish
from jumper_app.models import Conversation, DiscountCode, Message, Outbox, Run, RunStatus, Wake
from tests import make
from tests.bots import lives
from tests.house import every, take
from tests.make import NOON

pytestmark = [pytest.mark.kill, pytest.mark.slow]

FLOW = Flow(
    name="All kinds of steps",
    start="hi",
    announcement="",
    nodes={
        "hi": Say(text="Hi.", next="size"),
        "size": Ask(
            prompt="Which size?",
            choices=(Option(label="Small", value="s"), Option(label="Large", value="l")),
            save_to="size",
            next="code",
        ),
        "code": Discount(pool="Spring", given="yours", already="end", exhausted="end"),
        "yours": Say(text="Size {{size|?}}, code {{code|?}}.", next="pause"),
        "pause": Wait(seconds=3600, next="after"),
        "after": Say(text="Did it fit?", next="end"),
        "end": End(outcome="done", text="Bye."),
    },
)
MOMENTS = ("begins", "answers", "elapses")
"""The three steps of a run: it begins, takes an answer and a code, and goes on by the clock."""

PLACES = (*Boundary, lives.COMMITTED)
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.bots.lives"])


def take_steps(db, now, dies_at):
    """Take the steps of that moment; in two lives, if the first one is to die."""
    if not dies_at:
        lives.take_all(db, now)
        return
    for place, ends in ((dies_at, -signal.SIGKILL), ("", 0)):
        life = FORKS.Process(target=lives.live, args=(db.url, now, str(place)))
        life.start()
        life.join(60)
        assert life.exitcode == ends, f"died at {place!r}: {life.exitcode}"


def test_a_death_at_any_boundary_of_any_step_changes_nothing(db, effort):
    def shop(work):
        make.account(work).flow_id = publish(work, FLOW, NOON).id
        pool = make_pool(work, name="Spring", now=NOON).public_id
        import_codes(work, pool=pool, codes=[f"C{number:02}" for number in range(100)])

    db.write(shop)
    deaths = list(product(MOMENTS, PLACES))
    for day, (moment, place) in enumerate(deaths):
        walk(db, day, moment, place)
        effort.note(f"kills of a bot's step ({db.engine.dialect.name})")
    rows = every(db, Run)
    assert [(row.status, row.state["step"]) for row in rows] == [(RunStatus.COMPLETED, 4)] * len(
        deaths
    )
    assert every(db, Wake) == []
    given = [row.code for row in every(db, DiscountCode) if row.contact_id]
    assert given == [f"C{number:02}" for number in range(len(deaths))]
    assert len(every(db, Outbox)) == 5 * len(deaths)


def walk(db, day, moment, place):
    """One customer's whole run; the process dies once, at ``place`` of ``moment``."""
    begins = NOON + timedelta(days=day)
    sender = make.person(f"1650{day:07}")

    def at(when):
        return place if when == moment else ""

    take(db, make.inbound("Hello", sender=sender, sent_at=begins), now=begins)
    take_steps(db, begins, at("begins"))
    answered = begins + timedelta(minutes=1)
    take(db, make.inbound("Large", sender=sender, sent_at=answered), now=answered)
    take_steps(db, answered, at("answers"))
    take_steps(db, answered + timedelta(hours=1), at("elapses"))
    key = every(db, Conversation)[-1].id
    rows = every(db, Message)
    said = [row.text for row in rows if (row.conversation_id, row.kind) == (key, "bot")]
    assert said == ["Hi.", "Which size?", f"Size l, code C{day:02}.", "Did it fit?", "Bye."]
