"""Contact cards that agents send. Pure."""

import re

import phonenumbers

from jumper_app.channels.contract import ContactCard

LONGEST = 120
"""Characters of a name, an address, an organisation."""

EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>.]+(\.[^\s@<>.]+)+")
"""Good enough to catch a slip; only a message proves an address."""

UNNAMED = "A contact needs a name."
NO_PHONE = "This is not a phone number. Begin with + and the country code, like +49 30 901820."
NO_EMAIL = "This is not an email address."


def e164(written: str, country: str) -> str:
    """A number as every channel takes it; empty when it is none.

    Args:
        country: Where a number without ``+`` is dialled, for instance ``DE``; may be empty.
    """
    try:
        number = phonenumbers.parse(written[:LONGEST], country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def country_of(number: str) -> str:
    """The country of a number of our own, in two letters; empty when it tells none."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or ""


def faults(card: ContactCard) -> dict[str, str]:
    """What is wrong with a card, by field; its phone has been through ``e164``."""
    found = {
        "name": "" if card.name.strip() else UNNAMED,
        "phone": "" if card.phones else NO_PHONE,
        "email": "" if all(EMAIL.fullmatch(each) for each in card.emails) else NO_EMAIL,
    }
    return {field: sentence for field, sentence in found.items() if sentence}
