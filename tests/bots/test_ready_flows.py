"""Every ready flow: each of its places is reached, and on every channel it ends as it should."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import partial

import pytest

from jumper_app.bots.definition import Flow
from jumper_app.bots.discounts import import_codes, make_pool
from jumper_app.bots.engine import Progress, Replied, RunState, Started, begin, step
from jumper_app.bots.facts import Facts
from jumper_app.bots.hours import OfficeHours, Span
from jumper_app.bots.library import READY_FLOWS
from jumper_app.bots.library.discount import POOL
from jumper_app.bots.progress import Drawn, Elapsed, RunEvent
from jumper_app.bots.runs import answer_next, start_flow
from jumper_app.bots.service import set_office_hours
from jumper_app.bots.shelf import publish, stock
from jumper_app.bots.triggers import conflicts
from jumper_app.bots.ways import options_of
from jumper_app.conversations.takeover import pause_bot
from jumper_app.models import Conversation, FlowVersion, Message, Owner, Run, SurveyAnswer
from jumper_app.models import Flow as FlowRow
from tests import make
from tests.house import every, one, take
from tests.make import NOON, later

MIDDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLOWS = pytest.mark.parametrize("flow", READY_FLOWS, ids=lambda flow: flow.name)


def events(flow: Flow, run: RunState) -> Iterator[RunEvent]:
    """What can happen to a run where it stands."""
    if run.status == Progress.ASKING:
        yield Drawn(outcome="given", code="A")
        yield Drawn(outcome="already", code="A")
        yield Drawn(outcome="exhausted")
        return
    for options in options_of(flow.nodes[run.node]):
        yield from (Replied(text=option.label) for option in options)
    yield Replied(text="quite something")
    yield Replied()
    if run.due_at:
        yield Elapsed()


def reached(flow: Flow) -> set[str]:
    """Every node on which a run of the flow ever stands or ends."""
    seen: set[str] = set()
    been: set[tuple[str, int, int, str]] = set()
    for open_now in (True, False):
        facts = Facts(office_open=open_now)
        first = step(flow, begin(flow, {}), Started(), MIDDAY, facts).run
        waiting = [first]
        while waiting:
            run = waiting.pop()
            place = (run.node, run.question, run.retries, f"{run.score}{open_now}")
            if place in been:
                continue
            been.add(place)
            seen.add(run.node)
            if run.status in {Progress.WAITING_REPLY, Progress.WAITING_TIMER, Progress.ASKING}:
                at = run.due_at or MIDDAY
                waiting += [step(flow, run, one, at, facts).run for one in events(flow, run)]
    return seen


@FLOWS
def test_a_run_can_come_to_every_end(flow: Flow):
    ends = {name for name, node in flow.nodes.items() if node.type in {"end", "hand_over"}}
    assert ends <= reached(flow)


@FLOWS
def test_it_says_what_it_is_for_and_begins_by_nothing_of_itself(flow: Flow):
    assert flow.description
    assert flow.triggers == ()
    assert conflicts(flow.triggers, []) == ()


SCRIPTS = {
    "Quick survey": (("Very happy", "2", "Nothing at all"), "happy", Owner.BOT),
    "Upsell": (("Details", "No, thank you"), "declined", Owner.BOT),
    "Discount code": ((), "given", Owner.BOT),
    "Away message": (("Do you ship to Peru?",), "", Owner.REQUESTED),
    "Ask, then hand over": (("4711", "Where is it?"), "", Owner.REQUESTED),
}
"""What a customer answers, how the flow ends, and who has the conversation then."""


LAST_WORDS = {
    "Quick survey": "Thank you! That helps us",
    "Upsell": "No problem.",
    "Discount code": "You are talking to our automated assistant.",
    "Away message": "Noted, thank you.",
    "Ask, then hand over": "Thank you. A colleague has it all",
}
NEWCOMERS = {
    "whatsapp": make.person,
    "messenger": make.fan,
    "webchat": lambda: make.visitor("visitor"),
}


def answers(db, now=NOON):
    while db.write(answer_next, now=now):
        pass


@pytest.fixture
def shelf(db):
    """All ready flows, codes to give, and an office that is closed."""

    def stocked(work):
        stock(work, NOON)
        pool = make_pool(work, name=POOL, now=NOON).public_id
        import_codes(work, pool=pool, codes=["BACK-1", "BACK-2", "BACK-3"])
        day = (NOON.weekday() + 1) % 7
        set_office_hours(work, OfficeHours(spans=(Span(day=day, begins=time(9), ends=time(17)),)))

    db.write(stocked)
    return db.write(make.agent).id


@pytest.mark.parametrize("name", SCRIPTS)
def test_started_by_an_agent_it_plays_to_its_end_on_every_channel(db, shelf, name):
    replies, outcome, owner = SCRIPTS[name]
    flow = one(db, FlowRow, name=name).public_id
    for channel, newcomer in NEWCOMERS.items():
        account = db.write(make.account, channel=channel).external_id
        letter = partial(make.inbound, account=account, sender=newcomer())
        take(db, letter("Hello"), channel=channel)
        key = every(db, Conversation)[-1].id
        db.write(pause_bot, conversation_id=key, agent_id=shelf, now=NOON)
        db.write(start_flow, conversation_id=key, agent_id=shelf, flow=flow, now=NOON)
        for minutes, text in enumerate(replies, 1):
            at = later(minutes=minutes)
            take(db, letter(text, sent_at=at), channel=channel, now=at)
            answers(db, at)
        run = every(db, Run)[-1]
        assert run.state["status"] == ("completed" if outcome else "handed_over")
        assert every(db, Conversation)[-1].owner == owner
        rows = every(db, Message)
        said = [row.text for row in rows if (row.conversation_id, row.kind) == (key, "bot")]
        assert said[0].startswith("You are talking to our automated assistant.")
        assert said[-1].startswith(LAST_WORDS[name])


def test_a_survey_keeps_every_answer_and_the_score(db, shelf):
    db.write(make.account)
    take(db, make.inbound("Hello"))
    key = one(db, Conversation).id
    flow = one(db, FlowRow, name="Quick survey").public_id
    db.write(start_flow, conversation_id=key, agent_id=shelf, flow=flow, now=NOON)
    for minutes, text in enumerate(("very happy", "2", "Nothing at all"), 1):
        take(db, make.inbound(text, sent_at=later(minutes=minutes)), now=later(minutes=minutes))
        answers(db, later(minutes=minutes))
    kept = [(row.key, row.value, row.score) for row in every(db, SurveyAnswer)]
    assert kept == [
        ("order", "very_happy", 5),
        ("service", "happy", 4),
        ("better", "Nothing at all", None),
    ]
    assert one(db, Run).state["variables"]["score"] == "9"


def test_what_somebody_made_of_a_ready_flow_stays(db, shelf):
    def rewrite(work):
        upsell = next(flow for flow in READY_FLOWS if flow.name == "Upsell")
        publish(work, upsell.model_copy(update={"description": "Ours"}), NOON)

    db.write(rewrite)
    before = len(every(db, FlowVersion))
    db.write(stock, later(minutes=1))
    assert len(every(db, FlowVersion)) == before
