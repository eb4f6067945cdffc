"""What stands for a variable where a shortcut is used."""

from dataclasses import replace

import pytest

from jumper_app.conversations.shortcuts.variables import (
    NAMES,
    PATTERN,
    Known,
    Placeholder,
    placeholders,
    values_of,
)

MAYA = Known(
    customer="Maya Ramírez Soto",
    phone="+5215512345678",
    email="",
    locale="es",
    agent="Ana Novak",
    agent_email="ana@example.com",
    conversation="c" * 32,
    channel="WhatsApp",
    brand="Trailhead Outfitters",
)


def test_a_name_is_cut_at_its_first_blank():
    values = values_of(MAYA)
    assert values["customer.first_name"] == "Maya"
    assert values["customer.last_name"] == "Ramírez Soto"
    assert values["agent.first_name"] == "Ana"


def test_an_email_that_a_visitor_left_is_known():
    values = values_of(replace(MAYA, email="maya@example.com"))
    assert values["customer.email"] == "maya@example.com"
    assert "customer.email" not in values_of(MAYA)


def test_what_is_not_known_has_no_value():
    values = values_of(replace(MAYA, customer="", phone=" ", locale=""))
    assert not values.keys() & {
        "customer.first_name",
        "customer.last_name",
        "customer.full_name",
        "customer.phone",
        "customer.locale",
    }


def test_every_value_belongs_to_a_variable_there_is():
    assert values_of(MAYA).keys() <= set(NAMES)


@pytest.mark.parametrize("name", ["Maya\nRamírez", "  Maya\t Ramírez \r\n"])
def test_a_value_is_one_line(name: str):
    assert values_of(replace(MAYA, customer=name))["customer.full_name"] == "Maya Ramírez"


def test_a_value_has_an_end():
    assert len(values_of(replace(MAYA, customer="x" * 5000))["customer.full_name"]) == 200


def test_a_value_that_looks_like_a_variable_stays_a_value():
    assert values_of(replace(MAYA, customer="{{agent.email}}"))["customer.first_name"] == (
        "{{agent.email}}"
    )


def test_placeholders_are_found_in_their_order():
    body = "{{ customer.first_name | there }}{{now}} {{ask:Size|}}{{{today}}}"
    assert list(placeholders(body)) == [
        Placeholder("customer.first_name", "there"),
        Placeholder("now"),
        Placeholder("ask:Size", ""),
        Placeholder("today"),
    ]


def test_the_pattern_says_the_same_in_the_browser():
    """Only what both languages write and read alike."""
    assert PATTERN == r"\{\{([^{}|\n]{1,80})(?:\|([^{}\n]{0,200}))?\}\}"
