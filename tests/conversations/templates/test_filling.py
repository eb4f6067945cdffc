"""A template and values become a message: exactly these values, in exactly these gaps."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import (
    ButtonValue,
    KnownTemplate,
    OutLocation,
    OutMedia,
    TemplateForm,
    TemplateValue,
)
from jumper_app.channels.whatsapp.template_form import form_of, words
from jumper_app.channels.whatsapp.template_rules import RULES
from jumper_app.conversations.templates.filling import (
    EMPTY,
    FILE,
    ONE_LINE,
    PLACE,
    Values,
    ValuesRefused,
    fill,
    gaps,
    problems,
)


def template(form: TemplateForm) -> KnownTemplate:
    return KnownTemplate(name="order_update", language="en", form=form)


def form(body: str = "Hi {{1}}, order {{2}} is on its way.", **parts: Any) -> TemplateForm:
    return TemplateForm(body=words(body, {}), **parts)


def buttons(*each: dict[str, Any]) -> TemplateForm:
    body: Any = {"type": "BODY", "text": "Hello"}
    return form_of({"components": [body, {"type": "BUTTONS", "buttons": list(each)}]})


TRACK: Any = {"type": "URL", "text": "Track", "url": "https://shop.example.com/track/{{1}}"}
CODE: Any = {"type": "COPY_CODE", "text": "Copy offer code", "example": "25OFF"}


def test_values_go_where_their_numbers_stand_and_are_sent_in_the_order_of_the_numbers():
    made = fill(
        template(form("{{2}} for {{1}}, and {{2}} again")),
        Values({"body:1": "Maya", "body:2": "Shoes"}),
        RULES,
    )
    assert made.shown.body == "Shoes for Maya, and Shoes again"
    assert made.body == (TemplateValue(text="Maya"), TemplateValue(text="Shoes"))


def test_the_tenth_value_comes_after_the_ninth():
    text = " ".join(f"{{{{{number}}}}}" for number in range(10, 0, -1))
    texts = {f"body:{number}": f"value {number}" for number in range(1, 11)}
    made = fill(template(form(text)), Values(texts), RULES)
    assert [value.text for value in made.body] == [f"value {number}" for number in range(1, 11)]


def test_named_values_carry_their_names():
    named = form("{{last_name}}, {{first_name}}", named=True)
    texts = {"body:first_name": "Maya", "body:last_name": "Ramírez"}
    made = fill(template(named), Values(texts), RULES)
    assert made.shown.body == "Ramírez, Maya"
    assert {value.name: value.text for value in made.body} == {
        "first_name": "Maya",
        "last_name": "Ramírez",
    }


def test_a_header_and_a_footer_are_shown():
    full = form("Hello", header_kind="text", header=words("For {{1}}", {}), footer="Bye")
    made = fill(template(full), Values({"header:1": "Maya"}), RULES)
    assert (made.shown.header, made.shown.footer) == ("For Maya", "Bye")
    assert made.header == (TemplateValue(text="Maya"),)
    assert made.words == "For Maya\nHello\nBye"


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_file_stands_above(kind: Any):
    made = fill(template(form("Hello", header_kind=kind)), Values(file="abc"), RULES)
    assert made.header_media == OutMedia(kind=kind, attachment="abc")
    assert made.files == ("abc",)


def test_a_place_stands_above():
    here = OutLocation(latitude=52.5, longitude=13.4, name="Shop", address="Street 1")
    made = fill(template(form("Hello", header_kind="location")), Values(place=here), RULES)
    assert made.header_place == here


def test_buttons_lead_where_their_values_say():
    made = fill(
        template(buttons({"type": "QUICK_REPLY", "text": "Stop"}, TRACK, CODE)),
        Values({"button:1": "42", "button:2": "SUMMER"}),
        RULES,
    )
    assert made.buttons == (
        ButtonValue(index=1, kind="url", value="42"),
        ButtonValue(index=2, kind="copy_code", value="SUMMER"),
    )
    targets = [(one.title, one.target) for one in made.shown.buttons]
    assert targets == [
        ("Stop", ""),
        ("Track", "https://shop.example.com/track/42"),
        ("Copy offer code", "SUMMER"),
    ]


def test_all_that_has_to_be_said_is_named_in_the_order_in_which_it_is_read():
    everything = form_of(
        {
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": "{{1}}!"},
                {"type": "BODY", "text": "{{2}} and {{1}} and {{2}}"},
                {"type": "BUTTONS", "buttons": [TRACK, CODE]},
            ]
        }
    )
    keys = [gap.key for gap in gaps(everything)]
    assert keys == ["header:1", "body:2", "body:1", "button:0", "button:1"]
    assert [gap.key for gap in gaps(form("Hi", header_kind="image"))] == [FILE]
    assert [gap.key for gap in gaps(form("Hi", header_kind="location"))] == [PLACE]


@pytest.mark.parametrize("value", ["", "   ", "\n"])
def test_an_empty_value_is_none(value: str):
    wrong = problems(form("Hi {{1}}"), Values({"body:1": value}), RULES)
    assert wrong == {"body:1": EMPTY}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param("one\ntwo", ONE_LINE, id="line-break"),
        pytest.param("one\rtwo", ONE_LINE, id="carriage-return"),
        pytest.param("one\ttwo", ONE_LINE, id="tab"),
        pytest.param("one    two", "3 spaces", id="four-spaces"),
        pytest.param("x" * 1023, "1,024", id="too-long-with-the-rest"),
    ],
)
def test_what_meta_does_not_take_is_named_before_it_is_sent(value: str, says: str):
    with pytest.raises(ValuesRefused) as refused:
        fill(template(form("Hi {{1}}", footer="Bye")), Values({"body:1": value}), RULES)
    assert says in refused.value.problems["body:1"]
    assert refused.value.code == "values_refused"


@pytest.mark.parametrize("value", ["one   two", "x" * 1021, " padded "])
def test_what_meta_takes_is_not_refused(value: str):
    assert not problems(form("Hi {{1}}", footer="Bye"), Values({"body:1": value}), RULES)


def test_a_body_that_stands_alone_may_be_long():
    assert not problems(form("{{1}}"), Values({"body:1": "x" * 32768}), RULES)
    assert problems(form("{{1}}"), Values({"body:1": "x" * 32769}), RULES)


def test_a_header_holds_sixty_characters():
    one = TemplateForm(header_kind="text", header=words("{{1}}", {}), body=words("Hi", {}))
    assert not problems(one, Values({"header:1": "x" * 60}), RULES)
    assert "60" in problems(one, Values({"header:1": "x" * 61}), RULES)["header:1"]


def test_a_code_holds_twenty_characters_and_an_address_no_spaces():
    one = buttons(TRACK, CODE)
    wrong = problems(one, Values({"button:0": "a b", "button:1": "x" * 21}), RULES)
    assert "spaces" in wrong["button:0"]
    assert "20" in wrong["button:1"]


def test_a_header_that_is_a_file_or_a_place_must_be_given():
    assert problems(form("Hi", header_kind="video"), Values(), RULES) == {FILE: EMPTY}
    assert problems(form("Hi", header_kind="location"), Values(), RULES) == {PLACE: EMPTY}


def test_values_that_belong_nowhere_are_left_out():
    made = fill(template(form("Hi {{1}}")), Values({"body:1": "Maya", "body:9": "x"}), RULES)
    assert made.body == (TemplateValue(text="Maya"),)


hostile = st.sampled_from(
    ["{{1}}", "{{2}}", "{{first_name}}", "{0}", "%s", "$1", "\\1", "{{{{1}}}}", "*", "_", "`"]
)
plain = st.text(string.ascii_letters + "äß🙏{}$%\\ ", min_size=1, max_size=12)
value = (
    st.lists(hostile | plain, min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: text.strip() and "    " not in text)
)


@given(first=value, second=value, text=st.lists(plain, min_size=3, max_size=3))
def test_a_value_is_never_read_again_whatever_it_contains(first, second, text):
    before, between, after = (one.replace("{", "(") for one in text)
    written = f"{before}{{{{1}}}}{between}{{{{2}}}}{after}"
    made = fill(
        template(TemplateForm(body=words(written, {}))),
        Values({"body:1": first, "body:2": second}),
        RULES,
    )
    assert made.shown.body == before + first.strip() + between + second.strip() + after
    assert [one.text for one in made.body] == [first.strip(), second.strip()]
