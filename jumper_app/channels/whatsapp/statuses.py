"""How far a message of ours has come.

Source: WhatsApp > Webhooks > Reference > Messages > Status, read 2026-11-22.
"""

from collections.abc import Iterator

from jumper_app.channels.contract import Identity, Item, Receipt, ReceiptState
from jumper_app.channels.loose import Object, listed, moment, obj, text

from .happenings import call_status
from .people import identities_of
from .place import LONGEST_ID, Place, complaint_in

LONGEST_REFERENCE = 64
"""Characters; our own references have 32, so a longer one is somebody else's."""
LONGEST_CODE = 20
CALL_PREFIX = "wacid."
STATES = frozenset(ReceiptState)


def status(raw: Object, place: Place) -> Iterator[Item]:
    """What one element of ``statuses`` means."""
    external_id, state = text(raw.get("id")), text(raw.get("status")).lower()
    if raw.get("type") == "call" or external_id.startswith(CALL_PREFIX):
        yield from call_status(raw, place)
    elif not external_id or len(external_id) > LONGEST_ID:
        yield place.parked("statuses.without_id", raw)
    elif state not in STATES:
        yield place.parked(f"statuses.{state or 'unknown'}", raw)
    else:
        yield receipt(raw, external_id, ReceiptState(state), place)


def receipt(raw: Object, external_id: str, state: ReceiptState, place: Place) -> Receipt:
    """News of one message."""
    reference = text(raw.get("biz_opaque_callback_data"))
    error = obj(next(iter(listed(raw.get("errors"))), None))
    return Receipt(
        account=place.account,
        external_id=external_id,
        state=state,
        at=moment(raw.get("timestamp"), place.received_at),
        our_reference=reference if len(reference) <= LONGEST_REFERENCE else "",
        recipient=recipients(raw),
        error_code=text(error.get("code"), LONGEST_CODE),
        error_detail=complaint_in(raw),
    )


def recipients(raw: Object) -> tuple[Identity, ...]:
    """Whose phone says so. In a group it is the participant, the group itself is nobody."""
    if raw.get("recipient_type") == "group":
        user_id, wa_id = "recipient_participant_user_id", "recipient_participant_id"
    else:
        user_id, wa_id = "recipient_user_id", "recipient_id"
    return identities_of(text(raw.get(user_id)), text(raw.get(wa_id)))
