"""Every node of a flow, alone: what it says, where it waits, where it leads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from jumper_app.bots.definition import (
    Ask,
    AtLeast,
    Branch,
    Case,
    Choices,
    Discount,
    End,
    Flow,
    GoTo,
    HandOver,
    HasTag,
    InHours,
    Mark,
    Node,
    OnChannel,
    Option,
    Product,
    Returns,
    Say,
    SendMedia,
    SendTemplate,
    Survey,
    SurveyQuestion,
    Wait,
    Way,
    WindowOpen,
)
from jumper_app.bots.engine import (
    MAX_NODES_WITHOUT_INPUT,
    Drawn,
    Elapsed,
    Entered,
    Finished,
    Progress,
    Replied,
    Resumed,
    Send,
    Started,
    Step,
    accepts,
    begin,
    step,
)
from jumper_app.bots.facts import Facts
from jumper_app.bots.progress import (
    Answered,
    Draw,
    Enter,
    Expired,
    Frame,
    Leave,
    Noted,
    SendApproved,
    SendCard,
    SendFile,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DONE, OTHER = End(outcome="done"), End(outcome="other")


def flow(start: Node, **nodes: Node) -> Flow:
    every: dict[str, Node] = {"start": start, "done": DONE, **nodes}
    return Flow(name="Test", start="start", nodes=every, announcement="")


def play(of: Flow, *events: Any, facts: Facts | None = None, now: datetime = NOON) -> Step:
    """The last step of a run that takes these events after its start."""
    taken = Step(begin(of, {}))
    for event in (Started(), *events):
        taken = step(of, taken.run, event, now, facts or Facts())
    return taken


def outcome(taken: Step) -> str:
    (last,) = [one.outcome for one in taken.effects if isinstance(one, Finished)]
    return last


def said(taken: Step) -> list[str]:
    return [one.text for one in taken.effects if isinstance(one, Send)]


# --- Sending ----------------------------------------------------------------------


def test_a_file_is_sent_with_its_caption():
    file = SendMedia(kind="image", file="a" * 32, caption="For {{name|you}}", next="done")
    sent, _ = play(flow(file)).effects
    assert sent == SendFile(index=0, kind="image", file="a" * 32, caption="For you", node="start")


def test_a_template_is_sent_with_its_values():
    node = SendTemplate(name="sale", language="en", values={"body:1": "{{x|Ana}}"}, next="done")
    sent, _ = play(flow(node)).effects
    assert sent == SendApproved(
        index=0, name="sale", language="en", values={"body:1": "Ana"}, node="start"
    )


# --- Questions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("number", "12,5", "12.5"),
        ("number", "-3", "-3"),
        ("number", "twelve", ""),
        ("number", "1e9", ""),
        ("email", " ana@example.com ", "ana@example.com"),
        ("email", "ana@example", ""),
        ("email", "ana at example.com", ""),
        ("phone", "+49 (151) 12-34.56", "+49151123456"),
        ("phone", "12", ""),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "28.2.2026", "2026-02-28"),
        ("date", "2026-02-30", ""),
        ("text", "  yes ", "yes"),
        ("file", "here it is", ""),
    ],
)
def test_an_answer_is_of_its_kind(kind: Any, written: str, kept: str):
    of = flow(Ask(prompt="?!", answer=kind, save_to="x", max_retries=1, next="done"))
    taken = play(of, Replied(text=written))
    assert taken.run.variables.get("x", "") == kept
    assert (taken.run.status is Progress.COMPLETED) == bool(kept)


def test_a_file_answers_a_question_for_a_file():
    of = flow(Ask(prompt="?!", answer="file", save_to="x", next="done"))
    assert play(of, Replied(file="b" * 32)).run.variables["x"] == "b" * 32


MENU = flow(
    Choices(
        prompt="Which?",
        options=(
            Way(label="Red", value="r", next="done"),
            Way(label="Blue", value="b", next="blue"),
        ),
        save_to="colour",
    ),
    blue=OTHER,
)


@pytest.mark.parametrize(
    ("reply", "leads"),
    [
        (Replied(payload="b"), "other"),
        (Replied(text="2"), "other"),
        (Replied(text="blue"), "other"),
        (Replied(text="Red"), "done"),
    ],
)
def test_every_choice_of_a_menu_leads_its_own_way(reply: Replied, leads: str):
    taken = play(MENU, reply)
    assert outcome(taken) == leads
    assert taken.run.variables["colour"] == {"other": "b", "done": "r"}[leads]


def test_a_product_waits_for_buy_or_details():
    of = flow(
        Product(title="Mug", price="9 €", link="https://example.com/mug", buy="done", details="d"),
        d=OTHER,
    )
    (card,) = play(of).effects
    assert isinstance(card, SendCard)
    assert [choice.id for choice in card.choices] == ["buy", "details"]
    assert outcome(play(of, Replied(payload="buy"))) == "done"
    assert outcome(play(of, Replied(text="details"))) == "other"


MARKS = tuple(Option(label=word, value=word, score=n) for n, word in enumerate(("Bad", "Good")))
SURVEY = flow(
    Survey(
        questions=(
            SurveyQuestion(key="mark", prompt="How was it?", choices=MARKS),
            SurveyQuestion(key="stars", prompt="How many stars?", answer="number"),
            SurveyQuestion(key="why", prompt="Why?"),
        ),
        score_to="total",
        next="done",
    )
)


def test_a_survey_asks_one_after_the_other_and_adds_up():
    first = play(SURVEY, Replied(text="good"))
    assert first.effects[0] == Answered(
        node="start", key="mark", value="Good", label="Good", score=1
    )
    assert said(first) == ["How many stars?"]
    last = play(SURVEY, Replied(text="good"), Replied(text="4"), Replied(text="Nice."))
    assert last.effects[0] == Answered(node="start", key="why", value="Nice.", score=None)
    assert (outcome(last), last.run.variables["total"]) == ("done", "5")


def test_a_survey_that_is_resumed_goes_on_at_its_question():
    taken = play(SURVEY, Replied(text="good"), Resumed())
    assert said(taken) == ["How many stars?"]
    assert taken.run.question == 1


# --- Asking the house ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "leads"), [("given", "done"), ("already", "done"), ("exhausted", "other")]
)
def test_a_discount_is_drawn_and_leads_three_ways(answer: Any, leads: str):
    of = flow(
        Discount(pool="Spring", save_to="c", given="done", already="done", exhausted="none"),
        none=OTHER,
    )
    asked = play(of)
    assert asked.effects == (Draw(pool="Spring"),)
    code = "" if answer == "exhausted" else "X1"
    taken = step(of, asked.run, Drawn(outcome=answer, code=code), NOON)
    assert outcome(taken) == leads
    assert taken.run.variables.get("c", "") == code


def test_another_flow_is_entered_and_come_back_from():
    of = flow(GoTo(flow="Other", returns=True, next="done"))
    asked = play(of)
    assert asked.effects == (Enter(flow="Other", back_to="done"),)
    assert outcome(step(of, asked.run, Entered(node="done"), NOON)) == "done"


def test_an_inner_flow_ends_by_leaving():
    of = flow(Say(text="Hi", next="done"))
    inner = begin(of, {}).model_copy(update={"stack": (Frame(version=1, node="x"),)})
    assert step(of, inner, Started(), NOON).effects[-1] == Leave(outcome="done")


def test_flows_that_enter_each_other_for_ever_are_stopped():
    of = Flow(name="Test", start="start", nodes={"start": GoTo(flow="Test")})
    taken = play(of)
    for _ in range(MAX_NODES_WITHOUT_INPUT + 1):
        taken = step(of, taken.run, Entered(), NOON)
    assert taken.run.status is Progress.FAILED


def test_a_mark_is_written_down_and_seen_by_the_next_branch():
    of = flow(
        Mark(add_tags=("vip",), fields={"size": "{{reply|M}}"}, variables={"x": "1"}, next="b"),
        b=Branch(cases=(Case(when=HasTag(tag="vip"), next="done"),), otherwise="no"),
        no=OTHER,
    )
    taken = play(of)
    assert taken.effects[0] == Noted(add_tags=("vip",), fields={"size": "M"})
    assert outcome(taken) == "done"
    assert taken.run.variables["customer.data.size"] == "M"


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        (OnChannel(channels=("whatsapp",)), Facts(channel="whatsapp")),
        (HasTag(tag="vip"), Facts(tags=frozenset({"vip"}))),
        (InHours(inside=False), Facts(office_open=False)),
        (Returns(), Facts(returns=True)),
        (WindowOpen(open=False), Facts(window_open=False)),
    ],
)
def test_a_branch_asks_what_is_so(condition: Any, facts: Facts):
    of = flow(Branch(cases=(Case(when=condition, next="yes"),), otherwise="done"), yes=OTHER)
    assert outcome(play(of, facts=facts)) == "other"
    assert outcome(play(of)) == "done"


@pytest.mark.parametrize(("value", "leads"), [("9", "other"), ("8.9", "done"), ("many", "done")])
def test_a_branch_compares_numbers(value: str, leads: str):
    of = flow(
        Mark(variables={"x": value}, next="b"),
        b=Branch(cases=(Case(when=AtLeast(variable="x", number=9), next="y"),), otherwise="done"),
        y=OTHER,
    )
    assert outcome(play(of)) == leads


def test_nobody_there_is_a_way_of_its_own():
    of = flow(HandOver(reason="Help", nobody="done"))
    assert outcome(play(of)) == "done"
    here = Facts(present=frozenset({"ana@example.com"}))
    assert play(of, facts=here).run.status is Progress.HANDED_OVER


# --- Time ------------------------------------------------------------------------------

WAIT = flow(Wait(seconds=60, next="done"))


def test_a_wait_ends_when_its_time_has_come_and_not_before():
    waiting = play(WAIT).run
    assert waiting.due_at == NOON + timedelta(seconds=60)
    early = step(WAIT, waiting, Elapsed(), NOON + timedelta(seconds=59, microseconds=999_999))
    assert (early.run.status, early.effects) == (Progress.WAITING_TIMER, ())
    assert outcome(step(WAIT, early.run, Elapsed(), NOON + timedelta(seconds=60))) == "done"


@pytest.mark.parametrize(
    ("zone", "until", "expected"),
    [
        pytest.param("Europe/Prague", "14:00", datetime(2026, 3, 2, 13, tzinfo=UTC), id="today"),
        pytest.param("Europe/Prague", "13:00", datetime(2026, 3, 3, 12, tzinfo=UTC), id="now"),
        pytest.param("America/New_York", "06:00", datetime(2026, 3, 3, 11, tzinfo=UTC), id="next"),
        pytest.param("No/Where", "12:01", datetime(2026, 3, 2, 12, 1, tzinfo=UTC), id="unknown"),
    ],
)
def test_a_wait_until_a_time_is_in_the_customers_zone(zone: str, until: str, expected: datetime):
    of = flow(Wait(until=until, next="done"))
    assert play(of, facts=Facts(timezone=zone)).run.due_at == expected


def test_who_writes_during_a_wait_is_remembered_and_the_wait_goes_on():
    taken = play(WAIT, Replied(text="Hello?"))
    assert (taken.run.status, taken.run.variables["reply"]) == (Progress.WAITING_TIMER, "Hello?")
    assert not accepts(WAIT, taken.run, Replied(text="Hello?"))


def test_who_writes_during_a_wait_may_end_it():
    of = flow(Wait(seconds=60, on_reply="other", next="done"), other=OTHER)
    assert outcome(play(of, Replied(text="Now!"))) == "other"


def test_who_asks_for_a_person_during_a_wait_gets_one():
    assert play(WAIT, Replied(text="agent")).run.status is Progress.HANDED_OVER


def test_a_resumed_wait_has_what_was_left():
    taken = play(WAIT, Resumed(left_s=20))
    assert taken.run.due_at == NOON + timedelta(seconds=20)


PATIENT = flow(
    Ask(prompt="Yes?", reminder_s=60, reminder_text="Still there?", timeout_s=100, next="done")
)


def test_a_reminder_comes_once_and_then_the_run_expires():
    asked = play(PATIENT).run
    assert asked.due_at == NOON + timedelta(seconds=60)
    reminded = step(PATIENT, asked, Elapsed(), NOON + timedelta(seconds=60))
    assert (said(reminded), reminded.run.due_at) == (
        ["Still there?"],
        NOON + timedelta(seconds=100),
    )
    over = step(PATIENT, reminded.run, Elapsed(), NOON + timedelta(seconds=100))
    assert (over.effects, over.run.status) == ((Expired(),), Progress.EXPIRED)


def test_a_reminder_that_comes_too_late_is_not_said():
    asked = play(PATIENT).run
    late = step(PATIENT, asked, Elapsed(), NOON + timedelta(seconds=500))
    assert late.effects == (Expired(),)


def test_a_time_out_may_know_a_way_of_its_own():
    of = flow(Ask(prompt="Yes?", timeout_s=10, on_timeout="late", next="done"), late=OTHER)
    taken = step(of, play(of).run, Elapsed(), NOON + timedelta(seconds=10))
    assert outcome(taken) == "other"


def test_an_answer_stops_the_clock():
    taken = play(PATIENT, Replied(text="Yes"))
    assert taken.run.due_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Ask(prompt="?!", reminder_s=10, next="done"),
        lambda: Ask(prompt="?!", reminder_s=10, reminder_text="Hm", timeout_s=10, next="done"),
        lambda: Wait(next="done"),
        lambda: Wait(seconds=1, until="10:00", next="done"),
        lambda: Wait(until="24:00", next="done"),
        lambda: Product(title="Mug", link="http://example.com", buy="a", details="b"),
    ],
)
def test_what_contradicts_itself_is_refused(wrong: Any):
    with pytest.raises(ValidationError):
        wrong()


# --- Saying what speaks -------------------------------------------------------------------


def test_the_first_words_say_that_they_are_automated_and_only_they():
    of = Flow(
        name="Test",
        start="a",
        nodes={"a": Say(text="Hi", next="b"), "b": Ask(prompt="Yes?", next="c"), "c": DONE},
    )
    assert said(play(of)) == ["You are talking to our automated assistant.\n\nHi", "Yes?"]
    assert said(play(of, Resumed())) == ["You are talking to our automated assistant.\n\nYes?"]


def test_a_card_that_comes_first_is_announced_by_words_of_their_own():
    of = Flow(
        name="Test",
        start="a",
        nodes={"a": Product(title="Mug", buy="c", details="c"), "c": DONE},
    )
    first, card = play(of).effects
    assert isinstance(first, Send)
    assert isinstance(card, SendCard)
    assert (first.index, card.index) == (0, 1)
