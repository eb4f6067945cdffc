"""Contact cards: numbers as every channel takes them."""

import pytest

from jumper_app.channels.contract import ContactCard
from jumper_app.conversations.cards import country_of, e164, faults


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("+49 30 901820", "", "+4930901820"),
        ("030 901820", "DE", "+4930901820"),
        ("0049 30 901820", "DE", "+4930901820"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("+1 212 555 0123", "DE", "+12125550123"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("030 901820", "", ""),
        ("+49 1", "", ""),
        ("hello", "DE", ""),
        ("", "DE", ""),
        ("+" + "9" * 500, "", ""),
    ],
)
def test_a_number_becomes_one_that_can_be_dialled_from_anywhere(written, country, number):
    assert e164(written, country) == number


@pytest.mark.parametrize(
    ("number", "country"),
    [("+1 555-078-3881", ""), ("+1 212 555 0123", "US"), ("+49 30 901820", "DE"), ("page", "")],
)
def test_our_own_number_says_where_we_are(number, country):
    assert country_of(number) == country


def card(**over):
    given = {"name": "Rosa", "phones": ("+4930901820",), "emails": ()} | over
    return ContactCard(**given)


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ({}, []),
        ({"name": "  "}, ["name"]),
        ({"phones": ()}, ["phone"]),
        ({"emails": ("rosa@example.com",)}, []),
        ({"emails": ("rosa@example",)}, ["email"]),
        ({"emails": ("rosa",), "name": "", "phones": ()}, ["name", "phone", "email"]),
    ],
)
def test_what_is_wrong_with_a_card_is_said_beside_its_field(over, fields):
    assert list(faults(card(**over))) == fields
