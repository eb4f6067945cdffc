"""What an admin filled in: is it right, and what part of an account does it become?"""

import re
import secrets
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, SecretStr

from jumper_app.channels.contract import Channel, Credentials, FormField, Option, OptionValue

from . import words

Name = Annotated[str, Field(max_length=60)]
Value = Annotated[str, Field(max_length=4000)]
FromBrowser = Annotated[dict[Name, Value], Field(max_length=60)]
"""What a described form submits; which names are right is the channel's to say."""

Filled = Mapping[str, str]
"""Values by the names of their fields."""

NAME_LENGTH = 120
PARTS = ("external_id", "parent_id", "token", "app_secret", "verify_token", "address")


def made_up(field: FormField) -> str:
    """A random value for a field that we fill in ourselves."""
    return secrets.token_urlsafe(24) if field.kind == "secret" else secrets.token_hex(8)


def problems(channel: Channel, filled: Filled, *, kept: bool = False) -> dict[str, str]:
    """What is wrong, by field.

    Args:
        kept: The account has its secrets already; an empty one stays as it is.
    """
    found = {
        field.name: fault for field in channel.form if (fault := fault_of(field, filled, kept))
    }
    if len(filled.get("name", "").strip()) > NAME_LENGTH:
        found["name"] = words.TOO_LONG
    return found


def fault_of(field: FormField, filled: Filled, kept: bool) -> str:
    """What is wrong with one field; empty when nothing is."""
    value = filled.get(field.name, "").strip()
    if not value:
        needed = field.required and not (kept and field.kind == "secret")
        return words.REQUIRED if needed else ""
    if len(value) > field.longest:
        return words.TOO_LONG
    is_digits = value.isascii() and value.isdecimal()
    return words.DIGITS_ONLY if field.kind == "digits" and not is_digits else ""


def part(channel: Channel, filled: Filled, goes: str) -> str:
    """The value that becomes this part of the account."""
    name = next((each.name for each in channel.form if each.goes == goes), "")
    return filled.get(name, "").strip()


def credentials_of(
    channel: Channel, filled: Filled, stored: Credentials | None = None
) -> Credentials:
    """The secrets that were filled in, with the stored ones where nothing was."""
    told = {goes: part(channel, filled, goes) for goes in PARTS}
    old = stored or Credentials(external_id=told["external_id"])
    written = told["app_secret"]
    return Credentials(
        external_id=told["external_id"] or old.external_id,
        parent_id=told["parent_id"] or old.parent_id,
        token=SecretStr(told["token"]) if told["token"] else old.token,
        app_secrets=(SecretStr(written),) if written else old.app_secrets,
        verify_token=SecretStr(told["verify_token"]) if told["verify_token"] else old.verify_token,
        graph_url=old.graph_url,
    )


def options_of(channel: Channel, filled: Filled) -> tuple[dict[str, OptionValue], dict[str, str]]:
    """The options that were filled in, and what is wrong with them by name.

    An option that the form did not have is left as it is, but for switches: a browser
    sends nothing for one that is off, so ``filled`` must be of a form that has them all.
    """
    values: dict[str, OptionValue] = {}
    faults: dict[str, str] = {}
    for option in channel.options:
        if option.kind == "switch":
            values[option.name] = bool(filled.get(option.name))
        elif option.name in filled:
            values[option.name] = filled[option.name].strip()
            if fault := option_fault(option, filled[option.name].strip()):
                faults[option.name] = fault
    return values, faults


def option_fault(option: Option, value: str) -> str:
    """What is wrong with an option's text; empty when nothing is."""
    if len(value) > option.longest:
        return words.TOO_LONG
    if option.kind == "choice":
        known = {each for each, _ in option.choices}
        return "" if value in known else option.fault
    entries = value.splitlines() if option.kind == "lines" else [value]
    written = [each.strip() for each in entries if each.strip()]
    fits = all(re.fullmatch(option.pattern, each) for each in written if option.pattern)
    return "" if fits else option.fault
