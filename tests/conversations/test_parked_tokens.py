"""What nobody understands yet is kept; what gives its holder a power is not kept with it."""

import json

import pytest

from jumper_app.channels.contract import AccountChange, Parked
from jumper_app.conversations.inbound import Delivery, receive_all
from jumper_app.conversations.tokens import LEFT_OUT, body_without_tokens, without_tokens
from jumper_app.models import AccountNews, ParkedItem, WebhookDelivery
from tests import make
from tests.house import one, take
from tests.make import NOON

TOKEN = "EAAG-a-token-that-nobody-may-read"

UNKNOWN = {
    "shape": "new",
    "access_token": TOKEN,
    "deep": [{"optin": {"one_time_notif_token": TOKEN, "title": "Offers"}}],
    "pageAccessToken": {"value": TOKEN, "of": [TOKEN, 7]},
    "tokens": [TOKEN],
    "client_secret": TOKEN,
    "token_expiry_timestamp": 1700000000,
    "user_token_status": "REFRESHED",
}


def told(parked):
    """What stays of it: all but the tokens."""
    assert TOKEN not in json.dumps(parked)
    assert parked["deep"][0]["optin"]["title"] == "Offers"
    assert parked["token_expiry_timestamp"] == 1700000000
    assert parked["user_token_status"] == "REFRESHED"
    assert parked["access_token"] == LEFT_OUT


def test_a_parked_item_and_news_are_kept_without_tokens_at_any_depth(db):
    db.write(make.account)
    take(
        db,
        Parked(account=make.PHONE_NUMBER_ID, kind="of tomorrow", raw=UNKNOWN),
        AccountChange(account=make.WABA, kind="account_update", raw=UNKNOWN),
    )
    told(one(db, ParkedItem).raw)
    told(one(db, AccountNews).raw)


def test_an_item_for_a_stranger_is_parked_without_its_token(db):
    take(db, make.opt_in(payload="offers", token=TOKEN), channel="messenger")
    assert TOKEN not in json.dumps(one(db, ParkedItem).raw)


@pytest.mark.parametrize("escaped", [False, True], ids=["plain", "escaped"])
def test_the_raw_bytes_of_the_delivery_hold_none_either(db, escaped):
    db.write(make.page)
    entry = {"id": make.PAGE_ID, "time": 1, "messaging": [{"sender": {"id": "1"}, "new": UNKNOWN}]}
    body = json.dumps({"object": "page", "entry": [entry]}).encode()
    if escaped:
        body = body.replace(b"access_token", b"access_t\\u006fken")
    given = Delivery("messenger", body, json.loads(body), frozenset({make.PAGE_ID}), NOON)
    db.write(receive_all, [given])
    kept = one(db, WebhookDelivery).body
    assert TOKEN.encode() not in kept
    told(json.loads(kept)["entry"][0]["messaging"][0]["new"])
    db.write(receive_all, [given])
    assert one(db, WebhookDelivery).repeats == 1


@pytest.mark.parametrize(
    "name",
    [
        *("token", "access_Token", "SECRETS", "pagePassword", "Authorization", "cookies"),
        *("apikey", "api_keys", "t\\u006fken", "\\u0041PIKEY"),
    ],
)
def test_every_such_name_is_seen_in_the_bytes(name):
    kept = body_without_tokens(f'{{"a": {{"{name}": "{TOKEN}"}}}}'.encode())
    assert TOKEN.encode() not in kept
    assert b"left out" in kept


def test_what_has_no_token_stays_as_it_is():
    plain = {"text": "my token is 5", "n": [1, None, True, {"tokenised": "x"}]}
    assert without_tokens(plain) == plain


def test_a_shape_of_any_depth_is_looked_through():
    deep = bottom = {}
    for _ in range(5000):
        bottom["in"] = bottom = {}
    bottom["token"] = TOKEN
    assert TOKEN not in _flat(without_tokens(deep))


def _flat(value):
    while isinstance(value, dict) and "in" in value:
        value = value["in"]
    return str(value)
