"""Contact cards that a customer shares."""

import re

from jumper_app.channels.contract import ContactCard, Contacts, Content
from jumper_app.channels.loose import Object, listed, obj, text

from .people import phone_of

VCARD_NAME = re.compile(r"^FN(?:;[^:\r\n]*)?:(.+)$", re.MULTILINE)
OWN_NUMBER = "contact_request"
"""The message's ``origin`` when it answers a button that asks for the customer's number."""


def contacts(message: Object) -> Content | None:
    """All cards of a message; None when there are none."""
    cards = tuple(card(obj(each)) for each in listed(message.get("contacts")))
    return Contacts(cards=cards) if cards else None


def card(contact: Object) -> ContactCard:
    """One card."""
    phones = [obj(each) for each in listed(contact.get("phones"))]
    emails = [obj(each) for each in listed(contact.get("emails"))]
    return ContactCard(
        name=name_on(contact),
        phones=tuple(filter(None, (text(each.get("phone")) for each in phones))),
        emails=tuple(filter(None, (text(each.get("email")) for each in emails))),
        organisation=text(obj(contact.get("org")).get("company")),
    )


def name_on(contact: Object) -> str:
    """The name, from wherever the card has one."""
    name = obj(contact.get("name"))
    parts = (text(name.get("first_name")), text(name.get("last_name")))
    in_vcard = VCARD_NAME.search(text(contact.get("vcard")))
    return (
        text(name.get("formatted_name"))
        or " ".join(filter(None, parts))
        or text(obj(contact.get("org")).get("company"))
        or (in_vcard[1].strip() if in_vcard else "")
    )


def own_phone(message: Object) -> str:
    """The customer's own number, if this message is how they shared it."""
    if message.get("type") != "contacts" or message.get("origin") != OWN_NUMBER:
        return ""
    cards = listed(message.get("contacts"))
    phones = listed(obj(cards[0]).get("phones")) if len(cards) == 1 else []
    phone = obj(phones[0]) if len(phones) == 1 else {}
    digits = "".join(filter(str.isdecimal, text(phone.get("phone"))))
    return phone_of(text(phone.get("wa_id")) or digits)
