"""A token that lets its holder write to a customer stands in no raw body."""

import json

import pytest

from jumper_app.channels.contract import OptIn
from jumper_app.channels.messenger.inbound import parse
from jumper_app.conversations.inbound import Delivery, receive_all
from jumper_app.conversations.optins import TOKENS
from jumper_app.conversations.raw import SEALED, without
from jumper_app.conversations.sealing import unseal
from jumper_app.models import OptInRow, WebhookDelivery
from tests import make
from tests.house import every, one
from tests.make import NOON

TOKEN = "5812341234890_token/of+the=tests"

OPT_IN = {
    "type": "notification_messages",
    "payload": "offers",
    "notification_messages_token": TOKEN,
    "title": "Offers",
}


def body(**optin: str) -> bytes:
    item = {
        "sender": {"id": "6201188743190022"},
        "recipient": {"id": make.PAGE_ID},
        "timestamp": int(NOON.timestamp() * 1000),
        "optin": {**OPT_IN, **optin},
    }
    entry = {"id": make.PAGE_ID, "time": 1, "messaging": [item]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def deliver(db, raw: bytes) -> None:
    told = Delivery("messenger", raw, json.loads(raw), frozenset({make.PAGE_ID}), NOON)
    db.write(receive_all, [told])


def test_it_is_sealed_in_its_row_and_gone_from_the_body(db):
    db.write(make.page)
    deliver(db, body())
    assert unseal(one(db, OptInRow).sealed, TOKENS).get_secret_value() == TOKEN
    kept = one(db, WebhookDelivery).body
    assert TOKEN.encode() not in kept
    assert SEALED in kept
    (item,) = parse(json.loads(kept), NOON)
    assert isinstance(item, OptIn)
    assert item.title == "Offers", "the rest of it can be read again"


def test_the_same_bytes_again_are_the_same_delivery(db):
    db.write(make.page)
    for _ in range(2):
        deliver(db, body())
    assert one(db, WebhookDelivery).repeats == 1
    assert len(every(db, OptInRow)) == 1


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param(b'{"t":"abc"}', b'{"t":"' + SEALED + b'"}', id="plain"),
        pytest.param(b'{"t":"\\u0061bc"}', b"", id="written-so-that-it-is-not-found"),
    ],
)
def test_what_is_not_found_is_not_kept(raw, kept):
    assert without(raw, ["abc"]) == kept
    assert without(raw, []) == raw


def test_a_token_with_signs_that_json_escapes_is_found():
    for ascii_only in (True, False):
        raw = json.dumps({"t": 'a"é\\b'}, ensure_ascii=ascii_only).encode()
        assert json.loads(without(raw, ['a"é\\b'])) == {"t": SEALED.decode()}
