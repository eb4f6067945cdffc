"""A customer's words on an agent's screen: links that are what they say, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.panel.thread.text import clean, pieces, with_names


def links(text: str) -> list[str]:
    return [piece["href"] for piece in pieces(text) if "href" in piece]


def test_words_without_a_link_are_one_piece():
    assert pieces("Hello\nthere") == [{"text": "Hello\nthere"}]


def test_a_link_leaves_the_full_stop_to_the_sentence():
    assert pieces("See https://example.com/a?b=1. Thanks") == [
        {"text": "See "},
        {"text": "https://example.com/a?b=1", "href": "https://example.com/a?b=1"},
        {"text": ". Thanks"},
    ]


def test_a_bracket_that_the_address_opened_belongs_to_it():
    assert links("(https://example.com/Shoe_(left))") == ["https://example.com/Shoe_(left)"]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        pytest.param("maya@example.com", "mailto:maya@example.com", id="plain-mail"),
        pytest.param("mailto:maya@example.com", "mailto:maya@example.com", id="mailto"),
        pytest.param("tel:+525512345678", "tel:+525512345678", id="tel"),
        pytest.param("HTTP://EXAMPLE.COM/", "HTTP://EXAMPLE.COM/", id="capitals"),
    ],
)
def test_the_four_kinds_of_link_are_found(text: str, href: str):
    assert links(text) == [href]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.com",
    ],
)
def test_other_schemes_are_no_links(text: str):
    assert links(text) == []


def test_an_address_that_hides_its_host_behind_a_name_is_no_link():
    assert links("https://bank.example@evil.example/") == []


def test_marks_that_turn_the_text_are_taken_out():
    assert clean("safe\u202egpj.exe\u2066") == "safegpj.exe"


def test_line_feeds_and_tabs_stay_and_other_controls_go():
    assert clean("a\r\nb\tc\x00\x1b[2Jd\x85") == "a\nb\tc[2Jd"


@given(st.text())
def test_no_word_is_lost_between_the_pieces(text: str):
    assert "".join(piece["text"] for piece in pieces(text)) == clean(text)


@given(st.text(alphabet="htps:/.@ex()ample<>\"'javscrit ", max_size=60))
def test_every_address_begins_with_one_of_four_schemes(text: str):
    assert all(
        href.lower().startswith(("http://", "https://", "mailto:", "tel:")) for href in links(text)
    )


# --- Colleagues in a note


def test_a_name_in_a_note_is_a_piece_of_its_own():
    assert with_names(pieces("Hi @Ana Novak, and @Ana"), ["@Ana", "@Ana Novak"]) == [
        {"text": "Hi "},
        {"text": "@Ana Novak", "named": True},
        {"text": ", and "},
        {"text": "@Ana", "named": True},
    ]


@pytest.mark.parametrize("text", ["@Anabel", "no one", ""])
def test_what_only_begins_like_a_name_is_none(text: str):
    assert not any("named" in piece for piece in with_names(pieces(text), ["@Ana"]))


def test_a_name_in_a_link_stays_a_part_of_it():
    [link] = with_names(pieces("https://x.example/@Ana"), ["@Ana"])
    assert "named" not in link


def test_a_name_of_signs_that_patterns_know_is_found_as_it_is():
    assert with_names(pieces("@A.* (x)"), ["@A.* (x)"]) == [{"text": "@A.* (x)", "named": True}]


@given(st.text("@An a<&", max_size=30), st.lists(st.text("@An a<&", min_size=1, max_size=5)))
def test_cutting_at_names_loses_nothing(text: str, names: list[str]):
    cut = with_names(pieces(text), names)
    assert "".join(piece["text"] for piece in cut) == clean(text)
