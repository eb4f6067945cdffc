"""A customer who is added by hand."""

import re
import secrets
from typing import Annotated, Literal

import phonenumbers
from pydantic import Field

from jumper_app.panel import access
from jumper_app.simulator import words
from jumper_app.simulator.rows import Phone
from jumper_app.simulator.store import Store

NUMBER = re.compile(r"[1-9]\d{6,14}")
"""Digits of a number with its country code. Source: ITU-T E.164."""
USERNAME = re.compile(r"[A-Za-z0-9._]{3,30}")
SOMEWHERE = "US"
"""The country in the BSUID of somebody whose number says nothing."""


class NewCustomer(access.arguments.Form):
    """What the form submits."""

    name: Annotated[str, Field(max_length=100)] = ""
    by: Literal["number", "username"] = "number"
    number: Annotated[str, Field(max_length=40)] = ""
    username: Annotated[str, Field(max_length=60)] = ""


def problem(form: NewCustomer, store: Store) -> str:
    """Why nobody like that can be added; empty if all is well."""
    if not form.name.strip():
        return words.NEEDS_NAME
    phones = store.phones()
    if form.by == "number":
        if not NUMBER.fullmatch(_digits(form)):
            return words.NEEDS_NUMBER
        return words.TAKEN_NUMBER if any(p.wa_id == _digits(form) for p in phones) else ""
    if not USERNAME.fullmatch(_username(form)):
        return words.NEEDS_USERNAME
    taken = any(p.username.removeprefix("@") == _username(form) for p in phones)
    return words.TAKEN_USERNAME if taken else ""


def add(form: NewCustomer, store: Store) -> Phone:
    """Add the customer, with a BSUID of their own. Needs a form without a ``problem``."""
    name = form.name.strip()
    bsuid = f"{_country(form)}.{10**16 + secrets.randbelow(9 * 10**16)}"
    if form.by == "username":
        return store.add_phone("", name, bsuid, _username(form), hides_number=True)
    return store.add_phone(_digits(form), name, bsuid)


def _digits(form: NewCustomer) -> str:
    return re.sub(r"[\s()+./-]", "", form.number)


def _username(form: NewCustomer) -> str:
    return form.username.strip().removeprefix("@")


def _country(form: NewCustomer) -> str:
    """The country that a BSUID begins with."""
    if form.by == "username":
        return SOMEWHERE
    try:
        number = phonenumbers.parse(f"+{_digits(form)}")
    except phonenumbers.NumberParseException:
        return SOMEWHERE
    region = phonenumbers.region_code_for_number(number)
    return region if region and region.isalpha() else SOMEWHERE
