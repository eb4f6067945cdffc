"""What is told about messages and people besides what they say.

Sources: Messenger Platform > Webhooks > message_deliveries, message_reads, messaging_optins,
messaging_handovers, read 2026-11-22.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

from pydantic import JsonValue, SecretStr

from jumper_app.channels.contract import (
    ControlChange,
    Item,
    OptIn,
    Person,
    Receipt,
    ReceiptState,
    Watermark,
)
from jumper_app.channels.loose import Object, digest, listed, obj, text, told_ms, whole

from .place import LONGEST_ID, Place

OptInKind = Literal["one_time", "recurring", "plugin"]
OPT_INS: dict[str, OptInKind] = {
    "one_time_notif_req": "one_time",
    "notification_messages": "recurring",
    "": "plugin",
}
STOPPED = "STOP_NOTIFICATIONS"
LONGEST_TOKEN = 1000
LONGEST_WORDS = 300

Control = Literal["passed", "taken", "requested"]
CONTROLS: dict[str, tuple[Control, str]] = {
    "pass_thread_control": ("passed", "previous_owner_app_id"),
    "take_thread_control": ("taken", "new_owner_app_id"),
    "request_thread_control": ("requested", "requested_owner_app_id"),
}
"""What happened, and where the other app is named."""
APPS = {"263902037430900": "Facebook's inbox"}
"""Meta's own apps by their ids. Source: Messenger Platform > Conversation routing."""
SECONDS_END = 10**11
"""A larger number of seconds would lie after the year 5000: it counts milliseconds."""


def delivery(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """Messages of ours that arrived: by their ids if told, and all up to the watermark."""
    told = obj(raw.get("delivery"))
    up_to = told_ms(told.get("watermark"), place.received_at)
    at = up_to or place.when(raw)
    mids = [text(each) for each in listed(told.get("mids"))]
    named = [mid for mid in mids if 0 < len(mid) <= LONGEST_ID]
    for mid in named:
        yield Receipt(
            account=place.account,
            external_id=mid,
            state=ReceiptState.DELIVERED,
            at=at,
            recipient=who.identities,
        )
    if up_to is not None:
        yield Watermark(
            account=place.account, person=who, state=ReceiptState.DELIVERED, up_to=up_to
        )
    elif not named:
        yield place.parked("delivery.empty", raw)


def read(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """The customer has read everything up to the watermark."""
    up_to = told_ms(obj(raw.get("read")).get("watermark"), place.received_at)
    if up_to is None:
        yield place.parked("read.without_watermark", raw)
    else:
        yield Watermark(account=place.account, person=who, state=ReceiptState.READ, up_to=up_to)


def optin(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """The customer lets us write later, or no longer. Does not open the reply window."""
    told = obj(raw.get("optin"))
    kind = text(told.get("type"))
    if kind not in OPT_INS:
        yield place.parked(f"optin.{kind}", raw)
        return
    stopped = text(told.get("notification_messages_status")) == STOPPED
    token = text(told.get("one_time_notif_token")) or text(told.get("notification_messages_token"))
    yield OptIn(
        account=place.account,
        external_id=f"optin:{digest(raw)}",
        person=who,
        at=place.when(raw),
        kind=OPT_INS[kind],
        state="stopped" if stopped else "accepted",
        title=text(told.get("title"), LONGEST_WORDS),
        payload=(text(told.get("payload")) or text(told.get("ref")))[:LONGEST_WORDS],
        token=SecretStr(token if len(token) <= LONGEST_TOKEN else ""),
        expires_at=end_of(told.get("token_expiry_timestamp")),
    )


def end_of(value: JsonValue) -> datetime | None:
    """When a leave ends; public bodies have seconds as well as milliseconds."""
    told = whole(value)
    if told is None or told <= 0:
        return None
    try:
        return datetime.fromtimestamp(told / 1000 if told >= SECONDS_END else told, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def control(raw: Object, who: Person, place: Place, key: str) -> Iterator[Item]:
    """Which app answers this customer."""
    kind, named = CONTROLS[key]
    other = text(obj(raw.get(key)).get(named), LONGEST_WORDS)
    yield ControlChange(
        account=place.account,
        external_id=f"control:{digest(raw)}",
        person=who,
        at=place.when(raw),
        kind=kind,
        other=APPS.get(other, other),
    )
