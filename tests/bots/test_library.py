"""The ready flows, read as a customer would."""

from datetime import UTC, datetime

import pytest

from jumper_app.bots.definition import Flow
from jumper_app.bots.engine import (
    Cause,
    Effect,
    Finished,
    HandOver,
    Progress,
    Replied,
    RunState,
    Send,
    Started,
    begin,
    step,
)
from jumper_app.bots.library import READY_FLOWS, WELCOME
from jumper_app.bots.ways import options_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def talk(*replies: str) -> tuple[list[str], RunState, list[Effect]]:
    """What the welcome flow says to Ana, where it stands then, and the last effects."""
    run = begin(WELCOME, {"customer.first_name": "Ana"})
    said: list[str] = []
    effects: list[Effect] = []
    for event in (Started(text="Hello"), *(Replied(text=reply) for reply in replies)):
        taken = step(WELCOME, run, event, NOON)
        run, effects = taken.run, list(taken.effects)
        said += [effect.text for effect in taken.effects if isinstance(effect, Send)]
    return said, run, effects


def test_it_greets_by_name_says_that_it_is_automated_and_asks():
    said, run, _ = talk()
    assert said[0].startswith("Hello Ana,")
    assert "automated assistant" in said[0]
    assert run.asked == "What is it about?"


def test_it_greets_a_customer_without_a_name():
    greeting = step(WELCOME, begin(WELCOME, {}), Started(), NOON).effects[0]
    assert isinstance(greeting, Send)
    assert greeting.text.startswith("Hello there,")


@pytest.mark.parametrize("reply", ["My order", "1", "order", "Where is my parcel?"])
def test_it_answers_about_an_order(reply: str):
    said, run, _ = talk(reply)
    assert "tracking link" in said[-2]
    assert run.asked == "Did that help?"


@pytest.mark.parametrize("reply", ["Returns", "2", "retur", "I want a REFUND"])
def test_it_answers_about_returns(reply: str):
    said, run, _ = talk(reply)
    assert "postage" in said[-2]
    assert run.asked == "Did that help?"


def test_a_return_of_an_order_is_about_returns():
    said, _, _ = talk("can I return the order I made")
    assert "postage" in said[-2]


def test_a_helped_customer_ends_it():
    said, run, effects = talk("my order", "yes")
    assert said[-1].startswith("Happy to help")
    assert effects[-1] == Finished(outcome="helped")
    assert run.status is Progress.COMPLETED


def test_another_question_begins_again():
    _, run, _ = talk("my order", "another question")
    assert run.asked == "What is it about?"


def test_an_answer_that_did_not_help_leads_to_a_person():
    _, run, effects = talk("my order", "no")
    assert isinstance(effects[-1], HandOver)
    assert run.status is Progress.HANDED_OVER


def test_something_else_is_written_down_for_the_person():
    _, run, effects = talk("something else", "Do you ship to Peru?")
    assert run.variables["question"] == "Do you ship to Peru?"
    assert effects[-1] == HandOver(cause=Cause.FLOW, reason="Wants to talk to a person")


@pytest.mark.parametrize("before", [(), ("my order",), ("something else",), ("hm",)])
def test_agent_hands_over_at_every_question(before: tuple[str, ...]):
    said, run, effects = talk(*before, "agent")
    assert effects[-1] == HandOver(cause=Cause.ASKED)
    assert run.status is Progress.HANDED_OVER
    assert "colleague" in said[-1]


def test_who_is_not_understood_three_times_gets_a_person():
    _, _, effects = talk("hm", "hmm", "hmmm")
    assert effects[-1] == HandOver(cause=Cause.NOT_UNDERSTOOD)


@pytest.mark.parametrize("flow", READY_FLOWS, ids=lambda flow: flow.name)
def test_a_ready_flow_survives_json(flow: Flow):
    assert Flow.model_validate_json(flow.model_dump_json()) == flow


@pytest.mark.parametrize("flow", READY_FLOWS, ids=lambda flow: flow.name)
def test_labels_of_at_most_three_choices_fit_on_buttons(flow: Flow):
    sets = [options for node in flow.nodes.values() for options in options_of(node)]
    labels = [option.label for options in sets if len(options) <= 3 for option in options]
    assert all(len(label) <= 20 for label in labels)
