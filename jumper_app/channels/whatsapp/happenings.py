"""What happens around a conversation without a word: calls, control, leave to advertise.

Sources: WhatsApp > Webhooks > Reference > calls, messaging_handovers, user_preferences,
read 2026-11-22.
"""

from collections.abc import Iterator
from typing import Literal

from jumper_app.channels.contract import Call, ControlChange, Item, OptIn, Person
from jumper_app.channels.loose import Object, digest, moment, obj, text, whole

from .people import contact_named, person
from .place import LONGEST_ID, Place

CallState = Literal["began", "answered", "declined", "ended", "failed"]
EVENTS: dict[str, CallState] = {"connect": "began", "terminate": "ended"}
STATUSES: dict[str, CallState] = {
    "RINGING": "began",
    "ACCEPTED": "answered",
    "REJECTED": "declined",
    "COMPLETED": "ended",
    "FAILED": "failed",
}
BY_CUSTOMER = "USER_INITIATED"
LONGEST_DETAIL = 300
PREFERENCES: dict[str, Literal["accepted", "stopped"]] = {
    "stop": "stopped",
    "resume": "accepted",
    "signup": "accepted",
}
AGENT_ROLES = frozenset({"ai_agent"})
"""Roles in which somebody else answers for us: Meta's own agent."""


def call(raw: Object, place: Place) -> Iterator[Item]:
    """One element of ``calls``: that a call began, or how it ended."""
    by_customer = text(raw.get("direction")) != "BUSINESS_INITIATED"
    side, id_side = ("from", "from_user_id") if by_customer else ("to", "to_user_id")
    who = caller(text(raw.get(id_side)), text(raw.get(side)), place)
    state = EVENTS.get(text(raw.get("event")).lower())
    if state != "began":
        state = STATUSES.get(text(raw.get("status")).upper()) or state
    yield noted(raw, who, state, place, by_customer=by_customer)


def call_status(raw: Object, place: Place) -> Iterator[Item]:
    """How a call of ours goes: it rings, it was taken or declined."""
    who = caller(text(raw.get("recipient_user_id")), text(raw.get("recipient_id")), place)
    state = STATUSES.get(text(raw.get("status")).upper())
    yield noted(raw, who, state, place, by_customer=False)


def noted(
    raw: Object, who: Person | None, state: CallState | None, place: Place, *, by_customer: bool
) -> Item:
    """News of a call; of the account where it does not say which, whose and what."""
    external_id = text(raw.get("id")) or text(raw.get("wacid"))
    if not external_id or len(external_id) > LONGEST_ID or who is None or state is None:
        return place.news("calls", raw)
    return Call(
        account=place.account,
        external_id=external_id,
        person=who,
        at=moment(raw.get("timestamp"), place.received_at),
        by_customer=by_customer,
        state=state,
        seconds=max(whole(raw.get("duration")) or 0, 0),
    )


def named(user_id: str, wa_id: str, place: Place) -> Person | None:
    """A person by the names told, completed by the change's contacts."""
    return person(contact_named(place, user_id, wa_id), user_id, wa_id)


def caller(user_id: str, wa_id: str, place: Place) -> Person | None:
    """Who telephones: the only contact if there is one, for the numbers of a call are of both."""
    return person(place.contacts.lone, "", "") or named(user_id, wa_id, place)


def handover(value: Object, place: Place) -> Iterator[Item]:
    """Who answers this customer from now on: Meta's agent, another app, or we."""
    sender, kind = obj(value.get("sender")), text(value.get("type"))
    told = obj(value.get(kind))
    who = named(
        text(sender.get("user_id")), text(sender.get("phone_number")).removeprefix("+"), place
    )
    if who is None or kind not in {"control_passed", "control_taken"}:
        yield place.news("messaging_handovers", value)
        return
    before = text(told.get("previous_owner_app_role")) or text(told.get("previous_owner_role"))
    after = text(told.get("new_owner_role"))
    yield ControlChange(
        account=place.account,
        external_id=f"control:{digest(value)}",
        person=who,
        at=moment(value.get("timestamp"), place.received_at),
        kind=change_of(kind, after),
        other=(after if after in AGENT_ROLES else before).replace("_", " ")[:LONGEST_DETAIL],
    )


def change_of(kind: str, after: str) -> Literal["passed", "taken", "gained"]:
    """What it means for us. A service message of ours takes control, and Meta tells us so."""
    if after in AGENT_ROLES:
        return "taken"
    return "passed" if kind == "control_passed" else "gained"


def preference(raw: Object, place: Place) -> Iterator[Item]:
    """The customer wants no more advertising, or wants it again."""
    who = named(text(raw.get("user_id")), text(raw.get("wa_id")), place)
    value = text(raw.get("value"))
    if who is None or value not in PREFERENCES:
        yield place.news("user_preferences", raw)
        return
    yield OptIn(
        account=place.account,
        external_id=f"preference:{digest(raw)}",
        person=who,
        at=moment(raw.get("timestamp"), place.received_at),
        kind="marketing",
        state=PREFERENCES[value],
        title=text(raw.get("category"), LONGEST_DETAIL).replace("_", " "),
    )
