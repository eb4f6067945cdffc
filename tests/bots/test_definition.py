"""A flow is data: checked when made, the same after a round trip through JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

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
from jumper_app.bots.library import WELCOME
from jumper_app.bots.text import MAX_TEXT, fill, fold, same, says

BYE = End(outcome="done")


def flow(start: str = "a", **nodes: Node) -> Flow:
    return Flow(name="Test", start=start, nodes=nodes)


def fault(start: str = "a", **nodes: Node) -> str:
    with pytest.raises(ValidationError) as refusal:
        flow(start, **nodes)
    return str(refusal.value)


# --- What is refused, and in which words ---------------------------------------


def test_a_way_to_nowhere_is_named():
    assert "'a' leads to 'z', which does not exist." in fault(a=Say(text="Hi", next="z"))


def test_a_start_that_does_not_exist_is_named():
    assert "starts at 'z', which does not exist" in fault("z", a=BYE)


def test_a_node_that_nothing_leads_to_is_named():
    assert "'lost' is never reached." in fault(a=BYE, lost=BYE)


def test_a_node_without_a_next_is_a_dead_end():
    assert "'a' is a dead end: it does not say what comes next." in fault(a=Say(text="Hi"))


def test_a_case_without_a_next_is_a_dead_end():
    branch = Branch(cases=(Case(when=Equals(variable="x", value="1")),), otherwise="b")
    assert "'a' is a dead end" in fault(a=branch, b=BYE)


def test_questions_that_never_end_are_a_dead_end():
    circle = Ask(prompt="Again?", next="a")
    assert "no way leads from it to an end or a person" in fault(a=circle)


def test_a_loop_that_never_waits_is_named_with_its_way():
    back = Branch(cases=(Case(when=Equals(variable="x", value="1"), next="d"),), otherwise="a")
    message = fault(a=Say(text="Hi", next="b"), b=Say(text="Ho", next="c"), c=back, d=BYE)
    assert "'a' → 'b' → 'c' → 'a' is a loop that never waits for the customer." in message


def test_a_loop_through_a_question_is_fine():
    branch = Branch(cases=(Case(when=Equals(variable="x", value="y"), next="c"),), otherwise="a")
    flow(a=Ask(prompt="More?", save_to="x", next="b"), b=branch, c=BYE)


def test_a_branch_needs_an_otherwise():
    branch = Branch(cases=(Case(when=Equals(variable="x", value="1"), next="b"),))
    assert "'a' does not say what happens otherwise." in fault(a=branch, b=BYE)


def test_two_choices_may_not_have_one_value():
    ask = Ask(
        prompt="?!", choices=(Option(label="A", value="1"), Option(label="B", value="1")), next="b"
    )
    assert "'a' has two choices with the value '1'." in fault(a=ask, b=BYE)


def test_two_choices_may_not_read_the_same():
    choices = (Option(label="Été", value="1"), Option(label="ete!", value="2"))
    ask = Ask(prompt="When?", choices=choices, next="b")
    assert "'a' has two choices that read 'ete'." in fault(a=ask, b=BYE)


def test_all_faults_are_told_at_once():
    message = fault(a=Say(text="Hi", next="z"), b=Say(text="Ho"))
    assert "'a' leads to 'z'" in message
    assert "'b' is a dead end" in message


def test_a_choice_title_has_24_characters_at_most():
    Option(label="x" * 24, value="v")
    with pytest.raises(ValidationError, match="at most 24 characters"):
        Option(label="x" * 25, value="v")


def test_a_text_may_not_be_empty_for_an_unknown_customer():
    with pytest.raises(ValidationError, match="customer we know nothing about"):
        Say(text="{{customer.first_name}}")
    assert Say(text="{{customer.first_name|there}}").text


@pytest.mark.parametrize("text", ["Hi {{Name}}", "Hi {{ first name }}", "Hi {{name", "Hi name}}"])
def test_a_broken_variable_is_refused(text: str):
    with pytest.raises(ValidationError, match="a variable is written"):
        Say(text=text)


def test_an_answer_may_not_be_saved_over_the_last_reply():
    with pytest.raises(ValidationError, match="always holds the last reply"):
        Ask(prompt="Name?", save_to="reply")


def test_a_condition_needs_a_word_to_look_for():
    with pytest.raises(ValidationError, match="letter or a digit"):
        Contains(variable="x", word="?!")


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Say.model_validate({"type": "say", "text": "Hi", "next": "b", "delay": 3})


# --- JSON --------------------------------------------------------------------------

names = st.sampled_from(["a", "b", "c", "d"])
spoken = st.text(min_size=1, max_size=30).map(lambda text: "Hi " + text.replace("{", "("))
spoken = spoken.map(lambda text: text.replace("}", ")"))
conditions = st.one_of(
    st.builds(Equals, variable=names, value=st.text(max_size=9)),
    st.builds(Contains, variable=names, word=st.sampled_from(["order", "send back"])),
    st.builds(Hears, words=st.sampled_from([("yes",), ("no", "never")])),
)


@given(
    text=spoken,
    condition=conditions,
    retries=st.integers(0, 5),
    label=st.sampled_from(["One", "Ünö", "👍"]),
)
def test_a_flow_is_the_same_after_json(text: str, condition: Any, retries: int, label: str):
    made = flow(
        a=Say(text=text, next="b"),
        b=Ask(
            prompt=text,
            choices=(Option(label=label, value="1"),),
            save_to="x",
            max_retries=retries,
            next="c",
            on_invalid="d",
        ),
        c=Branch(cases=(Case(when=condition, next="d"),), otherwise="e"),
        d=HandOver(reason="why", text=text),
        e=BYE,
    )
    assert Flow.model_validate_json(made.model_dump_json()) == made
    assert Flow.model_validate(json.loads(json.dumps(made.model_dump(mode="json")))) == made


def test_a_flow_says_which_schema_it_follows():
    assert WELCOME.model_dump(mode="json")["schema"] == 2
    with pytest.raises(ValidationError):
        Flow.model_validate({**WELCOME.model_dump(mode="json"), "schema": 3})


def test_a_flow_of_the_first_schema_is_read_for_ever():
    kept = {
        "schema": 1,
        "name": "Old",
        "start": "a",
        "nodes": {
            "a": {"type": "ask", "prompt": "Yes?", "choices": [], "next": "b"},
            "b": {"type": "end", "outcome": "done"},
        },
    }
    old = Flow.model_validate(kept)
    assert (old.schema_version, old.announcement) == (2, "")
    assert Flow.model_validate_json(old.model_dump_json()) == old


def test_a_flow_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        WELCOME.name = "Other"


# --- Words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [("ÉTÉ", "ete"), ("Straße", "strasse"), ("ﬁn", "fin"), ("İstanbul", "istanbul"), ("２", "2")],
)
def test_fold_forgets_case_and_accents(written: str, folded: str):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_text_always_says_the_same_as_itself(text: str):
    assert same(text, text)


@pytest.mark.parametrize(
    ("text", "phrase", "holds"),
    [
        pytest.param("An AGENT, please!", "agent", True, id="case-and-punctuation"),
        pytest.param("I love agentur", "agent", False, id="part-of-a-word"),
        pytest.param("can I send it back", "send it back", True, id="phrase"),
        pytest.param("send that back", "send it back", False, id="broken-phrase"),
        pytest.param("Un café?", "cafe", True, id="accent"),
        pytest.param("👍", "agent", False, id="emoji"),
        pytest.param("", "agent", False, id="nothing"),
    ],
)
def test_words_are_found_whole(text: str, phrase: str, holds: bool):
    assert says(text, phrase) is holds


# --- Variables -----------------------------------------------------------------------


def test_a_customer_called_like_a_variable_is_printed_literally():
    naughty = {"name": "{{agent.email}}", "agent.email": "ada@example.com"}
    assert fill("Hi {{name}}!", naughty) == "Hi {{agent.email}}!"


def test_a_name_with_format_signs_is_printed_literally():
    assert fill("Hi {{name}}", {"name": "{0.__class__} %s \\1"}) == "Hi {0.__class__} %s \\1"


@pytest.mark.parametrize("variables", [{}, {"name": ""}, {"name": "  "}])
def test_a_missing_or_blank_value_gives_way_to_the_fallback(variables: dict[str, str]):
    assert fill("Hi {{ name|there}}, {{name}}bye", variables) == "Hi there, bye"


def test_a_filled_text_stays_within_the_limit():
    long = fill("{{name}}", {"name": "x" * 5000})
    assert len(long) == MAX_TEXT
    assert long.endswith("…")


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b.c"]), st.text()))
def test_filling_in_never_fails_and_never_exceeds_the_limit(
    template: str, variables: dict[str, str]
):
    assert len(fill(template, variables, limit=50)) <= 50
