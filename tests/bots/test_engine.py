"""The engine: what a run does with every event, as pure functions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.bots.definition import (
    Ask,
    Branch,
    Case,
    Contains,
    End,
    Equals,
    Flow,
    HandOver,
    Hears,
    Node,
    Option,
    Say,
)
from jumper_app.bots.engine import (
    MAX_NODES_WITHOUT_INPUT,
    Cause,
    Failed,
    Finished,
    Progress,
    Replied,
    Resumed,
    RunEvent,
    RunState,
    Send,
    Started,
    Step,
    begin,
    step,
)
from jumper_app.bots.engine import HandOver as HandsOver
from jumper_app.bots.library import READY_FLOWS, WELCOME
from jumper_app.bots.progress import ALIVE, Drawn, Elapsed, Ending

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
SIZES = (
    Option(label="Small", value="s"),
    Option(label="Large, please", value="l"),
    Option(label="Largest", value="xl"),
    Option(label="An agent", value="agent"),
)
SHOP = Flow(
    name="Shop",
    start="hi",
    nodes={
        "hi": Say(text="Hello {{name|there}}", next="size"),
        "size": Ask(
            prompt="Which size, {{name|friend}}?",
            choices=SIZES,
            save_to="size",
            retry_text="Please choose a size.",
            max_retries=2,
            next="why",
        ),
        "why": Ask(prompt="And why?", save_to="why", max_retries=1, next="which"),
        "which": Branch(
            cases=(Case(when=Equals(variable="size", value="S"), next="done"),),
            otherwise="person",
        ),
        "done": End(outcome="sold", text="A small one it is: {{why}}"),
        "person": HandOver(text="One moment.", reason="A large order"),
    },
    person_text="I'll get somebody.",
    resume_text="Back to my question.",
    announcement="",
)


def after(*events: RunEvent, flow: Flow = SHOP, name: str = "") -> Step:
    """The last step of a run that took these events."""
    now = Step(begin(flow, {"name": name}))
    for event in (Started(), *events):
        now = step(flow, now.run, event, NOON)
    return now


def texts(taken: Step) -> list[str]:
    return [effect.text for effect in taken.effects if isinstance(effect, Send)]


def question(ask: Ask, **nodes: Node) -> Flow:
    """A flow that asks and then ends."""
    end = End(outcome="done")
    nodes = {"ask": ask, "end": end, **nodes}
    return Flow(name="Question", start="ask", nodes=nodes, announcement="")


# --- Saying and asking ------------------------------------------------------------


def test_a_run_says_and_asks_in_order_and_then_waits():
    taken = after(name="Ana")
    assert texts(taken) == ["Hello Ana", "Which size, Ana?"]
    assert taken.run.status is Progress.WAITING_REPLY
    assert taken.run.asked == "Which size, Ana?"
    assert taken.run.asked_at == NOON


def test_sends_are_numbered_within_their_step():
    sends = [effect for effect in after().effects if isinstance(effect, Send)]
    assert [send.index for send in sends] == [0, 1]


def test_a_question_carries_its_choices():
    *_, asked = after().effects
    assert isinstance(asked, Send)
    assert [(choice.id, choice.title) for choice in asked.choices][:2] == [
        ("s", "Small"),
        ("l", "Large, please"),
    ]


def test_a_customer_called_like_a_variable_is_printed_literally():
    assert texts(after(name="{{agent.email}}"))[0] == "Hello {{agent.email}}"


def test_a_customer_may_call_the_answer_like_a_variable_too():
    taken = after(Replied(text="small"), Replied(text="{{name}}"), name="Ana")
    assert texts(taken) == ["A small one it is: {{name}}"]


def test_a_long_question_is_kept_short_for_the_panel():
    ask = Ask(prompt="Why? " * 100, next="end")
    assert len(after(flow=question(ask)).run.asked) == 200


# --- Answers to choices --------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        pytest.param(Replied(text="Small", payload="s"), "s", id="tapped"),
        pytest.param(Replied(text="anything", payload="xl"), "xl", id="payload-alone"),
        pytest.param(Replied(text="2"), "l", id="number"),
        pytest.param(Replied(text=" (3). "), "xl", id="dressed-number"),
        pytest.param(Replied(text="2️⃣"), "l", id="emoji-number"),
        pytest.param(Replied(text="SMÁLL!"), "s", id="label"),
        pytest.param(Replied(text="sm"), "s", id="half-a-word"),
        pytest.param(Replied(text="pl"), "l", id="half-of-a-later-word"),
        pytest.param(Replied(text="large pl"), "l", id="word-and-a-half"),
        pytest.param(Replied(text="Small would be nice"), "s", id="label-and-more"),
        pytest.param(Replied(text="an agent"), "agent", id="label-before-global-word"),
    ],
)
def test_a_reply_finds_its_choice(reply: Replied, value: str):
    assert after(reply).run.variables["size"] == value


@pytest.mark.parametrize(
    "text", ["larg", "0", "5", "99", "blue", "", "???", "👍", "mall", "²²²²²²²²"]
)
def test_a_reply_that_points_at_no_single_choice_is_asked_again(text: str):
    taken = after(Replied(text=text))
    assert texts(taken) == ["Please choose a size."]
    assert taken.run.retries == 1
    assert taken.run.node == "size"


def test_a_number_that_counts_no_choice_may_begin_a_label():
    choices = (Option(label="12 months", value="year"), Option(label="24 months", value="two"))
    taken = after(
        Replied(text="24"),
        flow=question(Ask(prompt="How long?", choices=choices, save_to="term", next="end")),
    )
    assert taken.run.variables["term"] == "two"


def test_the_question_asked_again_offers_the_choices_again():
    (again,) = after(Replied(text="blue")).effects
    assert isinstance(again, Send)
    assert again.repeated
    assert len(again.choices) == len(SIZES)


def test_a_retry_text_of_which_nothing_is_left_gives_way_to_the_question():
    flow = question(Ask(prompt="Yes?", retry_text="{{name}}", next="end"))
    assert texts(after(Replied(text=""), flow=flow)) == ["Yes?"]


def test_after_the_retries_a_person_is_asked_for():
    blue = Replied(text="blue")
    taken = after(blue, blue, blue)
    assert texts(taken) == ["I'll get somebody."]
    assert taken.effects[-1] == HandsOver(cause=Cause.NOT_UNDERSTOOD)
    assert taken.run.status is Progress.HANDED_OVER


def test_after_the_retries_the_flow_may_know_a_way_of_its_own():
    ask = Ask(prompt="Yes?", choices=SIZES, max_retries=0, next="end", on_invalid="other")
    flow = question(ask, other=End(outcome="gave up"))
    assert after(Replied(text="blue"), flow=flow).effects == (Finished(outcome="gave up"),)


def test_an_accepted_answer_gives_back_the_retries():
    assert after(Replied(text="blue"), Replied(text="small")).run.retries == 0


# --- Answers in words ----------------------------------------------------------------


def test_written_words_answer_a_question_without_choices():
    taken = after(Replied(text="small"), Replied(text="  It fits.  "))
    assert taken.effects == (
        Send(index=0, text="A small one it is: It fits.", node="done"),
        Finished(outcome="sold"),
    )
    assert taken.run.status is Progress.COMPLETED


def test_a_picture_without_words_is_no_answer():
    taken = after(Replied(text="small"), Replied(text=""))
    assert texts(taken) == ["And why?"]
    assert taken.run.node == "why"


# --- Branches ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "reply", "holds"),
    [
        pytest.param(Equals(variable="answer", value="Café"), "CAFE", True, id="equals"),
        pytest.param(Equals(variable="answer", value="cafe"), "cafe au lait", False, id="more"),
        pytest.param(Equals(variable="unknown", value=""), "x", True, id="missing-is-empty"),
        pytest.param(Contains(variable="answer", word="lait"), "café au Lait", True, id="contains"),
        pytest.param(Contains(variable="answer", word="lai"), "au lait", False, id="half-a-word"),
        pytest.param(Hears(words=("no", "never")), "Never!", True, id="hears"),
        pytest.param(Hears(words=("no", "never")), "nobody", False, id="hears-not"),
    ],
)
def test_a_branch_takes_the_case_that_holds(condition: Equals, reply: str, holds: bool):
    flow = question(
        Ask(prompt="What?", save_to="answer", next="branch"),
        branch=Branch(cases=(Case(when=condition, next="yes"),), otherwise="end"),
        yes=End(outcome="held"),
    )
    outcome = "held" if holds else "done"
    assert after(Replied(text=reply), flow=flow).effects == (Finished(outcome=outcome),)


def test_the_first_case_that_holds_wins():
    hears = Hears(words=("yes",))
    flow = question(
        Ask(prompt="What?", next="branch"),
        branch=Branch(
            cases=(Case(when=hears, next="first"), Case(when=hears, next="second")), otherwise="end"
        ),
        first=End(outcome="first"),
        second=End(outcome="second"),
    )
    assert after(Replied(text="yes"), flow=flow).effects == (Finished(outcome="first"),)


# --- To a person and back ---------------------------------------------------------------


def test_the_flow_may_hand_over():
    taken = after(Replied(text="largest"), Replied(text="it is big"))
    assert taken.effects == (
        Send(index=0, text="One moment.", node="person"),
        HandsOver(cause=Cause.FLOW, reason="A large order"),
    )


def test_a_word_for_a_person_hands_over_whatever_was_asked():
    taken = after(Replied(text="small"), Replied(text="Can I talk to a HUMAN, please?"))
    assert texts(taken) == ["I'll get somebody."]
    assert taken.effects[-1] == HandsOver(cause=Cause.ASKED)
    assert taken.run.status is Progress.HANDED_OVER
    assert taken.run.asked == ""


def test_a_first_message_that_asks_for_a_person_is_heard():
    taken = step(SHOP, begin(SHOP, {}), Started(text="agent"), NOON)
    assert taken.effects[-1] == HandsOver(cause=Cause.ASKED)


def test_the_last_reply_is_kept_even_when_it_hands_over():
    assert after(Replied(text="a person!")).run.variables["reply"] == "a person!"


def test_resuming_asks_the_same_question_and_skips_nothing():
    waiting = after(Replied(text="small")).run
    taken = step(SHOP, waiting, Resumed(), LATER)
    (again,) = taken.effects
    assert isinstance(again, Send)
    assert (again.text, again.repeated) == ("Back to my question.\n\nAnd why?", True)
    assert taken.run.node == waiting.node
    assert taken.run.asked == "And why?"
    assert taken.run.asked_at == LATER


def test_resuming_gives_back_the_retries():
    assert after(Replied(text="blue"), Resumed()).run.retries == 0


def test_resuming_without_repeating_waits_in_silence():
    taken = after(Resumed(repeat=False))
    assert taken.effects == ()
    assert taken.run.status is Progress.WAITING_REPLY


# --- Guards ------------------------------------------------------------------------------


def chain(length: int) -> Flow:
    """So many nodes in a row, the last of them the end."""
    says = {f"n{at}": Say(text="Hi", next=f"n{at + 1}") for at in range(length - 1)}
    last = {f"n{length - 1}": End(outcome="done")}
    return Flow(name="Chain", start="n0", nodes={**says, **last}, announcement="")


def test_as_many_nodes_as_the_limit_may_follow_one_another():
    assert after(flow=chain(MAX_NODES_WITHOUT_INPUT)).run.status is Progress.COMPLETED


def test_one_node_more_fails_the_run_and_sends_nothing():
    taken = after(flow=chain(MAX_NODES_WITHOUT_INPUT + 1))
    assert taken.effects == (Failed(reason="50 nodes without waiting for the customer."),)
    assert taken.run.status is Progress.FAILED


def test_a_run_of_another_flow_fails_with_its_reason():
    taken = step(WELCOME, after().run, Replied(text="small"), NOON)
    assert taken.effects == (Failed(reason="The question 'size' is not in this flow."),)


def test_a_run_that_started_does_not_start_again():
    assert after(Started()).effects == ()


def test_a_run_that_did_not_start_hears_nothing():
    assert step(SHOP, begin(SHOP, {}), Replied(text="small"), NOON).effects == ()


# --- Whatever a customer does ---------------------------------------------------------------

replies = st.builds(
    Replied,
    text=st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["", "1", "2", "yes", "my order", "return", "agent", "another", "{{reply}}", "👍"]
        ),
    ),
    payload=st.sampled_from(["", "", "order", "other", "another", "yes", "s", "unknown"]),
)
events = st.lists(
    st.one_of(
        replies,
        st.builds(Resumed, repeat=st.booleans()),
        st.just(Started()),
        st.just(Elapsed()),
        st.builds(Drawn, outcome=st.sampled_from(("given", "already", "exhausted"))),
    ),
    max_size=25,
)
flows = st.sampled_from((SHOP, *READY_FLOWS))


@given(flow=flows, happened=events, name=st.text(max_size=20))
def test_whatever_happens_a_run_stays_sane(flow: Flow, happened: list[RunEvent], name: str):
    run = begin(flow, {"customer.first_name": name, "name": name})
    for count, event in enumerate((Started(), *happened), start=1):
        was = run.status
        taken = step(flow, run, event, NOON)
        assert taken == step(flow, run, event, NOON)
        assert taken.run.step == count
        assert taken.effects == () or was in ALIVE
        assert (taken.run.asked != "") == (taken.run.status is Progress.WAITING_REPLY)
        sends = [effect for effect in taken.effects if isinstance(effect, Send)]
        assert [send.index for send in sends] == list(range(len(sends)))
        assert all(0 < len(send.text) <= 4096 for send in sends)
        assert taken.run.status is not Progress.FAILED
        run = RunState.model_validate_json(taken.run.model_dump_json())
        assert run == taken.run


@given(flow=flows, happened=events)
def test_a_run_ends_with_exactly_one_ending(flow: Flow, happened: list[RunEvent]):
    run, endings = begin(flow, {}), 0
    for event in (Started(), *happened):
        taken = step(flow, run, event, NOON)
        run = taken.run
        endings += sum(isinstance(effect, Ending) for effect in taken.effects)
    assert endings == (0 if run.status in ALIVE else 1)
