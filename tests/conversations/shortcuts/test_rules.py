"""What a shortcut may be."""

import pytest

from jumper_app.conversations.shortcuts.rules import CODE, WrongFields, checked
from tests.hostile import TEXTS


def problems(code: str = "hello", title: str = "", body: str = "Hello!") -> dict[str, str]:
    with pytest.raises(WrongFields) as wrong:
        checked(code, title, body)
    return wrong.value.errors


@pytest.mark.parametrize("code", ["a", "7", "re-order_2", "a" * 32])
def test_a_code_is_small_letters_digits_dashes(code: str):
    assert checked(code, "", "Hello!").code == code


@pytest.mark.parametrize("code", ["", "-a", "_a", "a b", "ä", "a" * 33, "a/b", "a.b"])
def test_anything_else_is_no_code(code: str):
    assert list(problems(code=code)) == ["code"]


def test_no_hostile_text_becomes_a_code():
    assert len(TEXTS) >= 200
    refused = [text for text in TEXTS if not CODE.fullmatch(text.strip().lower().lstrip("/"))]
    assert len(refused) > len(TEXTS) * 0.9
    for text in refused:
        assert list(problems(code=text)) == ["code"]


def test_a_code_may_be_written_as_it_is_typed():
    assert checked(" /Rep ", "", "Hello!").code == "rep"


@pytest.mark.parametrize("length", [1, 1000], ids=["shortest", "longest"])
def test_a_body_has_up_to_a_thousand_characters(length: int):
    assert checked("a", "", "ä" * length).body == "ä" * length


@pytest.mark.parametrize("body", ["", " \n ", "x" * 1001], ids=["none", "blank", "too-long"])
def test_other_lengths_are_refused_at_the_body(body: str):
    assert list(problems(body=body)) == ["body"]


def test_every_wrong_field_is_named_at_once():
    assert list(problems(code="?", title="t" * 81, body="")) == ["code", "title", "body"]


def test_line_ends_are_one_kind_and_nothing_unstorable_stays():
    kept = checked("a", "two\nlines\x00", "one\r\ntwo\rthree\x00\ud83d")
    assert (kept.title, kept.body) == ("two lines", "one\ntwo\nthree")


@pytest.mark.parametrize(
    "body",
    [
        "Hi {{customer.first_name}}",
        "Hi {{ customer.first_name | there }}",
        "Hi {{customer.first_name|}}",
        "{{ask:Delivery date}} and {{customer.data.shoe-size}}",
        "{{cursor}}",
        "{ not a variable } }}",
        "{{now|time}}",
    ],
)
def test_known_variables_are_taken(body: str):
    assert checked("a", "", body).body == body


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{customer.firstname}}", "There is no variable “customer.firstname”. "
         "Did you mean {{customer.first_name}}?"),
        ("{{Customer.First_Name}}", "There is no variable “Customer.First_Name”. "
         "Did you mean {{customer.first_name}}?"),
        ("{{agent.name}}", "There is no variable “agent.name”. Did you mean {{agent.full_name}}?"),
        ("{{zzz}}", "There is no variable “zzz”."),
        ("{{__class__}}", "There is no variable “__class__”."),
        ("{{customer.data.}}", "“customer.data.” is not a name of a customer's data."),
        ("{{ask:}}", "Say what to ask for, like {{ask:Delivery date}}."),
        ("{{ask:Date|soon}}", "{{ask:Date}} is filled in by hand and takes no fallback."),
        ("{{cursor}} {{cursor}}", "{{cursor}} can stand in a shortcut once."),
        ("Hi {{customer.first_name}", "A variable is not closed. "
         "Write it like {{customer.first_name}}."),
        ("{{}}", "A variable is not closed. Write it like {{customer.first_name}}."),
        ("{{a\nb}}", "A variable is not closed. Write it like {{customer.first_name}}."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_variable_is_said_at_the_body(body: str, said: str):
    assert problems(body=body) == {"body": said}
