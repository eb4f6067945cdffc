"""A delivery of Meta's for Messenger → its items. Every entry and every element is looked at.

Source: Messenger Platform > Webhooks > Webhook events, read 2026-11-22.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import JsonValue, ValidationError

from jumper_app.channels.contract import Item, Person
from jumper_app.channels.loose import Object, clean, listed, moment_ms, obj, text

from . import happenings, messages
from .place import LONGEST_ACCOUNT, Place

OBJECT = "page"
Reader = Callable[[Object, Person, Place], Iterator[Item]]


def parse(body: Any, received_at: datetime) -> Sequence[Item]:
    """All items of one delivery, in order. Never raises; what is strange is parked.

    Args:
        body: The parsed JSON of the delivery, whatever it is.
        received_at: When it came (UTC); stands in for times that cannot be true.
    """
    whole = clean(body)
    nowhere = Place(account="", received_at=received_at, entry_at=received_at)
    entries = obj(whole).get("entry")
    if obj(whole).get("object") != OBJECT:
        return [nowhere.parked("not_a_page", whole)]
    if not isinstance(entries, list):
        return [nowhere.parked("entry.not_a_list", whole)]
    return [item for each in entries for item in entry(obj(each), each, received_at)]


def accounts_in(body: Any) -> frozenset[str]:
    """The ids of the pages that a delivery is for."""
    entries = (obj(each) for each in listed(obj(clean(body)).get("entry")))
    return frozenset(filter(None, (account_of(each) for each in entries)))


def account_of(told: Object) -> str:
    """The page's id, number or text."""
    return text(told.get("id"), LONGEST_ACCOUNT)


def entry(told: Object, raw: JsonValue, received_at: datetime) -> Iterator[Item]:
    """The items of one entry, that is of one page."""
    written_at = moment_ms(told.get("time"), received_at)
    place = Place(account_of(told), received_at, written_at)
    lists = {key: told[key] for key in ("messaging", "standby", "changes") if key in told}
    if not lists:
        yield place.parked("entry.without_items", raw)
    for key, contents in lists.items():
        if not isinstance(contents, list):
            yield place.parked(f"{key}.not_a_list", {key: contents})
            continue
        here = replace(place, elsewhere=key == "standby")
        for each in contents:
            yield from change(each, here) if key == "changes" else element(each, here)


def change(raw: JsonValue, place: Place) -> Iterator[Item]:
    """News of the page's wall: posts, leads. None of our business, but kept."""
    yield place.parked(f"changes.{text(obj(raw).get('field')) or 'no_field'}", raw)


def element(raw: JsonValue, place: Place) -> Iterator[Item]:
    """The items of one element; a bad one is parked and takes nothing else with it."""
    if not isinstance(raw, dict):
        yield place.parked("messaging.not_an_object", raw)
        return
    try:
        yield from list(read(raw, place))
    except ValidationError:
        yield place.parked("messaging.invalid", raw)


def read(raw: Object, place: Place) -> Iterator[Item]:
    """What one element of ``messaging`` or ``standby`` means, by the key that it has."""
    key = next((each for each in READERS if each in raw), "")
    who = place.customer(raw)
    if about_us := next((each for each in NEWS if each in raw), ""):
        yield place.news(about_us, raw)
    elif not key:
        others = sorted(raw.keys() - SURROUNDINGS)
        yield place.parked(f"messaging.{others[0] if others else 'empty'}", raw)
    elif who is None:
        yield place.parked(f"{key}.without_sender", raw)
    else:
        yield from READERS[key](raw, who, place)


READERS: dict[str, Reader] = {
    "message": messages.message,
    "message_edit": messages.edit,
    "reaction": messages.reaction,
    "postback": messages.postback,
    "referral": messages.referral,
    "optin": happenings.optin,
    "delivery": happenings.delivery,
    "read": happenings.read,
    **{key: partial(happenings.control, key=key) for key in happenings.CONTROLS},
}
"""Who reads an element, by its key. A message may hold a referral, never the other way round."""

NEWS = ("policy-enforcement", "app_roles", "account_linking")
"""Keys of elements that concern our own side."""

SURROUNDINGS = frozenset({"sender", "recipient", "timestamp"})
