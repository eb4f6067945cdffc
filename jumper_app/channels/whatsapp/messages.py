"""One message of a customer → what the house hears of it."""

from collections.abc import Iterator

from jumper_app.channels.contract import Advert, Amendment, Inbound, Item, Person
from jumper_app.channels.loose import Object, moment, obj, text

from .cards import own_phone
from .content import content_of
from .identity import system
from .people import sender
from .place import LONGEST_ID, Place

AMENDING = {
    "reaction": "message_id",
    "edit": "original_message_id",
    "revoke": "original_message_id",
}
"""Kinds that speak of an earlier message, and where its id stands."""
WINDOW_STAYS_SHUT = frozenset({*AMENDING, "system", "request_welcome"})
"""Kinds that do not start the reply window anew. Meta says "messages or calls"; about
reactions it is silent, so we do not count on them. Source: WhatsApp > Send messages,
read 2026-11-22."""
LONGEST_EMOJI = 64


def message(raw: Object, place: Place) -> Iterator[Item]:
    """What one element of ``messages`` means."""
    external_id = text(raw.get("id"))
    person = sender(raw, place)
    if not external_id or len(external_id) > LONGEST_ID:
        yield place.parked("messages.without_id", raw)
    elif raw.get("type") == "system":
        yield system(raw, person, place)
    elif person is None:
        yield place.parked("messages.without_sender", raw)
    else:
        yield amendment(raw, person, place, by_us=False) or inbound(raw, person, place)


def inbound(raw: Object, person: Person, place: Place) -> Inbound:
    """A message that becomes a row of its own."""
    kind = text(raw.get("type"))
    in_group = bool(raw.get("group_id"))
    shared = own_phone(raw)
    return Inbound(
        account=place.account,
        external_id=text(raw.get("id")),
        sender=person.model_copy(update={"phone": shared}) if shared else person,
        sent_at=moment(raw.get("timestamp"), place.received_at),
        content=content_of(raw, place.complaint),
        quotes=quoted(raw),
        forwarded=was_forwarded(raw),
        advert=advert(obj(raw.get("referral"))),
        opens_window=not (place.historical or in_group or kind in WINDOW_STAYS_SHUT),
        answered_elsewhere=place.elsewhere or place.historical,
        historical=place.historical,
    )


def amendment(raw: Object, person: Person, place: Place, *, by_us: bool) -> Amendment | None:
    """What a message says about an earlier one; None if it is no such message."""
    kind = text(raw.get("type"))
    said = obj(raw.get(kind))
    about = text(said.get(AMENDING.get(kind, "")))
    if not about or len(about) > LONGEST_ID:
        return None
    return Amendment.model_validate(
        {
            "account": place.account,
            "external_id": text(raw.get("id")),
            "about": about,
            "person": person,
            "by_us": by_us,
            "kind": kind,
            "sent_at": moment(raw.get("timestamp"), place.received_at),
            "emoji": text(said.get("emoji"), LONGEST_EMOJI) if kind == "reaction" else "",
            "content": content_of(obj(said.get("message"))) if kind == "edit" else None,
        }
    )


def quoted(raw: Object) -> str:
    """The id of the message that this one answers. It may be unknown to us."""
    quote = text(obj(raw.get("context")).get("id"))
    return quote if len(quote) <= LONGEST_ID else ""


def was_forwarded(raw: Object) -> bool:
    """Did the customer pass on what somebody else wrote?"""
    context = obj(raw.get("context"))
    return context.get("forwarded") is True or context.get("frequently_forwarded") is True


def advert(referral: Object) -> Advert | None:
    """The advertisement that led the customer here."""
    if not referral:
        return None
    return Advert(
        source_id=text(referral.get("source_id")),
        url=text(referral.get("source_url")),
        headline=text(referral.get("headline")),
        body=text(referral.get("body")),
    )
