"""Where an item of a delivery stands: whose it is, when it came, who else is named."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from jumper_app.channels.contract import AccountChange, Parked
from jumper_app.channels.loose import Object, listed, moment, obj, text

LONGEST_ID = 300
"""Characters of a message id that are kept; Meta's have fewer than 150."""
LONGEST_ACCOUNT = 64
"""Characters of an account id; Meta's have fewer than 20."""
LONGEST_KIND = 80
"""Characters of the name of something parked."""


@dataclass(frozen=True)
class Contacts:
    """The ``contacts`` of a change. Of two with the same name the first counts.

    Attributes:
        lone: The only one, if there is only one; else empty.
    """

    by_user_id: dict[str, Object]
    by_wa_id: dict[str, Object]
    lone: Object


NOBODY = Contacts({}, {}, {})


@dataclass(frozen=True)
class Place:
    """The surroundings of one item.

    Attributes:
        account: Phone number id, or the WABA's id where no number is named.
        field: The kind of change, for instance ``messages``.
        our_number: Digits of the business number, as displayed.
        contacts: The people that the change names, by their user id and by their number.
        complaint: An error that concerns the whole change, in Meta's words.
        elsewhere: Another app holds the thread.
        historical: It happened before we were connected.
    """

    account: str
    received_at: datetime
    field: str = ""
    entry_time: JsonValue = None
    our_number: str = ""
    contacts: Contacts = NOBODY
    complaint: str = ""
    elsewhere: bool = False
    historical: bool = False

    def parked(self, kind: str, raw: JsonValue) -> Parked:
        """Keep ``raw``, named for a person."""
        return Parked(account=self.account, kind=kind[:LONGEST_KIND], raw=raw)

    def news(self, kind: str, raw: JsonValue) -> AccountChange:
        """Something about our own side, at the time it says, else at the entry's."""
        told = obj(raw).get("timestamp") or self.entry_time
        at = moment(told, self.received_at) if told else None
        return AccountChange(account=self.account, kind=kind[:LONGEST_KIND], at=at, raw=raw)


def account_of(entry: Object, change: Object) -> str:
    """The id that a change is for: its phone number's, else its WABA's."""
    value = obj(change.get("value"))
    spoken_of = (
        obj(value.get("metadata")),
        obj(obj(value.get("standby")).get("metadata")),
        obj(value.get("recipient")),
    )
    ids = (text(each.get("phone_number_id")) for each in spoken_of)
    return (next(filter(None, ids), "") or text(entry.get("id")))[:LONGEST_ACCOUNT]


def place_of(entry: Object, change: Object, received_at: datetime) -> Place:
    """What surrounds the items of ``change``."""
    value = obj(change.get("value"))
    number = text(obj(value.get("metadata")).get("display_phone_number"))
    return Place(
        account=account_of(entry, change),
        received_at=received_at,
        field=text(change.get("field")),
        entry_time=entry.get("time"),
        our_number="".join(filter(str.isdecimal, number)),
        contacts=contacts_in(value),
        complaint=complaint_in(value),
    )


def contacts_in(value: Object) -> Contacts:
    """The people that a change names, at either depth."""
    named = listed(value.get("contacts")) + listed(obj(value.get("standby")).get("contacts"))
    found = [obj(each) for each in named if obj(each)]
    backwards = found[::-1]
    return Contacts(
        by_user_id={text(each.get("user_id")): each for each in backwards},
        by_wa_id={bare(text(each.get("wa_id"))): each for each in backwards},
        lone=found[0] if len(found) == 1 else {},
    )


def bare(wa_id: str) -> str:
    """``wa_id`` as Meta defines it: without the leading ``+`` that some bodies have."""
    return wa_id.removeprefix("+")


def complaint_in(value: Object) -> str:
    """The first of ``errors`` in Meta's words, empty for none."""
    first = obj(next(iter(listed(value.get("errors"))), None))
    details = text(obj(first.get("error_data")).get("details")) or text(first.get("details"))
    return (details or text(first.get("message")) or text(first.get("title")))[:500]
