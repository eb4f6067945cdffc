"""A delivery of Meta's for WhatsApp → its items. Every entry, change and element is looked at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import JsonValue, ValidationError

from jumper_app.channels.contract import Item
from jumper_app.channels.loose import Object, clean, listed, obj

from .echoes import chunk, echo, past
from .happenings import call, handover, preference
from .identity import user_id_update
from .messages import message
from .place import Place, account_of, place_of
from .statuses import status

OBJECT = "whatsapp_business_account"
Reader = Callable[[Object, Place], Iterator[Item]]


def parse(body: Any, received_at: datetime) -> Sequence[Item]:
    """All items of one delivery, in order. Never raises; what is strange is parked.

    Args:
        body: The parsed JSON of the delivery, whatever it is.
        received_at: When it came (UTC); stands in for times that cannot be true.
    """
    whole = clean(body)
    nowhere = Place(account="", received_at=received_at)
    entries = obj(whole).get("entry")
    if obj(whole).get("object") != OBJECT:
        return [nowhere.parked("not_whatsapp", whole)]
    if not isinstance(entries, list):
        return [nowhere.parked("entry.not_a_list", whole)]
    return [item for each in entries for item in entry(each, received_at)]


def accounts_in(body: Any) -> frozenset[str]:
    """The ids that a delivery is for: phone numbers', or the WABA's where none is named."""
    entries = [obj(each) for each in listed(obj(clean(body)).get("entry"))]
    named = (
        account_of(each, obj(change)) for each in entries for change in listed(each.get("changes"))
    )
    return frozenset(filter(None, named))


def entry(raw: JsonValue, received_at: datetime) -> Iterator[Item]:
    """The items of one entry, that is of one WABA."""
    changes = obj(raw).get("changes")
    if not isinstance(changes, list):
        place = place_of(obj(raw), {}, received_at)
        yield place.parked("entry.without_changes", raw)
        return
    for each in changes:
        yield from change(obj(each), place_of(obj(raw), obj(each), received_at), each)


def change(told: Object, place: Place, raw: JsonValue) -> Iterator[Item]:
    """The items of one change, by its field."""
    value = told.get("value")
    if place.field == "messaging_handovers":
        yield from handover(obj(value), place)
    elif place.field in NEWS:
        yield place.news(place.field, value)
    elif place.field in LISTED and isinstance(value, dict):
        yield from elements(value, place)
    elif not place.field and READERS.keys() & obj(value).keys():
        yield from elements(obj(value), replace(place, field="messages"))
    else:
        yield place.parked(place.field or "no_field", raw)


def elements(value: Object, place: Place) -> Iterator[Item]:
    """The elements of every list in ``value``."""
    for key, contents in value.items():
        if key in SURROUNDINGS:
            continue
        if key == "standby" and isinstance(contents, dict):
            yield from elements(contents, replace(place, elsewhere=True))
        elif key not in READERS or not isinstance(contents, list):
            yield place.parked(f"{place.field}.{key}", {key: contents})
        else:
            for each in contents:
                yield from element(key, each, place)


def element(key: str, raw: JsonValue, place: Place) -> Iterator[Item]:
    """The items of one element; a bad one is parked and takes nothing else with it."""
    if not isinstance(raw, dict):
        yield place.parked(f"{key}.not_an_object", raw)
        return
    try:
        yield from list(READERS[key](raw, place))
    except ValidationError:
        yield place.parked(f"{key}.invalid", raw)


def live_or_past(raw: Object, place: Place) -> Iterator[Item]:
    """A message; under ``history`` an old one, whose file comes after its text."""
    if place.field == "history":
        return past(raw, replace(place, historical=True), {})
    return message(raw, place)


def news_named(kind: str) -> Reader:
    """A reader that keeps each element as news about the account."""

    def read(raw: Object, place: Place) -> Iterator[Item]:
        yield place.news(kind or place.field, raw)

    return read


READERS: dict[str, Reader] = {
    "messages": live_or_past,
    "statuses": status,
    "message_echoes": echo,
    "history": chunk,
    "user_id_update": user_id_update,
    "calls": call,
    "user_preferences": preference,
    "groups": news_named(""),
    "state_sync": news_named("smb_app_state_sync"),
    "errors": news_named("errors"),
}
"""Who reads the elements of which list."""

SURROUNDINGS = frozenset({"messaging_product", "metadata", "contacts", "conversation_context"})
"""Keys that are not items; ``place_of`` reads what it needs of them."""

LISTED = frozenset(
    {
        "messages",
        "standby",
        "smb_message_echoes",
        "history",
        "calls",
        "user_preferences",
        "user_id_update",
        "smb_app_state_sync",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
    }
)
"""Fields whose value holds lists."""

NEWS = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_update",
        "automatic_events",
        "business_capability_update",
        "business_username_update",
        "flows",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "partner_solutions",
        "payment_configuration_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "template_category_update",
    }
)
"""Fields whose value is one piece of news. Source: WhatsApp > Webhooks > Overview,
read 2026-11-22."""
