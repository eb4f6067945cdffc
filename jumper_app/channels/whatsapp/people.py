"""Who an item is about. The business-scoped user id comes first, it outlives a number."""

from collections.abc import Iterator

from jumper_app.channels.contract import Identity, IdentityKind, Person
from jumper_app.channels.loose import Object, obj, text

from .place import Place, bare

LONGEST_NAME = 200
LONGEST_USERNAME = 100
PHONE_DIGITS = range(5, 16)
"""Digits of a phone number with its country code. Source: ITU-T E.164, at most 15."""


def sender(message: Object, place: Place) -> Person | None:
    """Who wrote ``message``; None when neither it nor a lone contact says so."""
    user_id, wa_id = text(message.get("from_user_id")), text(message.get("from"))
    if not user_id and not wa_id:
        return person(place.contacts.lone, "", "")
    return person(contact_named(place, user_id, wa_id), user_id, wa_id)


def recipient(message: Object, place: Place) -> Person | None:
    """Whom a message of ours went to; None when it does not say."""
    user_id = text(message.get("to_user_id")) or text(message.get("recipient"))
    wa_id = text(message.get("to"))
    return person(contact_named(place, user_id, wa_id), user_id, wa_id)


def contact_named(place: Place, user_id: str, wa_id: str) -> Object:
    """The contact that goes by these names: by user id, then by number, never by position."""
    if user_id and user_id in place.contacts.by_user_id:
        return place.contacts.by_user_id[user_id]
    found = place.contacts.by_wa_id.get(bare(wa_id), {}) if wa_id else {}
    is_somebody_else = user_id and text(found.get("user_id"))
    return {} if is_somebody_else else found


def names_of(contact: Object) -> tuple[str, str]:
    """A contact's user id and number, each empty when not told."""
    return text(contact.get("user_id")), text(contact.get("wa_id"))


def person(contact: Object, user_id: str, wa_id: str) -> Person | None:
    """A person by the names told, completed by their contact; None without any name."""
    its_user_id, its_wa_id = names_of(contact)
    identities = identities_of(user_id or its_user_id, wa_id or its_wa_id)
    if not identities:
        return None
    profile = obj(contact.get("profile"))
    return Person(
        identities=identities,
        name=text(profile.get("name"), LONGEST_NAME),
        username=text(profile.get("username")).removeprefix("@")[:LONGEST_USERNAME],
        phone=phone_of(wa_id or its_wa_id),
    )


def identities_of(user_id: str, wa_id: str) -> tuple[Identity, ...]:
    """The lasting name first."""
    told = ((IdentityKind.BSUID, user_id), (IdentityKind.WA_ID, bare(wa_id)))
    return tuple(Identity(kind=kind, value=value) for kind, value in told if value)


def phone_of(wa_id: str) -> str:
    """A number in E.164, empty if ``wa_id`` is none."""
    digits = bare(wa_id)
    is_number = digits.isascii() and digits.isdecimal() and len(digits) in PHONE_DIGITS
    return f"+{digits}" if is_number else ""


def dial(phone: str) -> tuple[Identity, ...]:
    """The WhatsApp ids behind a number: the number itself, and how some countries differ.

    Mexican ids have a 1 and Argentine ids a 9 that nobody dials; many Brazilian mobile ids
    lack the ninth digit. Source: WhatsApp > Phone numbers, read 2026-11-22.
    """
    digits = phone.removeprefix("+")
    found = dict.fromkeys((digits, *_otherwise(digits)))
    return tuple(Identity(kind=IdentityKind.WA_ID, value=each) for each in found)


def _otherwise(digits: str) -> Iterator[str]:
    country, rest = digits[:2], digits[2:]
    match country, len(rest):
        case ("52", 10):
            yield f"521{rest}"
        case ("54", 10):
            yield f"549{rest}"
        case ("52", 11) | ("54", 11) if rest[0] == ("1" if country == "52" else "9"):
            yield country + rest[1:]
        case ("55", 11) if rest[2] == "9":
            yield f"55{rest[:2]}{rest[3:]}"
        case ("55", 10) if rest[2] in "6789":
            yield f"55{rest[:2]}9{rest[2:]}"
        case _:
            return
